import { sql } from 'kysely'
import { amongEnded } from '../db/ended.ts'
import type { AppendTable, KeptTable } from '../db/kept.ts'
import type { Tx, WholeDb } from '../db/schema.ts'
import { type By, removeExampleRow, removeRow } from '../db/write.ts'

type Table = KeptTable | AppendTable

const isAppended = (table: Table): table is AppendTable =>
  ['decision', 'opdConfirmation', 'sessionRecord', 'placement', 'publication'].includes(table)

/** The tables that the example fills; the government itself stays. */
export const exampleTables = [
  'opd',
  'opdAlias',
  'opdDuty',
  'opdPeople',
  'opdAnswer',
  'opdConfirmation',
  'location',
  'internetAccess',
  'deviceSurvey',
  'fgdSession',
  'sessionRecord',
  'sessionItem',
  'attendance',
  'minute',
  'followUp',
  'opdBudget',
  'nationalApplication',
  'application',
  'proposal',
  'infrastructureNeed',
  'checkAnswer',
  'criterionSet',
  'criterion',
  'weighting',
  'assessor',
  'round',
  'recusal',
  'rating',
  'phase',
  'placement',
  'decision',
  'publication',
  'signatory',
  'account',
  'accessLink',
] as const satisfies readonly Table[]
export type ExampleTable = (typeof exampleTables)[number]

/** A column by which one record leans on another: `from` cannot stand without its `to`. */
export type Lean = {
  from: ExampleTable
  column: string
  to: ExampleTable
  /** A child table that belongs to `from`, when the column is there, and its column for `from`. */
  via?: { table: string; parent: string }
}

const lean = (from: ExampleTable, columns: Record<string, ExampleTable>): Lean[] =>
  Object.entries(columns).map(([column, to]) => ({ from, column, to }))

const session = { fgdSessionId: 'fgdSession' } as const

/** Every such column, whether or not the database enforces it (a test compares them). */
export const leans: readonly Lean[] = [
  ...lean('opd', { parentId: 'opd' }),
  child('opd', 'opdSuccessor', 'opdId', 'successorId', 'opd'),
  ...lean('opdAlias', { opdId: 'opd' }),
  ...lean('opdDuty', { opdId: 'opd' }),
  ...lean('opdPeople', { opdId: 'opd', ...session }),
  ...lean('opdAnswer', { opdId: 'opd' }),
  ...lean('opdConfirmation', { opdId: 'opd' }),
  ...lean('location', { opdId: 'opd' }),
  ...lean('internetAccess', { locationId: 'location', ...session }),
  ...lean('deviceSurvey', { locationId: 'location', ...session }),
  child('fgdSession', 'sessionOpd', 'fgdSessionId', 'opdId', 'opd'),
  ...lean('sessionItem', { ...session }),
  ...lean('attendance', { ...session, opdId: 'opd' }),
  ...lean('minute', { ...session, opdId: 'opd' }),
  ...lean('sessionRecord', { ...session }),
  ...lean('followUp', { ...session, opdId: 'opd', proposalId: 'proposal' }),
  ...lean('proposal', {
    opdId: 'opd',
    ...session,
    dutyId: 'opdDuty',
    wayNationalId: 'nationalApplication',
    wayApplicationId: 'application',
    mergedIntoId: 'proposal',
  }),
  ...lean('opdBudget', { opdId: 'opd' }),
  ...lean('application', {
    opdId: 'opd',
    ...session,
    nationalApplicationId: 'nationalApplication',
  }),
  child('application', 'applicationOpd', 'applicationId', 'opdId', 'opd'),
  child('application', 'integration', 'applicationId', 'withApplicationId', 'application'),
  child('application', 'integration', 'applicationId', 'withNationalId', 'nationalApplication'),
  ...lean('infrastructureNeed', { opdId: 'opd', locationId: 'location', ...session }),
  child('infrastructureNeed', 'needProposal', 'needId', 'proposalId', 'proposal'),
  child('proposal', 'proposalLocation', 'proposalId', 'locationId', 'location'),
  child('proposal', 'proposalOpd', 'proposalId', 'opdId', 'opd'),
  child('proposal', 'proposalRequires', 'proposalId', 'requiredId', 'proposal'),
  ...lean('checkAnswer', {
    proposalId: 'proposal',
    aboutOpdId: 'opd',
    aboutNationalId: 'nationalApplication',
    aboutApplicationId: 'application',
    aboutProposalId: 'proposal',
  }),
  ...lean('criterionSet', { basedOnId: 'criterionSet' }),
  ...lean('criterion', { setId: 'criterionSet' }),
  ...lean('weighting', { setId: 'criterionSet' }),
  child('weighting', 'weight', 'weightingId', 'criterionId', 'criterion'),
  ...lean('assessor', { opdId: 'opd', accountId: 'account' }),
  ...lean('round', { setId: 'criterionSet', ...session }),
  child('round', 'roundProposal', 'roundId', 'proposalId', 'proposal'),
  child('round', 'roundAssessor', 'roundId', 'assessorId', 'assessor'),
  child('round', 'roundAssessor', 'roundId', 'criterionId', 'criterion'),
  ...lean('recusal', {
    roundId: 'round',
    assessorId: 'assessor',
    proposalId: 'proposal',
    replacedById: 'assessor',
  }),
  ...lean('rating', {
    roundId: 'round',
    proposalId: 'proposal',
    criterionId: 'criterion',
    assessorId: 'assessor',
  }),
  ...lean('placement', { proposalId: 'proposal', phaseId: 'phase' }),
  ...lean('decision', {
    proposalId: 'proposal',
    phaseId: 'phase',
    nationalId: 'nationalApplication',
    applicationId: 'application',
    ...session,
    correctsId: 'decision',
  }),
  ...lean('publication', { withdrawsId: 'publication' }),
  child('publication', 'publicationItem', 'publicationId', 'proposalId', 'proposal'),
  child('publication', 'publicationItem', 'publicationId', 'decisionId', 'decision'),
  child('publication', 'publicationItem', 'publicationId', 'opdId', 'opd'),
  child('account', 'accountRole', 'accountId', 'opdId', 'opd'),
  ...lean('accessLink', { accountId: 'account', opdId: 'opd', ...session }),
]

function child(
  from: ExampleTable,
  table: string,
  parent: string,
  column: string,
  to: ExampleTable,
): Lean {
  return { from, column, to, via: { table, parent } }
}

export type ExampleRow = { table: ExampleTable; id: number; version: number }

/** What goes, in an order in which nothing leans on what is taken away; and what stays. */
export type Plan = { goes: ExampleRow[]; stays: ExampleRow[] }

/** How many rows of a table go and stay. */
export type PlanLine = { table: ExampleTable; goes: number; stays: number }

/**
 * Which rows that came with the example may be removed: all on which no real row leans, directly
 * or by way of examples that stay. The account of the one who asks is never among them.
 */
export async function planRemoval(db: Tx | WholeDb, ownAccountId: number): Promise<Plan> {
  const rows = new Map<string, ExampleRow>()
  for (const table of exampleTables) {
    for (const { id, version } of await exampleRows(db, table)) {
      rows.set(keyOf(table, id), { table, id, version })
    }
  }
  rows.delete(keyOf('account', ownAccountId))
  const links = (await Promise.all(leans.map((each) => linksOf(db, each)))).flat()
  return ordered(rows, links)
}

/** Whether anything of the example is in the database. */
export async function isThere(db: WholeDb): Promise<boolean> {
  for (const table of exampleTables) {
    const found = await sql<{ id: number }>`
      select id from ${sql.table(table)} where example is not null limit 1`.execute(db)
    if (found.rows.length > 0) return true
  }
  return false
}

/** Removes what the plan names, each row with its event. */
export async function removeExamples(trx: Tx, { goes }: Plan, by: By): Promise<void> {
  amongEnded(trx)
  for (const { table, id, version } of goes) {
    if (isAppended(table)) await removeExampleRow(trx, table, id, by)
    else await removeRow(trx, table, id, version, by)
  }
}

/** The plan in figures, by table, without tables that have no example. */
export function linesOf({ goes, stays }: Plan): PlanLine[] {
  const count = (rows: readonly ExampleRow[], table: ExampleTable) =>
    rows.filter((row) => row.table === table).length
  return exampleTables
    .map((table) => ({ table, goes: count(goes, table), stays: count(stays, table) }))
    .filter((line) => line.goes + line.stays > 0)
}

/** One record leans on another. */
export type Link = { from: string; to: string }

/** Takes away, again and again, rows on which nothing leans any more; what is left over stays. */
export function ordered(rows: ReadonlyMap<string, ExampleRow>, links: readonly Link[]): Plan {
  const leaning = new Map([...rows.keys()].map((key) => [key, 0]))
  const holds = new Map<string, string[]>()
  for (const { from, to } of links) {
    if (from === to || !leaning.has(to)) continue
    leaning.set(to, (leaning.get(to) ?? 0) + 1)
    holds.set(from, [...(holds.get(from) ?? []), to])
  }
  const free = [...leaning].filter(([, n]) => n === 0).map(([key]) => key)
  const goes: ExampleRow[] = []
  for (let key = free.pop(); key !== undefined; key = free.pop()) {
    const row = rows.get(key)
    if (row) goes.push(row)
    leaning.delete(key)
    for (const to of holds.get(key) ?? []) {
      const left = (leaning.get(to) ?? 0) - 1
      leaning.set(to, left)
      if (left === 0) free.push(to)
    }
  }
  const stays = [...rows].filter(([key]) => leaning.has(key)).map(([, row]) => row)
  return { goes, stays }
}

const keyOf = (table: string, id: number) => `${table}:${id}`

async function exampleRows(db: Tx | WholeDb, table: ExampleTable) {
  const version = isAppended(table) ? sql`1` : sql.ref('version')
  const found = await sql<{ id: number; version: number }>`
    select id, ${version} as version from ${sql.table(table)} where example is not null order by id`.execute(
    db,
  )
  return found.rows
}

/** The pairs of one kind of leaning, where what is leant on is an example. */
async function linksOf(db: Tx | WholeDb, { from, column, to, via }: Lean): Promise<Link[]> {
  const table = sql.table(via?.table ?? from)
  const found = await sql<{ holder: number; target: number }>`
    select t.${sql.ref(via?.parent ?? 'id')} as holder, t.${sql.ref(column)} as target
    from ${table} t
    where t.${sql.ref(column)} in (select id from ${sql.table(to)} where example is not null)`.execute(
    db,
  )
  return found.rows.map(({ holder, target }) => ({
    from: keyOf(from, holder),
    to: keyOf(to, target),
  }))
}
