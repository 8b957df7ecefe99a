import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { keepPrivate } from './private.ts'

/** Another process of the program holds the database file. */
export class DatabaseInUse extends Error {}

export type Claim = { release(): void }

/**
 * Claims a database file for one writing process: the server, or a script that writes. The claim is
 * a lock of the operating system on `<file>-lock`, so that it ends with the process, however that
 * ends; readers need none.
 *
 * @throws DatabaseInUse when another process (or this one) already holds it
 */
export function claim(file: string): Claim {
  const place = `${canonical(file)}-lock`
  keepPrivate(place)
  const lock = new Database(place, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
    throw busy ? new DatabaseInUse(file) : error
  }
  return { release: () => void lock.close() }
}

/** One name for the file, by whatever link or detour it was given. */
function canonical(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return join(realpathSync(dirname(file)), basename(file))
  }
}
