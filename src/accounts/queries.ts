import { sql } from 'kysely'
import type { Db, Row, Tx, WholeDb } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import { everything, type Role } from '../domain/access.ts'
import type { Locale } from '../i18n/translate.ts'
import type { LogKind } from '../web/access-log.ts'
import { idleSince, sessionRefOf } from '../web/session.ts'

export type Account = Pick<
  Row<'account'>,
  | 'id'
  | 'version'
  | 'username'
  | 'name'
  | 'passwordHash'
  | 'state'
  | 'locale'
  | 'lastSeenAt'
  | 'validUntil'
  | 'example'
>
export type RoleRow = { role: Role; opdId: number | null }
export type Listed = Account & { roles: (RoleRow & { opd: string | null })[] }

const columns = [
  'id',
  'version',
  'username',
  'name',
  'passwordHash',
  'state',
  'locale',
  'lastSeenAt',
  'validUntil',
  'example',
] as const satisfies (keyof Account)[]

const pageSize = 50

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

/** An account with its roles, each with the name of its OPD. */
export async function findWithRoles(db: Db | Tx, id: number): Promise<Listed | undefined> {
  const account = await findById(db, id)
  return account && { ...account, roles: (await rolesOf(db, [id])).get(id) ?? [] }
}

/** A page of accounts by name; `search` is matched against names and usernames. */
export async function list(db: Db, search: string, page: number) {
  const like = `%${usernameKey(search)}%`
  const found = db
    .selectFrom('account')
    .where((eb) =>
      eb.or([eb('usernameKey', 'like', like), eb(sql`lower(account.name)`, 'like', like)]),
    )
  const rows = await found
    .select(columns)
    .orderBy(sql`lower(account.name)`)
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const { n } = await found
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const roles = await rolesOf(
    db,
    rows.map((row) => row.id),
  )
  const listed: Listed[] = rows.map((row) => ({ ...row, roles: roles.get(row.id) ?? [] }))
  return { rows: listed, n, pages: Math.max(1, Math.ceil(n / pageSize)) }
}

async function rolesOf(db: Db | Tx, ids: readonly number[]): Promise<Map<number, Listed['roles']>> {
  const roles = new Map<number, Listed['roles']>(ids.map((id) => [id, []]))
  if (ids.length === 0) return roles
  const rows = await (db as Db)
    .selectFrom('accountRole')
    .select(['accountId', 'role', 'opdId'])
    .$narrowType<{ role: Role }>()
    .where('accountId', 'in', [...ids])
    .orderBy('id')
    .execute()
  const opds = new Map((await opdOptions(db)).map(({ value, label }) => [value, label]))
  for (const { accountId, ...row } of rows) {
    const opd = row.opdId === null ? null : (opds.get(row.opdId) ?? null)
    roles.get(accountId)?.push({ ...row, opd })
  }
  return roles
}

/** Every OPD and unit that an account may represent, a unit with the OPD above it. */
export async function opdOptions(db: Db | Tx): Promise<{ value: number; label: string }[]> {
  const rows = await owned(db, everything, 'opd')
    .leftJoin('opd as above', 'above.id', 'opd.parentId')
    .select(['opd.id', 'opd.name', 'above.name as above', 'above.shortName as aboveShort'])
    .orderBy(sql`coalesce(above.name_key, opd.name_key)`)
    .orderBy(sql`above.id is not null`)
    .orderBy('opd.nameKey')
    .execute()
  return rows.map(({ id, name, above, aboveShort }) => ({
    value: id,
    label: above === null ? name : `${name} (${aboveShort ?? above})`,
  }))
}

/** A person with an account; the password is given by its hash, none before the first sign-in. */
export type NewAccount = {
  username: string
  name: string
  passwordHash: string | null
  locale?: Locale
  validUntil?: string | null
  roles: readonly RoleRow[]
  example?: string | null
}

export function insert(trx: Tx, account: NewAccount, by: By): Promise<number> {
  const { roles, locale = 'id', example = null, validUntil = null, ...rest } = account
  const row = {
    ...rest,
    locale,
    example,
    validUntil,
    usernameKey: usernameKey(account.username),
    state: 'active',
    lastSeenAt: null,
  }
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

/** How many others are administrators with a password and without an end. */
export async function otherAdministrators(trx: Tx, id: number): Promise<number> {
  const { n } = await trx
    .selectFrom('account')
    .innerJoin('accountRole', 'accountRole.accountId', 'account.id')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('accountRole.role', '=', 'admin')
    .where('account.state', '=', 'active')
    .where('account.passwordHash', 'is not', null)
    .where('account.validUntil', 'is', null)
    .where('account.id', '<>', id)
    .executeTakeFirstOrThrow()
  return n
}

/* Sessions */

/** Sessions that are over leave the table. */
export async function sweepSessions(db: Tx | WholeDb, now: Date): Promise<void> {
  await db.deleteFrom('webSession').where('endsAt', '<=', now.toISOString()).execute()
}

export type Session = { ref: string; madeAt: string; seenAt: string; agent: string | null }

/** The sessions of an account that are not over, the newest first. */
export async function sessionsOf(
  db: Db,
  accountId: number,
  now: Date,
  idleHours: number,
): Promise<Session[]> {
  const rows = await db
    .selectFrom('webSession')
    .select(['tokenHash', 'madeAt', 'seenAt', 'agent'])
    .where('accountId', '=', accountId)
    .where('endsAt', '>', now.toISOString())
    .where('seenAt', '>', idleSince(now, idleHours))
    .orderBy('seenAt', 'desc')
    .orderBy('madeAt', 'desc')
    .execute()
  return rows.map(({ tokenHash, ...row }) => ({ ...row, ref: sessionRefOf(tokenHash) }))
}

/** Ends one session of an account by its name on the page, or all others than `keep`. */
export async function endSessions(
  trx: Tx,
  accountId: number,
  which: { ref: string } | { keep: string },
): Promise<void> {
  const begins = 'ref' in which ? which.ref : which.keep
  await trx
    .deleteFrom('webSession')
    .where('accountId', '=', accountId)
    .where('tokenHash', 'ref' in which ? 'like' : 'not like', `${begins}%`)
    .execute()
}

/* The access log */

export type LogRow = Pick<Row<'accessLog'>, 'id' | 'at' | 'actorName' | 'about'> & {
  kind: LogKind
}

/** A page of the access log, the newest first; `from` and `before` are instants. */
export async function log(
  db: Db,
  asked: { kind: LogKind | undefined; from: string | undefined; before: string | undefined },
  page: number,
) {
  let found = db.selectFrom('accessLog')
  if (asked.kind) found = found.where('kind', '=', asked.kind)
  if (asked.from) found = found.where('at', '>=', asked.from)
  if (asked.before) found = found.where('at', '<', asked.before)
  const rows: LogRow[] = await found
    .select(['id', 'at', 'kind', 'actorName', 'about'])
    .$narrowType<{ kind: LogKind }>()
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const { n } = await found
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { rows, n, pages: Math.max(1, Math.ceil(n / pageSize)) }
}
