import {
  type Column,
  type ColumnDoc,
  type ColumnType,
  type SheetPlan,
  tableSheet,
} from '../layout.ts'

type Entry = { sheet: string; column: ColumnDoc }

const kinds: Record<ColumnType, string> = {
  text: 'Teks',
  int: 'Bilangan bulat',
  decimal: 'Bilangan desimal',
  score: 'Bilangan desimal',
  money: 'Rupiah penuh',
  year: 'Tahun',
  date: 'Tanggal',
}

/** What the plan of the workbook names and this version does not hold: absent, never empty. */
const absent: readonly (readonly [string, string])[] = [
  ['Matriks Prioritas', 'Kolom Kekokohan belum dimuat.'],
  ['Metode', 'Keselarasan antarpenilai (sepakat, beragam, terbelah) belum dimuat.'],
]

/** Every column of every sheet, from the very definitions that the sheets are written with. */
export function dictionarySheet(plans: readonly SheetPlan[]): SheetPlan {
  const columns: Column<Entry>[] = [
    {
      key: 'sheet',
      heading: 'Lembar',
      width: 22,
      type: 'text',
      meaning: 'Nama lembar.',
      value: (row) => row.sheet,
    },
    {
      key: 'column',
      heading: 'Kolom',
      width: 28,
      type: 'text',
      meaning: 'Judul kolom.',
      value: (row) => row.column.heading,
    },
    {
      key: 'meaning',
      heading: 'Arti',
      width: 70,
      type: 'text',
      meaning: 'Apa yang dicatat atau dihitung.',
      value: (row) => row.column.meaning,
    },
    {
      key: 'type',
      heading: 'Jenis Isi',
      width: 16,
      type: 'text',
      meaning: 'Jenis isi sel.',
      value: (row) => kinds[row.column.type],
    },
    {
      key: 'unit',
      heading: 'Satuan',
      width: 16,
      type: 'text',
      meaning: 'Satuan angka.',
      value: (row) => row.column.unit ?? null,
    },
    {
      key: 'allowed',
      heading: 'Nilai yang Diperbolehkan',
      width: 54,
      type: 'text',
      meaning: 'Pilihan jawaban; kosong berarti bebas.',
      value: (row) => row.column.allowed?.join(' · ') ?? null,
    },
    {
      key: 'computed',
      heading: 'Dihitung',
      width: 11,
      type: 'text',
      meaning: 'Kolom kelabu yang dihitung program dan tidak diisi.',
      allowed: ['Ya', 'Tidak'],
      value: (row) => (row.column.computed ? 'Ya' : 'Tidak'),
    },
  ]
  const told = plans.flatMap((plan) =>
    plan.columns.map((column): Entry => ({ sheet: plan.name, column })),
  )
  const own = columns.map((column): Entry => ({ sheet: 'Kamus Data', column }))
  const missing = absent.map(
    ([sheet, meaning]): Entry => ({
      sheet,
      column: { heading: 'Belum dimuat', type: 'text', meaning },
    }),
  )
  return tableSheet({
    name: 'Kamus Data',
    lede: 'Arti setiap kolom. Yang belum dapat dimuat disebut di akhir daftar.',
    columns,
    rows: [...told, ...own, ...missing],
    frozenColumns: 2,
  }).plan
}
