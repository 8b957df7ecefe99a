import { sql } from 'kysely'
import { publicationInForceId } from '../db/published.ts'
import type { Db, Row, Tx } from '../db/schema.ts'
import { countsFor, owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { followUpStateOn, opdBeside } from '../domain/session.ts'
import type { Code } from '../domain/words.ts'
import type { Filters } from './filters.ts'

export type FollowUp = Row<'followUp'>
export type BoardRow = FollowUp & {
  /** `late` is computed. */
  standing: Code<'followUpState'>
  /** Its OPD, where the text of who does it does not name it. */
  opd: string | null
  session: string | null
  /** The proposal whose decision asked for it; null also where it is out of reach. */
  proposal: string | null
}
export type OwnInput = Pick<FollowUp, 'text' | 'who' | 'opdId' | 'due' | 'proposalId'>

const pageSize = 50

/**
 * A page of follow-ups: what is not done first, the earliest due day first, without one last.
 * Whoever does not reach every OPD sees those of the sessions and those of the own OPD.
 */
export async function list(db: Db, scope: Scope, filters: Filters, today: string, asked: number) {
  const found = narrowed(db, scope, filters, today)
  const { n } = await found
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const pages = Math.max(1, Math.ceil(n / pageSize))
  const page = Math.min(asked, pages)
  const rows = await found
    .selectAll('followUp')
    .orderBy(sql`follow_up.state = 'done'`)
    .orderBy(sql`follow_up.due is null`)
    .orderBy('followUp.due')
    .orderBy('followUp.id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { rows: await named(db, scope, rows, today), n, page, pages }
}

/** Whether the reader reaches any follow-up at all. */
export async function hasAny(db: Db, scope: Scope): Promise<boolean> {
  const row = await inReach(db, scope).select('followUp.id').limit(1).executeTakeFirst()
  return row !== undefined
}

export function findById(db: Db | Tx, id: number): Promise<FollowUp | undefined> {
  return (db as Db).selectFrom('followUp').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The follow-ups of a proposal, the open ones first. */
export function ofProposal(db: Db, proposalId: number): Promise<FollowUp[]> {
  return db
    .selectFrom('followUp')
    .selectAll()
    .where('proposalId', '=', proposalId)
    .orderBy(sql`follow_up.state = 'done'`)
    .orderBy('id')
    .execute()
}

/** Whether something is to be done for a proposal already. */
export async function isOpenFor(trx: Tx, proposalId: number): Promise<boolean> {
  const row = await trx
    .selectFrom('followUp')
    .select('id')
    .where('proposalId', '=', proposalId)
    .where('state', '<>', 'done')
    .executeTakeFirst()
  return row !== undefined
}

export function insert(trx: Tx, input: OwnInput, by: By): Promise<number> {
  return insertRow(
    trx,
    'followUp',
    { ...input, fgdSessionId: null, state: 'open', doneOn: null },
    by,
  )
}

export function update(trx: Tx, id: number, version: number, input: OwnInput, by: By) {
  return updateRow(trx, 'followUp', id, version, input, by)
}

export function remove(trx: Tx, id: number, version: number, by: By): Promise<void> {
  return removeRow(trx, 'followUp', id, version, by)
}

/** Moves a follow-up; done is done on `today`. */
export function move(trx: Tx, id: number, version: number, state: string, today: string, by: By) {
  const changes = { state, doneOn: state === 'done' ? today : null }
  return updateRow(trx, 'followUp', id, version, changes, by)
}

/** What a decision asks for says what was decided: it is not told to an OPD before that is published. */
const isTold = sql<boolean>`(follow_up.proposal_id is null or follow_up.proposal_id in
  (select item.proposal_id from publication_item item
    where item.publication_id = ${publicationInForceId} and item.decision_id =
      (select max(d.id) from decision d where d.proposal_id = item.proposal_id)))`

function inReach(db: Db, scope: Scope) {
  const query = db.selectFrom('followUp')
  if (scope.all) return query
  const own = scope.opdIds.length > 0 ? [...scope.opdIds] : [0]
  return query.where((eb) =>
    eb.or([
      eb('followUp.fgdSessionId', 'is not', null),
      eb.and([eb('followUp.opdId', 'in', own), isTold]),
    ]),
  )
}

function narrowed(db: Db, scope: Scope, filters: Filters, today: string) {
  const { search, state, opdId, session } = filters
  let query = inReach(db, scope)
  if (search !== '') {
    const like = `%${search.toLowerCase()}%`
    query = query.where(
      sql<boolean>`(lower(follow_up.text) like ${like} or lower(coalesce(follow_up.who, '')) like ${like})`,
    )
  }
  const late = sql<boolean>`(follow_up.due is not null and follow_up.due < ${today})`
  if (state === 'late') query = query.where('followUp.state', '<>', 'done').where(late)
  else if (state === 'done') query = query.where('followUp.state', '=', 'done')
  else if (state) query = query.where('followUp.state', '=', state).where(sql<boolean>`not ${late}`)
  if (opdId !== undefined) query = query.where(countsFor('followUp.opdId', opdId))
  if (session === 0) query = query.where('followUp.fgdSessionId', 'is', null)
  else if (session !== undefined) query = query.where('followUp.fgdSessionId', '=', session)
  return query
}

async function named(db: Db, scope: Scope, rows: FollowUp[], today: string): Promise<BoardRow[]> {
  const opds = await owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name', 'opd.shortName'])
    .execute()
  const sessions = await db.selectFrom('fgdSession').select(['id', 'title']).execute()
  const ids = rows.flatMap((row) => row.proposalId ?? [])
  const proposals =
    ids.length === 0
      ? []
      : await owned(db, scope, 'proposal')
          .select(['proposal.id', 'proposal.title'])
          .where('proposal.id', 'in', ids)
          .execute()
  const opdById = new Map(opds.map((row) => [row.id, row]))
  const titles = new Map(sessions.map((row) => [row.id, row.title]))
  const proposalTitles = new Map(proposals.map((row) => [row.id, row.title]))
  return rows.map((row) => ({
    ...row,
    standing: followUpStateOn(today, row),
    opd: opdBeside(row.who, opdById.get(row.opdId ?? 0)),
    session: titles.get(row.fgdSessionId ?? 0) ?? null,
    proposal: proposalTitles.get(row.proposalId ?? 0) ?? null,
  }))
}
