import type { ReportCriterion, ReportStanding } from '../data.ts'
import { type Column, type Piece, type Row, type Table, tableSheet } from '../layout.ts'
import type { Source } from './context.ts'
import type { RatingBlocks } from './rating.ts'

/** The sheet with the mean values and the score, and where each proposal's score stands. */
export function scoreSheet(source: Source, blocks: RatingBlocks) {
  const { data, proposal, opd } = source
  const { criteria, standings } = data.assessment
  const rows = standings.filter((each) => each.group !== 'aside' || each.rated > 0)
  const columns: Column<ReportStanding>[] = [
    {
      key: 'number',
      heading: 'Nomor',
      width: 13,
      type: 'text',
      meaning: 'Nomor usulan pada lembar Usulan Aplikasi.',
      value: (row) => proposal(row.proposalId)?.number ?? null,
    },
    {
      key: 'title',
      heading: 'Usulan',
      width: 36,
      type: 'text',
      meaning: 'Nama usulan.',
      value: (row) => proposal(row.proposalId)?.title ?? null,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 28,
      type: 'text',
      meaning: 'OPD pengusul.',
      value: (row) => opd(proposal(row.proposalId)?.opdId ?? 0).name,
    },
    ...criteria.map((criterion, at) => meanColumn(criterion, at, blocks)),
    {
      key: 'state',
      heading: 'Keadaan Penilaian',
      width: 24,
      type: 'text',
      meaning: 'Lengkap, sementara, belum lengkap, atau belum dinilai, dengan jumlahnya.',
      computed: true,
      value: (row) => ratingState(source, row),
    },
    {
      key: 'score',
      heading: 'Skor',
      width: 10,
      type: 'score',
      meaning: 'Skor 0 sampai 100: 100 × jumlah (bobot × nilai) dibagi jumlah bobot.',
      unit: '0–100',
      computed: true,
      value: (row, { row: at, of }) => scoreOf(row, criteria, at, of),
    },
  ]
  const { plan, table } = tableSheet({
    name: 'Penilaian',
    lede: 'Rata-rata nilai setiap kriteria dan skornya. Bobot berada di baris di atas judul kolom.',
    columns,
    rows,
    aboveCount: 1,
    above: (own) => [weightRow(criteria, own, columns.length)],
    frozenColumns: 2,
  })
  return { plan, scores: scoreCells(table, rows) }
}

export type ScoreCells = (proposalId: number) => string | undefined

function scoreCells(table: Table, rows: readonly ReportStanding[]): ScoreCells {
  const places = new Map(rows.map((row, index) => [row.proposalId, index]))
  return (proposalId) => {
    const index = places.get(proposalId)
    return index === undefined ? undefined : table.cell('score', index)
  }
}

function meanColumn(
  criterion: ReportCriterion,
  at: number,
  blocks: RatingBlocks,
): Column<ReportStanding> {
  return {
    key: keyOf(criterion),
    heading: `${criterion.code} ${criterion.shortName}`,
    width: 13,
    type: 'score',
    meaning: `Rata-rata nilai ${criterion.name} atas semua penilai; kosong berarti belum ada penilaian.`,
    unit: '0–1',
    computed: true,
    value: (row) => {
      const mean = row.criteria[at]?.mean
      const block = blocks(row.proposalId, criterion.id)
      return mean == null || !block ? null : { formula: `AVERAGE(${block})`, result: mean }
    },
  }
}

function weightRow(criteria: readonly ReportCriterion[], table: Table, across: number): Row {
  const pieces: (Piece | null)[] = Array.from({ length: across }, () => null)
  const first = criteria[0]
  if (!first) return { pieces }
  const start = columnIndex(table.letter(keyOf(first)))
  pieces[start - 1] = { value: 'Bobot (%)', look: 'label' }
  for (const [index, criterion] of criteria.entries()) {
    pieces[start + index] = { value: criterion.weight * 100, as: 'decimal', look: 'total' }
  }
  return { pieces }
}

const weightRowNumber = 3

function scoreOf(
  row: ReportStanding,
  criteria: readonly ReportCriterion[],
  at: number,
  of: (key: string) => string,
) {
  const [first] = criteria
  const last = criteria.at(-1)
  if (!first || !last) return null
  const along = (number: number, fix: string) =>
    [first, last]
      .map((each) => `${fix}${of(keyOf(each)).replace(/\d+$/, '')}${fix}${number}`)
      .join(':')
  const means = along(at, '').replaceAll('$', '')
  const weights = along(weightRowNumber, '$')
  return {
    formula: `IF(COUNT(${means})=${criteria.length},100*SUMPRODUCT(${weights},${means})/SUM(${weights}),"")`,
    result: row.score ?? '',
  }
}

/** How far the rating of a proposal is, in words. */
export function ratingState({ data, label, t }: Source, row: ReportStanding): string {
  const of = data.assessment.criteria.length
  if (row.state === 'incomplete') return `Belum lengkap: ${row.rated} dari ${of} kriteria`
  if (row.state === 'provisional' && row.thinnest) {
    return `Sementara: ${row.thinnest.count} dari ${row.thinnest.needed} penilai`
  }
  return row.state === 'unrated' ? t('frame.notScored') : label('ratingState', row.state)
}

function keyOf(criterion: ReportCriterion): string {
  return `criterion ${criterion.id}`
}

function columnIndex(letter: string): number {
  return [...letter].reduce((index, each) => index * 26 + each.charCodeAt(0) - 64, 0) - 1
}
