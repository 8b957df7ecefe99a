import type { Code } from './words.ts'

export type NationalApplication = {
  name: string
  owner: string
  /** A: common to all; B: of one ministry or institution. */
  class: Extract<Code<'appClass'>, 'A' | 'B'>
  /** What it does, in words: compared with what a proposal asks for. */
  function: string
  /** Class or scope is disputed or changing: "perlu verifikasi". */
  verify: boolean
}

/** The national applications a new installation starts with; rows are data, editable there. */
export const nationalApplications: readonly NationalApplication[] = [
  {
    name: 'SRIKANDI',
    owner: 'ANRI',
    class: 'A',
    function:
      'Mengelola naskah dinas elektronik: surat masuk dan keluar, disposisi, tanda tangan elektronik, dan arsip dinamis.',
    verify: false,
  },
  {
    name: 'SP4N-LAPOR!',
    owner: 'KemenPANRB',
    class: 'A',
    function:
      'Menerima, meneruskan, dan menindaklanjuti pengaduan serta aspirasi masyarakat tentang pelayanan publik.',
    verify: false,
  },
  {
    name: 'SPSE',
    owner: 'LKPP',
    class: 'A',
    function:
      'Melaksanakan pengadaan barang dan jasa pemerintah secara elektronik, dari pengumuman tender sampai kontrak.',
    verify: false,
  },
  {
    name: 'e-Katalog',
    owner: 'LKPP',
    class: 'A',
    function:
      'Menyediakan katalog dan pembelian langsung barang dan jasa pemerintah dari penyedia terdaftar.',
    verify: false,
  },
  {
    name: 'SiRUP',
    owner: 'LKPP',
    class: 'A',
    function: 'Mengumumkan rencana umum pengadaan barang dan jasa setiap satuan kerja.',
    verify: false,
  },
  {
    name: 'SIASN',
    owner: 'BKN',
    class: 'A',
    function:
      'Mengelola data dan layanan kepegawaian ASN: formasi, kenaikan pangkat, mutasi, cuti, kinerja, dan pensiun.',
    verify: false,
  },
  {
    name: 'SIPD',
    owner: 'Kemendagri',
    class: 'A',
    function:
      'Menyusun perencanaan, penganggaran, penatausahaan, dan pelaporan keuangan serta informasi pembangunan daerah.',
    verify: true,
  },
  {
    name: 'OSS-RBA',
    owner: 'BKPM',
    class: 'B',
    function:
      'Melayani perizinan berusaha berbasis risiko bagi pelaku usaha, termasuk nomor induk berusaha.',
    verify: false,
  },
  {
    name: 'SIMBG',
    owner: 'Kementerian PU',
    class: 'B',
    function:
      'Melayani persetujuan bangunan gedung, sertifikat laik fungsi, dan pendataan bangunan gedung.',
    verify: true,
  },
  {
    name: 'SIAK Terpusat',
    owner: 'Kemendagri',
    class: 'B',
    function:
      'Mengelola pendaftaran penduduk dan pencatatan sipil: kartu keluarga, KTP elektronik, dan akta.',
    verify: true,
  },
  {
    name: 'IKD',
    owner: 'Kemendagri',
    class: 'B',
    function:
      'Menyediakan identitas kependudukan digital pada ponsel penduduk untuk pembuktian diri pada layanan.',
    verify: true,
  },
  {
    name: 'Dapodik',
    owner: 'Kementerian Pendidikan',
    class: 'B',
    function:
      'Mendata sekolah, peserta didik, guru, tenaga kependidikan, serta sarana dan prasarana pendidikan.',
    verify: false,
  },
  {
    name: 'SATUSEHAT',
    owner: 'Kemenkes',
    class: 'B',
    function:
      'Menghubungkan dan menyeragamkan rekam medis elektronik serta data fasilitas pelayanan kesehatan.',
    verify: true,
  },
  {
    name: 'ASPAK',
    owner: 'Kemenkes',
    class: 'B',
    function:
      'Mendata sarana, prasarana, dan alat kesehatan di rumah sakit, puskesmas, dan fasilitas kesehatan lain.',
    verify: true,
  },
  {
    name: 'SISDMK',
    owner: 'Kemenkes',
    class: 'B',
    function:
      'Mendata dan merencanakan sumber daya manusia kesehatan di fasilitas pelayanan kesehatan.',
    verify: true,
  },
  {
    name: 'SIKS-NG',
    owner: 'Kemensos',
    class: 'B',
    function:
      'Mengelola data kesejahteraan sosial: pengusulan, verifikasi, dan pemutakhiran penerima bantuan sosial.',
    verify: false,
  },
  {
    name: 'SIAPkerja',
    owner: 'Kemnaker',
    class: 'B',
    function:
      'Melayani ketenagakerjaan: lowongan dan pencari kerja, pelatihan, sertifikasi, dan hubungan industrial.',
    verify: false,
  },
  {
    name: 'SIINas',
    owner: 'Kemenperin',
    class: 'B',
    function: 'Mengelola data industri, kawasan industri, dan laporan perusahaan industri.',
    verify: false,
  },
  {
    name: 'Siskeudes',
    owner: 'Kemendagri dan BPKP',
    class: 'B',
    function:
      'Mengelola keuangan desa: perencanaan, penganggaran, penatausahaan, dan pelaporan APB Desa.',
    verify: true,
  },
  {
    name: 'Prodeskel',
    owner: 'Kemendagri',
    class: 'B',
    function: 'Mendata profil serta tingkat perkembangan desa dan kelurahan.',
    verify: true,
  },
  {
    name: 'JDIHN',
    owner: 'BPHN',
    class: 'B',
    function:
      'Menghimpun dan menyebarluaskan dokumen hukum dan peraturan perundang-undangan pusat dan daerah.',
    verify: true,
  },
  {
    name: 'INLISLite',
    owner: 'Perpusnas',
    class: 'B',
    function: 'Mengelola perpustakaan: katalog, keanggotaan, peminjaman, dan koleksi digital.',
    verify: true,
  },
  {
    name: 'SIGA',
    owner: 'BKKBN',
    class: 'B',
    function:
      'Mendata keluarga serta mencatat pelayanan keluarga berencana dan pembangunan keluarga.',
    verify: true,
  },
  {
    name: 'iSIKHNAS',
    owner: 'Kementerian Pertanian',
    class: 'B',
    function:
      'Mencatat dan melaporkan kesehatan hewan: kasus penyakit, vaksinasi, dan pelayanan kesehatan hewan.',
    verify: true,
  },
]
