import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db, Row, Tables, Tx } from '../db/schema.ts'
import { countsFor, owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { fold } from '../domain/text.ts'
import type { Code } from '../domain/words.ts'
import { type Message, Refusal } from '../errors.ts'
import type { Filters } from './filters.ts'
import type { NeedInput } from './schema.ts'

export type NeedRow = Pick<
  Row<'infrastructureNeed'>,
  | 'id'
  | 'opdId'
  | 'locationId'
  | 'kind'
  | 'text'
  | 'quantity'
  | 'costUnknown'
  | 'cost'
  | 'fund'
  | 'year'
  | 'state'
  | 'example'
> & {
  opd: string
  opdShort: string | null
  location: string | null
  /** How many proposals wait for it. */
  waiting: number
}
export type ProposalOption = { value: number; label: string }

const pageSize = 50

/** A page of needs: those of the earliest year first, without a year last. */
export async function list(db: Db, scope: Scope, filters: Filters, page: number) {
  const found = narrowed(db, scope, filters)
  const { n, cost, uncounted } = await found
    .select((eb) => [
      eb.fn.countAll<number>().as('n'),
      sql<number>`coalesce(sum(infrastructure_need.cost), 0)`.as('cost'),
      sql<number>`count(*) - count(infrastructure_need.cost)`.as('uncounted'),
    ])
    .executeTakeFirstOrThrow()
  const pages = Math.max(1, Math.ceil(n / pageSize))
  const at = Math.min(page, pages)
  const rows = await inOrder(found)
    .limit(pageSize)
    .offset((at - 1) * pageSize)
    .execute()
  return { rows, n, cost, uncounted, page: at, pages }
}

/** The needs of one OPD, for its own page. */
export function ofOpd(db: Db, scope: Scope, opdId: number): Promise<NeedRow[]> {
  return inOrder(
    owned(db, scope, 'infrastructureNeed').where('infrastructureNeed.opdId', '=', opdId),
  ).execute()
}

/** Needs that stand on the roadmap: what was dropped is not among them. */
export function onRoadmap(db: Db, scope: Scope): Promise<NeedRow[]> {
  return inOrder(
    owned(db, scope, 'infrastructureNeed').where('infrastructureNeed.state', '<>', 'dropped'),
  ).execute()
}

/** Needs of an office, by kind, that are still to be met. */
export function openAt(db: Db, scope: Scope, locationId: number): Promise<NeedRow[]> {
  return inOrder(
    owned(db, scope, 'infrastructureNeed')
      .where('infrastructureNeed.locationId', '=', locationId)
      .where('infrastructureNeed.state', 'in', ['recorded', 'planned']),
  ).execute()
}

/** The kinds of need that are still to be met, by office. */
export async function openKinds(db: Db, scope: Scope): Promise<Map<number, string[]>> {
  const rows = await owned(db, scope, 'infrastructureNeed')
    .select(['infrastructureNeed.locationId', 'infrastructureNeed.kind'])
    .where('infrastructureNeed.locationId', 'is not', null)
    .where('infrastructureNeed.state', 'in', ['recorded', 'planned'])
    .execute()
  const byOffice = grouped(rows, (row) => row.locationId ?? 0)
  return new Map([...byOffice].map(([id, ofOffice]) => [id, ofOffice.map((row) => row.kind)]))
}

/** The years in use, for the filter. */
export async function years(db: Db, scope: Scope): Promise<number[]> {
  const rows = await owned(db, scope, 'infrastructureNeed')
    .select('infrastructureNeed.year')
    .distinct()
    .where('infrastructureNeed.year', 'is not', null)
    .orderBy('infrastructureNeed.year')
    .execute()
  return rows.flatMap((row) => row.year ?? [])
}

export type PlannedInternet = { year: number; need: string }

/**
 * The internet that is planned for offices that may have none, by location: the earliest year of
 * its planned needs. What was only recorded is a wish and not among them.
 */
export async function plannedInternet(
  db: Db | Tx,
  scope: Scope,
): Promise<Map<number, PlannedInternet>> {
  const rows = await owned(db, scope, 'infrastructureNeed')
    .select([
      'infrastructureNeed.locationId',
      'infrastructureNeed.year',
      'infrastructureNeed.text as need',
    ])
    .where('infrastructureNeed.kind', '=', 'internet' satisfies Code<'needKind'>)
    .where('infrastructureNeed.state', '=', 'planned' satisfies Code<'needState'>)
    .where('infrastructureNeed.locationId', 'is not', null)
    .where('infrastructureNeed.year', 'is not', null)
    .orderBy('infrastructureNeed.year', 'desc')
    .orderBy('infrastructureNeed.id', 'desc')
    .execute()
  return new Map(
    rows.map(({ locationId, year, need }) => [locationId ?? 0, { year: year ?? 0, need }]),
  )
}

export type Need = Awaited<ReturnType<typeof findById>> & object

/** One need whole, with its office, its session and the proposals that wait for it. */
export async function findById(db: Db | Tx, scope: Scope, id: number) {
  const row = await owned(db, scope, 'infrastructureNeed')
    .innerJoin('opd', 'opd.id', 'infrastructureNeed.opdId')
    .leftJoin('location', 'location.id', 'infrastructureNeed.locationId')
    .leftJoin('fgdSession', 'fgdSession.id', 'infrastructureNeed.fgdSessionId')
    .selectAll('infrastructureNeed')
    .select(['opd.name as opd', 'location.name as location', 'fgdSession.title as session'])
    .where('infrastructureNeed.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const proposals = await owned(db, everything, 'needProposal')
    .innerJoin('proposal', 'proposal.id', 'needProposal.proposalId')
    .select(['proposal.id', 'proposal.number', 'proposal.title'])
    .where('needProposal.needId', '=', id)
    .orderBy('proposal.id')
    .execute()
  return { ...row, proposals }
}

/** The needs that a proposal waits for, as far as the reader may see them. */
export async function ofProposal(db: Db, scope: Scope, proposalId: number): Promise<NeedRow[]> {
  return inOrder(
    owned(db, scope, 'infrastructureNeed').where(
      sql<boolean>`exists (select 1 from need_proposal p where p.need_id = infrastructure_need.id
        and p.proposal_id = ${proposalId})`,
    ),
  ).execute()
}

/** The proposals that a need of an OPD may be waited for by: those the OPD leads or takes part in. */
export async function proposalOptions(db: Db | Tx, opdId: number): Promise<ProposalOption[]> {
  const rows = await owned(db, { all: false, opdIds: [opdId] }, 'proposal')
    .select(['proposal.id', 'proposal.number', 'proposal.title'])
    .where('proposal.state', 'not in', ['withdrawn', 'merged'])
    .orderBy('proposal.titleKey')
    .execute()
  return rows.map(({ id, number, title }) => ({
    value: id,
    label: number === null ? title : `${title} (${number})`,
  }))
}

/** @throws Refusal at a field that points to what is not the OPD's own */
export async function insert(trx: Tx, opdId: number, input: NeedInput, by: By): Promise<number> {
  await refuseForeign(trx, { opdId, proposals: [] }, input)
  const { proposals, state, ...columns } = input
  const row = { ...columns, opdId, state: state ?? 'recorded' }
  return insertRow(trx, 'infrastructureNeed', row, by, { proposals })
}

/** Keeps the session it was first recorded in, and its state where none is given. */
export async function update(
  trx: Tx,
  stored: Pick<Need, 'id' | 'opdId' | 'proposals'>,
  version: number,
  input: NeedInput,
  by: By,
): Promise<void> {
  await refuseForeign(trx, stored, input)
  const { proposals, state, fgdSessionId: _, ...columns } = input
  const changes = { ...columns, ...(state === null ? {} : { state }) }
  await updateRow(trx, 'infrastructureNeed', stored.id, version, changes, by, { proposals })
}

export function remove(trx: Tx, id: number, version: number, by: By): Promise<void> {
  return removeRow(trx, 'infrastructureNeed', id, version, by)
}

async function refuseForeign(
  trx: Tx,
  { opdId, proposals }: Pick<Need, 'opdId'> & { proposals: readonly { id: number }[] },
  input: NeedInput,
): Promise<void> {
  const errors: Record<string, Message> = {}
  if (input.locationId !== null) {
    const office = await trx
      .selectFrom('location')
      .select('id')
      .where('id', '=', input.locationId)
      .where('opdId', '=', opdId)
      .executeTakeFirst()
    if (!office) errors.locationId = { key: 'form.notInList' }
  }
  const known = new Set((await proposalOptions(trx, opdId)).map((each) => each.value))
  for (const { id } of proposals) known.add(id)
  if (input.proposals.some((id) => !known.has(id))) errors.proposals = { key: 'form.notInList' }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
}

type Narrowed = SelectQueryBuilder<Tables, 'infrastructureNeed', object>

function narrowed(db: Db, scope: Scope, filters: Filters): Narrowed {
  const { search, opdId, kind, state, year } = filters
  let query = owned(db, scope, 'infrastructureNeed')
  if (search !== '') {
    const typed = `%${search.toLowerCase()}%`
    query = query.where(
      sql<boolean>`(lower(infrastructure_need.text) like ${typed} or exists (select 1 from location l
        where l.id = infrastructure_need.location_id and l.name_key like ${`%${fold(search)}%`}))`,
    )
  }
  if (opdId !== undefined) query = query.where(countsFor('infrastructureNeed.opdId', opdId))
  if (kind !== undefined) query = query.where('infrastructureNeed.kind', '=', kind)
  if (state !== undefined) query = query.where('infrastructureNeed.state', '=', state)
  return year === undefined ? query : query.where('infrastructureNeed.year', '=', year)
}

function inOrder(query: Narrowed) {
  return query
    .innerJoin('opd', 'opd.id', 'infrastructureNeed.opdId')
    .leftJoin('location', 'location.id', 'infrastructureNeed.locationId')
    .select([
      'infrastructureNeed.id',
      'infrastructureNeed.opdId',
      'infrastructureNeed.locationId',
      'infrastructureNeed.kind',
      'infrastructureNeed.text',
      'infrastructureNeed.quantity',
      'infrastructureNeed.costUnknown',
      'infrastructureNeed.cost',
      'infrastructureNeed.fund',
      'infrastructureNeed.year',
      'infrastructureNeed.state',
      'infrastructureNeed.example',
      'opd.name as opd',
      'opd.shortName as opdShort',
      'location.name as location',
      sql<number>`(select count(*) from need_proposal p
        where p.need_id = infrastructure_need.id)`.as('waiting'),
    ])
    .orderBy(sql`infrastructure_need.year is null`)
    .orderBy('infrastructureNeed.year')
    .orderBy('opd.nameKey')
    .orderBy('infrastructureNeed.id')
}

/** By year, those without one last; each with its sum and how many it leaves out. */
export function byYear<T extends { year: number | null; cost: number | null }>(
  needs: readonly T[],
): { year: number | null; needs: T[]; cost: number; uncounted: number }[] {
  return [...grouped(needs, (need) => need.year ?? 0)]
    .toSorted(([a], [b]) => (a || Number.MAX_VALUE) - (b || Number.MAX_VALUE))
    .map(([year, ofYear]) => ({
      year: year || null,
      needs: ofYear,
      cost: ofYear.reduce((sum, need) => sum + (need.cost ?? 0), 0),
      uncounted: ofYear.filter((need) => need.cost === null).length,
    }))
}
