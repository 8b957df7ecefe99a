import { randomBytes } from 'node:crypto'
import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { appendRow, type By, insertRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import { changedAnswers } from '../domain/confirmation.ts'
import { sessionRefOf } from '../web/session.ts'
import { tokenHash } from '../web/token.ts'

export type OpdLink = Pick<Row<'accessLink'>, 'id' | 'version' | 'expiresAt'> & {
  opdId: number
  opd: string
}
export type Phone = {
  ref: string
  name: string
  position: string
  agent: string | null
  seenAt: string
  madeAt: string
}
export type ListedLink = OpdLink & { createdAt: string; phones: Phone[] }
export type Confirmation = Row<'opdConfirmation'>

/** The link of that token, while it works. */
export async function findLink(
  db: Db | Tx,
  token: string,
  now: Date,
): Promise<OpdLink | undefined> {
  return working(db, now).where('accessLink.tokenHash', '=', tokenHash(token)).executeTakeFirst()
}

export function findLinkById(db: Db | Tx, id: number, now: Date): Promise<OpdLink | undefined> {
  return working(db, now).where('accessLink.id', '=', id).executeTakeFirst()
}

/** Whose link that is or was, working or not. */
export async function opdOfLink(
  db: Db,
  link: { token: string } | { id: number },
): Promise<number | undefined> {
  const query = db.selectFrom('accessLink').select('opdId').where('purpose', '=', 'opd')
  const row = await ('token' in link
    ? query.where('tokenHash', '=', tokenHash(link.token))
    : query.where('id', '=', link.id)
  ).executeTakeFirst()
  return row?.opdId ?? undefined
}

/** The links that work, by OPD, with the phones on which each is open. */
export async function listLinks(db: Db | Tx, now: Date, opdId?: number): Promise<ListedLink[]> {
  const links = await working(db, now)
    .select('accessLink.createdAt')
    .$if(opdId !== undefined, (query) => query.where('accessLink.opdId', '=', opdId ?? 0))
    .orderBy('opd.nameKey')
    .orderBy('accessLink.id', 'desc')
    .execute()
  const phones = await openPhones(db, now)
  return links.map((link) => ({ ...link, phones: phones.get(link.id) ?? [] }))
}

function working(db: Db | Tx, now: Date) {
  return owned(db, everything, 'opd')
    .innerJoin('accessLink', 'accessLink.opdId', 'opd.id')
    .select([
      'accessLink.id',
      'accessLink.version',
      'accessLink.expiresAt',
      'opd.id as opdId',
      'opd.name as opd',
    ])
    .where('accessLink.purpose', '=', 'opd')
    .where('accessLink.expiresAt', '>', now.toISOString())
    .where('accessLink.revokedAt', 'is', null)
}

async function openPhones(db: Db | Tx, now: Date): Promise<Map<number, Phone[]>> {
  const rows = await (db as Db)
    .selectFrom('webSession')
    .select(['linkId', 'tokenHash', 'name', 'position', 'agent', 'seenAt', 'madeAt'])
    .where('linkId', 'is not', null)
    .where('endsAt', '>', now.toISOString())
    .orderBy('seenAt', 'desc')
    .execute()
  const phones = new Map<number, Phone[]>()
  for (const { linkId, tokenHash: hash, name, position, ...row } of rows) {
    const phone = { ...row, ref: sessionRefOf(hash), name: name ?? '', position: position ?? '' }
    phones.set(linkId ?? 0, [...(phones.get(linkId ?? 0) ?? []), phone])
  }
  return phones
}

/** How many phones have the link open, one session left out: that which the browser brings. */
export async function countPhones(
  trx: Tx,
  linkId: number,
  now: Date,
  own: string | undefined,
): Promise<number> {
  const phones = (await openPhones(trx, now)).get(linkId) ?? []
  return phones.filter((phone) => phone.ref !== own).length
}

/** Makes a link for an OPD; returns its token, which is stored nowhere. */
export async function insertLink(
  trx: Tx,
  opdId: number,
  expiresAt: string,
  by: By,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const row = {
    purpose: 'opd',
    tokenHash: tokenHash(token),
    accountId: null,
    opdId,
    fgdSessionId: null,
    expiresAt,
    usesLeft: null,
    revokedAt: null,
    lastUsedAt: null,
  }
  await insertRow(trx, 'accessLink', row, by)
  return token
}

/** Ends a link and every phone on which it is open. */
export async function endLink(
  trx: Tx,
  link: Pick<OpdLink, 'id' | 'version'>,
  by: By,
): Promise<void> {
  await updateRow(trx, 'accessLink', link.id, link.version, { revokedAt: by.at }, by)
  await trx.deleteFrom('webSession').where('linkId', '=', link.id).execute()
}

/** Ends one phone of a link; a phone that is gone already changes nothing. */
export async function endPhone(trx: Tx, linkId: number, ref: string): Promise<void> {
  const hash = await hashOf(trx, linkId, ref)
  if (hash) await trx.deleteFrom('webSession').where('tokenHash', '=', hash).execute()
}

/** Another person goes on with a phone. */
export async function renamePhone(
  trx: Tx,
  linkId: number,
  ref: string,
  person: { name: string; position: string },
): Promise<void> {
  const hash = await hashOf(trx, linkId, ref)
  if (!hash) return
  await trx.updateTable('webSession').set(person).where('tokenHash', '=', hash).execute()
}

async function hashOf(trx: Tx, linkId: number, ref: string): Promise<string | undefined> {
  const rows = await trx
    .selectFrom('webSession')
    .select('tokenHash')
    .where('linkId', '=', linkId)
    .execute()
  return rows.find((row) => sessionRefOf(row.tokenHash) === ref)?.tokenHash
}

/** The OPD that get a link when all of them do: those of today, without the units under them. */
export function opdsForLinks(db: Db | Tx, today: string) {
  return owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name'])
    .where('opd.parentId', 'is', null)
    .where((eb) => eb.or([eb('opd.validUntil', 'is', null), eb('opd.validUntil', '>=', today)]))
    .orderBy('opd.nameKey')
    .execute()
}

/** Whom a reminder goes to: what the OPD and its head are called, and who answers for the data. */
export function addressees(db: Db, ids: readonly number[]) {
  return owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name', 'opd.headTitle', 'opd.contactName', 'opd.contactTitle'])
    .where('opd.id', 'in', [...ids])
    .execute()
}

/** The day of the newest message to each OPD before today: its links go out with one. */
export async function lastMessages(
  db: Db,
  ids: readonly number[],
  today: string,
  zone: Zone,
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('accessLink')
    .select(['opdId', 'createdAt'])
    .where('purpose', '=', 'opd')
    .where('opdId', 'in', [...ids])
    .orderBy('id')
    .execute()
  const days = rows.map((row) => [row.opdId ?? 0, localDay(row.createdAt, zone)] as const)
  return new Map(days.filter(([, day]) => day < today))
}

/** The newest session held up to today, and the OPD that were present there. */
export async function lastSession(db: Db, today: string) {
  const session = await db
    .selectFrom('fgdSession')
    .select(['id', 'title', 'heldOn'])
    .where('state', 'in', ['open', 'closed'])
    .where('heldOn', '<=', today)
    .orderBy('heldOn', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!session) return undefined
  const present = await db
    .selectFrom('attendance')
    .select('opdId')
    .where('fgdSessionId', '=', session.id)
    .where('opdId', 'is not', null)
    .execute()
  return { ...session, present: new Set(present.map((row) => row.opdId)) }
}

/* The data of one OPD */

/** The applications an OPD has. */
export function applications(db: Db, scope: Scope, opdId: number) {
  return owned(db, scope, 'application')
    .select(['application.id', 'application.name', 'application.useState', 'application.example'])
    .where('application.opdId', '=', opdId)
    .orderBy('application.nameKey')
    .execute()
}

/** What an OPD needs that is no application. */
export function needs(db: Db, scope: Scope, opdId: number) {
  return owned(db, scope, 'infrastructureNeed')
    .select([
      'infrastructureNeed.id',
      'infrastructureNeed.kind',
      'infrastructureNeed.text',
      'infrastructureNeed.state',
      'infrastructureNeed.example',
    ])
    .where('infrastructureNeed.opdId', '=', opdId)
    .orderBy('infrastructureNeed.id', 'desc')
    .execute()
}

/* Confirmation */

/** The newest word of an OPD that its data are right. */
export function lastConfirmation(
  db: Db | Tx,
  scope: Scope,
  opdId: number,
): Promise<Confirmation | undefined> {
  return owned(db, scope, 'opdConfirmation')
    .selectAll('opdConfirmation')
    .where('opdConfirmation.opdId', '=', opdId)
    .orderBy('opdConfirmation.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** How many answers of the OPD changed after the event that a confirmation names. */
export async function changedSince(
  db: Db | Tx,
  scope: Scope,
  opdId: number,
  eventId: number | null,
): Promise<number> {
  const events = await owned(db, scope, 'event')
    .select(['event.entity', 'event.entityId', 'event.changes'])
    .where('event.opdId', '=', opdId)
    .where('event.id', '>', eventId ?? 0)
    .execute()
  return changedAnswers(
    events.map((event) => ({
      ...event,
      changes: JSON.parse(event.changes) as Record<string, unknown>,
    })),
  )
}

export async function insertConfirmation(
  trx: Tx,
  said: Pick<Confirmation, 'opdId' | 'asOf' | 'name' | 'position' | 'note'> & {
    example?: string | null
  },
  by: By,
): Promise<number> {
  const newest = await trx
    .selectFrom('event')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  const row = { example: null, ...said, eventId: newest?.id ?? null }
  return appendRow(trx, 'opdConfirmation', row, by)
}
