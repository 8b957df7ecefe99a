import { randomBytes } from 'node:crypto'
import type { Db, Row, Tx } from '../db/schema.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import { tokenHash } from '../web/token.ts'

const hour = 3_600_000

/** What a link that is used once is for, and how long it works. */
const lifetimes = { setup: hour, invite: 7 * 24 * hour, reset: 24 * hour } as const
export type Purpose = keyof typeof lifetimes

export type Link = Pick<Row<'accessLink'>, 'id' | 'version'>

/** An invitation, or a link for a new password, with the account that it opens. */
export type AccountLink = Link & {
  purpose: 'invite' | 'reset'
  expiresAt: string
  accountId: number
  name: string
  username: string
}

/**
 * Makes a link of 256 random bits that works once; older ones of the same account, or the older
 * set-up links, work no more.
 *
 * @returns its token, which is stored nowhere
 */
export async function renewLink(
  trx: Tx,
  purpose: Purpose,
  accountId: number | null,
  by: By,
): Promise<string> {
  const token = newToken()
  await renewLinkOf(trx, purpose, accountId, tokenHash(token), by)
  return token
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The same for a token that was made elsewhere, of which only the hash is known here. */
export async function renewLinkOf(
  trx: Tx,
  purpose: Purpose,
  accountId: number | null,
  hash: string,
  by: By,
): Promise<void> {
  await revokeLinks(trx, accountId, by)
  await insertRow(
    trx,
    'accessLink',
    {
      purpose,
      tokenHash: hash,
      accountId,
      opdId: null,
      fgdSessionId: null,
      expiresAt: new Date(Date.parse(by.at) + lifetimes[purpose]).toISOString(),
      usesLeft: 1,
      revokedAt: null,
      lastUsedAt: null,
    },
    by,
  )
}

/** Ends the links of an account that still work; null: the set-up links. */
export async function revokeLinks(trx: Tx, accountId: number | null, by: By): Promise<void> {
  const open = await trx
    .selectFrom('accessLink')
    .select(['id', 'version'])
    .where('purpose', 'in', accountId === null ? ['setup'] : ['invite', 'reset'])
    .where('accountId', accountId === null ? 'is' : '=', accountId)
    .where('usesLeft', '>', 0)
    .where('revokedAt', 'is', null)
    .execute()
  for (const link of open) {
    await updateRow(trx, 'accessLink', link.id, link.version, { revokedAt: by.at }, by)
  }
}

/** The set-up link of that token, while it works. */
export function findSetupLink(db: Db | Tx, token: string, now: Date): Promise<Link | undefined> {
  return working(db, token, now)
    .select(['accessLink.id', 'accessLink.version'])
    .where('purpose', '=', 'setup')
    .executeTakeFirst()
}

/** The invitation or reset link of that token, while it works and its account is let in. */
export async function findAccountLink(
  db: Db | Tx,
  token: string,
  now: Date,
  today: string,
): Promise<AccountLink | undefined> {
  return working(db, token, now)
    .innerJoin('account', 'account.id', 'accessLink.accountId')
    .select([
      'accessLink.id',
      'accessLink.version',
      'accessLink.purpose',
      'accessLink.expiresAt',
      'account.id as accountId',
      'account.name',
      'account.username',
    ])
    .$narrowType<{ purpose: 'invite' | 'reset' }>()
    .where('accessLink.purpose', 'in', ['invite', 'reset'])
    .where('account.state', '=', 'active')
    .where((eb) =>
      eb.or([eb('account.validUntil', 'is', null), eb('account.validUntil', '>=', today)]),
    )
    .executeTakeFirst()
}

/** Until when the newest link of the account works, if one does. */
export async function openLinkOf(
  db: Db,
  accountId: number,
  now: Date,
): Promise<{ purpose: string; expiresAt: string } | undefined> {
  return db
    .selectFrom('accessLink')
    .select(['purpose', 'expiresAt'])
    .where('accountId', '=', accountId)
    .where('expiresAt', '>', now.toISOString())
    .where('usesLeft', '>', 0)
    .where('revokedAt', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** Uses the link up. */
export async function useLink(trx: Tx, link: Link, by: By): Promise<void> {
  const changes = { usesLeft: 0, lastUsedAt: by.at }
  await updateRow(trx, 'accessLink', link.id, link.version, changes, by)
}

function working(db: Db | Tx, token: string, now: Date) {
  return (db as Db)
    .selectFrom('accessLink')
    .where('accessLink.tokenHash', '=', tokenHash(token))
    .where('accessLink.expiresAt', '>', now.toISOString())
    .where('accessLink.usesLeft', '>', 0)
    .where('accessLink.revokedAt', 'is', null)
}
