import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { untilNextWrite } from '../db/memo.ts'
import { rowsFor } from '../db/prepared.ts'
import type { Db, Row, Tables, Tx } from '../db/schema.ts'
import { countsFor, owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { parseProposalNumber, proposalNumber } from '../domain/numbering.ts'
import { fold } from '../domain/text.ts'
import type { Filters } from './filters.ts'
import { isUndisclosed, toldDecisionId } from './standing.ts'

/**
 * Where a proposal stands: the decision in force if there is one, else its state. An OPD is told only
 * what is published; `undisclosed` says that there is a decision to be published.
 */
export type Standing = {
  state: string
  outcome: string | null
  phase: string | null
  undisclosed: 0 | 1
}
export type ProposalRow = Standing &
  Pick<
    Row<'proposal'>,
    | 'id'
    | 'number'
    | 'title'
    | 'costUnknown'
    | 'costLow'
    | 'costHigh'
    | 'reviewResult'
    | 'reviewWay'
    | 'example'
  > & {
    opd: string
    opdShort: string | null
    opdId: number
    platforms: string[]
    /** The number of the proposal it was merged into. */
    mergedInto: string | null
  }
export type Option = { value: number; label: string }

const pageSize = 50

/**
 * A page of proposals and how many there are: three queries, however many proposals. Where a
 * proposal stands is looked up for those of the page alone.
 */
export function list(db: Db, scope: Scope, filters: Filters, page: number) {
  const key = `proposals ${JSON.stringify([scope, filters, page])}`
  return untilNextWrite(db, key, () => readList(db, scope, filters, page))
}

async function readList(db: Db, scope: Scope, filters: Filters, page: number) {
  const found = await rowsFor(db, ['proposals', scope, filters, page], () => {
    const shown = ordered(
      narrowed(db, scope, filters)
        .innerJoin('opd', 'opd.id', 'proposal.opdId')
        .select('proposal.id'),
      filters,
    )
      .limit(pageSize)
      .offset((page - 1) * pageSize)
    const whole = owned(db, scope, 'proposal').where('proposal.id', 'in', shown)
    return ordered(rowsWithStanding(scope, whole), filters)
  })
  const [counted] = await rowsFor(db, ['proposals counted', scope, filters], () =>
    narrowed(db, scope, filters).select((eb) => eb.fn.countAll<number>().as('n')),
  )
  const n = counted?.n ?? 0
  const rows: ProposalRow[] = await withPlatforms(db, found)
  return { rows, n, pages: Math.max(1, Math.ceil(n / pageSize)) }
}

/** The proposals of one OPD and those it takes part in, the latest first, for its own page. */
export async function ofOpd(db: Db, scope: Scope, opdId: number): Promise<ProposalRow[]> {
  const found = await rowsWithStanding(
    scope,
    owned(db, scope, 'proposal').where('proposal.id', 'in', takesPart(opdId)),
  )
    .orderBy('proposal.id', 'desc')
    .execute()
  return withPlatforms(db, found)
}

export type Proposal = Awaited<ReturnType<typeof findById>> & object

/** The same for a page, read once until the next event. */
export function shown(db: Db, scope: Scope, id: number) {
  return untilNextWrite(db, `proposal ${JSON.stringify([scope, id])}`, () =>
    findById(db, scope, id),
  )
}

/** One proposal whole, with the names of what it points to and the decision in force. */
export async function findById(db: Db | Tx, scope: Scope, id: number) {
  const row = await owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .leftJoin('opdDuty', 'opdDuty.id', 'proposal.dutyId')
    .leftJoin('nationalApplication', 'nationalApplication.id', 'proposal.wayNationalId')
    .leftJoin('application', 'application.id', 'proposal.wayApplicationId')
    .leftJoin('fgdSession', 'fgdSession.id', 'proposal.fgdSessionId')
    .leftJoin('decision', (join) => join.on('decision.id', '=', toldDecisionId(scope)))
    .leftJoin('phase', 'phase.id', 'decision.phaseId')
    .leftJoin('proposal as target', 'target.id', 'proposal.mergedIntoId')
    .selectAll('proposal')
    .select(isUndisclosed(scope).as('undisclosed'))
    .select([
      'opd.name as opd',
      'opd.shortName as opdShort',
      'opdDuty.text as duty',
      'opdDuty.verified as dutyVerified',
      'opdDuty.legalBasis as dutyBasis',
      'nationalApplication.name as national',
      'application.name as application',
      'application.opdId as applicationOpdId',
      'fgdSession.title as session',
      'decision.outcome',
      'decision.level as decisionLevel',
      'decision.office as decisionOffice',
      'decision.decidedBy as decisionBy',
      'decision.decidedOn',
      'decision.document as decisionDocument',
      'decision.reason as decisionReason',
      'phase.name as phase',
      'phase.yearFrom as phaseFrom',
      'target.number as mergedInto',
    ])
    .where('proposal.id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, ...(await listsOf(db, id)), ...(await linksOf(db, scope, id)) } : undefined
}

/**
 * The offices that a proposal of the OPD may name, its head office first; also those of others that
 * the proposal names since before the OPD was split.
 */
export async function locations(
  db: Db | Tx,
  opdId: number,
  proposalId?: number,
): Promise<Option[]> {
  const rows = await owned(db, everything, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .select(['location.id as value', 'location.name as label', 'location.opdId'])
    .select(sql<string>`coalesce(opd.short_name, opd.name)`.as('opd'))
    .where(
      sql<boolean>`(location.opd_id = ${opdId} or exists (select 1 from proposal_location l
        where l.location_id = location.id and l.proposal_id = ${proposalId ?? 0}))`,
    )
    .orderBy(sql`location.opd_id <> ${opdId}`)
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
  return rows.map(({ value, label, ...row }) => ({
    value,
    label: row.opdId === opdId ? label : `${label} (${row.opd})`,
  }))
}

export async function nationals(db: Db): Promise<Option[]> {
  const rows = await db
    .selectFrom('nationalApplication')
    .select(['id', 'name', 'owner'])
    .orderBy('nameKey')
    .execute()
  return rows.map(({ id, name, owner }) => ({ value: id, label: `${name} (${owner})` }))
}

/** Sessions in which at least one proposal of the reader's was recorded, the latest first. */
export function sessions(db: Db, scope: Scope): Promise<Option[]> {
  return untilNextWrite(db, `proposals of sessions ${JSON.stringify(scope)}`, () =>
    rowsFor(db, ['sessions of proposals', scope], () =>
      owned(db, scope, 'proposal')
        .innerJoin('fgdSession', 'fgdSession.id', 'proposal.fgdSessionId')
        .select(['fgdSession.id as value', 'fgdSession.title as label'])
        .where('proposal.fgdSessionId', 'is not', null)
        .groupBy(['fgdSession.id', 'fgdSession.title', 'fgdSession.heldOn'])
        .orderBy('fgdSession.heldOn', 'desc'),
    ),
  )
}

export function findSession(db: Db, id: number) {
  return db
    .selectFrom('fgdSession')
    .select(['id', 'title', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
}

type Narrowed = SelectQueryBuilder<Tables, 'proposal', object>

function narrowed(db: Db, scope: Scope, filters: Filters): Narrowed {
  let query = owned(db, scope, 'proposal')
  const { search, opdId, sessionId, platform, standing } = filters
  if (search !== '') query = query.where(matching(search))
  if (opdId !== undefined) {
    query = query.where('proposal.id', 'in', takesPart(opdId, countsFor('p.opdId', opdId)))
  }
  if (filters.reviewWay) query = query.where('proposal.reviewWay', '=', filters.reviewWay)
  if (sessionId !== undefined) query = query.where('proposal.fgdSessionId', '=', sessionId)
  if (filters.costless) {
    query = query.where('proposal.costLow', 'is', null).where('proposal.costHigh', 'is', null)
  }
  if (platform !== undefined) {
    query = query.where(
      sql<boolean>`exists (select 1 from proposal_choice c where c.proposal_id = proposal.id
        and c.list = 'platforms' and c.code = ${platform})`,
    )
  }
  return standing === undefined ? query : query.where(standingIs(scope, standing))
}

/**
 * The ids of what the OPD leads (`led`: how a proposal `p` counts as that), or what is shared with it
 * and handed in: each by its index.
 */
function takesPart(opdId: number, led = sql<SqlBool>`p.opd_id = ${opdId}`) {
  return sql<number>`(select p.id from proposal p where ${led}
    union select o.proposal_id from proposal_opd o join proposal p on p.id = o.proposal_id
    where o.opd_id = ${opdId} and p.state <> 'draft')`
}

function matching(search: string) {
  const number = parseProposalNumber(search)
  const exact = number && proposalNumber(number.year, number.seq, number.letter)
  const digits = search.toLowerCase().replace(/[^a-z0-9-]/g, '')
  const title = sql<boolean>`proposal.title_key like ${`%${fold(search)}%`}`
  if (exact) return sql<boolean>`(proposal.number = ${exact} or ${title})`
  if (digits === '') return title
  return sql<boolean>`(${title} or lower(proposal.number) like ${`%${digits}%`})`
}

/** As the chip says it: a state counts only while no decision is in force. */
function standingIs(scope: Scope, code: string) {
  return sql<boolean>`coalesce(
    (select outcome from decision where id = ${toldDecisionId(scope)}),
    case when ${isUndisclosed(scope)} then 'undisclosed' else proposal.state end) = ${code}`
}

function rowsWithStanding(scope: Scope, query: Narrowed) {
  return query
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .leftJoin('decision', (join) => join.on('decision.id', '=', toldDecisionId(scope)))
    .leftJoin('phase', 'phase.id', 'decision.phaseId')
    .leftJoin('proposal as target', 'target.id', 'proposal.mergedIntoId')
    .select([
      'proposal.id',
      'proposal.number',
      'proposal.title',
      'proposal.opdId',
      'opd.name as opd',
      'opd.shortName as opdShort',
      'proposal.costUnknown',
      'proposal.costLow',
      'proposal.costHigh',
      'proposal.reviewResult',
      'proposal.reviewWay',
      'proposal.state',
      'proposal.example',
      'decision.outcome',
      'phase.name as phase',
      'target.number as mergedInto',
    ])
    .select(isUndisclosed(scope).as('undisclosed'))
}

const sortKeys = {
  number: [sql`substr(proposal.number, 1, 6)`, sql`length(proposal.number)`, sql`proposal.number`],
  title: [sql`proposal.title_key`],
  opd: [sql`opd.name_key`, sql`proposal.title_key`],
  cost: [sql`coalesce(proposal.cost_high, proposal.cost_low)`],
}

function ordered<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  { sort, descending }: Filters,
): SelectQueryBuilder<DB, TB, O> {
  if (sort === undefined) return query.orderBy(sql`proposal.id`, 'desc')
  const keys = sortKeys[sort]
  const unknownLast = query.orderBy(sql`${keys[0]} is null`)
  return keys
    .reduce((so, key) => so.orderBy(key, descending ? 'desc' : 'asc'), unknownLast)
    .orderBy(sql`proposal.id`)
}

/** The rows passed a scope already, so their choices need none. */
async function withPlatforms<R extends { id: number }>(db: Db, rows: R[]) {
  const ids = rows.map((row) => row.id)
  const choices =
    ids.length === 0
      ? []
      : await rowsFor(db, ['platforms of proposals', ids], () =>
          owned(db, everything, 'proposalChoice')
            .select(['proposalChoice.proposalId', 'proposalChoice.code'])
            .where('proposalChoice.list', '=', 'platforms')
            .where('proposalChoice.proposalId', 'in', ids),
        )
  const of = grouped(choices, (row) => row.proposalId)
  return rows.map((row) => ({
    ...row,
    platforms: (of.get(row.id) ?? []).map((choice) => choice.code),
  }))
}

/** What a proposal has several of; it passed a scope already. */
async function listsOf(db: Db | Tx, id: number) {
  const choices = await owned(db, everything, 'proposalChoice')
    .select(['proposalChoice.list', 'proposalChoice.code'])
    .where('proposalChoice.proposalId', '=', id)
    .execute()
  const places = await owned(db, everything, 'proposalLocation')
    .innerJoin('location', 'location.id', 'proposalLocation.locationId')
    .select(['location.id', 'location.name'])
    .where('proposalLocation.proposalId', '=', id)
    .orderBy('location.nameKey')
    .execute()
  const further = await owned(db, everything, 'proposalOpd')
    .innerJoin('opd', 'opd.id', 'proposalOpd.opdId')
    .select(['proposalOpd.opdId', 'proposalOpd.part', 'opd.name'])
    .where('proposalOpd.proposalId', '=', id)
    .orderBy('opd.nameKey')
    .execute()
  const costs = await owned(db, everything, 'proposalCost')
    .select(['proposalCost.year', 'proposalCost.amount'])
    .where('proposalCost.proposalId', '=', id)
    .orderBy('proposalCost.year')
    .execute()
  const of = (list: string) => choices.filter((row) => row.list === list).map((row) => row.code)
  const chosen = { users: of('users'), platforms: of('platforms'), natures: of('natures') }
  return { ...chosen, places, further, costs }
}

/** A proposal that another one names; told only to those who may see it. */
export type Named = {
  id: number
  number: string | null
  title: string
  opd: string
  state: string
  outcome: string | null
  undisclosed: 0 | 1
}

/** What it waits for, what waits for it and what was merged into it, as far as the scope reaches. */
async function linksOf(db: Db | Tx, scope: Scope, id: number) {
  const required = await owned(db, everything, 'proposalRequires')
    .select('proposalRequires.requiredId')
    .where('proposalRequires.proposalId', '=', id)
    .orderBy('proposalRequires.requiredId')
    .execute()
  const waiting = await owned(db, everything, 'proposalRequires')
    .select('proposalRequires.proposalId')
    .where('proposalRequires.requiredId', '=', id)
    .execute()
  const requiredIds = required.map((each) => each.requiredId)
  const requires = await named(db, scope, requiredIds)
  return {
    requiredIds,
    requires,
    hiddenRequires: requiredIds.length - requires.length,
    requiredBy: await named(
      db,
      scope,
      waiting.map((each) => each.proposalId),
    ),
    mergedFrom: await selectNamed(db, scope).where('proposal.mergedIntoId', '=', id).execute(),
  }
}

function selectNamed(db: Db | Tx, scope: Scope) {
  return owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .leftJoin('decision', (join) => join.on('decision.id', '=', toldDecisionId(scope)))
    .select(['proposal.id', 'proposal.number', 'proposal.title', 'opd.name as opd'])
    .select(['proposal.state', 'decision.outcome', isUndisclosed(scope).as('undisclosed')])
    .orderBy('proposal.number')
}

/** Those of the given proposals that the scope reaches, by number. */
export async function named(db: Db | Tx, scope: Scope, ids: readonly number[]): Promise<Named[]> {
  if (ids.length === 0) return []
  return selectNamed(db, scope).where('proposal.id', 'in', ids).execute()
}

/** Whoever may be named as a prerequisite or a target: handed in, and neither merged nor withdrawn. */
export function nameable(db: Db | Tx, scope: Scope, apartFrom?: number): Promise<Named[]> {
  const query = selectNamed(db, scope).where('proposal.state', 'not in', [
    'draft',
    'merged',
    'withdrawn',
  ])
  return (apartFrom === undefined ? query : query.where('proposal.id', '<>', apartFrom)).execute()
}

/** The ids of the proposals that a typed number, or a title alone, may mean. */
export async function idsOfTyped(trx: Tx, scope: Scope, typed: string): Promise<number[]> {
  const number = parseProposalNumber(typed.split(/\s/)[0] ?? '')
  const query = owned(trx, scope, 'proposal').select('proposal.id')
  const found = await (number
    ? query.where('proposal.number', '=', proposalNumber(number.year, number.seq, number.letter))
    : query
        .where('proposal.titleKey', '=', fold(typed))
        .where('proposal.state', 'not in', ['draft', 'merged', 'withdrawn'])
  ).execute()
  return found.map((each) => each.id)
}

/** Every prerequisite there is, and what was merged into what. */
export async function requirements(db: Db | Tx) {
  const stored = await owned(db, everything, 'proposalRequires')
    .select(['proposalRequires.proposalId', 'proposalRequires.requiredId'])
    .orderBy('proposalRequires.requiredId')
    .execute()
  const merged = await owned(db, everything, 'proposal')
    .select(['proposal.id', 'proposal.mergedIntoId'])
    .where('proposal.mergedIntoId', 'is not', null)
    .execute()
  const mergedInto = new Map(merged.map((each) => [each.id, each.mergedIntoId ?? each.id]))
  return { stored, mergedInto }
}
