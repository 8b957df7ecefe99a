import type { ReportAssessment, ReportRating } from '../data.ts'
import { type Column, type Table, tableSheet } from '../layout.ts'
import type { Source } from './context.ts'
import type { LevelTable } from './method.ts'

/** Where the counting ratings of one proposal and criterion stand, as a range of their values. */
export type RatingBlocks = (proposalId: number, criterionId: number) => string | undefined

export function ratingSheet(source: Source, levels: LevelTable) {
  const { data, proposal } = source
  const { criteria } = data.assessment
  const codes = new Map(criteria.map((each) => [each.id, each.code]))
  const names = assessorNames(source)
  const columns: Column<ReportRating>[] = [
    {
      key: 'number',
      heading: 'Nomor',
      width: 15,
      type: 'text',
      meaning: 'Nomor usulan pada lembar Usulan Aplikasi.',
      value: (row) => proposal(row.proposalId)?.number ?? null,
    },
    {
      key: 'title',
      heading: 'Usulan',
      width: 46,
      type: 'text',
      meaning: 'Nama usulan.',
      value: (row) => proposal(row.proposalId)?.title ?? null,
    },
    {
      key: 'criterion',
      heading: 'Kriteria',
      width: 11,
      type: 'text',
      meaning: 'Kode kriteria pada lembar Metode.',
      value: (row) => codes.get(row.criterionId) ?? null,
    },
    {
      key: 'assessor',
      heading: 'Penilai',
      width: 24,
      type: 'text',
      meaning: source.internal
        ? 'Nama penilai. Salinan internal: tidak untuk diedarkan.'
        : 'Penilai disebut dengan nomor; namanya hanya ada dalam salinan internal perencana.',
      value: (row) => names.get(row.assessorId) ?? null,
    },
    {
      key: 'level',
      heading: 'Tingkat',
      width: 13,
      type: 'int',
      meaning: 'Tingkat yang diberikan; uraiannya pada lembar Metode.',
      value: (row) => row.level,
    },
    {
      key: 'source',
      heading: 'Asal',
      width: 22,
      type: 'text',
      meaning:
        'Penilaian seseorang, atau hitungan dari inventaris yang berlaku bagi penilai yang tidak memberi tingkat lain.',
      allowed: ['Penilai', 'Hitungan inventaris'],
      value: (row) => (row.derived ? 'Hitungan inventaris' : 'Penilai'),
    },
    {
      key: 'counts',
      heading: 'Dihitung',
      width: 30,
      type: 'text',
      meaning: 'Apakah penilaian ini masuk rata-rata; bila tidak, sebabnya.',
      allowed: ['Ya', ...Object.values(reasons)],
      value: (row) => (row.ignored ? reasons[row.ignored] : 'Ya'),
    },
    ...(source.internal ? [noteColumn] : []),
    {
      key: 'value',
      heading: 'Nilai',
      width: 13,
      type: 'decimal',
      meaning: 'Nilai tingkat itu, 0 sampai 1, dicari pada lembar Metode.',
      computed: true,
      value: (row, { of }) => ({
        formula: levels.lookup(of('criterion'), of('level')),
        result: row.value,
      }),
    },
  ]
  const { plan, table } = tableSheet({
    name: 'Nilai Tunggal',
    lede: 'Setiap penilaian satu baris, diurutkan menurut usulan dan kriteria.',
    columns,
    rows: data.assessment.ratings,
    frozenColumns: 3,
  })
  return { plan, blocks: blocksOf(data.assessment, table) }
}

const reasons = {
  own: 'Tidak: berasal dari OPD pengusul',
  excused: 'Tidak: berhalangan atau mengundurkan diri',
  unassigned: 'Tidak: bukan tugasnya',
} as const

const noteColumn: Column<ReportRating> = {
  key: 'note',
  heading: 'Catatan',
  width: 40,
  type: 'text',
  meaning: 'Catatan penilai.',
  value: (row) => row.note,
}

/** By name in the internal copy, else `Penilai 1` … in an order that does not tell the name. */
function assessorNames({ data, internal }: Source): Map<number, string> {
  const numbered = data.assessment.assessors.toSorted((a, b) => a.id - b.id)
  return new Map(
    numbered.map((each, index) => [each.id, internal ? each.name : `Penilai ${index + 1}`]),
  )
}

function blocksOf({ ratings }: ReportAssessment, table: Table): RatingBlocks {
  const blocks = new Map<string, { from: number; to: number }>()
  for (const [index, rating] of ratings.entries()) {
    if (rating.ignored) continue
    const key = `${rating.proposalId} ${rating.criterionId}`
    const known = blocks.get(key)
    if (known) known.to = index
    else blocks.set(key, { from: index, to: index })
  }
  const letter = table.letter('value')
  return (proposalId, criterionId) => {
    const block = blocks.get(`${proposalId} ${criterionId}`)
    if (!block) return undefined
    const row = (index: number) => table.first + index
    return `'Nilai Tunggal'!$${letter}$${row(block.from)}:$${letter}$${row(block.to)}`
  }
}
