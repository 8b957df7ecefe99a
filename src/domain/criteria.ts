/** One criterion of a set with its written levels; the texts are data and shown as written. */
export type Criterion = {
  code: string
  name: string
  /** For legends and narrow columns. */
  shortName: string
  question: string
  /** In per cent of the whole. */
  weight: number
  /** Computed from the inventory at the locations of use, not from an assessor's judgement. */
  derived: boolean
  /** Rising: level 5 is the best. `value` runs from 0 to 1. */
  levels: readonly { level: number; value: number; anchor: string }[]
}

/** The set a new installation starts with: a starting point of the program, not a regulation. */
export const defaultCriteria: readonly Criterion[] = [
  {
    code: 'K1',
    name: 'Keselarasan dengan tupoksi dan RPJMD',
    shortName: 'Tupoksi & RPJMD',
    question: 'Seberapa langsung usulan ini menjalankan tugas OPD dan sasaran daerah?',
    weight: 20,
    derived: false,
    levels: [
      {
        level: 1,
        value: 0,
        anchor: 'Tidak ada butir tupoksi yang dapat ditunjuk, atau tugas itu milik OPD lain.',
      },
      {
        level: 2,
        value: 0.25,
        anchor:
          'Ada kaitan dengan tupoksi, tetapi hanya menunjang pekerjaan sampingan; tidak ada sasaran RPJMD atau Renstra yang dituju.',
      },
      {
        level: 3,
        value: 0.5,
        anchor:
          'Menjalankan satu butir tupoksi secara langsung; sasaran RPJMD atau Renstra disebut, tanpa indikator.',
      },
      {
        level: 4,
        value: 0.75,
        anchor:
          'Menjalankan butir tupoksi utama OPD dan mendukung sasaran RPJMD yang disebut beserta indikatornya.',
      },
      {
        level: 5,
        value: 1,
        anchor:
          'Seperti tingkat 4, dan tercantum sebagai program prioritas daerah atau diwajibkan peraturan (misalnya standar pelayanan minimal).',
      },
    ],
  },
  {
    code: 'K2',
    name: 'Dampak pada layanan',
    shortName: 'Dampak layanan',
    question: 'Siapa yang merasakan manfaatnya, dan dapatkah diukur?',
    weight: 20,
    derived: false,
    levels: [
      {
        level: 1,
        value: 0,
        anchor: 'Tidak ada layanan yang berubah; hanya memindahkan catatan ke bentuk digital.',
      },
      {
        level: 2,
        value: 0.25,
        anchor:
          'Memperbaiki pekerjaan di dalam satu unit; pengguna layanan tidak merasakan bedanya.',
      },
      {
        level: 3,
        value: 0.5,
        anchor:
          'Memperbaiki layanan antar-OPD atau layanan bagi banyak pegawai; manfaat bagi masyarakat tidak langsung.',
      },
      {
        level: 4,
        value: 0.75,
        anchor:
          'Mempercepat atau mempermudah layanan langsung bagi sebagian masyarakat, pelaku usaha, atau wisatawan; manfaatnya dapat diukur (waktu, biaya, atau jarak).',
      },
      {
        level: 5,
        value: 1,
        anchor:
          'Seperti tingkat 4, menjangkau sebagian besar masyarakat atau kelompok yang selama ini sulit terlayani; angka awal dan sasarannya disebut.',
      },
    ],
  },
  {
    code: 'K3',
    name: 'Urgensi',
    shortName: 'Urgensi',
    question: 'Apa akibatnya bila tidak dibangun sekarang?',
    weight: 15,
    derived: false,
    levels: [
      { level: 1, value: 0, anchor: 'Tidak ada akibat yang dapat disebut selama masa rencana.' },
      {
        level: 2,
        value: 0.25,
        anchor: 'Kerja kurang nyaman, tetapi cara yang berjalan masih memadai.',
      },
      {
        level: 3,
        value: 0.5,
        anchor:
          'Cara yang berjalan sering terlambat atau keliru, dan beban kerja terus bertambah; masih dapat menunggu satu sampai dua tahun.',
      },
      {
        level: 4,
        value: 0.75,
        anchor:
          'Layanan terganggu secara berkala, atau ada temuan pemeriksaan atau tenggat peraturan dalam dua tahun.',
      },
      {
        level: 5,
        value: 1,
        anchor:
          'Ada tenggat peraturan atau temuan yang harus selesai dalam tahun berjalan, atau layanan dasar berhenti bila tidak dibangun.',
      },
    ],
  },
  {
    code: 'K4',
    name: 'Kesiapan infrastruktur',
    shortName: 'Infrastruktur',
    question: 'Seberapa siap lokasi pemakaian?',
    weight: 15,
    derived: true,
    levels: [
      { level: 1, value: 0, anchor: 'Kesiapan kurang dari satu bagian dari empat (J < 1).' },
      { level: 2, value: 0.25, anchor: 'Setara satu bagian memenuhi standar (1 ≤ J < 2).' },
      { level: 3, value: 0.5, anchor: 'Setara dua bagian memenuhi standar (2 ≤ J < 3).' },
      { level: 4, value: 0.75, anchor: 'Setara tiga bagian memenuhi standar (3 ≤ J < 4).' },
      {
        level: 5,
        value: 1,
        anchor: 'Keempat bagian memenuhi standar di semua lokasi pemakaian (J = 4).',
      },
    ],
  },
  {
    code: 'K5',
    name: 'Kesiapan data dan SDM',
    shortName: 'Data & SDM',
    question: 'Adakah data dan orang yang menjalankannya?',
    weight: 10,
    derived: false,
    levels: [
      { level: 1, value: 0, anchor: 'Data belum dikumpulkan, dan belum ada penanggung jawab.' },
      {
        level: 2,
        value: 0.25,
        anchor:
          'Data ada di kertas atau berkas terpisah; penanggung jawab ditunjuk, operator belum ada.',
      },
      {
        level: 3,
        value: 0.5,
        anchor:
          'Data utama sudah dalam lembar kerja dan diperbarui; penanggung jawab dan operator ada, belum terlatih.',
      },
      {
        level: 4,
        value: 0.75,
        anchor:
          'Data terstruktur dan sebagian besar lengkap, pembaruannya terjadwal; operator terlatih; prosedur kerja (SOP) ada.',
      },
      {
        level: 5,
        value: 1,
        anchor:
          'Seperti tingkat 4, data lengkap dan memakai kode rujukan yang baku, dan tim pengelola ditetapkan dengan keputusan kepala OPD.',
      },
    ],
  },
  {
    code: 'K6',
    name: 'Kelayakan anggaran',
    shortName: 'Anggaran',
    question: 'Dari mana biayanya, termasuk biaya sesudah dibangun?',
    weight: 10,
    derived: false,
    levels: [
      {
        level: 1,
        value: 0,
        anchor: 'Tidak ada sumber dana, dan OPD menyatakan tidak menganggarkan.',
      },
      {
        level: 2,
        value: 0.25,
        anchor: 'Kesediaan baru disampaikan lisan, atau perkiraan biaya belum ada.',
      },
      {
        level: 3,
        value: 0.5,
        anchor:
          'Perkiraan biaya ada dan kesediaan OPD tertulis; belum tercantum dalam dokumen perencanaan.',
      },
      {
        level: 4,
        value: 0.75,
        anchor: 'Tercantum dalam Renja atau RKPD, termasuk biaya operasional tahunan.',
      },
      {
        level: 5,
        value: 1,
        anchor:
          'Tercantum dalam RKA atau DPA termasuk biaya operasional, atau tidak memerlukan belanja baru.',
      },
    ],
  },
  {
    code: 'K7',
    name: 'Potensi berbagi pakai dan integrasi',
    shortName: 'Berbagi',
    question: 'Siapa lagi yang dapat memakainya, dan dengan apa terhubung?',
    weight: 10,
    derived: false,
    levels: [
      { level: 1, value: 0, anchor: 'Hanya untuk satu unit; data tidak dipertukarkan.' },
      { level: 2, value: 0.25, anchor: 'Untuk satu OPD; data dipertukarkan melalui berkas.' },
      {
        level: 3,
        value: 0.5,
        anchor:
          'Dapat dipakai UPTD atau kecamatan juga, atau memakai data satu sistem lain yang disebut.',
      },
      {
        level: 4,
        value: 0.75,
        anchor:
          'Dipakai bersama sekurang-kurangnya dua OPD, atau bertukar data dengan aplikasi daerah atau nasional yang pengelolanya sudah dihubungi.',
      },
      {
        level: 5,
        value: 1,
        anchor: 'Seperti tingkat 4 keduanya, atau menggantikan dua atau lebih aplikasi yang ada.',
      },
    ],
  },
]
