import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { opdBeside, type SessionPart, type SessionState, sessionTakes } from '../domain/session.ts'
import { type Message, orNotFound, Refusal } from '../errors.ts'
import { ownersThen } from './owners.ts'
import type { FollowUpInput, ItemInput, MinuteInput, PersonInput } from './schema.ts'

export type Item = Row<'sessionItem'>
/** A person present as the session's circle may know it. */
export type Person = Omit<PrivatePerson, 'nip' | 'employment'>
/** `opd` is the short name where there is one, `opdName` always the whole. */
type OfOpd = { opd: string | null; opdName: string | null }
export type PrivatePerson = Row<'attendance'> & OfOpd
export type Minute = Row<'minute'> & OfOpd
export type FollowUp = Row<'followUp'> & OfOpd

/** Why a session in that state takes no record. */
const refusals: Record<SessionState, Message> = {
  planned: { key: 'fgd.error.notOpen' },
  open: { key: 'form.changedMeanwhile' },
  closed: { key: 'fgd.error.closed' },
  postponed: { key: 'fgd.error.postponed' },
  cancelled: { key: 'fgd.error.cancelled' },
}

/** Refuses (409, with the reason in words) when that part of the session cannot be changed now. */
export async function mustTake(trx: Tx, sessionId: number, part: SessionPart): Promise<void> {
  const row = await trx
    .selectFrom('fgdSession')
    .select('state')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  const state = orNotFound(row).state as SessionState
  if (!sessionTakes(state, part)) throw new Refusal({ _form: refusals[state] }, 409)
}

/** Refuses ids that are no OPD; `field` is where the message stands. */
export async function mustBeOpd(trx: Tx, opdIds: readonly (number | null)[], field = 'opdId') {
  const asked = [...new Set(opdIds.filter((id) => id !== null))]
  if (asked.length === 0) return
  const known = await owned(trx, everything, 'opd')
    .select('opd.id')
    .where('opd.id', 'in', asked)
    .execute()
  if (known.length < asked.length) throw new Refusal({ [field]: { key: 'form.notInList' } })
}

/* Attendance */

export async function attendance(db: Db, sessionId: number): Promise<Person[]> {
  const rows = await privateAttendance(db, sessionId)
  return rows.map(({ nip: _, employment: __, ...person }) => person)
}

/** With NIP and employment: only for those whom the policy's `fgd.private` names. */
export async function privateAttendance(db: Db, sessionId: number): Promise<PrivatePerson[]> {
  const rows = await db
    .selectFrom('attendance')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .orderBy('id')
    .execute()
  return withOpd(db, rows)
}

export function findPerson(db: Db, sessionId: number, id: number) {
  return db
    .selectFrom('attendance')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function insertPerson(trx: Tx, fgdSessionId: number, input: PersonInput, by: By) {
  return insertRow(trx, 'attendance', { ...input, fgdSessionId }, by)
}

/** The OPD that were invited, by name. */
export function invitedOpds(db: Db, sessionId: number) {
  return owned(db, everything, 'opd')
    .innerJoin('sessionOpd', 'sessionOpd.opdId', 'opd.id')
    .select(['opd.id', 'opd.name'])
    .where('sessionOpd.fgdSessionId', '=', sessionId)
    .where('sessionOpd.invited', '=', 1)
    .orderBy('opd.nameKey')
    .execute()
}

/* Minutes */

/** Day by day, in the order in which they were written down. */
export async function minutes(db: Db, sessionId: number): Promise<Minute[]> {
  const rows = await db
    .selectFrom('minute')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .orderBy('onDay')
    .orderBy('seq')
    .orderBy('id')
    .execute()
  return withOpd(db, rows)
}

export function findMinute(db: Db, sessionId: number, id: number) {
  return db
    .selectFrom('minute')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertMinute(trx: Tx, fgdSessionId: number, input: MinuteInput, by: By) {
  const last = await trx
    .selectFrom('minute')
    .where('fgdSessionId', '=', fgdSessionId)
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return insertRow(trx, 'minute', { ...input, fgdSessionId, seq: (last?.seq ?? 0) + 1 }, by)
}

/* Speakers, agenda, agreements */

export function items(db: Db | Tx, sessionId: number): Promise<Item[]> {
  return (db as Db)
    .selectFrom('sessionItem')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .orderBy('seq')
    .orderBy('id')
    .execute()
}

export function findItem(db: Db, sessionId: number, id: number): Promise<Item | undefined> {
  return db
    .selectFrom('sessionItem')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Adds an item behind the others of its kind. */
export async function insertItem(trx: Tx, fgdSessionId: number, input: ItemInput, by: By) {
  const last = await trx
    .selectFrom('sessionItem')
    .where('fgdSessionId', '=', fgdSessionId)
    .where('kind', '=', input.kind)
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return insertRow(trx, 'sessionItem', { ...input, fgdSessionId, seq: (last?.seq ?? 0) + 1 }, by)
}

/** Changes places with the item before it, or the one behind it; at the end nothing happens. */
export async function moveItem(trx: Tx, item: Item, up: boolean, by: By): Promise<void> {
  const same = (await items(trx, item.fgdSessionId)).filter((other) => other.kind === item.kind)
  const at = same.findIndex((other) => other.id === item.id)
  const to = up ? at - 1 : at + 1
  const [here, there] = [same[at], same[to]]
  if (!here || !there) return
  same[at] = there
  same[to] = here
  for (const [index, moved] of same.entries()) {
    await updateRow(trx, 'sessionItem', moved.id, moved.version, { seq: index + 1 }, by)
  }
}

/* Follow-ups */

export async function followUps(db: Db, sessionId: number): Promise<FollowUp[]> {
  const rows = await db
    .selectFrom('followUp')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .orderBy('id')
    .execute()
  const then = await ownersThen(db, sessionId, 'followUp')
  const named = await withOpd(
    db,
    rows.map((row) => ({ ...row, opdId: then.get(row.id)?.id ?? row.opdId })),
  )
  return named.map((row) => {
    const { opd: shortName, opdName: name } = row
    return { ...row, opd: opdBeside(row.who, name === null ? undefined : { name, shortName }) }
  })
}

export function findFollowUp(db: Db, sessionId: number, id: number) {
  return db
    .selectFrom('followUp')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function insertFollowUp(trx: Tx, fgdSessionId: number, input: FollowUpInput, by: By) {
  const fresh = { state: 'open', doneOn: null, proposalId: null }
  return insertRow(trx, 'followUp', { ...input, ...fresh, fgdSessionId }, by)
}

/** The names of OPD are the session's circle's: everyone who is signed in may know them. */
async function withOpd<R extends { opdId: number | null }>(db: Db, rows: R[]) {
  const names = await owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name', 'opd.shortName'])
    .execute()
  const byId = new Map(names.map((row) => [row.id, row]))
  return rows.map((row) => {
    const of = row.opdId === null ? undefined : byId.get(row.opdId)
    return { ...row, opd: of ? (of.shortName ?? of.name) : null, opdName: of?.name ?? null }
  })
}
