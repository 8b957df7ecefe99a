import type { Code } from './words.ts'

export type Affair = { code: string; name: string; grouping: Code<'affairGroup'> }

/**
 * Government affairs of UU 23/2014 with the codes of the budget nomenclature: the rows a new
 * installation starts with; they are editable there.
 */
export const affairs: readonly Affair[] = [
  { code: '1.01', name: 'Pendidikan', grouping: 'basic' },
  { code: '1.02', name: 'Kesehatan', grouping: 'basic' },
  { code: '1.03', name: 'Pekerjaan Umum dan Penataan Ruang', grouping: 'basic' },
  { code: '1.04', name: 'Perumahan Rakyat dan Kawasan Permukiman', grouping: 'basic' },
  {
    code: '1.05',
    name: 'Ketenteraman, Ketertiban Umum dan Pelindungan Masyarakat',
    grouping: 'basic',
  },
  { code: '1.06', name: 'Sosial', grouping: 'basic' },
  { code: '2.07', name: 'Tenaga Kerja', grouping: 'obligatory' },
  { code: '2.08', name: 'Pemberdayaan Perempuan dan Pelindungan Anak', grouping: 'obligatory' },
  { code: '2.09', name: 'Pangan', grouping: 'obligatory' },
  { code: '2.10', name: 'Pertanahan', grouping: 'obligatory' },
  { code: '2.11', name: 'Lingkungan Hidup', grouping: 'obligatory' },
  { code: '2.12', name: 'Administrasi Kependudukan dan Pencatatan Sipil', grouping: 'obligatory' },
  { code: '2.13', name: 'Pemberdayaan Masyarakat dan Desa', grouping: 'obligatory' },
  { code: '2.14', name: 'Pengendalian Penduduk dan KB', grouping: 'obligatory' },
  { code: '2.15', name: 'Perhubungan', grouping: 'obligatory' },
  { code: '2.16', name: 'Komunikasi dan Informatika', grouping: 'obligatory' },
  { code: '2.17', name: 'Koperasi, Usaha Kecil dan Menengah', grouping: 'obligatory' },
  { code: '2.18', name: 'Penanaman Modal', grouping: 'obligatory' },
  { code: '2.19', name: 'Kepemudaan dan Olahraga', grouping: 'obligatory' },
  { code: '2.20', name: 'Statistik', grouping: 'obligatory' },
  { code: '2.21', name: 'Persandian', grouping: 'obligatory' },
  { code: '2.22', name: 'Kebudayaan', grouping: 'obligatory' },
  { code: '2.23', name: 'Perpustakaan', grouping: 'obligatory' },
  { code: '2.24', name: 'Kearsipan', grouping: 'obligatory' },
  { code: '3.25', name: 'Kelautan dan Perikanan', grouping: 'optional' },
  { code: '3.26', name: 'Pariwisata', grouping: 'optional' },
  { code: '3.27', name: 'Pertanian', grouping: 'optional' },
  { code: '3.28', name: 'Kehutanan', grouping: 'optional' },
  { code: '3.29', name: 'Energi dan Sumber Daya Mineral', grouping: 'optional' },
  { code: '3.30', name: 'Perdagangan', grouping: 'optional' },
  { code: '3.31', name: 'Perindustrian', grouping: 'optional' },
  { code: '3.32', name: 'Transmigrasi', grouping: 'optional' },
  { code: '4.01', name: 'Sekretariat Daerah', grouping: 'support' },
  { code: '4.02', name: 'Sekretariat DPRD', grouping: 'support' },
  { code: '5.01', name: 'Perencanaan', grouping: 'support' },
  { code: '5.02', name: 'Keuangan', grouping: 'support' },
  { code: '5.03', name: 'Kepegawaian', grouping: 'support' },
  { code: '5.04', name: 'Pendidikan dan Pelatihan', grouping: 'support' },
  { code: '5.05', name: 'Penelitian dan Pengembangan', grouping: 'support' },
  { code: '6.01', name: 'Inspektorat Daerah', grouping: 'support' },
  { code: '7.01', name: 'Kecamatan', grouping: 'support' },
  { code: '8.01', name: 'Kesatuan Bangsa dan Politik', grouping: 'support' },
]
