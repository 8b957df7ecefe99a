import { grouped } from '../../domain/grouping.ts'
import { sum } from '../../domain/scoring.ts'
import type { ReportData, ReportOpd } from '../data.ts'
import { opdFigures } from '../figures.ts'
import { type Column, type Row, type Table, tableSheet } from '../layout.ts'
import { endedText, type Source } from './context.ts'
import { lineKinds, needCostIn, planYears, runsOn, yearKey } from './roadmap.ts'

const needKey = (year: number) => `need ${year}`
const budgetKey = (year: number) => `budget ${year}`

/** Cost by OPD and year, added up from the roadmap, beside what the OPD itself sets aside for ICT. */
export function budgetSheet(source: Source, proposals: Table, roadmap: Table) {
  const { data, proposal, label, words, format } = source
  const years = planYears(data)
  const figures = new Map(opdFigures(data).map((each) => [each.opdId, each]))
  const placed = grouped(data.plan.placements, (row) => proposal(row.proposalId)?.opdId)
  const costIn = (opdId: number, year: number) =>
    sum(
      (placed.get(opdId) ?? [])
        .flatMap((row) => row.years.filter((each) => each.year === year))
        .map((each) => each.cost),
    )
  const needIn = (opdId: number, year: number) =>
    sum(data.needs.map((need) => (need.opdId === opdId ? (needCostIn(need, year) ?? 0) : 0)))
  const budgetYears = [...new Set(data.budgets.map((each) => each.year))].toSorted((a, b) => a - b)
  const budgetOf = (opdId: number, year: number) =>
    data.budgets.find((each) => each.opdId === opdId && each.year === year)
  const planned = (kind: keyof typeof lineKinds, code: string, year: number) =>
    `SUMPRODUCT(${own(roadmap, code)},--(${roadmap.range('kind')}="${lineKinds[kind]}"),${roadmap.range(yearKey(year))})`
  const own = (table: Table, code: string) => `--EXACT(${table.range('code')},${code})`
  const opds = budgetedOpds(data)
  const ended: Column<ReportOpd> = {
    key: 'ended',
    heading: 'Berakhir',
    width: 30,
    type: 'text',
    meaning:
      'Hari terakhir OPD yang sudah berakhir dan penerusnya. OPD seperti itu dimuat hanya bila masih ada usulan, kebutuhan, atau anggaran atas namanya.',
    value: (opd) => endedText(opd, format),
  }
  const columns: Column<ReportOpd>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 13,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (opd) => opd.code,
    },
    {
      key: 'name',
      heading: 'OPD',
      width: 36,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (opd) => opd.name,
    },
    {
      key: 'proposals',
      heading: 'Usulan',
      width: 9,
      type: 'int',
      meaning: 'Jumlah usulan OPD sebagai pengusul utama.',
      computed: true,
      value: (opd, { of }) => ({
        formula: `SUMPRODUCT(${own(proposals, of('code'))})`,
        result: figures.get(opd.id)?.proposals ?? 0,
      }),
    },
    {
      key: 'withoutCost',
      heading: 'Belum Ada Perkiraan',
      width: 12,
      type: 'int',
      meaning: 'Usulan yang belum ada perkiraan biaya; tidak ikut dijumlahkan.',
      computed: true,
      value: (opd, { of }) => ({
        formula: `SUMPRODUCT(${own(proposals, of('code'))},--(${proposals.range('costHigh')}=""))`,
        result: figures.get(opd.id)?.withoutCost ?? 0,
      }),
    },
    {
      key: 'costHigh',
      heading: 'Perkiraan Semua Usulan',
      width: 18,
      type: 'money',
      meaning: 'Jumlah biaya tertinggi semua usulan OPD, di dalam dan di luar tahap.',
      unit: 'rupiah',
      computed: true,
      value: (opd, { of }) => ({
        formula: `SUMPRODUCT(${own(proposals, of('code'))},${proposals.range('costHigh')})`,
        result: figures.get(opd.id)?.costHigh ?? 0,
      }),
    },
    ...years.map(
      (year): Column<ReportOpd> => ({
        key: yearKey(year),
        heading: String(year),
        width: 16,
        type: 'money',
        meaning: `Biaya usulan OPD yang jatuh pada tahun ${year} menurut lembar Peta Jalan.`,
        unit: 'rupiah',
        computed: true,
        value: (opd, { of }) => ({
          formula: planned('proposal', of('code'), year),
          result: costIn(opd.id, year),
        }),
      }),
    ),
    {
      key: 'total',
      heading: 'Jumlah',
      width: 18,
      type: 'money',
      meaning: 'Jumlah semua tahun.',
      unit: 'rupiah',
      computed: true,
      value: (opd, { of }) => ({
        formula: `SUM(${of(yearKey(years[0] ?? 0))}:${of(yearKey(years.at(-1) ?? 0))})`,
        result: sum(years.map((year) => costIn(opd.id, year))),
      }),
    },
    ...years.map(
      (year): Column<ReportOpd> => ({
        key: needKey(year),
        heading: `Kebutuhan ${year}`,
        width: 16,
        type: 'money',
        meaning: `Biaya kebutuhan infrastruktur OPD pada tahun ${year} menurut lembar Peta Jalan.`,
        unit: 'rupiah',
        computed: true,
        value: (opd, { of }) => ({
          formula: planned('need', of('code'), year),
          result: needIn(opd.id, year),
        }),
      }),
    ),
    ...budgetYears.flatMap((year): Column<ReportOpd>[] => [
      {
        key: budgetKey(year),
        heading: `Anggaran TIK ${year}`,
        width: 16,
        type: 'money',
        meaning: `Anggaran TIK yang disediakan OPD sendiri pada tahun ${year}; 0 berarti tidak dianggarkan, kosong berarti belum didata.`,
        unit: 'rupiah',
        value: (opd) => budgetOf(opd.id, year)?.amount ?? null,
      },
      {
        key: `document ${year}`,
        heading: `Dokumen ${year}`,
        width: 14,
        type: 'text',
        meaning: `Dokumen yang memuat anggaran TIK tahun ${year}.`,
        allowed: words('budgetPaper'),
        value: (opd) => label('budgetPaper', budgetOf(opd.id, year)?.document) || null,
      },
    ]),
    ...(opds.some((opd) => opd.ended) ? [ended] : []),
  ]
  const totalOf = (key: string): number => {
    const all = [...figures.values()]
    if (key === 'proposals' || key === 'withoutCost' || key === 'costHigh') {
      return sum(all.map((each) => each[key]))
    }
    const needed = years.find((year) => key === needKey(year))
    if (needed !== undefined) return sum(data.opds.map((opd) => needIn(opd.id, needed)))
    const asked = years.filter((year) => key === 'total' || key === yearKey(year))
    return sum(data.opds.flatMap((opd) => asked.map((year) => costIn(opd.id, year))))
  }
  return tableSheet({
    name: 'Anggaran per OPD',
    lede:
      'Kebutuhan anggaran setiap OPD menurut tahun, dijumlahkan dari Peta Jalan, di samping anggaran TIK yang disediakan OPD sendiri.' +
      (runsOn(data)
        ? ' Jumlah setiap tahun termasuk biaya operasional dari tahap sebelumnya.'
        : ''),
    columns,
    rows: opds,
    aboveCount: 1,
    above: (table) => [totals(columns, table, totalOf)],
    frozenColumns: 2,
  })
}

/** Every OPD; one that has ended only where money or a wish for it still hangs on it. */
function budgetedOpds({ opds, proposals, needs, budgets }: ReportData): ReportOpd[] {
  const asking = new Set([...proposals, ...needs, ...budgets].map((each) => each.opdId))
  return opds.filter((opd) => !opd.ended || asking.has(opd.id))
}

/** The sums of the computed columns, above their headings so that they stay in sight. */
export function totals<T>(
  columns: readonly Column<T>[],
  table: Table,
  totalOf: (key: string) => number | string,
  formulaOf: (key: string, range: string) => string = (_, range) => `SUM(${range})`,
): Row {
  return {
    pieces: columns.map((column, index) => {
      if (index === 1) return { value: 'Jumlah', look: 'label' }
      if (!column.computed || column.type === 'text') return null
      const letter = table.letter(column.key)
      return {
        value: {
          formula: formulaOf(column.key, `${letter}${table.first}:${letter}${table.last}`),
          result: totalOf(column.key),
        },
        as: column.type,
        look: 'total',
      }
    }),
  }
}
