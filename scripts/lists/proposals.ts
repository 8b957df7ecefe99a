import { createHash } from 'node:crypto'
import type { Tx } from '../../src/db/schema.ts'
import { type By, insertRow } from '../../src/db/write.ts'
import { fold } from '../../src/domain/text.ts'
import type { Code } from '../../src/domain/words.ts'
import { nextNumber } from '../../src/proposals/saving.ts'
import { fundOf, oneLine, rupiahOf, yearOf } from './cells.ts'
import { type ColumnName, columnOf, neededColumn, type ToldColumns } from './columns.ts'
import { creator, knownNames, type Outcome } from './opd.ts'
import type { ListRow, ListTable } from './table.ts'

export type ProposalOptions = {
  source: string
  columns?: ToldColumns
  /** Whether an OPD that nobody knows is made. */
  createOpd?: boolean
  /** The local year that the numbers carry. */
  year: number
  /** What "APBD" means in this government. */
  ownBudget: Code<'fund'>
}

/** Letters that the form takes for a title. */
const formLimit = 500

type Read = {
  title: string
  opd: string
  purpose: string | null
  costHigh: number | null
  zero: boolean
  fund: Code<'fund'> | null
  yearWanted: number | null
  code: string
}

/**
 * Loads a list of proposals as handed in, each under its code in the source, so that loading twice
 * adds nothing. Without a column of codes a row is known by its OPD, its title and which of several
 * alike it is. What is stored already is never changed.
 */
export async function loadProposals(
  trx: Tx,
  by: By,
  table: ListTable,
  options: ProposalOptions,
): Promise<Outcome> {
  const { source, year, createOpd = false } = options
  const read = reader(table, options)
  const names = await knownNames(trx)
  const create = await creator(trx, by, source)
  const stored = await storedByCode(trx, source)
  const seen = new Map<string, number>()
  const outcome: Outcome = { added: 0, unchanged: 0, refused: [...table.refused], notes: [] }
  const tally = {
    zero: 0,
    long: 0,
    opds: [] as string[],
    spellings: new Map<string, string>(),
    differing: [] as number[],
  }

  for (const row of table.rows) {
    const why = await take(row)
    if (why !== undefined) outcome.refused.push({ line: row.line, why })
  }
  outcome.refused.sort((a, b) => a.line - b.line)
  outcome.notes = notesOf(tally)
  return outcome

  async function take(row: ListRow): Promise<string | undefined> {
    const proposal = read(row)
    if (typeof proposal === 'string') return proposal
    const before = seen.get(proposal.code)
    if (before !== undefined) return `kode ${proposal.code} sudah dipakai baris ${before}`
    seen.set(proposal.code, row.line)
    const opdId = await opdOf(proposal.opd)
    if (typeof opdId === 'string') return opdId

    const known = stored.get(proposal.code)
    if (known) {
      outcome.unchanged += 1
      const { title, costHigh } = proposal
      const same = known.title === title && known.costHigh === costHigh && known.opdId === opdId
      if (!same) tally.differing.push(row.line)
      return undefined
    }
    if (proposal.zero) tally.zero += 1
    if ([...proposal.title].length > formLimit) tally.long += 1
    await insertProposal(trx, by, source, opdId, proposal, await nextNumber(trx, year))
    outcome.added += 1
    return undefined
  }

  async function opdOf(name: string): Promise<number | string> {
    const found = names.find(name)
    if (found?.how === 'several') {
      return `OPD “${name}” cocok dengan ${found.opds.map((opd) => `“${opd.name}”`).join(' dan ')}`
    }
    if (found) {
      if (found.how === 'spelling') tally.spellings.set(name, found.opd.name)
      return found.opd.id
    }
    if (!createOpd) return `OPD “${name}” belum terdaftar`
    const id = await create(name, fold(name))
    names.add({ id, name }, name)
    tally.opds.push(name)
    return id
  }
}

/** Reads a row, or says why it cannot be taken. */
function reader(table: ListTable, { columns = {}, ownBudget }: ProposalOptions) {
  const opdAt = neededColumn(table, 'opd', columns)
  const titleAt = neededColumn(table, 'title', columns)
  const at = (column: ColumnName) => columnOf(table, column, columns)
  const [purposeAt, codeAt, costAt, fundAt, yearAt] = [
    at('purpose'),
    at('code'),
    at('cost'),
    at('fund'),
    at('year'),
  ]
  const alike = new Map<string, number>()

  return ({ cells }: ListRow): Read | string => {
    const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''))
    const title = oneLine(cell(titleAt))
    const opd = oneLine(cell(opdAt))
    if (fold(title) === '') return 'nama usulan kosong'
    if (fold(opd) === '') return 'OPD pengusul kosong'
    const amount = rupiahOf(cell(costAt))
    if (amount === undefined) return `biaya “${cell(costAt)}” bukan jumlah rupiah`
    const yearWanted = yearOf(cell(yearAt))
    if (yearWanted === undefined) return `tahun “${cell(yearAt)}” bukan tahun`
    const code = codeAt === undefined ? codeByContent(opd, title) : cell(codeAt)
    if (code === '') return 'kode kosong'
    return {
      title,
      opd,
      purpose: cell(purposeAt) || null,
      costHigh: amount === 0 ? null : amount,
      zero: amount === 0,
      fund: fundOf(cell(fundAt), ownBudget),
      yearWanted,
      code,
    }
  }

  function codeByContent(opd: string, title: string): string {
    const content = `${fold(opd)}|${fold(title)}`
    const n = (alike.get(content) ?? 0) + 1
    alike.set(content, n)
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 16)
    return `${hash}-${n}`
  }
}

async function storedByCode(trx: Tx, source: string) {
  const rows = await trx
    .selectFrom('proposal')
    .select(['sourceCode', 'title', 'costHigh', 'opdId'])
    .where('source', '=', source)
    .execute()
  return new Map(rows.map((row) => [row.sourceCode, row]))
}

function insertProposal(
  trx: Tx,
  by: By,
  source: string,
  opdId: number,
  { title, purpose, costHigh, fund, yearWanted, code }: Read,
  number: string,
): Promise<number> {
  return insertRow(
    trx,
    'proposal',
    {
      ...unknown,
      number,
      opdId,
      cameBy: 'import',
      title,
      titleKey: fold(title),
      purpose,
      costUnknown: costHigh === null ? 1 : 0,
      costHigh,
      fund,
      yearWanted,
      state: 'submitted',
      stateAt: by.at,
      submittedAt: by.at,
      source,
      sourceCode: code,
    },
    by,
  )
}

/** What such a list does not tell. */
const unknown = {
  fgdSessionId: null,
  letterNo: null,
  letterOn: null,
  problem: null,
  dutyId: null,
  dutyText: null,
  rpjmd: null,
  form: null,
  expectedUsers: null,
  dataReady: null,
  dataNote: null,
  integration: null,
  way: null,
  wayNationalId: null,
  wayNote: null,
  costLow: null,
  runningCost: null,
  costBasis: null,
  commitment: null,
  budgetPaper: null,
  contactName: null,
  contactTitle: null,
  contactPhone: null,
  stateNote: null,
  reviewResult: null,
  reviewNote: null,
  mergedIntoId: null,
} as const

function notesOf(tally: {
  zero: number
  long: number
  opds: readonly string[]
  spellings: ReadonlyMap<string, string>
  differing: readonly number[]
}): string[] {
  const { zero, long, opds, spellings, differing } = tally
  return [
    ...(zero > 0
      ? [`${zero} usulan berbiaya 0 di sumbernya dicatat sebagai biaya belum diketahui.`]
      : []),
    ...(long > 0
      ? [
          `${long} nama usulan lebih dari ${formLimit} huruf; disimpan utuh, perlu diringkas saat diubah.`,
        ]
      : []),
    ...(differing.length > 0
      ? [`Berbeda dari yang tersimpan, dan tidak diubah: baris ${differing.join(', ')}.`]
      : []),
    ...(opds.length > 0 ? [`OPD baru: ${opds.join('; ')}.`] : []),
    ...[...spellings].map(([spelling, name]) => `“${spelling}” dibaca sebagai “${name}”.`),
  ]
}
