import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

export type Trouble = 'empty' | 'damaged' | 'foreign' | 'newer' | 'locked'

/** The file cannot be used as the database; nothing in it was changed. */
export class UnusableDatabase extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble)
    this.trouble = trouble
  }
}

/**
 * Looks at a database file before anything is written to it; a missing file is a new database.
 *
 * @param known the names of the migrations this program has
 * @throws UnusableDatabase when it is empty, damaged, locked, not ours, or newer than the program
 */
export function inspect(file: string, known: readonly string[]): void {
  if (!existsSync(file)) return
  if (statSync(file).size === 0) throw new UnusableDatabase('empty')
  const trouble = troubleOf(file, known)
  if (trouble) throw new UnusableDatabase(trouble)
}

function troubleOf(file: string, known: readonly string[]): Trouble | undefined {
  let raw: Database.Database | undefined
  try {
    raw = new Database(file, { readonly: true, timeout: 2000 })
    if (raw.pragma('quick_check(1)', { simple: true }) !== 'ok') return 'damaged'
    return strangerOf(raw, known)
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : ''
    if (/^SQLITE_(NOTADB|CORRUPT|FORMAT)/.test(code)) return 'damaged'
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'locked'
    throw error
  } finally {
    raw?.close()
  }
}

function strangerOf(raw: Database.Database, known: readonly string[]): Trouble | undefined {
  const tables = raw.prepare("select name from sqlite_schema where type = 'table'").pluck().all()
  if (tables.length === 0) return undefined
  if (!tables.includes('migration')) return 'foreign'
  const applied = raw.prepare('select name from migration').pluck().all() as string[]
  return applied.every((name) => known.includes(name)) ? undefined : 'newer'
}
