import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import { type Acts, leaveNote, operator } from '../web/access-notes.ts'
import { tokenHash } from '../web/token.ts'
import { newToken, renewLinkOf } from './links.ts'
import * as accounts from './queries.ts'
import { standingOf } from './standing.ts'

const asked = z.object({ account: z.int(), tokenHash: z.string().regex(/^[0-9a-f]{64}$/) })

/**
 * Asks the server, by a note beside the database, for a link with which the account gets a new
 * password: it works as soon as the note is taken, seconds later or when the server starts.
 *
 * @returns its token, of which only the hash is noted
 */
export function askForLink(databaseFile: string, account: number, now: Date): string {
  const token = newToken()
  leaveNote(databaseFile, 'reset', { account, tokenHash: tokenHash(token) }, now)
  return token
}

/** Makes the link that was asked for; not twice, and not for an account that is not let in. */
export const makeAskedLink: Acts['reset'] = async (trx, { at, about }) => {
  const wanted = asked.safeParse(about)
  if (!wanted.success) return undefined
  const account = await accounts.findById(trx, wanted.data.account)
  if (!account) return undefined
  const standing = standingOf(account, at.slice(0, 10))
  if (standing === 'disabled' || standing === 'ended') return undefined
  const db = trx as unknown as Db
  const hash = wanted.data.tokenHash
  const known = await db
    .selectFrom('accessLink')
    .select('id')
    .where('tokenHash', '=', hash)
    .executeTakeFirst()
  if (known) return undefined
  const purpose = standing === 'invited' ? 'invite' : 'reset'
  await renewLinkOf(trx, purpose, account.id, hash, { ...operator, way: 'setup', at })
  return { account: account.id, name: account.name }
}
