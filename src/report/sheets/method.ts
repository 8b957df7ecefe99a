import type { ReportAssessment, ReportCriterion } from '../data.ts'
import {
  type ColumnDoc,
  headings,
  letterOf,
  type Piece,
  type Row,
  type SheetPlan,
  titleBand,
} from '../layout.ts'
import { onPages, pageHeight } from '../page.ts'
import type { Source } from './context.ts'

/** Where the values of the levels stand: the single ratings look their value up there. */
export type LevelTable = {
  /** A formula for the value of the level in one cell, by the criterion's code in another. */
  lookup: (codeCell: string, levelCell: string) => string
}

const columns: ColumnDoc[] = [
  { heading: 'Kode', type: 'text', meaning: 'Kode kriteria.' },
  { heading: 'Kriteria', type: 'text', meaning: 'Nama kriteria.' },
  { heading: 'Pertanyaan', type: 'text', meaning: 'Pertanyaan yang dijawab kriteria itu.' },
  { heading: 'Bobot', type: 'decimal', meaning: 'Bobot kriteria.', unit: 'persen' },
  {
    heading: 'Tingkat 1 …',
    type: 'decimal',
    meaning: 'Nilai setiap tingkat, 0 sampai 1; dirujuk lembar Nilai Tunggal.',
  },
  { heading: 'Uraian', type: 'text', meaning: 'Uraian tertulis setiap tingkat.' },
  {
    heading: 'Urusan pemerintahan dan sumbernya',
    type: 'text',
    meaning:
      'Daftar urusan yang dapat dipilih OPD, dengan sumber rujukan dan hari terakhir dibandingkan dengan sumber itu.',
  },
]

const widths = [12, 40, 52, 12]
const levelWidth = 12
/** Title, sentence, heading of the section: then the headings of the values. */
const valueHeader = 4

export function methodSheet(source: Source): { plan: SheetPlan; levels: LevelTable } {
  const { criteria } = source.data.assessment
  const numbers = levelNumbers(criteria)
  const across = widths.length + Math.max(numbers.length, 5)
  const all = [...widths, ...Array.from({ length: across - widths.length }, () => levelWidth)]
  const blocks: Row[][] = [
    [
      ...titleBand(
        'Metode',
        'Bagaimana skor, peringkat, dan tahap dihitung, dan dari mana asalnya.',
        across,
      ),
      section('Kriteria, bobot, dan nilai tingkat', across),
      ...valueRows(criteria, numbers),
    ],
    formulaRows(source, across),
    peopleRows(source, across),
    anchorRows(criteria, across),
    affairRows(source, across),
  ]
  const plan: SheetPlan = {
    name: 'Metode',
    widths: all,
    rows: onPages(blocks, all, pageHeight(source.data.government.paper, all)),
    freeze: { rows: 2, columns: 0 },
    pagesWide: 1,
    count: criteria.length,
    columns,
  }
  return { plan, levels: levelTable(criteria, numbers) }
}

function levelNumbers(criteria: readonly ReportCriterion[]): number[] {
  const all = criteria.flatMap((criterion) => criterion.levels.map((each) => each.level))
  return [...new Set(all)].toSorted((a, b) => a - b)
}

function levelTable(criteria: readonly ReportCriterion[], numbers: readonly number[]): LevelTable {
  const first = valueHeader + 1
  const last = valueHeader + Math.max(1, criteria.length)
  const from = letterOf(widths.length)
  const to = letterOf(widths.length + Math.max(1, numbers.length) - 1)
  const values = `Metode!$${from}$${first}:$${to}$${last}`
  const codes = `Metode!$A$${first}:$A$${last}`
  const levels = `Metode!$${from}$${valueHeader}:$${to}$${valueHeader}`
  return {
    lookup: (code, level) =>
      `INDEX(${values},MATCH(${code},${codes},0),MATCH(${level},${levels},0))`,
  }
}

function valueRows(criteria: readonly ReportCriterion[], numbers: readonly number[]): Row[] {
  const head: Row = {
    pieces: [
      ...headings(columns.slice(0, widths.length)).pieces,
      ...numbers.map((number): Piece => ({ value: number, as: 'int', look: 'header' })),
    ],
  }
  const rows = criteria.map((criterion): Row => {
    const fixed: Piece[] = [
      { value: criterion.code, look: 'body' },
      {
        value: criterion.name + (criterion.derived ? ' (dihitung dari inventaris)' : ''),
        look: 'body',
      },
      { value: criterion.question, look: 'body' },
      { value: criterion.weight * 100, as: 'decimal', look: 'body' },
    ]
    const values = numbers.map((number): Piece => {
      const level = criterion.levels.find((each) => each.level === number)
      return { value: level?.value ?? null, as: 'decimal', look: 'body' }
    })
    return { pieces: [...fixed, ...values] }
  })
  return [head, ...rows]
}

function formulaRows(source: Source, across: number): Row[] {
  const { data, t, format } = source
  const { assessment } = data
  return [
    blank(),
    section('Cara menghitung', across),
    ...[
      'Skor = 100 × jumlah (bobot × rata-rata nilai tingkat) dibagi jumlah bobot. Nilai setiap tingkat tertulis di atas; rata-rata diambil atas semua penilai yang menilai usulan itu (penjumlahan berbobot sederhana; Hwang & Yoon, 1981).',
      'Menambah usulan baru tidak mengubah skor usulan lain. Penilaian yang kosong tidak pernah dihitung 0.',
      `Usulan lengkap bila setiap kriteria memiliki sekurang-kurangnya ${assessment.round?.minimum ?? 1} penilaian. Hanya yang lengkap diperingkat; yang belum lengkap dicantumkan di bawahnya.`,
      'Peringkat hitungan memakai skor yang dibulatkan sampai 9 desimal; skor sama berarti peringkat sama (1, 2, 2, 4).',
      'Penilai yang berasal dari OPD pengusul tidak menilai usulan OPD-nya.',
      'Kesiapan infrastruktur dihitung dari inventaris lokasi pemakaian dan berlaku sebagai penilaian setiap penilai yang tidak memberi tingkat lain dengan catatan.',
      'Empat pemeriksaan syarat (tupoksi, internet, aplikasi nasional, aplikasi serupa) berdiri di samping skor dan tidak mengubahnya.',
      'Penetapan dibuat oleh pejabat dan dapat berbeda dari peringkat hitungan; keduanya selalu ditampilkan berdampingan.',
      'Tahap hitungan: usulan yang ditetapkan lebih dahulu, lalu menurut peringkat; yang tidak muat dalam pagu atau kapasitas dilewati dengan alasan. Biaya tertinggi jatuh pada tahun pertama tahapnya, biaya operasional pada tahun-tahun sesudahnya.',
    ].map((text) => paragraph(text, across)),
    blank(),
    section('Set kriteria, bobot, dan putaran', across),
    ...pairs(
      [
        ['Set kriteria', setText(assessment, source)],
        ['Asal set', assessment.set?.origin ?? null],
        ['Bobot', weightingText(assessment, t, format)],
        ['Putaran penilaian', roundText(assessment, source)],
        ['Penilai', `${assessment.assessors.length} orang`],
        [
          'Standar bandwidth',
          `${format.mbps(data.standards.kbpsPerUser)} Mbps per pengguna komputer, paling sedikit ${format.mbps(data.standards.minKbps)} Mbps`,
        ],
        [
          'Standar perangkat',
          `Satu PC atau laptop baik untuk ${format.number(data.standards.usersPerPc)} pengguna komputer`,
        ],
      ],
      across,
    ),
  ]
}

function setText({ set }: ReportAssessment, { label, format }: Source): string {
  if (!set) return 'Belum ada set kriteria yang ditetapkan'
  const state = label('setState', set.state as never)
  return `${set.name} (${set.frozenAt ? `${state} ${format.dateTime(set.frozenAt)}` : state})`
}

/** How the weights were made, and by whom they were adopted. */
export function weightingText(
  { weighting }: ReportAssessment,
  t: Source['t'],
  format: Source['format'],
): string {
  if (!weighting) return 'Belum ada bobot yang ditetapkan'
  const by = [weighting.adoptedBy, weighting.office].filter((text) => text).join(', ')
  return [
    `${weighting.name} (${t.label('weightingMethod', weighting.method as never)})`,
    weighting.adoptedOn ? `ditetapkan ${format.date(weighting.adoptedOn)}` : '',
    by ? `oleh ${by}` : '',
    weighting.document ?? '',
  ]
    .filter((text) => text !== '')
    .join('; ')
}

function roundText({ round }: ReportAssessment, { label, format, session }: Source): string {
  if (!round) return 'Belum ada putaran penilaian'
  return [
    `${round.name} (${label('roundState', round.state as never)})`,
    round.due ? `tenggat ${format.date(round.due)}` : '',
    session(round.sessionId) ?? '',
  ]
    .filter((text) => text !== '')
    .join('; ')
}

/** In the internal copy: who rated, and who did not rate what. */
function peopleRows({ data, internal, opd, proposal }: Source, across: number): Row[] {
  const { assessors, recusals } = data.assessment
  if (!internal || assessors.length === 0) return []
  const names = new Map(assessors.map((each) => [each.id, each.name]))
  const of = (each: (typeof assessors)[number]) =>
    [each.office, each.opdId === null ? null : opd(each.opdId).name]
      .filter((text) => text !== null)
      .join('; ')
  const absent = recusals.map((each): readonly [string, string] => {
    const about = proposal(each.proposalId)
    const instead = each.by ? `; digantikan ${each.by}` : ''
    return [
      names.get(each.assessorId) ?? '',
      `Tidak menilai ${about?.number ?? ''} ${about?.title ?? ''}: ${each.reason}${instead}`,
    ]
  })
  return [
    blank(),
    section('Penilai (salinan internal)', across),
    ...pairs([...assessors.map((each) => [each.name, of(each)] as const), ...absent], across),
  ]
}

function anchorRows(criteria: readonly ReportCriterion[], across: number): Row[] {
  const rows = criteria.flatMap((criterion) => [
    {
      pieces: [
        { value: criterion.code, look: 'label' },
        { value: criterion.name, look: 'label' },
      ],
    } satisfies Row,
    ...criterion.levels.map(
      (level): Row => ({
        pieces: [
          { value: level.level, as: 'int', look: 'body' },
          { value: level.anchor, look: 'body', span: across - 1 },
        ],
      }),
    ),
  ])
  return [blank(), section('Uraian tingkat', across), ...rows]
}

/** Where the affairs that OPD handle come from, and when each was compared with it. */
function affairRows({ data, label, format }: Source, across: number): Row[] {
  if (data.affairs.length === 0) return []
  const columns = [
    ['Kode', 1],
    ['Urusan', 1],
    ['Sumber', 1],
    ['Kelompok', 2],
    ['Diperiksa', across - 5],
  ] as const
  const rows = data.affairs.map((each): Row => {
    const verified = each.verifiedOn ? format.date(each.verifiedOn) : 'Belum'
    const group = label('affairGroup', each.grouping as never)
    const texts = [each.code, each.name, each.source, group, verified]
    return {
      pieces: columns.map(([, span], index) => ({
        value: texts[index] ?? null,
        look: 'body',
        span,
      })),
    }
  })
  return [
    blank(),
    section('Urusan pemerintahan dan sumbernya', across),
    { pieces: columns.map(([value, span]) => ({ value, look: 'header', span })) },
    ...rows,
  ]
}

export function section(text: string, across: number): Row {
  return {
    pieces: Array.from({ length: across }, (_, index) => ({
      value: index === 0 ? text : null,
      look: 'section',
    })),
    height: 22,
  }
}

export function blank(): Row {
  return { pieces: [], height: 8 }
}

/** One paragraph across the sheet. */
export function paragraph(text: string, across: number): Row {
  return { pieces: [{ value: text, look: 'coverText', span: across }] }
}

function pairs(rows: readonly (readonly [string, string | null])[], across: number): Row[] {
  return rows.map(([name, value]) => ({
    pieces: [
      { value: name, look: 'label', span: 2 },
      { value, look: 'coverText', span: across - 2 },
    ],
  }))
}
