import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tx } from '../db/schema.ts'
import { tokenHash } from './token.ts'

const cookie = 'rancang_browser'
const days = 180
/** The newest browsers of an account that stay known. */
const most = 20

/**
 * Whether the account was signed in to from this browser before, as the name under which its guesses
 * at the password are counted apart: whoever guesses elsewhere does not keep its owner out.
 */
export async function knownBrowser(
  trx: Tx,
  request: FastifyRequest,
  accountId: number,
  now: Date,
): Promise<string | undefined> {
  const token = request.cookies[cookie]
  if (!token) return undefined
  const row = await trx
    .selectFrom('knownBrowser')
    .select('tokenHash')
    .where('tokenHash', '=', tokenHash(token))
    .where('accountId', '=', accountId)
    .where('seenAt', '>', since(now))
    .executeTakeFirst()
  return row?.tokenHash
}

/** Notes that the account signed in from this browser, which gets a mark where it has none. */
export async function rememberBrowser(
  trx: Tx,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: number,
  now: Date,
): Promise<void> {
  await trx.deleteFrom('knownBrowser').where('seenAt', '<=', since(now)).execute()
  const token = (await ownMark(trx, request)) ?? randomBytes(32).toString('base64url')
  const row = { tokenHash: tokenHash(token), accountId, seenAt: now.toISOString() }
  await trx
    .insertInto('knownBrowser')
    .values(row)
    .onConflict((conflict) => conflict.doUpdateSet({ seenAt: row.seenAt }))
    .execute()
  await dropOldest(trx, accountId)
  reply.setCookie(cookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: days * 24 * 60 * 60,
  })
}

/** The mark that the browser brings, where it is one of ours. */
async function ownMark(trx: Tx, request: FastifyRequest): Promise<string | undefined> {
  const token = request.cookies[cookie]
  if (!token) return undefined
  const row = await trx
    .selectFrom('knownBrowser')
    .select('tokenHash')
    .where('tokenHash', '=', tokenHash(token))
    .executeTakeFirst()
  return row && token
}

async function dropOldest(trx: Tx, accountId: number): Promise<void> {
  const known = await trx
    .selectFrom('knownBrowser')
    .select('tokenHash')
    .where('accountId', '=', accountId)
    .orderBy('seenAt', 'desc')
    .execute()
  const over = known.slice(most).map((row) => row.tokenHash)
  if (over.length === 0) return
  await trx
    .deleteFrom('knownBrowser')
    .where('accountId', '=', accountId)
    .where('tokenHash', 'in', over)
    .execute()
}

export async function forgetBrowsers(trx: Tx, accountId: number): Promise<void> {
  await trx.deleteFrom('knownBrowser').where('accountId', '=', accountId).execute()
}

function since(now: Date): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString()
}
