import { createHash } from 'node:crypto'
import type { Tx } from '../db/schema.ts'
import { networkOf } from '../web/network.ts'

const minute = 60_000
const forgotten = 15 * minute

/** After so many wrong guesses a pause follows each: once a minute, and now and then five. */
const account = { free: 5, pause: minute, everyTen: 5 * minute }
/** A whole hall may share one address: many more are free, and the pauses are short. */
const address = { free: 60, pause: 10_000, everyTen: 10_000 }

type Rule = typeof account
type Key = { key: string; rule: Rule }

/** Who guesses at the password of which name, and from where. */
export type Guesser = {
  name: string
  ip: string
  /** A browser from which that very account was signed in to before. */
  browser: string | undefined
}

/**
 * Takes one guess at a password, before it is checked, so that guesses sent at once count as well:
 * at most 15 for one name in any 15 minutes, over restarts too. A browser that the account knows has
 * as many for itself, and is kept out by nobody else's guesses.
 *
 * @returns 0 when it may be checked, else the seconds to wait; then nothing was counted
 */
export async function takeGuess(trx: Tx, guesser: Guesser, now: Date): Promise<number> {
  await trx
    .deleteFrom('throttle')
    .where('until', '<', new Date(now.getTime() - forgotten).toISOString())
    .execute()
  const keys = keysOf(guesser)
  const stored = await Promise.all(keys.map(({ key }) => readKey(trx, key)))
  const waits = stored.map((row) => (row ? Date.parse(row.until) - now.getTime() : 0))
  const wait = Math.max(...waits)
  if (wait > 0) return Math.ceil(wait / 1000)

  for (const [at, { key, rule }] of keys.entries()) {
    await count(trx, key, (stored[at]?.failures ?? 0) + 1, rule, now)
  }
  return 0
}

/** The guess was right: the name or the browser starts anew, the address is given this one back. */
export async function forgive(trx: Tx, guesser: Guesser, now: Date): Promise<void> {
  const [own, shared] = keysOf(guesser)
  if (own) await trx.deleteFrom('throttle').where('key', '=', own.key).execute()
  const row = shared && (await readKey(trx, shared.key))
  if (!row) return
  await trx
    .updateTable('throttle')
    .set({ failures: Math.max(0, row.failures - 1), until: now.toISOString() })
    .where('key', '=', shared.key)
    .execute()
}

function keysOf({ name, ip, browser }: Guesser): Key[] {
  const own = nameKey(name)
  if (browser === undefined) return [own, addressKey(ip)]
  return [{ ...own, key: `browser:${browser}:${own.key}` }]
}

function readKey(trx: Tx, key: string) {
  return trx
    .selectFrom('throttle')
    .select(['failures', 'until'])
    .where('key', '=', key)
    .executeTakeFirst()
}

async function count(trx: Tx, key: string, failures: number, rule: Rule, now: Date) {
  const until = new Date(now.getTime() + pauseAfter(failures, rule)).toISOString()
  await trx
    .insertInto('throttle')
    .values({ key, failures, until })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ failures, until }))
    .execute()
}

function pauseAfter(failures: number, { free, pause, everyTen }: Rule): number {
  if (failures < free) return 0
  return failures > free && (failures - free) % 10 === 0 ? everyTen : pause
}

/** Hashed: people type their password where the name belongs. */
function nameKey(name: string): Key {
  return { key: `name:${createHash('sha256').update(name).digest('hex')}`, rule: account }
}

function addressKey(ip: string): Key {
  return { key: `ip:${networkOf(ip)}`, rule: address }
}
