import { type GapRow, gapRows } from '../gap-rows.ts'
import { type Column, tableSheet } from '../layout.ts'
import { type Source, withOrigin } from './context.ts'

/** Every gap with what would close it; all of it is computed from the other sheets' records. */
export function gapSheet(source: Source) {
  const { opd } = source
  const columns: Column<GapRow>[] = [
    {
      key: 'gap',
      heading: 'Gap',
      width: 34,
      type: 'text',
      meaning:
        'Kesenjangan: lokasi tanpa internet atau di bawah standar, perangkat rusak berat, aplikasi yang tidak dipakai atau perlu diganti, tugas yang belum didukung aplikasi.',
      computed: true,
      value: (row) => row.gap,
    },
    {
      key: 'closedBy',
      heading: 'Kegiatan Penutup',
      width: 34,
      type: 'text',
      meaning: `Kebutuhan atau usulan yang menutupnya; "${nothing}" bila tidak ada yang dicatat.`,
      computed: true,
      value: (row) => row.closedBy ?? nothing,
    },
    {
      key: 'target',
      heading: 'Target',
      width: 22,
      type: 'text',
      meaning: 'Standar yang dituju dengan tahunnya, rencana, atau tahap pada Peta Jalan.',
      computed: true,
      value: (row) => row.target,
    },
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 12,
      type: 'text',
      meaning: 'Kode OPD penanggung jawab pada lembar OPD.',
      computed: true,
      value: (row) => opd(row.opdId).code,
    },
    {
      key: 'opd',
      heading: 'Penanggung Jawab',
      width: 24,
      type: 'text',
      meaning: 'OPD penanggung jawab.',
      computed: true,
      value: (row) => opd(row.opdId).name,
    },
    {
      key: 'location',
      heading: 'Lokasi',
      width: 24,
      type: 'text',
      meaning: 'Nama lokasi pada lembar Lokasi, bila kesenjangannya di satu lokasi.',
      computed: true,
      value: (row) => row.location,
    },
    {
      key: 'rpjmd',
      heading: 'Selaras RPJMD?',
      width: 20,
      type: 'text',
      meaning:
        'Sasaran RPJMD atau Renstra yang disebut usulan penutup; "Belum disebut" bila tidak ada.',
      computed: true,
      value: (row) => (row.rpjmd === null ? 'Belum disebut' : `Ya: ${row.rpjmd}`),
    },
    {
      key: 'object',
      heading: 'Objek To-be',
      width: 24,
      type: 'text',
      meaning: 'Yang dibangun, diganti, atau ditingkatkan.',
      computed: true,
      value: (row) => row.object,
    },
    {
      key: 'status',
      heading: 'Status',
      width: 13,
      type: 'text',
      meaning: 'Baru bila belum ada sama sekali, peningkatan bila sudah ada.',
      allowed: ['Baru', 'Peningkatan'],
      computed: true,
      value: (row) => (row.isNew ? 'Baru' : 'Peningkatan'),
    },
  ]
  return tableSheet({
    name: 'Analisis Kesenjangan',
    lede: 'Dihitung dari inventaris, aplikasi, kebutuhan, dan usulan; yang belum ada penutupnya disebut.',
    columns: withOrigin(columns, (row) => row.example),
    rows: gapRows(source),
    frozenColumns: 1,
  })
}

const nothing = 'Belum ada'
