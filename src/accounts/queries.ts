import type { Db, Row, Tx, WholeDb } from '../db/schema.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import type { Role } from '../domain/access.ts'
import type { Locale } from '../i18n/translate.ts'

export type Account = Pick<
  Row<'account'>,
  'id' | 'version' | 'username' | 'name' | 'passwordHash' | 'state' | 'locale'
>

const columns = [
  'id',
  'version',
  'username',
  'name',
  'passwordHash',
  'state',
  'locale',
] as const satisfies (keyof Account)[]

/** Names of accounts differ by more than the size of their letters. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase()
}

export function findByUsername(db: Db | Tx, username: string): Promise<Account | undefined> {
  return (db as Db)
    .selectFrom('account')
    .select(columns)
    .where('usernameKey', '=', usernameKey(username))
    .executeTakeFirst()
}

export function findById(db: Db | Tx, id: number): Promise<Account | undefined> {
  return (db as Db).selectFrom('account').select(columns).where('id', '=', id).executeTakeFirst()
}

/** A person with an account; the password is given by its hash. */
export type NewAccount = {
  username: string
  name: string
  passwordHash: string | null
  locale?: Locale
  roles: readonly { role: Role; opdId: number | null }[]
  example?: string | null
}

export function insert(trx: Tx, account: NewAccount, by: By): Promise<number> {
  const { roles, locale = 'id', example = null, ...rest } = account
  const key = usernameKey(account.username)
  const row = { ...rest, locale, example, usernameKey: key, state: 'active', lastSeenAt: null }
  return insertRow(trx, 'account', row, by, { roles })
}

export async function update(
  trx: Tx,
  id: number,
  changes: { passwordHash: string } | { locale: Locale },
  by: By,
): Promise<void> {
  const stored = await findById(trx, id)
  if (stored) await updateRow(trx, 'account', id, stored.version, changes, by)
}

/** Sessions that are over leave the table. */
export async function sweepSessions(db: Tx | WholeDb, now: Date): Promise<void> {
  await db.deleteFrom('webSession').where('endsAt', '<=', now.toISOString()).execute()
}
