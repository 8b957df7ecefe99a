import { lists } from '../../domain/words.ts'
import type { ReportStanding } from '../data.ts'
import { type Figures, figures, type OpdInternet, standings } from '../figures.ts'
import {
  type Cell,
  type ColumnType,
  type Piece,
  type Row,
  type SheetPlan,
  type Table,
  titleBand,
} from '../layout.ts'
import { onPages, pageHeight } from '../page.ts'
import { exampleWord, type Source, unrecorded } from './context.ts'
import { districtRows } from './districts.ts'
import { blank, paragraph, section } from './method.ts'
import { opdInternetWords, quoted } from './recap.ts'
import { runningNote, runsOn, usedRow, yearKey } from './roadmap.ts'
import { chartRows, standingWord, summaryCharts } from './summary-charts.ts'

export type SummaryTables = {
  recap: Table
  locations: Table
  needs: Table
  applications: Table
  proposals: Table
  matrix: Table
  roadmap: Table
}

const across = 12
const widths = Array.from({ length: across }, () => 14)

/** A few pages that can be read without the rest; every figure is a formula on the sheets. */
export function summarySheet(source: Source, tables: SummaryTables): SheetPlan {
  const found = figures(source.data)
  const first = firstBlocks(source, found, tables)
  const aboveCharts = first.flat().length + 1
  const charts = chartRows(summaryCharts(source, found), aboveCharts)
  const [firstCharts = [], ...otherCharts] = charts.blocks
  const aboveDistricts = aboveCharts + charts.blocks.flat().length + 2
  const blocks: Row[][] = [
    ...first,
    [section('Grafik, dengan kalimat yang dapat dikutip', across), ...firstCharts],
    ...otherCharts,
    [
      blank(),
      section('Infrastruktur menurut kecamatan', across),
      ...districtRows(source, tables, aboveDistricts),
    ],
    ...besides([
      block('Internet per OPD', internetByOpd(found, tables)),
      block('Internet per lokasi', internetByLocation(source, found, tables)),
      block('Perangkat menurut kondisi', devices(source, found, tables)),
      block('Kebutuhan infrastruktur menurut keadaan', needsByState(source, found, tables)),
      block('Aplikasi yang ada menurut pemakaian', applicationsByUse(source, found, tables)),
      block('Usulan menurut cara pemenuhan', byWay(source, found, tables)),
      block('Usulan menurut kedudukan', byStanding(source, found, tables)),
      block('Usulan menurut platform dan sifat', byPlatform(source, found, tables)),
    ]),
    [
      blank(),
      section('Kalimat yang dapat dikutip', across),
      ...sentences(source, found).map((text) => paragraph(text, across)),
    ],
  ]
  return {
    name: 'Ringkasan',
    widths,
    rows: onPages(blocks, widths, pageHeight(source.data.government.paper, widths)),
    pictures: charts.pictures,
    freeze: { rows: 2, columns: 0 },
    pagesWide: 1,
    count: found.first.length,
    columns: [
      {
        heading: 'Semua angka',
        type: 'int',
        meaning:
          'Dihitung dengan rumus dari lembar lain, kecuali kapasitas, pagu, dan biaya terendah setiap tahap; grafik memakai angka yang sama dengan tabelnya.',
        computed: true,
      },
    ],
  }
}

function firstBlocks(source: Source, found: Figures, tables: SummaryTables): Row[][] {
  return [
    [
      ...titleBand(
        'Ringkasan',
        `${source.data.government.name}, keadaan per ${source.format.dateTime(source.data.at)}`,
        across,
      ),
      blank(),
      ...cards(found, tables),
      blank(),
    ],
    [
      section('Sepuluh usulan teratas menurut peringkat hitungan', across),
      ...firstTen(source, found, tables.matrix),
      blank(),
    ],
    [section('Biaya menurut tahap', across), ...phaseRows(source, found, tables.roadmap), blank()],
  ]
}

/** The lines of the recapitulation that are an OPD of today, not a unit of one. */
function isOpd(recap: Table): string {
  return `--(${recap.range('code')}<>""),--(${recap.range('parent')}=""),--(${recap.range('ended')}="")`
}

type Line = { name: string; value: Cell; as?: ColumnType }

function cards(found: Figures, { recap, proposals }: SummaryTables): Row[] {
  const connected = found.locationsByInternet.yes + found.locationsByInternet.limited
  const all: Line[] = [
    {
      name: `OPD; ${found.opdsByInternet.unrecorded} belum didata internetnya`,
      value: { formula: `SUMPRODUCT(${isOpd(recap)})`, result: found.opds },
    },
    {
      name: `dari ${found.locations} lokasi berinternet; ${found.locationsByInternet.limited} terbatas`,
      value: {
        formula: `SUMPRODUCT(--(${recap.range('parent')}=""),${recap.range('connected')})`,
        result: connected,
      },
    },
    {
      name: 'usulan aplikasi diajukan',
      value: { formula: `COUNTA(${proposals.range('number')})`, result: found.proposals },
    },
    {
      name: `perkiraan biaya; ${found.withoutCost} usulan belum ada perkiraan`,
      value: { formula: `SUM(${proposals.range('costHigh')})`, result: found.costHigh },
      as: 'money',
    },
  ]
  return [
    {
      pieces: all.map((card) => ({
        value: card.value,
        as: card.as ?? 'int',
        look: 'big',
        span: 3,
      })),
      height: 36,
    },
    { pieces: all.map((card) => ({ value: card.name, look: 'note', span: 3 })), height: 20 },
  ]
}

function firstTen({ proposal, opd, data }: Source, found: Figures, matrix: Table): Row[] {
  if (found.first.length === 0) {
    return [
      paragraph('Belum ada usulan yang lengkap dinilai, sehingga belum ada peringkat.', across),
    ]
  }
  const phases = new Map(data.plan.phases.map((each) => [each.id, each.name]))
  const placed = new Map(data.plan.placements.map((each) => [each.proposalId, each]))
  const head: [string, number][] = [
    ['Peringkat', 1],
    ['Usulan', 4],
    ['OPD', 4],
    ['Skor', 1],
    ['Tahap', 2],
  ]
  const row = (standing: ReportStanding, index: number): Row => {
    const found = proposal(standing.proposalId)
    const placement = placed.get(standing.proposalId)
    const phase = phases.get(placement?.phaseId ?? 0)
    const told = exampleWord(found?.example)
    const title = `${found?.title ?? ''}${told ? ` (${told})` : ''}`
    const agency = opd(found?.opdId ?? 0).name
    return {
      pieces: [
        {
          value: { formula: matrix.cell('rank', index), result: standing.rank ?? '' },
          as: 'int',
          look: 'computed',
        },
        { value: title, look: 'body', span: 4 },
        { value: agency, look: 'body', span: 4 },
        {
          value: { formula: matrix.cell('score', index), result: standing.score ?? '' },
          as: 'score',
          look: 'computed',
        },
        {
          value: phase
            ? `${phase} (${placement?.decided ? 'ditetapkan' : 'hitungan'})`
            : 'Belum bertahap',
          look: 'body',
          span: 2,
        },
      ],
    }
  }
  return [
    { pieces: head.map(([value, span]) => ({ value, look: 'header', span })) },
    ...found.first.map(row),
  ]
}

function internetByOpd(found: Figures, { recap }: SummaryTables): Line[] {
  const names = Object.keys(opdInternetWords) as OpdInternet[]
  return names.map((code) => ({
    name: code === 'none' ? 'Tidak satu pun lokasi' : opdInternetWords[code],
    value: {
      formula: `SUMPRODUCT(${isOpd(recap)},--EXACT(${recap.range('internet')},${quoted(opdInternetWords[code])}))`,
      result: found.opdsByInternet[code],
    },
  }))
}

function internetByLocation(
  { label }: Source,
  found: Figures,
  { locations }: SummaryTables,
): Line[] {
  const range = locations.range('internet')
  return [
    ...lists.internet.map((code) => ({
      name: label('internet', code),
      value: exactly(range, label('internet', code), found.locationsByInternet[code]),
    })),
    { name: unrecorded, value: exactly(range, unrecorded, found.locationsByInternet.unrecorded) },
  ]
}

function devices({ label }: Source, found: Figures, { recap }: SummaryTables): Line[] {
  return lists.deviceCondition.map((code) => ({
    name: label('deviceCondition', code),
    value: {
      formula: `SUMPRODUCT(--(${recap.range('parent')}=""),${recap.range(code)})`,
      result: found.devices[code],
    },
  }))
}

function byStanding(source: Source, found: Figures, { proposals }: SummaryTables): Line[] {
  return standings
    .filter((code) => found.byStanding[code] > 0)
    .map((code) => {
      const name = standingWord(source, code)
      return { name, value: exactly(proposals.range('outcome'), name, found.byStanding[code]) }
    })
}

function applicationsByUse(
  { label }: Source,
  found: Figures,
  { applications }: SummaryTables,
): Line[] {
  const range = applications.range('useState')
  const known = lists.appUse.map((code) => ({
    name: label('appUse', code),
    value: exactly(range, label('appUse', code), found.applicationsByUse[code]),
  }))
  const formula = `COUNTA(${applications.range('name')})-COUNTA(${range})`
  const { unrecorded: n } = found.applicationsByUse
  return n > 0 ? [...known, { name: 'Belum diisi', value: { formula, result: n } }] : known
}

function needsByState({ label }: Source, found: Figures, { needs }: SummaryTables): Line[] {
  return lists.needState.map((code) => ({
    name: label('needState', code),
    value: exactly(needs.range('state'), label('needState', code), found.needsByState[code]),
  }))
}

function byWay({ label }: Source, found: Figures, { proposals }: SummaryTables): Line[] {
  const range = proposals.range('way')
  const known = lists.way.map((code) => ({
    name: label('way', code),
    value: exactly(range, label('way', code), found.byWay[code]),
  }))
  const formula = `COUNTA(${proposals.range('number')})-COUNTA(${range})`
  const missing = { name: 'Belum diisi', value: { formula, result: found.byWay.unrecorded } }
  return found.byWay.unrecorded > 0 ? [...known, missing] : known
}

function byPlatform({ label }: Source, found: Figures, { proposals }: SummaryTables): Line[] {
  const among = (key: string, text: string, result: number): Line => ({
    name: text,
    value: {
      formula: `SUMPRODUCT(--ISNUMBER(FIND(${quoted(text)},${proposals.range(key)})))`,
      result,
    },
  })
  return [
    ...lists.platform.map((code) =>
      among('platforms', label('platform', code), found.byPlatform[code]),
    ),
    ...lists.nature.map((code) =>
      among('natures', label('natureShort', code), found.byNature[code]),
    ),
  ]
}

function exactly(range: string, text: string, result: number): Cell {
  return { formula: `SUMPRODUCT(--EXACT(${range},${quoted(text)}))`, result }
}

function phaseRows({ data }: Source, found: Figures, roadmap: Table): Row[] {
  if (found.phases.length === 0) return [paragraph('Belum ada tahap.', across)]
  const head: [string, number][] = [
    ['Tahap', 2],
    ['Tahun', 1],
    ['Usulan', 1],
    ['Kapasitas', 1],
    ['Biaya terendah', 2],
    ['Biaya tertinggi', 2],
    ['Pagu indikatif', 2],
    ['Belum ada perkiraan', 1],
  ]
  const rows = found.phases.map((figure): Row => {
    const phase = data.plan.phases.find((each) => each.id === figure.phaseId)
    const column = phase ? roadmap.letter(yearKey(phase.yearFrom)) : 'A'
    const cell = (row: number) => `'${roadmap.sheet}'!${column}${row}`
    const years = phase ? yearsText(phase.yearFrom, phase.yearTo) : ''
    return {
      pieces: [
        { value: phase?.name ?? '', look: 'body', span: 2 },
        { value: years, look: 'body' },
        { value: figure.applications, as: 'int', look: 'body' },
        { value: phase?.capacity ?? 'Tanpa batas', as: 'int', look: 'body' },
        { value: figure.usedLow, as: 'money', look: 'body', span: 2 },
        {
          value: { formula: cell(usedRow), result: figure.used },
          as: 'money',
          look: 'computed',
          span: 2,
        },
        { value: figure.ceiling ?? 'Tanpa pagu', as: 'money', look: 'body', span: 2 },
        { value: figure.uncounted, as: 'int', look: 'body' },
      ],
    }
  })
  return [
    { pieces: head.map(([value, span]): Piece => ({ value, look: 'header', span })) },
    ...rows,
    ...(runsOn(data) ? [paragraph(runningNote, across)] : []),
  ]
}

function yearsText(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`
}

function sentences({ data, format, proposal }: Source, found: Figures): string[] {
  const { opdsByInternet: internet, devices: counted } = found
  const { limited } = found.locationsByInternet
  const withLimited = limited > 0 ? `; ${limited} lokasi berinternet terbatas ikut dihitung` : ''
  const first = found.first.slice(0, 3).map((each) => proposal(each.proposalId)?.title ?? '')
  return [
    `Dari ${found.opds} OPD, ${internet.all} memiliki internet di seluruh lokasinya, ${internet.some} di sebagian lokasi, ${internet.none} tidak memiliki, dan ${internet.unrecorded} belum didata${withLimited}.`,
    `Perangkat yang didata berjumlah ${format.number(counted.good + counted.minor + counted.major)} unit: ${format.number(counted.good)} baik, ${format.number(counted.minor)} rusak ringan, dan ${format.number(counted.major)} rusak berat.`,
    `Usulan aplikasi yang diajukan berjumlah ${found.proposals}; ${found.byStanding.accepted} di antaranya sudah ditetapkan dan ${found.ranked} lengkap dinilai.`,
    `Perkiraan biaya tertinggi seluruhnya ${format.rupiah(found.costHigh)}; ${found.withoutCost} usulan belum ada perkiraan biaya dan belum dihitung.`,
    ...(first.length > 0
      ? [`Menurut peringkat hitungan, usulan teratas adalah ${first.join('; ')}.`]
      : []),
    ...(data.drafts > 0
      ? [`Selain itu ada ${data.drafts} draf yang belum diajukan dan tidak dimuat.`]
      : []),
  ]
}

function block(title: string, lines: readonly Line[]): Row[] {
  const head: Row = {
    pieces: [
      { value: title, look: 'header', span: 4 },
      { value: null, look: 'header' },
    ],
  }
  return [
    head,
    ...lines.map(
      (line): Row => ({
        pieces: [
          { value: line.name, look: 'body', span: 4 },
          { value: line.value, as: line.as ?? 'int', look: 'computed' },
        ],
      }),
    ),
  ]
}

/** Lists of five columns, two side by side with one empty column between them. */
function besides(lists: readonly (readonly Row[])[]): Row[][] {
  const empty: (Piece | null)[] = [null, null, null, null, null]
  return lists.flatMap((left, at) => {
    if (at % 2 === 1) return []
    const right = lists[at + 1] ?? []
    const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
      pieces: [...(left[index]?.pieces ?? empty), null, ...(right[index]?.pieces ?? [])],
    }))
    return [[blank(), ...rows]]
  })
}
