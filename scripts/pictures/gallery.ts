import { fillIn, idOf, type Shot } from './shot.ts'

/** A picture of docs/screenshots.md, in both places. */
export type GalleryShot = Omit<Shot, 'as' | 'on'> & { title: string; sentence: string }

/** What docs/screenshots.md shows, as a planner sees it. */
export const gallery: readonly GalleryShot[] = [
  {
    name: 'home',
    title: 'Beranda',
    sentence:
      'Delapan mata rantai dari data OPD sampai laporan, sepuluh usulan teratas, dan OPD mana yang sudah punya internet.',
    url: () => '/',
  },
  {
    name: 'session',
    title: 'Sesi FGD',
    sentence:
      'Ruang kerja sesi: OPD yang hadir, kantor dan internetnya, usulan, masukan, dan kesepakatan.',
    url: (stage) => `/fgd/1?opd=${idOf(stage, 'opd', 'Dinas Pariwisata%')}`,
  },
  {
    name: 'proposal-form',
    title: 'Formulir usulan',
    sentence:
      'Bila ada isian wajib yang kosong, isian yang sudah diketik tetap ada dan setiap kekurangan disebut di tempatnya.',
    url: (stage) => `/proposals/new?opd=${idOf(stage, 'opd', 'Dinas Pariwisata%')}`,
    act: async (page) => {
      await fillIn(page, { title: 'Aplikasi Pariwisata' })
      await page.locator('form#proposal button[value="submit"]').click()
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'proposal',
    title: 'Usulan',
    sentence:
      'Satu usulan di satu halaman: keadaannya, alasannya, pemeriksaan syarat, skor, dan penetapannya.',
    url: (stage) => `/proposals/${idOf(stage, 'proposal', 'Aplikasi Pariwisata%')}`,
  },
  {
    name: 'ranking',
    title: 'Peringkat',
    sentence:
      'Urutan hitungan dengan sumbangan setiap kriteria, pemeriksaan syarat, biaya, dan penetapan pejabat di sampingnya.',
    url: () => '/ranking',
  },
  {
    name: 'ranking-dark',
    title: 'Peringkat, layar gelap',
    sentence: 'Halaman yang sama bila perangkat memakai tampilan gelap.',
    url: () => '/ranking',
    dark: true,
  },
  {
    name: 'roadmap',
    title: 'Peta jalan',
    sentence:
      'Usulan per tahap menurut penetapan dan peringkat, dengan pagu, kapasitas, dan biaya per tahun.',
    url: () => '/roadmap',
  },
  {
    name: 'opd',
    title: 'Halaman OPD',
    sentence: 'Kelengkapan data, kantor dan internet, tupoksi, pegawai, dan unit di bawah OPD.',
    url: (stage) => `/opd/${idOf(stage, 'opd', 'Dinas Pariwisata%')}`,
  },
  {
    name: 'report',
    title: 'Laporan',
    sentence: 'Buku kerja Excel: isi setiap lembar, apa yang masih kurang, dan tombol unduhnya.',
    url: () => '/report',
  },
]
