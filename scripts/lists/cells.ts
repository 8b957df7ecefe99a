import type { Code } from '../../src/domain/words.ts'

/** White space of any kind, line ends too, as single spaces. */
export function oneLine(cell: string): string {
  return cell.replace(/\s+/g, ' ').trim()
}

/**
 * Whole rupiah from a cell such as `50000000`, `Rp 50.000.000,00` or `50,000,000`. Null where it is
 * empty, undefined where it is no amount.
 */
export function rupiahOf(cell: string): number | null | undefined {
  const text = cell.replace(/^rp\.?/i, '').replace(/\s/g, '')
  if (text === '' || text === '-') return null
  const whole = text.replace(/^(.*\d)[.,]0{1,2}$/, '$1')
  const plain = /^\d+$/.test(whole)
  const grouped = /^\d{1,3}(\.\d{3})+$/.test(whole) || /^\d{1,3}(,\d{3})+$/.test(whole)
  if (!plain && !grouped) return undefined
  const amount = Number(whole.replace(/[.,]/g, ''))
  return Number.isSafeInteger(amount) ? amount : undefined
}

/** A year from 2000 to 2100; null where the cell is empty, undefined where it is none. */
export function yearOf(cell: string): number | null | undefined {
  if (cell === '') return null
  const year = Number(cell)
  return /^\d{4}$/.test(cell) && year >= 2000 && year <= 2100 ? year : undefined
}

type Fund = Code<'fund'>

const funds: Record<string, Fund> = {
  apbd: 'apbd',
  apbdp: 'apbd',
  'apbd p': 'apbd',
  'apbd kabupaten': 'apbd',
  'apbd kota': 'apbd',
  'apbd provinsi': 'apbd_prov',
  dak: 'dak',
  apbn: 'apbn',
  apbnp: 'apbn',
  blud: 'blud',
  hibah: 'hibah',
  csr: 'csr',
}

/**
 * The code for a source of funds, also where several of one kind stand together (`APBD|APBDP`); null
 * where the cell is empty, `lainnya` where it is no single known one.
 *
 * @param ownBudget what "APBD" alone means: the province's own budget is `apbd_prov`
 */
export function fundOf(cell: string, ownBudget: Fund): Fund | null {
  const parts = cell.split(/[|,;/+]/).map((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  )
  const named = parts.filter((part) => part !== '')
  if (named.length === 0) return null
  const codes = new Set(named.map((part) => funds[part] ?? 'lainnya'))
  const [only] = codes
  if (codes.size !== 1 || only === undefined) return 'lainnya'
  return only === 'apbd' ? ownBudget : only
}
