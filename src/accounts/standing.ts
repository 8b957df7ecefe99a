import type { Row } from '../db/schema.ts'

export type Standing = 'active' | 'invited' | 'ended' | 'disabled'

type Account = Pick<Row<'account'>, 'state' | 'passwordHash' | 'validUntil'>

/** How an account stands on a day; only an `active` one can sign in. */
export function standingOf({ state, passwordHash, validUntil }: Account, today: string): Standing {
  if (state !== 'active') return 'disabled'
  if (validUntil !== null && validUntil < today) return 'ended'
  return passwordHash === null ? 'invited' : 'active'
}

/**
 * Whether this is an administrator on whom the program can rely: with a password, not disabled and
 * without an end. One such account always stays.
 */
export function isLastingAdministrator(
  account: Account & { roles: readonly { role: string }[] },
): boolean {
  const { state, passwordHash, validUntil, roles } = account
  const comesIn = state === 'active' && passwordHash !== null && validUntil === null
  return comesIn && roles.some(({ role }) => role === 'admin')
}
