import { fold } from '../../src/domain/text.ts'
import { type ListTable, UnusableList } from './table.ts'

/** Folded headings by which a column is known, the surest first. */
const headings = {
  name: [
    'satuan kerja',
    'nama opd',
    'nama perangkat daerah',
    'perangkat daerah',
    'nama skpd',
    'skpd',
    'opd',
    'nama',
  ],
  opd: [
    'satuan kerja',
    'nama opd',
    'opd',
    'nama perangkat daerah',
    'perangkat daerah',
    'nama skpd',
    'skpd',
    'instansi',
    'opd pemilik',
    'opd pengelola',
  ],
  title: [
    'nama usulan',
    'usulan',
    'nama aplikasi',
    'aplikasi',
    'nama paket',
    'paket',
    'judul',
    'nama',
  ],
  purpose: ['tujuan dan manfaat', 'tujuan', 'manfaat', 'fungsi', 'fungsi ringkas'],
  code: ['kode rup', 'kode usulan', 'kode opd', 'kode skpd', 'kode', 'id'],
  cost: ['pagu rp', 'pagu', 'biaya', 'perkiraan biaya', 'anggaran', 'nilai'],
  fund: ['sumber dana', 'dana'],
  year: ['tahun', 'tahun anggaran', 'tahun pembuatan'],
  url: ['alamat url', 'url', 'tautan', 'link', 'alamat'],
} as const

export type ColumnName = keyof typeof headings
/** Columns told by name, as they are written in the heading. */
export type ToldColumns = Partial<Record<ColumnName, string>>

/**
 * Where a column stands: the one that was told, else the first whose heading is known.
 *
 * @returns undefined when nothing was told and no heading is known
 * @throws UnusableList when the one that was told is not in the heading
 */
export function columnOf(
  table: ListTable,
  column: ColumnName,
  told: ToldColumns,
): number | undefined {
  const folded = table.headings.map(fold)
  const wanted = told[column]
  if (wanted !== undefined) {
    const at = folded.indexOf(fold(wanted))
    if (at < 0) throw new UnusableList(`Tidak ada kolom “${wanted}”. ${columnsOf(table)}`)
    return at
  }
  const known = headings[column].find((heading) => folded.includes(heading))
  return known === undefined ? undefined : folded.indexOf(known)
}

/** The same for a column that a list must have. @throws UnusableList naming the option to tell it by */
export function neededColumn(table: ListTable, column: ColumnName, told: ToldColumns): number {
  const at = columnOf(table, column, told)
  if (at === undefined) {
    throw new UnusableList(
      `Kolom ${words[column]} tidak dikenali; sebutkan dengan --${column}-column. ${columnsOf(table)}`,
    )
  }
  return at
}

const words: Record<ColumnName, string> = {
  name: 'nama OPD',
  opd: 'OPD pengusul atau pemilik',
  title: 'nama usulan atau aplikasi',
  purpose: 'tujuan',
  code: 'kode',
  cost: 'biaya',
  fund: 'sumber dana',
  year: 'tahun',
  url: 'alamat',
}

function columnsOf(table: ListTable): string {
  return `Kolom yang ada: ${table.headings.join(', ')}.`
}
