import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { migrations } from '../db/migrations/all.ts'
import { processConfig } from '../src/config.ts'
import { backUp } from '../src/db/backup.ts'
import { explain } from '../src/start.ts'
import { leaveNote } from '../src/web/access-notes.ts'
import { complain, say } from './terminal.ts'
import { sayContents, troubleOf } from './trouble.ts'

/**
 * `npm run backup -- FILE`: copies the database as it is at this moment, also while the server runs.
 * A copy that stands there already is replaced only by one that passed its check.
 *
 * Ends with 0 when the copy is there, 1 when it could not be made, 2 when called wrongly.
 */
try {
  process.exitCode = main(processConfig().databaseFile, process.argv.slice(2))
} catch (error) {
  complain(explain(error, undefined))
  process.exitCode = 1
}

function main(database: string, [given, ...more]: string[]): number {
  if (!given || more.length > 0) return fail(2, 'Cara pakai: npm run backup -- BERKAS')
  const out = resolve(given)
  if (!existsSync(database)) {
    return fail(1, `Basis data ${database} tidak ditemukan. Periksa DATABASE_URL.`)
  }
  if (!existsSync(dirname(out))) return fail(1, `Folder ${dirname(out)} tidak ada.`)
  if (existsSync(out) && statSync(out).isDirectory()) return fail(1, `${out} adalah folder.`)
  if (existsSync(out) && !statSync(out).isFile()) return fail(1, `${out} bukan berkas biasa.`)
  if (isSame(out, database)) return fail(1, 'Salinan tidak boleh menimpa basis data itu sendiri.')
  try {
    const contents = backUp(database, out, Object.keys(migrations))
    leaveNote(database, 'backup', { file: basename(out) })
    say(`Salinan ${out} sudah dibuat dan diperiksa:`)
    sayContents(contents)
    return 0
  } catch (error) {
    return fail(1, `Salinan tidak dapat dibuat: basis data ${database} ${troubleOf(error)}.`)
  }
}

function isSame(out: string, database: string): boolean {
  const target = existsSync(out)
    ? realpathSync(out)
    : join(realpathSync(dirname(out)), basename(out))
  const own = realpathSync(database)
  return ['', '-wal', '-shm', '-lock', '-acts', '-acts-taken'].some((rest) => target === own + rest)
}

function fail(code: number, message: string): number {
  complain(message)
  return code
}
