import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { BrokenHistory, restoreCopy } from '../src/backup/restoring.ts'
import { processConfig } from '../src/config.ts'
import { claim } from '../src/db/claim.ts'
import { explain } from '../src/start.ts'
import { complain, say } from './terminal.ts'
import { sayContents, troubleOf } from './trouble.ts'

/**
 * `npm run restore -- FILE`: puts a copy in the place of the database while no server runs. The copy
 * is checked first and stays as it is; the database that stood there is kept beside it. A copy whose
 * history was changed outside of the program is taken only with `--broken-history`.
 *
 * Ends with 0 when it was restored, 1 when it was not, 2 when called wrongly.
 */
const brokenHistory = '--broken-history'

try {
  process.exitCode = await main(processConfig().databaseFile, process.argv.slice(2))
} catch (error) {
  complain(explain(error, undefined))
  process.exitCode = 1
}

async function main(database: string, args: string[]): Promise<number> {
  const trustsHistory = args.includes(brokenHistory)
  const [given, ...more] = args.filter((arg) => arg !== brokenHistory)
  if (!given || more.length > 0) return fail(2, 'Cara pakai: npm run restore -- BERKAS')
  const copy = resolve(given)
  if (!existsSync(copy) || !statSync(copy).isFile()) {
    return fail(1, `Berkas ${copy} tidak ditemukan. Tidak ada yang diubah.`)
  }
  if (copy === resolve(database)) return fail(1, `${copy} adalah basis data itu sendiri.`)
  mkdirSync(dirname(database), { recursive: true })
  let held: ReturnType<typeof claim>
  try {
    held = claim(database)
  } catch (error) {
    return fail(1, `Basis data ${database} ${troubleOf(error)}. Tidak ada yang diubah.`)
  }
  try {
    const { contents, kept } = await restoreCopy(copy, database, new Date(), trustsHistory)
    say(`Basis data ${database} sudah dipulihkan dari ${copy}:`)
    sayContents(contents)
    if (kept) say(`Basis data sebelumnya disimpan sebagai ${kept}`)
    say('Semua orang perlu masuk lagi, dan semua tautan lama tidak berlaku lagi.')
    say('Kata sandi dan peran kembali seperti saat salinan dibuat: periksa daftar akun.')
    say('Jalankan program dengan: npm start')
    return 0
  } catch (error) {
    const code = fail(1, `Salinan ${copy} ${troubleOf(error)}. Tidak ada yang diubah.`)
    if (error instanceof BrokenHistory) {
      complain(`Bila tetap ingin memakainya: npm run restore -- ${given} ${brokenHistory}`)
    }
    return code
  } finally {
    held.release()
  }
}

function fail(code: number, message: string): number {
  complain(message)
  return code
}
