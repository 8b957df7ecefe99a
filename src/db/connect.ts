import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { CamelCasePlugin, Kysely, SqliteDialect } from 'kysely'
import { keepPrivate } from './private.ts'
import type { Tables, WholeDb } from './schema.ts'

const cacheSize = 500

export type Connection = {
  db: WholeDb
  file: string
  raw: Database.Database
  close(): Promise<void>
}

const opened = new WeakMap<object, Database.Database>()

/** The open file under a database; undefined for a transaction, which has its own view of it. */
export function rawOf(db: object): Database.Database | undefined {
  return opened.get(db)
}

/**
 * Opens the database file, creating it and its folder where they are missing; unless it is only read,
 * nobody but its owner may read it afterwards.
 * WAL with synchronous FULL: an acknowledged save survives a power cut.
 */
export function connect(file: string, options: { readonly?: boolean } = {}): Connection {
  if (!options.readonly) {
    mkdirSync(dirname(file), { recursive: true })
    keepPrivate(file)
  }
  const raw = new Database(file, { readonly: options.readonly ?? false, timeout: 5000 })
  try {
    if (!options.readonly) {
      raw.pragma('journal_mode = WAL')
      // What a savepoint would bring back is kept in memory, not in a file of its own.
      raw.pragma('temp_store = MEMORY')
    }
    raw.pragma('synchronous = FULL')
    raw.pragma('foreign_keys = ON')
    raw.pragma('trusted_schema = OFF')
  } catch (error) {
    raw.close()
    throw error
  }
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: withStatementCache(raw) }),
    plugins: [new CamelCasePlugin()],
  })
  opened.set(db, raw)
  return { db, file, raw, close: () => db.destroy() }
}

/**
 * Kysely prepares on every call; here the newest statements are kept by their text. A transaction that
 * the engine has already undone by itself, as on a full disk, is not rolled back a second time.
 */
function withStatementCache(raw: Database.Database) {
  const cache = new Map<string, Database.Statement>()
  const nothing = raw.prepare('select 1 where false')
  return {
    close: () => void raw.close(),
    prepare(text: string): Database.Statement {
      if (text === 'rollback' && !raw.inTransaction) return nothing
      const known = cache.get(text)
      if (known && !known.busy) {
        cache.delete(text)
        cache.set(text, known)
        return known
      }
      const fresh = raw.prepare(text)
      cache.set(text, fresh)
      const oldest = cache.keys().next().value
      if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
      return fresh
    },
  }
}
