import type { Criterion } from './criteria.ts'
import { round9 } from './ranking.ts'

/** A pattern of scoring that the program brings along beside its own criteria. */
export const yogyakarta = {
  code: 'yogyakarta',
  name: 'Kelayakan, pola Yogyakarta',
  origin:
    'Diolah dari purwarupa kertas kerja analisis kelayakan aplikasi, Kota Yogyakarta, 2026; bukan naskah resmi, uraian disusun ulang.',
  /** What a score means there, the highest first: from how many points of 100 on. */
  advice: [
    { from: 80, to: 'proceed' },
    { from: 60, to: 'complete' },
    { from: 0, to: 'reconsider' },
  ],
} as const

export type PatternAdvice = (typeof yogyakarta.advice)[number]['to']

/**
 * What the pattern of a set advises for a score of 0 to 100, compared as ranks compare it (`round9`);
 * undefined for a set that follows no pattern.
 */
export function adviceOf(pattern: string | null, score: number): PatternAdvice | undefined {
  if (pattern !== yogyakarta.code) return undefined
  return yogyakarta.advice.find((each) => round9(score) >= each.from)?.to
}

/** Levels are worth 25, 50, v₃ and 100 per cent: the lowest score is 25, not 0. */
function criterion(
  code: string,
  [name, shortName]: readonly [string, string],
  weight: number,
  third: number,
  anchors: readonly [string, string, string, string],
): Criterion {
  const values = [0.25, 0.5, third, 1]
  return {
    code,
    name,
    shortName,
    question: '',
    weight,
    derived: false,
    levels: anchors.map((anchor, at) => ({ level: at + 1, value: values[at]!, anchor })),
  }
}

/** Its eight criteria; `{dinas}` in an anchor is the office in charge of informatics. */
export const yogyakartaCriteria: readonly Criterion[] = [
  criterion('Y1', ['Urgensi kebutuhan', 'Urgensi'], 15, 0.75, [
    'Tidak ada masalah yang jelas',
    'Masalah dirasakan unit sendiri, tanpa ukuran dampak',
    'Memperbaiki kerja OPD secara nyata, dampak publik tidak langsung',
    'Mengatasi hambatan layanan utama atau mandat peraturan, sasaran terukur',
  ]),
  criterion('Y2', ['Ketersediaan SOP', 'SOP'], 10, 0.9, [
    'Belum ada SOP tertulis',
    'Masih draf di bidang',
    'Disetujui Bagian Organisasi',
    'Termasuk peta proses bisnis daerah dan standar mutu layanan',
  ]),
  criterion('Y3', ['Penyederhanaan alur', 'Alur'], 10, 0.9, [
    'Menambah langkah',
    'Memindahkan formulir kertas apa adanya',
    'Memangkas langkah dan koordinasi manual',
    'Alur otomatis dari awal sampai akhir, lintas unit',
  ]),
  criterion('Y4', ['Keunikan fungsi', 'Keunikan'], 15, 0.85, [
    'Fungsi sama sudah berjalan di OPD lain',
    'Sekitar 70% atau lebih tumpang tindih; cukup menambah modul',
    'Melengkapi yang ada, mengisi celah',
    'Belum ada padanannya di daerah maupun nasional',
  ]),
  criterion('Y5', ['Alasan membangun sendiri', 'Alasan'], 15, 0.8, [
    'Menolak terhubung',
    'Dapat menumpang, tetapi belum berkoordinasi',
    'Proses inti memang khusus, dan wajib terhubung',
    'Memakai layanan bersama, tanpa infrastruktur terpisah',
  ]),
  criterion('Y6', ['Cara pengembangan', 'Pengembangan'], 10, 0.85, [
    'Bangun khusus berbiaya tinggi tanpa menelaah pilihan lain',
    'Lewat pihak ketiga, padahal mampu dikerjakan sendiri',
    'Dikerjakan tim {dinas}',
    'Replikasi aplikasi berbagi pakai atau sistem terbuka siap pakai',
  ]),
  criterion('Y7', ['Pertukaran data', 'Data'], 15, 0.85, [
    'Data tertutup, diketik ulang',
    'Sambungan langsung antarbasis data tanpa pengaman',
    'Kamus data tersedia, siap lewat layanan penghubung',
    'Terhubung seketika dengan basis data terpadu',
  ]),
  criterion('Y8', ['Penanggung jawab teknis', 'Teknis'], 10, 0.9, [
    'Tidak ada; diserahkan ke pihak ketiga',
    'Hanya operator',
    'Pranata komputer atau tim OPD yang mengawal',
    'Unit pengelola tetap dengan jaminan pemeliharaan',
  ]),
]
