import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isDiskFull } from '../db/conflict.ts'
import { untilAnyChange } from '../db/memo.ts'
import { prepared } from '../db/prepared.ts'
import type { Tx, WholeDb } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import { type Actor, type Role, roles } from '../domain/access.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import { type Locale, locales } from '../i18n/translate.ts'
import { forgetBrowsers, rememberBrowser } from './known-browser.ts'
import { readSite, type Site } from './site.ts'
import { tokenHash } from './token.ts'

const cookie = 'rancang_session'
const languageCookie = 'rancang_language'
const absoluteDays = 7
const minute = 60_000

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    /** Names the session on pages and in counts; undefined for a guest. Not the secret. */
    sessionRef: string | undefined
    /** The link of an OPD by which a guest's browser came in before, where that session is over. */
    leftLink: number | undefined
    site: Site
    locale: Locale
    /** Who writes, for the history. */
    by(): By
    /** The day it is in the government's zone. */
    today(): string
  }
}

const guest: Actor = { kind: 'guest' }

/** Attaches to every request who asks, for which government, in which language. */
export function attachSession(app: FastifyInstance, context: Context): void {
  app.decorateRequest('actor')
  app.decorateRequest('sessionRef')
  app.decorateRequest('leftLink')
  app.decorateRequest('site')
  app.decorateRequest('locale')
  app.decorateRequest('by', function (this: FastifyRequest) {
    return byOf(this.actor, context.now())
  })
  app.decorateRequest('today', function (this: FastifyRequest) {
    return dayIn(context.now(), this.site.timeZone)
  })
  app.addHook('onRequest', async (request) => {
    request.actor = guest
    request.sessionRef = undefined
    request.leftLink = undefined
    request.site = await readSite(context.whole)
    request.locale = localeOf(request.cookies[languageCookie]) ?? 'id'
    const token = request.cookies[cookie]
    if (!token) return
    const { whole, now, config } = context
    const hash = tokenHash(token)
    const today = request.today()
    const found = await untilAnyChange(whole, `session ${hash} ${today}`, () =>
      readSession(whole, hash, today),
    )
    if (!found || isOver(found, now(), config.sessionIdleHours, today)) {
      request.leftLink = await linkOf(whole, token)
      return
    }
    await noteSeen(whole, hash, found, now())
    request.actor = found.actor
    request.sessionRef = sessionRefOf(hash)
    request.locale = localeOf(request.cookies[languageCookie]) ?? found.locale
  })
}

/** The last day that was asked for: it is asked several times with each request. */
let known = { minute: Number.NaN, zone: '', day: '' }

function dayIn(now: Date, zone: Zone): string {
  const at = Math.floor(now.getTime() / minute)
  if (known.minute !== at || known.zone !== zone) {
    known = { minute: at, zone, day: localDay(now, zone) }
  }
  return known.day
}

function localeOf(value: unknown): Locale | undefined {
  return locales.find((locale) => locale === value)
}

function byOf(actor: Actor, now: Date): By {
  const at = now.toISOString()
  if (actor.kind === 'guest')
    return { accountId: null, linkId: null, actorName: '', way: 'form', at }
  const { accountId, linkId = null, name, position } = actor
  const actorName = position ? `${name}, ${position}` : name
  return { accountId, linkId, actorName, way: linkId === null ? 'form' : 'link', at }
}

/** One name for whoever may repeat a request: an account, or all phones of a link; none for guests. */
export function actorKey(actor: Actor): string | undefined {
  if (actor.kind === 'guest') return undefined
  return actor.linkId === undefined ? `account:${actor.accountId}` : `link:${actor.linkId}`
}

/** What a session is called on pages: the beginning of its hash, of no use to anybody else. */
export function sessionRefOf(hash: string): string {
  return hash.slice(0, 16)
}

/** Who comes by the link of an OPD, as they say themselves; the link ends at `expiresAt`. */
export type LinkPerson = { linkId: number; expiresAt: string; name: string; position: string }

/**
 * Starts a session: 256 random bits in the cookie, their hash in the table. That of a link has
 * its number in front and a seal behind, so that the browser can be told later what is over.
 */
export async function startSession(
  trx: Tx,
  request: FastifyRequest,
  reply: FastifyReply,
  who: number | LinkPerson,
  now: Date,
): Promise<void> {
  const secret = randomBytes(32).toString('base64url')
  const token = typeof who === 'number' ? secret : await linkToken(trx, who.linkId, secret)
  const latest = new Date(now.getTime() + absoluteDays * 24 * 60 * minute).toISOString()
  const ofWhom =
    typeof who === 'number'
      ? { accountId: who, linkId: null, endsAt: latest }
      : {
          accountId: null,
          linkId: who.linkId,
          name: who.name,
          position: who.position,
          endsAt: who.expiresAt < latest ? who.expiresAt : latest,
        }
  const old = request.cookies[cookie]
  if (old) await trx.deleteFrom('webSession').where('tokenHash', '=', tokenHash(old)).execute()
  await trx
    .insertInto('webSession')
    .values({
      ...ofWhom,
      tokenHash: tokenHash(token),
      madeAt: now.toISOString(),
      seenAt: now.toISOString(),
      agent: (request.headers['user-agent'] ?? '').slice(0, 200) || null,
    })
    .execute()
  if (typeof who === 'number') {
    const lastSeenAt = now.toISOString()
    await trx.updateTable('account').set({ lastSeenAt }).where('id', '=', who).execute()
    await rememberBrowser(trx, request, reply, who, now)
  }
  reply.setCookie(cookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: absoluteDays * 24 * 60 * 60, // counted by the browser: the clocks of the two may differ
  })
}

async function linkToken(db: Tx, linkId: number, secret: string): Promise<string> {
  return `${linkId}.${secret}.${await sealOf(db, linkId, secret)}`
}

/** The link that a browser came in by: only the server can have sealed its number with the secret. */
async function linkOf(db: WholeDb, token: string): Promise<number | undefined> {
  const [, id, secret, seal] = /^(\d{1,15})\.([\w-]+)\.([\w-]+)$/.exec(token) ?? []
  if (id === undefined || secret === undefined) return undefined
  return (await sealOf(db, Number(id), secret)) === seal ? Number(id) : undefined
}

/** Keyed with what is stored of the link, which stays when it is over; undefined where there is none. */
async function sealOf(db: WholeDb | Tx, linkId: number, secret: string) {
  const link = await (db as WholeDb)
    .selectFrom('accessLink')
    .select('tokenHash')
    .where('id', '=', linkId)
    .executeTakeFirst()
  return link && createHmac('sha256', link.tokenHash).update(secret).digest('base64url')
}

export async function endSession(db: WholeDb, request: FastifyRequest, reply: FastifyReply) {
  const token = request.cookies[cookie]
  if (token) await db.deleteFrom('webSession').where('tokenHash', '=', tokenHash(token)).execute()
  reply.clearCookie(cookie, { path: '/' })
}

/** Ends every session of an account, as after a change of password; its browsers are strange again. */
export async function endSessionsOf(trx: Tx, accountId: number): Promise<void> {
  await forgetBrowsers(trx, accountId)
  await trx.deleteFrom('webSession').where('accountId', '=', accountId).execute()
}

export function setLanguage(reply: FastifyReply, locale: Locale): void {
  reply.setCookie(languageCookie, locale, {
    path: '/',
    sameSite: 'lax',
    httpOnly: true,
    maxAge: 31_536_000,
  })
}

/** Who the account is now, while it is signed in somewhere; undefined once no session of it goes on. */
export async function actorSignedIn(
  { whole, now, config }: Pick<Context, 'whole' | 'now' | 'config'>,
  accountId: number,
): Promise<Actor | undefined> {
  const today = dayIn(now(), (await readSite(whole)).timeZone)
  const rows = await whole
    .selectFrom('webSession')
    .innerJoin('account', 'account.id', 'webSession.accountId')
    .select([
      'account.id',
      'account.name',
      'account.username',
      'account.validUntil',
      'webSession.seenAt',
      'webSession.endsAt',
    ])
    .where('webSession.accountId', '=', accountId)
    .where('account.state', '=', 'active')
    .execute()
  const going = rows.find(
    (row) => !isOver({ ...row, accountId }, now(), config.sessionIdleHours, today),
  )
  return going && actorOf(whole, going, today)
}

/** A session as it is stored; whether it is over is asked anew with every request. */
type Session = {
  actor: Actor
  accountId: number | null
  locale: Locale
  seenAt: string
  endsAt: string
  /** The last day of the account. */
  validUntil: string | null
}

/** Whoever spoke for an OPD that has ended speaks for nobody by that: it neither reads nor writes. */
async function readSession(db: WholeDb, hash: string, today: string): Promise<Session | undefined> {
  const [row] = await accountOfSession(db, { hash })
  if (!row) return readLinkSession(db, hash, today)
  const { id: accountId, seenAt, endsAt, validUntil } = row
  const locale = localeOf(row.locale) ?? 'id'
  return { actor: await actorOf(db, row, today), accountId, locale, seenAt, endsAt, validUntil }
}

const accountOfSession = prepared((db, of: { hash: string }) =>
  db
    .selectFrom('webSession')
    .innerJoin('account', 'account.id', 'webSession.accountId')
    .select([
      'account.id',
      'account.name',
      'account.username',
      'account.locale',
      'account.validUntil',
      'webSession.seenAt',
      'webSession.endsAt',
    ])
    .where('webSession.tokenHash', '=', of.hash)
    .where('account.state', '=', 'active'),
)

/**
 * By the end of the session, of its link or of its account. A phone that came by the link of an OPD
 * is not over by being idle: the link itself lies on paper, so that this would guard nothing.
 */
function isOver(
  {
    accountId,
    endsAt,
    seenAt,
    validUntil,
  }: Pick<Session, 'accountId' | 'endsAt' | 'seenAt' | 'validUntil'>,
  now: Date,
  idleHours: number,
  today: string,
): boolean {
  if (endsAt <= now.toISOString()) return true
  if (validUntil !== null && validUntil < today) return true
  return accountId !== null && seenAt <= idleSince(now, idleHours)
}

/** A session that was not seen since this instant is over. */
export function idleSince(now: Date, idleHours: number): string {
  return new Date(now.getTime() - idleHours * 60 * minute).toISOString()
}

/** A phone that came by the link of an OPD, until the link or the session ends. */
async function readLinkSession(
  db: WholeDb,
  hash: string,
  today: string,
): Promise<Session | undefined> {
  const row = await db
    .selectFrom('webSession')
    .innerJoin('accessLink', 'accessLink.id', 'webSession.linkId')
    .innerJoin('opd', 'opd.id', 'accessLink.opdId')
    .select([
      'accessLink.id',
      'accessLink.opdId',
      'accessLink.expiresAt',
      'webSession.name',
      'webSession.position',
      'webSession.seenAt',
      'webSession.endsAt',
    ])
    .where('webSession.tokenHash', '=', hash)
    .where('accessLink.purpose', '=', 'opd')
    .where('accessLink.revokedAt', 'is', null)
    .where((eb) => eb.or([eb('opd.validUntil', 'is', null), eb('opd.validUntil', '>=', today)]))
    .executeTakeFirst()
  if (!row || row.opdId === null) return undefined
  const actor: Actor = {
    kind: 'person',
    accountId: null,
    linkId: row.id,
    name: row.name ?? '',
    position: row.position ?? '',
    username: '',
    roles: ['opd'],
    opdIds: [row.opdId],
    unitIds: await unitsUnder(db, [row.opdId]),
  }
  const endsAt = row.expiresAt < row.endsAt ? row.expiresAt : row.endsAt
  return { actor, accountId: null, locale: 'id', seenAt: row.seenAt, endsAt, validUntil: null }
}

/** Written at most once a minute: a read must not cost a write, nor fail where there is no room. */
async function noteSeen(
  db: WholeDb,
  hash: string,
  { accountId, seenAt }: Session,
  now: Date,
): Promise<void> {
  if (now.getTime() - Date.parse(seenAt) < minute) return
  const at = now.toISOString()
  try {
    await db.updateTable('webSession').set({ seenAt: at }).where('tokenHash', '=', hash).execute()
    if (accountId === null) return
    await db.updateTable('account').set({ lastSeenAt: at }).where('id', '=', accountId).execute()
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

async function actorOf(
  db: WholeDb,
  account: { id: number; name: string; username: string },
  today: string,
): Promise<Actor> {
  const rows = await rolesOf(db, { id: account.id, today })
  const opdIds = rows.flatMap((row) => (row.opdId === null ? [] : [row.opdId]))
  return {
    kind: 'person',
    accountId: account.id,
    name: account.name,
    username: account.username,
    roles: [...new Set(rows.map((row) => row.role))].filter((role): role is Role =>
      (roles as readonly string[]).includes(role),
    ),
    opdIds,
    unitIds: await unitsUnder(db, opdIds),
  }
}

/** The units under these OPD: everything of a unit rolls up. */
async function unitsUnder(db: WholeDb, opdIds: readonly number[]): Promise<number[]> {
  if (opdIds.length === 0) return []
  const rows = await db
    .selectFrom('opd')
    .select('id')
    .where('parentId', 'in', [...opdIds])
    .execute()
  return rows.map((row) => row.id)
}

const rolesOf = prepared((db, of: { id: number; today: string }) =>
  db
    .selectFrom('accountRole')
    .leftJoin('opd', 'opd.id', 'accountRole.opdId')
    .select(['accountRole.role', 'accountRole.opdId'])
    .where('accountRole.accountId', '=', of.id)
    .where((eb) => eb.or([eb('opd.validUntil', 'is', null), eb('opd.validUntil', '>=', of.today)]))
    .orderBy('accountRole.id'),
)
