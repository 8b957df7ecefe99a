import type { Tx } from '../../src/db/schema.ts'
import { type By, insertRow } from '../../src/db/write.ts'
import { fold } from '../../src/domain/text.ts'
import { safeAddress } from '../../src/domain/web-address.ts'
import { removeAnswer } from '../../src/opd/recorded.ts'
import { oneLine, yearOf } from './cells.ts'
import { type ColumnName, columnOf, neededColumn, type ToldColumns } from './columns.ts'
import { creator, knownNames, type Outcome } from './opd.ts'
import type { ListRow, ListTable } from './table.ts'

export type ApplicationOptions = {
  source: string
  columns?: ToldColumns
  /** Owner of the rows that name none. */
  opd?: string | undefined
  /** Whether an OPD that nobody knows is made. */
  createOpd?: boolean
}

type Read = {
  name: string
  opd: string
  purpose: string | null
  url: string | null
  builtYear: number | null
  code: string
}

/**
 * Loads a list of applications that exist, each under its code in the source or else under its OPD
 * and name, so that loading twice adds nothing. What is stored already is never changed.
 */
export async function loadApplications(
  trx: Tx,
  by: By,
  table: ListTable,
  options: ApplicationOptions,
): Promise<Outcome> {
  const { source, createOpd = false } = options
  const read = reader(table, options)
  const names = await knownNames(trx)
  const create = await creator(trx, by, source)
  const stored = new Set(await storedCodes(trx, source))
  const seen = new Map<string, number>()
  const outcome: Outcome = { added: 0, unchanged: 0, refused: [...table.refused], notes: [] }
  const made: string[] = []
  const spellings = new Map<string, string>()

  for (const row of table.rows) {
    const why = await take(row)
    if (why !== undefined) outcome.refused.push({ line: row.line, why })
  }
  outcome.refused.sort((a, b) => a.line - b.line)
  outcome.notes = [
    ...(made.length > 0 ? [`OPD baru: ${made.join('; ')}.`] : []),
    ...[...spellings].map(([spelling, name]) => `“${spelling}” dibaca sebagai “${name}”.`),
  ]
  return outcome

  async function take(row: ListRow): Promise<string | undefined> {
    const application = read(row)
    if (typeof application === 'string') return application
    const before = seen.get(application.code)
    if (before !== undefined) return `sama dengan baris ${before}`
    seen.set(application.code, row.line)
    const opdId = await opdOf(application.opd)
    if (typeof opdId === 'string') return opdId
    if (stored.has(application.code)) {
      outcome.unchanged += 1
      return undefined
    }
    await insertApplication(trx, by, source, opdId, application)
    await removeAnswer(trx, opdId, 'applications', by)
    outcome.added += 1
    return undefined
  }

  async function opdOf(name: string): Promise<number | string> {
    const found = names.find(name)
    if (found?.how === 'several') {
      return `OPD “${name}” cocok dengan ${found.opds.map((opd) => `“${opd.name}”`).join(' dan ')}`
    }
    if (found) {
      if (found.how === 'spelling') spellings.set(name, found.opd.name)
      return found.opd.id
    }
    if (!createOpd) return `OPD “${name}” belum terdaftar`
    const id = await create(name, fold(name))
    names.add({ id, name }, name)
    made.push(name)
    return id
  }
}

/** Reads a row, or says why it cannot be taken. */
function reader(table: ListTable, { columns = {}, opd }: ApplicationOptions) {
  const nameAt = neededColumn(table, 'title', columns)
  const opdAt =
    opd === undefined ? neededColumn(table, 'opd', columns) : columnOf(table, 'opd', columns)
  const at = (column: ColumnName) => columnOf(table, column, columns)
  const [purposeAt, codeAt, urlAt, yearAt] = [at('purpose'), at('code'), at('url'), at('year')]

  return ({ cells }: ListRow): Read | string => {
    const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''))
    const name = oneLine(cell(nameAt))
    const owner = oneLine(cell(opdAt)) || (opd ?? '')
    const url = oneLine(cell(urlAt)) || null
    const builtYear = yearOf(cell(yearAt))
    if (fold(name) === '') return 'nama aplikasi kosong'
    if (fold(owner) === '') return 'OPD pemilik kosong'
    if (url !== null && safeAddress(url) === undefined) {
      return `alamat “${url}” tidak diawali http:// atau https://`
    }
    if (builtYear === undefined) return `tahun “${cell(yearAt)}” bukan tahun`
    const code = codeAt === undefined ? `${fold(owner)}|${fold(name)}` : cell(codeAt)
    if (code === '') return 'kode kosong'
    return { name, opd: owner, purpose: cell(purposeAt) || null, url, builtYear, code }
  }
}

async function storedCodes(trx: Tx, source: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('application')
    .select('sourceCode')
    .where('source', '=', source)
    .execute()
  return rows.flatMap((row) => row.sourceCode ?? [])
}

function insertApplication(
  trx: Tx,
  by: By,
  source: string,
  opdId: number,
  { name, purpose, url, builtYear, code }: Read,
): Promise<number> {
  return insertRow(
    trx,
    'application',
    {
      ...unknown,
      opdId,
      name,
      nameKey: fold(name),
      function: purpose,
      url,
      builtYear,
      source,
      sourceCode: code,
    },
    by,
  )
}

/** What such a list does not tell. */
const unknown = {
  fgdSessionId: null,
  description: null,
  output: null,
  licence: null,
  sourceHeld: null,
  language: null,
  framework: null,
  database: null,
  developer: null,
  hosting: null,
  useState: null,
  plan: null,
  class: null,
  yearlyCost: null,
  nationalApplicationId: null,
  contactName: null,
  contactTitle: null,
  contactPhone: null,
  note: null,
} as const
