import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { snake } from './names.ts'

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
  reading(file, (raw) => {
    if (raw.pragma('quick_check(1)', { simple: true }) !== 'ok') refuse('damaged')
    refuse(strangerOf(raw, known))
  })
}

/** Rows by what they are: enough for a person to know a copy by. */
export type Contents = Record<(typeof counted)[number], number>

const counted = [
  'opd',
  'location',
  'fgdSession',
  'proposal',
  'rating',
  'decision',
  'event',
] as const

/**
 * Looks through the whole of a copy: every page and index, and whether this program can use it.
 *
 * @throws UnusableDatabase when it cannot
 */
export function examine(file: string, known: readonly string[]): Contents {
  if (statSync(file).size === 0) throw new UnusableDatabase('empty')
  return reading(file, (raw) => {
    if (raw.pragma('integrity_check(1)', { simple: true }) !== 'ok') refuse('damaged')
    refuse(strangerOf(raw, known))
    const names = tablesOf(raw)
    if (!names.includes('migration')) refuse('foreign')
    const count = (name: (typeof counted)[number]) => {
      const table = snake(name)
      if (!names.includes(table)) return 0
      return raw.prepare(`select count(*) from ${table}`).pluck().get() as number
    }
    return Object.fromEntries(counted.map((name) => [name, count(name)])) as Contents
  })
}

function reading<T>(file: string, look: (raw: Database.Database) => T): T {
  let raw: Database.Database | undefined
  try {
    raw = new Database(file, { readonly: true, timeout: 2000 })
    return look(raw)
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : ''
    if (/^SQLITE_(NOTADB|CORRUPT|FORMAT)/.test(code)) throw new UnusableDatabase('damaged')
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) throw new UnusableDatabase('locked')
    throw error
  } finally {
    raw?.close()
  }
}

function refuse(trouble: Trouble | undefined): void {
  if (trouble) throw new UnusableDatabase(trouble)
}

function tablesOf(raw: Database.Database): string[] {
  return raw
    .prepare("select name from sqlite_schema where type = 'table'")
    .pluck()
    .all() as string[]
}

function strangerOf(raw: Database.Database, known: readonly string[]): Trouble | undefined {
  const tables = tablesOf(raw)
  if (tables.length === 0) return undefined
  if (!tables.includes('migration')) return 'foreign'
  const applied = raw.prepare('select name from migration').pluck().all() as string[]
  return applied.every((name) => known.includes(name)) ? undefined : 'newer'
}
