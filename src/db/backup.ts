import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { type Contents, examine } from './inspect.ts'
import { keepPrivate } from './private.ts'

/** Pages copied between two turns of the event loop: 800 KB, a few milliseconds. */
const pagesPerStep = 200

/**
 * Copies a database that others may be writing to, as it is at one commit, through a connection of
 * its own. The copy is checked before it takes the name `out`; whatever happens until then, a file
 * that stands there already stays as it is.
 *
 * @param known the names of the migrations this program has
 * @returns the rows the copy holds
 * @throws UnusableDatabase when the copy does not pass its check
 */
export function backUp(file: string, out: string, known: readonly string[]): Contents {
  const partial = `${out}-partial`
  removeDatabase(partial)
  try {
    vacuumInto(file, partial)
    const contents = examine(partial, known)
    putInPlace(partial, out)
    return contents
  } catch (error) {
    removeDatabase(partial)
    throw error
  }
}

/**
 * Copies the database of the writing connection in short steps, between which requests are
 * answered. The copy is not checked yet; after a failure nothing is left of it.
 *
 * @param isOver asked between the steps; true gives the copy up
 */
export async function copyInSteps(
  raw: Database.Database,
  out: string,
  isOver: () => boolean,
): Promise<void> {
  removeDatabase(out)
  const progress = () => {
    if (isOver()) throw new Error('the copy was given up')
    return pagesPerStep
  }
  try {
    keepPrivate(out)
    await raw.backup(out, { progress })
  } catch (error) {
    removeDatabase(out)
    throw error
  }
}

/**
 * Checks a copy and brings it to the disk as one file, without a log beside it.
 *
 * @throws UnusableDatabase when it does not pass
 */
export function settle(file: string, known: readonly string[]): Contents {
  onFile(file, (raw) => raw.pragma('journal_mode = DELETE'))
  const contents = examine(file, known)
  toDisk(file)
  return contents
}

/** Gives a finished file its name, in one step that a power cut cannot halve. */
export function putInPlace(file: string, name: string): void {
  toDisk(file)
  renameSync(file, name)
  toDisk(dirname(name))
}

export type Restored = { contents: Contents; kept: string | undefined }

/**
 * Puts a copy in the place of a database that no process has open (the caller holds its claim).
 * The copy is checked before anything is touched, and is itself never written to. What stood there
 * is kept under `keepAs`.
 *
 * @param ready makes a second copy, which passed its check, ready to be used; what it throws is thrown
 * @throws UnusableDatabase when the copy does not pass; the database is then as it was
 */
export async function restore(
  copy: string,
  file: string,
  keepAs: string,
  known: readonly string[],
  ready: (fresh: string) => Promise<void>,
): Promise<Restored> {
  const fresh = `${file}-restoring`
  removeDatabase(fresh)
  try {
    copyFileSync(copy, fresh)
    if (existsSync(`${copy}-wal`)) copyFileSync(`${copy}-wal`, `${fresh}-wal`)
    keepPrivate(fresh)
    examine(fresh, known)
    await ready(fresh)
    const contents = settle(fresh, known)
    const kept = existsSync(file) ? keepAs : undefined
    if (kept) keep(file, kept)
    for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true })
    putInPlace(fresh, file)
    return { contents, kept }
  } catch (error) {
    removeDatabase(fresh)
    throw error
  }
}

/** Removes a database file with what SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const rest of ['', '-journal', '-wal', '-shm']) rmSync(file + rest, { force: true })
}

function vacuumInto(file: string, out: string): void {
  const raw = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  try {
    keepPrivate(out)
    raw.prepare('vacuum into ?').run(out)
  } finally {
    raw.close()
  }
}

function onFile(file: string, work: (raw: Database.Database) => unknown): void {
  const raw = new Database(file, { fileMustExist: true, timeout: 5000 })
  try {
    work(raw)
  } finally {
    raw.close()
  }
}

/** A second name for the file, so that there is a database at every moment of a restore. */
function keep(file: string, name: string): void {
  try {
    onFile(file, (raw) => raw.pragma('wal_checkpoint(TRUNCATE)'))
  } catch {
    // damaged: what cannot be read into it is kept beside it
  }
  const log = `${file}-wal`
  if (existsSync(log) && statSync(log).size > 0) copyFileSync(log, `${name}-wal`)
  try {
    linkSync(file, name)
  } catch {
    copyFileSync(file, name, constants.COPYFILE_EXCL)
  }
  keepPrivate(name)
  toDisk(name)
}

/** Waits until a file or a folder is on the disk; folders cannot be asked everywhere. */
function toDisk(path: string): void {
  const isFolder = statSync(path).isDirectory()
  try {
    const handle = openSync(path, isFolder ? 'r' : 'r+')
    fsyncSync(handle)
    closeSync(handle)
  } catch (error) {
    if (!isFolder) throw error
  }
}
