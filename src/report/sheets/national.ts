import type { ReportNational } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { type Source, withOrigin } from './context.ts'

export function nationalSheet({ data, label, words }: Source) {
  const columns: Column<ReportNational>[] = [
    {
      key: 'name',
      heading: 'Nama Aplikasi',
      width: 26,
      type: 'text',
      meaning: 'Nama aplikasi nasional.',
      value: (row) => row.name,
    },
    {
      key: 'function',
      heading: 'Fungsi Aplikasi',
      width: 60,
      type: 'text',
      meaning: 'Apa yang dilayaninya.',
      value: (row) => row.function,
    },
    {
      key: 'owner',
      heading: 'Pemilik',
      width: 30,
      type: 'text',
      meaning: 'Kementerian atau lembaga pemilik.',
      value: (row) => row.owner,
    },
    {
      key: 'class',
      heading: 'Kelas',
      width: 26,
      type: 'text',
      meaning: 'Kelas aplikasi.',
      allowed: words('appClass'),
      value: (row) => label('appClass', row.class as never),
    },
    {
      key: 'source',
      heading: 'Sumber Rujukan',
      width: 40,
      type: 'text',
      meaning: 'Asal keterangan.',
      value: (row) => row.source,
    },
    {
      key: 'verifiedOn',
      heading: 'Diperiksa',
      width: 15,
      type: 'date',
      meaning: 'Hari keterangan diperiksa; kosong berarti perlu verifikasi.',
      value: (row) => row.verifiedOn,
    },
  ]
  return tableSheet({
    name: 'Aplikasi Nasional',
    lede: 'Baris rujukan: aplikasi pemerintah pusat yang diperiksa sebelum membangun sendiri.',
    columns: withOrigin(columns, (row) => row.example),
    rows: data.nationals,
    frozenColumns: 1,
  })
}
