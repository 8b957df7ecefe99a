import { BrokenHistory } from '../src/backup/restoring.ts'
import { DatabaseInUse } from '../src/db/claim.ts'
import { type Contents, type Trouble, UnusableDatabase } from '../src/db/inspect.ts'
import { say } from './terminal.ts'

const troubles: Record<Trouble, string> = {
  empty: 'kosong (0 bita)',
  damaged: 'rusak',
  foreign: 'bukan basis data Rancang',
  newer: 'dibuat oleh Rancang yang lebih baru; pasang Rancang versi terbaru lebih dahulu',
  locked: 'sedang dikunci program lain',
}

/** What keeps a file from being copied or put back, as the end of a sentence. */
export function troubleOf(error: unknown): string {
  if (error instanceof UnusableDatabase) return troubles[error.trouble]
  if (error instanceof BrokenHistory) {
    return `berisi riwayat yang diubah di luar Rancang: rantainya putus pada catatan ${error.at}`
  }
  if (error instanceof DatabaseInUse) return 'sedang dipakai Rancang; hentikan Rancang lebih dahulu'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return 'ruang penyimpanan tidak cukup'
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return troubles.damaged
  return error instanceof Error ? error.message : String(error)
}

const names: Record<keyof Contents, string> = {
  opd: 'OPD',
  location: 'lokasi kantor',
  fgdSession: 'sesi FGD',
  proposal: 'usulan',
  rating: 'nilai',
  decision: 'penetapan',
  event: 'catatan riwayat',
}

/** The rows of a database, one line each. */
export function sayContents(contents: Contents): void {
  const counts = Object.values(contents).map(String)
  const width = Math.max(...counts.map((count) => count.length))
  for (const [name, count] of Object.entries(contents)) {
    say(`  ${String(count).padStart(width)} ${names[name as keyof Contents]}`)
  }
}
