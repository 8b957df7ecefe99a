import { createHash } from 'node:crypto'
import { copyFileSync, existsSync } from 'node:fs'
import { sql, type Transaction } from 'kysely'
import type { Migration } from '../../db/migrations/dialect.ts'
import type { Connection } from './connect.ts'
import { keepPrivate } from './private.ts'

/** The database holds a migration this program does not know: it is newer than the program. */
export class NewerDatabase extends Error {}

/**
 * Brings the database to the newest schema, each migration in one transaction with its name.
 * A database that already holds data is copied beside itself first (`<file>.before-<name>`), unless it
 * is itself only a copy.
 *
 * @throws NewerDatabase when a name is recorded that is not in `migrations`; nothing is changed
 */
export async function migrate(
  connection: Connection,
  migrations: Record<string, Migration>,
  now: Date = new Date(),
  isCopy = false,
): Promise<string[]> {
  const { db, raw, file } = connection
  raw.exec(
    'create table if not exists migration (name text primary key, sha256 text not null, applied_at text not null) strict',
  )
  const applied = new Set(
    (await db.selectFrom('migration').select('name').execute()).map((m) => m.name),
  )
  const unknown = [...applied].find((name) => !(name in migrations))
  if (unknown) throw new NewerDatabase(unknown)

  const missing = Object.entries(migrations).filter(([name]) => !applied.has(name))
  if (applied.size > 0 && missing[0] && !isCopy) keepCopy(raw, file, missing[0][0])
  for (const [name, migration] of missing) {
    await db.transaction().execute(async (trx) => {
      await migration.up(trx as unknown as Transaction<unknown>)
      const sha256 = createHash('sha256').update(String(migration.up)).digest('hex')
      await trx
        .insertInto('migration')
        .values({ name, sha256, appliedAt: now.toISOString() })
        .execute()
    })
  }
  if (missing.length > 0) await sql`analyze`.execute(db)
  return missing.map(([name]) => name)
}

function keepCopy(raw: Connection['raw'], file: string, name: string) {
  const copy = `${file}.before-${name}`
  if (existsSync(copy)) return
  raw.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(file, copy)
  keepPrivate(copy)
}
