import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'

/** The owner reads and writes; nobody else on the computer does either. */
const ownerOnly = 0o600

/**
 * Makes an empty file that nobody but its owner may read, or takes that right from all others. What
 * the engine puts beside a database (log, index of the log, journal) gets the rights of the database.
 */
export function keepPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', ownerOnly))
  for (const each of [file, `${file}-wal`, `${file}-shm`]) restrict(each)
}

function restrict(file: string): void {
  try {
    chmodSync(file, ownerOnly)
  } catch {
    // not there, of another owner, or on a disk without rights: as it is
  }
}
