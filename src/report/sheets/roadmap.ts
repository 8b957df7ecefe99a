import { sum } from '../../domain/scoring.ts'
import type { ReportData, ReportPhase, ReportPlacement } from '../data.ts'
import { costOf } from '../figures.ts'
import { type Column, type Piece, type Row, type Table, tableSheet } from '../layout.ts'
import { type Source, withOrigin } from './context.ts'

/** Every year of the plan and of its phases. */
export function planYears({ government, plan }: ReportData): number[] {
  const from = Math.min(government.yearFrom, ...plan.phases.map((each) => each.yearFrom))
  const to = Math.max(government.yearTo, ...plan.phases.map((each) => each.yearTo))
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

export const yearKey = (year: number) => `year ${year}`

/** Columns before the name of a sum. */
const before = 7
/** Rows above the headings: phase, sum of the year, ceiling, used, remaining, without estimate. */
const totalRow = 4
const ceilingRow = 5
export const usedRow = 6

/** Phase and year by application; its sums by year stand above it, beside the ceilings. */
export function roadmapSheet(source: Source) {
  const { data, proposal } = source
  const years = planYears(data)
  const columns = columnsOf(source, years)
  return tableSheet({
    name: 'Peta Jalan',
    lede: 'Biaya tertinggi jatuh pada tahun pertama tahapnya, biaya operasional pada tahun-tahun sesudahnya. Yang belum ada perkiraan tidak dijumlahkan.',
    columns: withOrigin(columns, (row) => proposal(row.proposalId)?.example ?? null),
    rows: data.plan.placements,
    aboveCount: 6,
    above: (table) => sums(data, years, table),
    frozenColumns: 3,
  })
}

function columnsOf(source: Source, years: readonly number[]): Column<ReportPlacement>[] {
  const { data, proposal, opd, label, words } = source
  const phases = new Map(data.plan.phases.map((each) => [each.id, each]))
  const yearColumns = years.map(
    (year): Column<ReportPlacement> => ({
      key: yearKey(year),
      heading: String(year),
      width: 22,
      type: 'money',
      meaning: `Biaya yang jatuh pada tahun ${year}.`,
      unit: 'rupiah',
      value: (row) => row.years.find((each) => each.year === year)?.cost ?? null,
    }),
  )
  return [
    {
      key: 'no',
      heading: 'No',
      width: 7,
      type: 'int',
      meaning: 'Urutan pada peta jalan.',
      value: (_, { index }) => index + 1,
    },
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
      heading: 'Nama',
      width: 40,
      type: 'text',
      meaning: 'Nama aplikasi yang diusulkan.',
      value: (row) => proposal(row.proposalId)?.title ?? null,
    },
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD penanggung jawab pada lembar OPD.',
      value: (row) => opd(proposal(row.proposalId)?.opdId ?? 0).code,
    },
    {
      key: 'opd',
      heading: 'OPD Penanggung Jawab',
      width: 30,
      type: 'text',
      meaning: 'OPD pengusul.',
      fields: ['opdId'],
      value: (row) => opd(proposal(row.proposalId)?.opdId ?? 0).name,
    },
    {
      key: 'phase',
      heading: 'Tahap',
      width: 24,
      type: 'text',
      meaning: 'Tahap tempat usulan berada; bila tidak dalam tahap mana pun, sebabnya.',
      value: (row) => phases.get(row.phaseId ?? 0)?.name ?? notPlaced(source, row),
    },
    {
      key: 'by',
      heading: 'Dasar Tahap',
      width: 14,
      type: 'text',
      meaning: 'Tahap ditetapkan pejabat, atau dihitung menurut peringkat.',
      allowed: ['Ditetapkan', 'Hitungan'],
      value: (row) => (row.phaseId === null ? null : row.decided ? 'Ditetapkan' : 'Hitungan'),
    },
    {
      key: 'way',
      heading: 'Cara Pemenuhan',
      width: 22,
      type: 'text',
      meaning:
        'Cara memenuhi kebutuhan. Memakai aplikasi nasional berdiri sebagai adopsi dan tidak memakai kapasitas.',
      allowed: words('way'),
      value: (row) => label('way', proposal(row.proposalId)?.way) || null,
    },
    ...yearColumns,
    {
      key: 'estimate',
      heading: 'Indikasi Biaya (Rp)',
      width: 23,
      type: 'money',
      meaning: 'Perkiraan biaya tertinggi; kosong berarti belum ada perkiraan.',
      unit: 'rupiah',
      fields: ['costHigh'],
      value: (row) => {
        const found = proposal(row.proposalId)
        return found ? costOf(found) : null
      },
    },
    {
      key: 'fund',
      heading: 'Sumber Dana',
      width: 18,
      type: 'text',
      meaning: 'Sumber dana yang direncanakan.',
      allowed: words('fund'),
      value: (row) => label('fund', proposal(row.proposalId)?.fund as never) || null,
    },
    {
      key: 'total',
      heading: 'Jumlah Tahun-Tahun',
      width: 23,
      type: 'money',
      meaning: 'Jumlah biaya pada semua tahun.',
      unit: 'rupiah',
      computed: true,
      value: (row, { of }) => ({
        formula: `SUM(${of(yearKey(years[0] ?? 0))}:${of(yearKey(years.at(-1) ?? 0))})`,
        result: sum(row.years.map((each) => each.cost)),
      }),
    },
  ]
}

function notPlaced(source: Source, row: ReportPlacement): string {
  const decision = source.proposal(row.proposalId)?.decision
  if (decision?.outcome === 'accepted') return 'Tahap berikutnya, belum ditentukan'
  if (decision) return source.label('outcome', decision.outcome)
  return row.reason === 'unranked' ? 'Belum diperingkat' : 'Belum muat dalam tahap mana pun'
}

/** Above the headings: phase, sum of each year, ceiling, what is used of it and what remains. */
function sums(data: ReportData, years: readonly number[], table: Table): Row[] {
  const { phases, placements } = data.plan
  const costIn = (year: number) =>
    sum(
      placements
        .flatMap((row) => row.years.filter((each) => each.year === year))
        .map((each) => each.cost),
    )
  const yearCell = (year: number) => `${table.letter(yearKey(year))}${totalRow}`
  const used = (phase: ReportPhase) => sum(years.filter((year) => inPhase(phase, year)).map(costIn))
  const usedFormula = (phase: ReportPhase) =>
    `SUM(${yearCell(phase.yearFrom)}:${yearCell(phase.yearTo)})`
  const line = (name: string, look: Piece['look'], cells: (Piece | null)[]): Row => ({
    pieces: [
      ...Array.from({ length: before }, () => null),
      { value: name, look: 'label' },
      ...cells,
    ],
    ...(look === 'header' && { height: 20 }),
  })
  const byPhase = (value: (phase: ReportPhase) => Piece) => acrossYears(phases, years, value)
  const total = (year: number): Piece => ({
    value: {
      formula: `SUM(${table.letter(yearKey(year))}${table.first}:${table.letter(yearKey(year))}${table.last})`,
      result: costIn(year),
    },
    as: 'money',
    look: 'total',
  })
  const money = (value: Piece['value']): Piece => ({ value, as: 'money', look: 'total' })
  return [
    line(
      'Tahap',
      'header',
      byPhase((phase) => ({ value: phase.name, look: 'header' })),
    ),
    line('Jumlah per tahun', 'total', years.map(total)),
    line(
      'Pagu tahap',
      'total',
      byPhase((phase) => money(phase.ceiling ?? 'Tanpa pagu')),
    ),
    line(
      'Terpakai',
      'total',
      byPhase((phase) => money({ formula: usedFormula(phase), result: used(phase) })),
    ),
    line(
      'Sisa pagu',
      'total',
      byPhase((phase) => remaining(phase, used(phase), table)),
    ),
    line(
      'Belum ada perkiraan biaya',
      'total',
      byPhase((phase) => ({ value: uncounted(data, phase), as: 'int', look: 'total' })),
    ),
  ]
}

function remaining(phase: ReportPhase, used: number, table: Table): Piece {
  if (phase.ceiling === null) return { value: null, look: 'total' }
  const letter = table.letter(yearKey(phase.yearFrom))
  const formula = `${letter}${ceilingRow}-${letter}${usedRow}`
  return { value: { formula, result: phase.ceiling - used }, as: 'money', look: 'total' }
}

function uncounted({ plan }: ReportData, phase: ReportPhase): number {
  return plan.uses.find((each) => each.phaseId === phase.id)?.uncounted ?? 0
}

function inPhase(phase: ReportPhase, year: number): boolean {
  return phase.yearFrom <= year && year <= phase.yearTo
}

/**
 * One piece a phase, under its first year; its other years carry the colour on. Not merged: a merged
 * cell would be cut where the printed page ends.
 */
function acrossYears(
  phases: readonly ReportPhase[],
  years: readonly number[],
  value: (phase: ReportPhase) => Piece,
): (Piece | null)[] {
  return years.map((year): Piece | null => {
    const phase = phases.find((each) => inPhase(each, year))
    if (!phase) return null
    const piece = value(phase)
    return phase.yearFrom === year ? piece : { ...piece, value: null }
  })
}
