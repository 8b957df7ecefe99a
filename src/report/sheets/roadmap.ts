import { sum } from '../../domain/scoring.ts'
import type { ReportData, ReportNeed, ReportPhase, ReportPlacement } from '../data.ts'
import { costOf } from '../figures.ts'
import { type Column, type Piece, type Row, type Table, tableSheet } from '../layout.ts'
import { joined, type Source, withOrigin } from './context.ts'

/** Every year of the plan and of its phases. */
export function planYears({ government, plan }: ReportData): number[] {
  const from = Math.min(government.yearFrom, ...plan.phases.map((each) => each.yearFrom))
  const to = Math.max(government.yearTo, ...plan.phases.map((each) => each.yearTo))
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

export const yearKey = (year: number) => `year ${year}`

/** What a line of the roadmap is: an application that is proposed, or an infrastructure need. */
export const lineKinds = { proposal: 'Usulan', need: 'Kebutuhan' } as const

type ProposalLine = { kind: 'proposal'; placement: ReportPlacement }
type NeedLine = { kind: 'need'; need: ReportNeed }
type Line = ProposalLine | NeedLine

/** The applications in the order of the roadmap, then the needs by year; dropped ones are left out. */
function linesOf({ plan, needs }: ReportData): Line[] {
  const year = (need: ReportNeed) => need.year ?? Number.MAX_SAFE_INTEGER
  return [
    ...plan.placements.map((placement): Line => ({ kind: 'proposal', placement })),
    ...needs
      .filter((need) => need.state !== 'dropped')
      .toSorted((a, b) => year(a) - year(b))
      .map((need): Line => ({ kind: 'need', need })),
  ]
}

/** Rupiah of a need that fall in a year; null where it is of another year or not known. */
export function needCostIn(need: ReportNeed, year: number): number | null {
  return need.year === year && need.state !== 'dropped' ? need.cost : null
}

export const runningNote =
  'Jumlah setiap tahap termasuk biaya operasional aplikasi dari tahap sebelumnya.'

/** Whether an application of a phase still costs something in a later one. */
export function runsOn({ plan }: ReportData): boolean {
  const lastYear = new Map(plan.phases.map((each) => [each.id, each.yearTo]))
  return plan.placements.some(({ phaseId, years }) => {
    const last = lastYear.get(phaseId ?? 0)
    return last !== undefined && years.some(({ year, cost }) => cost > 0 && year > last)
  })
}

/** Columns before the name of a sum, and those that the name takes. */
const before = 3
const named = 2
/** Rows above the headings: phase, sum of the year, ceiling, used, remaining, without estimate, needs. */
const totalRow = 4
const ceilingRow = 5
export const usedRow = 6

/** Phase and year by application; its sums by year stand above it, beside the ceilings. */
export function roadmapSheet(source: Source) {
  const { data, proposal } = source
  const years = planYears(data)
  const columns = columnsOf(source, years)
  const exampleOf = (line: Line) =>
    line.kind === 'need'
      ? line.need.example
      : (proposal(line.placement.proposalId)?.example ?? null)
  return tableSheet({
    name: 'Peta Jalan',
    lede: `Biaya tertinggi pada tahun pertama tahapnya, biaya operasional sesudahnya${runsOn(data) ? ' (ikut dalam jumlah tahap berikutnya)' : ''}; kebutuhan infrastruktur pada tahunnya, di luar pagu. Yang belum ada perkiraan tidak dijumlahkan.`,
    columns: withOrigin(columns, exampleOf),
    rows: linesOf(data),
    aboveCount: 7,
    above: (table) => sums(data, years, table),
    frozenColumns: 3,
  })
}

function columnsOf(source: Source, years: readonly number[]): Column<Line>[] {
  const { data, proposal, opd, location, label, words } = source
  const phases = new Map(data.plan.phases.map((each) => [each.id, each]))
  const of = (line: Line) =>
    line.kind === 'proposal' ? proposal(line.placement.proposalId) : undefined
  const opdOf = (line: Line) => opd(line.kind === 'need' ? line.need.opdId : (of(line)?.opdId ?? 0))
  const costIn = (line: Line, year: number) =>
    line.kind === 'need'
      ? needCostIn(line.need, year)
      : (line.placement.years.find((each) => each.year === year)?.cost ?? null)
  const yearColumns = years.map(
    (year): Column<Line> => ({
      key: yearKey(year),
      heading: String(year),
      width: 16,
      type: 'money',
      meaning: `Biaya yang jatuh pada tahun ${year}.`,
      unit: 'rupiah',
      value: (line) => costIn(line, year),
    }),
  )
  return [
    {
      key: 'no',
      heading: 'No',
      width: 5,
      type: 'int',
      meaning: 'Urutan pada peta jalan.',
      value: (_, { index }) => index + 1,
    },
    {
      key: 'number',
      heading: 'Nomor',
      width: 13,
      type: 'text',
      meaning: 'Nomor usulan pada lembar Usulan Aplikasi.',
      value: (line) => of(line)?.number ?? null,
    },
    {
      key: 'title',
      heading: 'Nama',
      width: 34,
      type: 'text',
      meaning: 'Nama aplikasi yang diusulkan, atau uraian dan lokasi kebutuhan.',
      fields: ['text'],
      value: (line) =>
        line.kind === 'need'
          ? joined([line.need.text, location(line.need.locationId ?? 0)?.name ?? []].flat())
          : (of(line)?.title ?? null),
    },
    {
      key: 'opd',
      heading: 'OPD Penanggung Jawab',
      width: 24,
      type: 'text',
      meaning: 'OPD pengusul, atau OPD yang membutuhkan.',
      fields: ['opdId'],
      value: (line) => opdOf(line).name,
    },
    {
      key: 'phase',
      heading: 'Tahap',
      width: 14,
      type: 'text',
      meaning:
        'Tahap tempat usulan berada; bila tidak dalam tahap mana pun, sebabnya. Kebutuhan berada di tahap yang memuat tahunnya.',
      value: (line) =>
        line.kind === 'need'
          ? phaseOfNeed(data.plan.phases, line.need)
          : (phases.get(line.placement.phaseId ?? 0)?.name ?? notPlaced(source, line.placement)),
    },
    ...yearColumns,
    {
      key: 'total',
      heading: 'Jumlah Tahun-Tahun',
      width: 18,
      type: 'money',
      meaning: 'Jumlah biaya pada semua tahun.',
      unit: 'rupiah',
      computed: true,
      value: (line, { of: cell }) => ({
        formula: `SUM(${cell(yearKey(years[0] ?? 0))}:${cell(yearKey(years.at(-1) ?? 0))})`,
        result: sum(years.map((year) => costIn(line, year) ?? 0)),
      }),
    },
    {
      key: 'estimate',
      heading: 'Indikasi Biaya (Rp)',
      width: 18,
      type: 'money',
      meaning: 'Perkiraan biaya tertinggi; kosong berarti belum ada perkiraan.',
      unit: 'rupiah',
      fields: ['costHigh', 'cost'],
      value: (line) => {
        if (line.kind === 'need') return line.need.cost
        const found = of(line)
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
      value: (line) =>
        label('fund', line.kind === 'need' ? line.need.fund : of(line)?.fund) || null,
    },
    {
      key: 'by',
      heading: 'Dasar Tahap',
      width: 14,
      type: 'text',
      meaning:
        'Tahap usulan ditetapkan pejabat, dipindahkan perencana, atau dihitung menurut peringkat; untuk kebutuhan, keadaannya.',
      allowed: ['Ditetapkan', 'Dipindahkan', 'Hitungan', ...words('needState')],
      fields: ['state'],
      value: (line) => {
        if (line.kind === 'need') return label('needState', line.need.state)
        if (line.placement.phaseId === null) return null
        if (line.placement.decided) return 'Ditetapkan'
        return line.placement.move ? 'Dipindahkan' : 'Hitungan'
      },
    },
    {
      key: 'kind',
      heading: 'Jenis',
      width: 12,
      type: 'text',
      meaning: 'Usulan aplikasi, atau kebutuhan infrastruktur.',
      allowed: Object.values(lineKinds),
      value: (line) => lineKinds[line.kind],
    },
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 12,
      type: 'text',
      meaning: 'Kode OPD penanggung jawab pada lembar OPD.',
      value: (line) => opdOf(line).code,
    },
    {
      key: 'way',
      heading: 'Cara Pemenuhan',
      width: 20,
      type: 'text',
      meaning:
        'Cara memenuhi usulan, atau jenis kebutuhan. Memakai aplikasi nasional berdiri sebagai adopsi dan tidak memakai kapasitas.',
      allowed: [...words('way'), ...words('needKind')],
      value: (line) =>
        line.kind === 'need'
          ? label('needKind', line.need.kind)
          : label('way', of(line)?.way) || null,
    },
    {
      key: 'requires',
      heading: 'Prasyarat',
      width: 16,
      type: 'text',
      meaning: 'Nomor usulan yang harus ada lebih dahulu.',
      value: (line) => (line.kind === 'need' ? null : joined(line.placement.requires)),
    },
    {
      key: 'move',
      heading: 'Pemindahan',
      width: 32,
      type: 'text',
      meaning: 'Tahap menurut hitungan, dan alasan perencana memindahkannya dari sana.',
      fields: ['phaseId', 'reason'],
      value: (line) => {
        const move = line.kind === 'need' ? null : line.placement.move
        if (!move) return null
        const from = phases.get(move.computedPhaseId ?? 0)?.name ?? 'luar tahap'
        return `Dipindahkan dari ${from}: ${move.reason}`
      },
    },
  ]
}

function phaseOfNeed(phases: readonly ReportPhase[], { year }: ReportNeed): string {
  if (year === null) return 'Tahun belum ditentukan'
  return phases.find((phase) => inPhase(phase, year))?.name ?? `Tahun ${year}, di luar tahap`
}

function notPlaced(source: Source, row: ReportPlacement): string {
  const decision = source.proposal(row.proposalId)?.decision
  if (decision?.outcome === 'accepted') return 'Tahap berikutnya, belum ditentukan'
  if (decision) return source.label('outcome', decision.outcome)
  if (row.reason === 'unschedulable') return 'Menunggu prasyarat yang tidak ada di tahap mana pun'
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
  const column = (key: string) =>
    `${table.letter(key)}${table.first}:${table.letter(key)}${table.last}`
  const sumOf = (kind: Line['kind'], year: number) =>
    `SUMPRODUCT(--(${column('kind')}="${lineKinds[kind]}"),${column(yearKey(year))})`
  const yearCell = (year: number) => `${table.letter(yearKey(year))}${totalRow}`
  const used = (phase: ReportPhase) => sum(years.filter((year) => inPhase(phase, year)).map(costIn))
  const usedFormula = (phase: ReportPhase) =>
    `SUM(${yearCell(phase.yearFrom)}:${yearCell(phase.yearTo)})`
  const line = (name: string, look: Piece['look'], cells: (Piece | null)[]): Row => ({
    pieces: [
      ...Array.from({ length: before }, () => null),
      { value: name, look: 'label', span: named },
      ...cells,
    ],
    ...(look === 'header' && { height: 20 }),
  })
  const byPhase = (value: (phase: ReportPhase) => Piece) => acrossYears(phases, years, value)
  const total = (year: number): Piece => ({
    value: { formula: sumOf('proposal', year), result: costIn(year) },
    as: 'money',
    look: 'total',
  })
  const needed = (year: number): Piece => ({
    value: {
      formula: sumOf('need', year),
      result: sum(data.needs.map((need) => needCostIn(need, year) ?? 0)),
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
    line('Kebutuhan infrastruktur', 'total', years.map(needed)),
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
