import { sql } from 'kysely'
import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import type { SessionInput } from './schema.ts'

export type Session = Row<'fgdSession'>
/** `present` of the `invited` OPD; `uninvited` OPD came beside them. */
export type SessionCounts = {
  invited: number
  present: number
  uninvited: number
  people: number
  proposals: number
}
export type SessionRow = Pick<
  Session,
  'id' | 'title' | 'stage' | 'heldOn' | 'endsOn' | 'starts' | 'venue' | 'state' | 'example'
> &
  SessionCounts
export type SessionOption = { value: number; label: string }

/** Whether records may be made from this session's pages now. */
export async function isOpen(db: Db | Tx, id: number): Promise<boolean> {
  return (await findById(db, id))?.state === 'open'
}

/** Every session, the newest day first, with what the reader may know of its numbers. */
export async function list(db: Db, scope: Scope): Promise<SessionRow[]> {
  const rows = await newestFirst(db)
    .select(['id', 'title', 'stage', 'heldOn', 'endsOn', 'starts', 'venue', 'state', 'example'])
    .execute()
  const counted = await countsBySession(db, scope)
  return rows.map((row) => ({ ...row, ...(counted.get(row.id) ?? none) }))
}

export function findById(db: Db | Tx, id: number): Promise<Session | undefined> {
  return (db as Db).selectFrom('fgdSession').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The numbers of one session. */
export async function countsOf(db: Db, scope: Scope, id: number): Promise<SessionCounts> {
  return (await countsBySession(db, scope, id)).get(id) ?? none
}

/** How many sessions there are, and how many of them in progress or closed. */
export async function counts(db: Db): Promise<{ all: number; open: number; closed: number }> {
  const rows = await db.selectFrom('fgdSession').select('state').execute()
  const inState = (state: string) => rows.filter((row) => row.state === state).length
  return { all: rows.length, open: inState('open'), closed: inState('closed') }
}

/** The sessions a form may offer, the newest first. */
export function options(db: Db): Promise<SessionOption[]> {
  return newestFirst(db).select(['id as value', 'title as label']).execute()
}

/** The sessions in progress now. */
export function openSessions(db: Db): Promise<Pick<Session, 'id' | 'title' | 'heldOn'>[]> {
  return newestFirst(db).select(['id', 'title', 'heldOn']).where('state', '=', 'open').execute()
}

export function insert(trx: Tx, input: SessionInput, by: By): Promise<number> {
  const state = { state: 'planned', openedAt: null, closedAt: null, reopenedReason: null }
  return insertRow(trx, 'fgdSession', { ...input, ...state }, by)
}

export function update(trx: Tx, id: number, version: number, input: SessionInput, by: By) {
  return updateRow(trx, 'fgdSession', id, version, input, by)
}

/** The ids of the OPD invited to a session. */
export async function invitedIds(db: Db | Tx, id: number): Promise<number[]> {
  const rows = await (db as Db)
    .selectFrom('sessionOpd')
    .select('opdId')
    .where('fgdSessionId', '=', id)
    .where('invited', '=', 1)
    .execute()
  return rows.map((row) => row.opdId)
}

/** Removes a session with its plan: speakers, agenda and invitations; agreements hold it. */
export async function remove(trx: Tx, id: number, version: number, by: By): Promise<void> {
  const plan = await trx
    .selectFrom('sessionItem')
    .select(['id', 'version'])
    .where('fgdSessionId', '=', id)
    .where('kind', '<>', 'agreement')
    .execute()
  for (const item of plan) await removeRow(trx, 'sessionItem', item.id, item.version, by)
  await removeRow(trx, 'fgdSession', id, version, by)
}

export type ReportSession = Session & { invited: number[] } & {
  items: Pick<Row<'sessionItem'>, 'kind' | 'seq' | 'name' | 'office' | 'text' | 'example'>[]
  attendance: Omit<Row<'attendance'>, 'nip'>[]
  minutes: Row<'minute'>[]
  followUps: Row<'followUp'>[]
}

/**
 * Every session in the order of its days, with all that was recorded in it, for the workbook. No
 * NIP leaves here.
 */
export async function reportSessions(db: Db): Promise<ReportSession[]> {
  const sessions = await db
    .selectFrom('fgdSession')
    .selectAll()
    .orderBy('heldOn')
    .orderBy('id')
    .execute()
  const invited = await db.selectFrom('sessionOpd').selectAll().where('invited', '=', 1).execute()
  const items = await db.selectFrom('sessionItem').selectAll().orderBy('seq').execute()
  const people = await db
    .selectFrom('attendance')
    .selectAll()
    .orderBy('id')
    .execute()
    .then((rows) => rows.map(({ nip: _, ...person }) => person))
  const minutes = await db.selectFrom('minute').selectAll().orderBy('seq').execute()
  const followUps = await db.selectFrom('followUp').selectAll().orderBy('id').execute()
  return sessions.map((session) => {
    const mine = (row: { fgdSessionId: number | null }) => row.fgdSessionId === session.id
    return {
      ...session,
      invited: invited.filter(mine).map((row) => row.opdId),
      items: items.filter(mine),
      attendance: people.filter(mine),
      minutes: minutes.filter(mine),
      followUps: followUps.filter(mine),
    }
  })
}

/**
 * The proposals of sessions that a reader may know of: of the own scope all of them, of others
 * what was handed in. Only title, OPD and platform of these may be shown.
 */
export function toldProposals(db: Db, scope: Scope) {
  const inSessions = owned(db, everything, 'proposal').where(
    'proposal.fgdSessionId',
    'is not',
    null,
  )
  if (scope.all) return inSessions
  return inSessions.where((eb) =>
    eb.or([
      eb('proposal.state', 'not in', ['draft', 'withdrawn']),
      ...(scope.opdIds.length > 0 ? [eb('proposal.opdId', 'in', [...scope.opdIds])] : []),
    ]),
  )
}

const none: SessionCounts = { invited: 0, present: 0, uninvited: 0, people: 0, proposals: 0 }

function newestFirst(db: Db) {
  return db.selectFrom('fgdSession').orderBy('heldOn', 'desc').orderBy('id', 'desc')
}

async function countsBySession(db: Db, scope: Scope, id?: number) {
  const invited = await db
    .selectFrom('sessionOpd')
    .where('invited', '=', 1)
    .$if(id !== undefined, (query) => query.where('fgdSessionId', '=', id ?? 0))
    .select(['fgdSessionId', sql<number>`count(*)`.as('invited')])
    .groupBy('fgdSessionId')
    .execute()
  const people = await db
    .selectFrom('attendance')
    .leftJoin('sessionOpd', (join) =>
      join
        .onRef('sessionOpd.fgdSessionId', '=', 'attendance.fgdSessionId')
        .onRef('sessionOpd.opdId', '=', 'attendance.opdId')
        .on('sessionOpd.invited', '=', 1),
    )
    .$if(id !== undefined, (query) => query.where('attendance.fgdSessionId', '=', id ?? 0))
    .select([
      'attendance.fgdSessionId',
      sql<number>`count(*)`.as('people'),
      sql<number>`count(distinct session_opd.opd_id)`.as('present'),
      sql<number>`count(distinct case when session_opd.opd_id is null then attendance.opd_id end)`.as(
        'uninvited',
      ),
    ])
    .groupBy('attendance.fgdSessionId')
    .execute()
  const proposals = await toldProposals(db, scope)
    .$if(id !== undefined, (query) => query.where('proposal.fgdSessionId', '=', id ?? 0))
    .select(['proposal.fgdSessionId', sql<number>`count(*)`.as('proposals')])
    .groupBy('proposal.fgdSessionId')
    .execute()
  const counted = new Map<number, SessionCounts>()
  for (const { fgdSessionId, ...numbers } of [...invited, ...people, ...proposals]) {
    const at = fgdSessionId ?? 0
    counted.set(at, { ...(counted.get(at) ?? none), ...numbers })
  }
  return counted
}
