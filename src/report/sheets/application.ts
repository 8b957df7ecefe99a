import type { ListName } from '../../domain/words.ts'
import type { ReportApplication } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { joined, type Source, sessionColumn, withOrigin } from './context.ts'

/** A row an application that an OPD has. */
export function applicationSheet(source: Source) {
  const { data } = source
  const columns = [...identity(source), ...technical(source), ...standing(source)]
  return tableSheet({
    name: 'Aplikasi Eksisting',
    lede: 'Aplikasi yang ada di setiap OPD, juga yang tidak dipakai lagi.',
    columns: withOrigin(columns, (row) => row.example),
    rows: data.applications,
    frozenColumns: 4,
  })
}

type Columns = Column<ReportApplication>[]

function text(
  key: keyof ReportApplication & string,
  heading: string,
  meaning: string,
  width: number,
): Column<ReportApplication> {
  return { key, heading, width, type: 'text', meaning, value: (row) => row[key] as string | null }
}

function coded(
  { label, words }: Source,
  key: keyof ReportApplication & string,
  list: ListName,
  heading: string,
  meaning: string,
): Column<ReportApplication> {
  return {
    key,
    heading,
    width: 24,
    type: 'text',
    meaning,
    allowed: words(list),
    value: (row) => label(list, row[key] as string | null) || null,
  }
}

function several(
  { label, words }: Source,
  key: 'platforms' | 'users',
  list: ListName,
  heading: string,
  meaning: string,
): Column<ReportApplication> {
  return {
    key,
    heading,
    width: 24,
    type: 'text',
    meaning,
    allowed: words(list),
    value: (row) => joined(row[key].map((code) => label(list, code))),
  }
}

function identity(source: Source): Columns {
  const { opd } = source
  return [
    {
      key: 'no',
      heading: 'No',
      width: 7,
      type: 'int',
      meaning: 'Nomor urut.',
      value: (_, { index }) => index + 1,
    },
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (row) => opd(row.opdId).code,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 34,
      type: 'text',
      meaning: 'OPD pemilik aplikasi.',
      fields: ['opdId'],
      value: (row) => opd(row.opdId).name,
    },
    text('name', 'Nama Aplikasi', 'Nama yang dipakai sehari-hari.', 32),
    text('description', 'Uraian', 'Keterangan singkat tentang aplikasi.', 40),
    text('function', 'Fungsi Aplikasi', 'Pekerjaan atau layanan yang dikerjakan dengannya.', 40),
    text('output', 'Luaran', 'Yang dihasilkan, misalnya surat, laporan, atau data.', 32),
    several(source, 'platforms', 'platform', 'Basis Aplikasi', 'Tempat aplikasi berjalan.'),
    text('url', 'Alamat (URL)', 'Alamat aplikasi di internet atau jaringan daerah.', 34),
  ]
}

function technical(source: Source): Columns {
  return [
    coded(source, 'licence', 'licence', 'Tipe Lisensi', 'Jenis lisensi perangkat lunaknya.'),
    text('language', 'Bahasa Pemrograman', 'Bahasa pemrograman.', 20),
    text('framework', 'Kerangka Pengembangan', 'Kerangka (framework) yang dipakai.', 22),
    text('database', 'Basis Data', 'Sistem basis data.', 18),
    coded(source, 'developer', 'developer', 'Pengembang', 'Siapa yang membangunnya.'),
    {
      key: 'builtYear',
      heading: 'Tahun Pembuatan',
      width: 14,
      type: 'year',
      meaning: 'Tahun aplikasi dibangun.',
      value: (row) => row.builtYear,
    },
    coded(source, 'hosting', 'hosting', 'Lokasi Server', 'Tempat aplikasi dan datanya disimpan.'),
  ]
}

function standing(source: Source): Columns {
  const { opd } = source
  return [
    coded(
      source,
      'useState',
      'appUse',
      'Status Pemakaian',
      'Aktif atau tidak, dan dipakai atau tidak.',
    ),
    coded(source, 'class', 'appClass', 'Kelas', 'Kelas aplikasi.'),
    several(source, 'users', 'users', 'Pengguna', 'Siapa yang memakainya.'),
    {
      key: 'userOpds',
      heading: 'OPD Pemakai Lain',
      width: 34,
      type: 'text',
      meaning: 'OPD lain yang ikut memakai.',
      value: (row) => joined(row.userOpds.map((id) => opd(id).name)),
    },
    {
      key: 'integrations',
      heading: 'Integrasi',
      width: 34,
      type: 'text',
      meaning: 'Aplikasi atau sistem yang bertukar data dengannya.',
      value: (row) => joined(row.integrations),
    },
    {
      key: 'national',
      heading: 'Bagian dari Aplikasi Nasional',
      width: 26,
      type: 'text',
      meaning: 'Aplikasi nasional pada lembar Aplikasi Nasional yang dipakai di daerah ini.',
      fields: ['nationalApplicationId'],
      value: (row) => row.national,
    },
    coded(source, 'plan', 'appPlan', 'Rencana', 'Apa yang direncanakan dengannya.'),
    {
      key: 'yearlyCost',
      heading: 'Biaya per Tahun (Rp)',
      width: 22,
      type: 'money',
      meaning: 'Biaya pemeliharaan, langganan, dan server; kosong berarti belum diketahui.',
      unit: 'rupiah',
      value: (row) => row.yearlyCost,
    },
    coded(
      source,
      'sourceHeld',
      'sourceHeld',
      'Kode Sumber Dikuasai',
      'Apakah pemerintah daerah memegang kode sumbernya.',
    ),
    {
      key: 'contactName',
      heading: 'PIC',
      width: 30,
      type: 'text',
      meaning: 'Penanggung jawab: nama dan jabatan.',
      fields: ['contactTitle'],
      value: (row) => joined([row.contactName, row.contactTitle].filter((part) => part !== null)),
    },
    text('note', 'Keterangan', 'Catatan lain.', 34),
    sessionColumn(source, (row) => row.sessionId),
  ]
}
