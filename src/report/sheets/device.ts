import { sum } from '../../domain/scoring.ts'
import { lists } from '../../domain/words.ts'
import type { ReportData, ReportDeviceCount, ReportSurvey } from '../data.ts'
import { isComputer } from '../figures.ts'
import { type Column, type Table, tableSheet } from '../layout.ts'
import { ratio, ratioOf, type Source, sessionColumn, withOrigin } from './context.ts'

/** One type of device at one location; without a type: recorded that there are none. */
type Line = { survey: ReportSurvey; count: ReportDeviceCount | null }

/** Where the good PCs and laptops of a location stand; none where nobody counted. */
export type ComputerCells = (locationId: number) => string[] | undefined

/** @param locations where the users of the computers stand; asked when the rows are written */
export function deviceSheet(source: Source, locations: () => Table) {
  const { data, opd, location, label, words } = source
  const opdOf = ({ survey }: Line) => opd(location(survey.locationId)?.opdId ?? 0)
  const condition = (key: 'good' | 'minor' | 'major', meaning: string): Column<Line> => ({
    key,
    heading: label('deviceCondition', key),
    width: 10,
    type: 'int',
    meaning,
    unit: 'unit',
    value: ({ count }) => count?.[key] ?? 0,
  })
  const year = (key: 'oldestYear' | 'newestYear', heading: string): Column<Line> => ({
    key,
    heading,
    width: 10,
    type: 'year',
    meaning: `${heading} pengadaan perangkat jenis itu di lokasi ini.`,
    value: ({ count }) => count?.[key] ?? null,
  })
  const columns: Column<Line>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 12,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (line) => opdOf(line).code,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 24,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (line) => opdOf(line).name,
    },
    {
      key: 'location',
      heading: 'Lokasi',
      width: 22,
      type: 'text',
      meaning: 'Nama lokasi pada lembar Lokasi.',
      value: ({ survey }) => location(survey.locationId)?.name ?? null,
    },
    {
      key: 'type',
      heading: 'Jenis',
      width: 14,
      type: 'text',
      meaning: `Jenis perangkat; "${noDevices}" bila lokasi sudah didata dan tidak memiliki perangkat.`,
      allowed: [...words('device'), noDevices],
      value: ({ count }) => (count ? label('device', count.type as never) : noDevices),
    },
    condition('good', 'Jumlah yang berfungsi baik.'),
    condition('minor', 'Jumlah yang rusak ringan dan masih dapat diperbaiki.'),
    condition('major', 'Jumlah yang rusak berat.'),
    year('oldestYear', 'Tahun Tertua'),
    year('newestYear', 'Tahun Termuda'),
    {
      key: 'asOf',
      heading: 'Tanggal Data',
      width: 12,
      type: 'date',
      meaning: 'Hari pendataan; yang dimuat adalah data terbaru setiap lokasi.',
      value: ({ survey }) => survey.asOf,
    },
    {
      key: 'note',
      heading: 'Keterangan',
      width: 18,
      type: 'text',
      meaning: 'Catatan pendataan di lokasi itu.',
      value: ({ survey }) => survey.note,
    },
    sessionColumn(source, ({ survey }) => survey.sessionId),
    {
      key: 'total',
      heading: 'Jumlah',
      width: 9,
      type: 'int',
      meaning: 'Baik + rusak ringan + rusak berat.',
      unit: 'unit',
      computed: true,
      value: ({ count }, { of }) => ({
        formula: `SUM(${of('good')}:${of('major')})`,
        result: count ? count.good + count.minor + count.major : 0,
      }),
    },
    {
      key: 'ratio',
      heading: 'PC Layak per Pengguna Komputer',
      width: 12,
      type: 'score',
      meaning:
        'PC dan laptop baik di lokasi itu dibagi pengguna komputernya (lembar Lokasi); ditulis sekali untuk satu lokasi, pada baris PC atau laptop yang pertama, dan kosong bila pengguna komputernya belum didata.',
      unit: 'unit per orang',
      computed: true,
      value: (line, { of, row }) => {
        const place = places.get(line.survey.locationId)
        const office = location(line.survey.locationId)
        if (!place || place.first !== line || !office) return null
        const good = of('good').replace(/\d+$/, '')
        const sumGood = `SUM(${good}${row}:${good}${row + place.lines.length - 1})`
        const users = locations().cell('computerUsers', place.location)
        const computers = sum(place.lines.map(({ count }) => count?.good ?? 0))
        return {
          formula: ratioOf(sumGood, users),
          result: ratio(computers, office.computerUsers ?? 0),
        }
      },
    },
    {
      key: 'district',
      heading: 'Kecamatan',
      width: 14,
      type: 'text',
      meaning: 'Kecamatan lokasi itu menurut lembar Lokasi.',
      computed: true,
      value: ({ survey }) => location(survey.locationId)?.district ?? null,
    },
  ]
  const rows = linesOf(data)
  const order = new Map(data.locations.map((each, at) => [each.id, at]))
  const places = new Map<number, { first: Line; lines: Line[]; location: number }>()
  for (const line of rows.filter(({ count }) => count && isComputer(count))) {
    const id = line.survey.locationId
    const known = places.get(id)
    if (known) known.lines.push(line)
    else places.set(id, { first: line, lines: [line], location: order.get(id) ?? 0 })
  }
  const { plan, table } = tableSheet({
    name: 'Perangkat',
    lede: 'Jumlah perangkat menurut kondisi, satu baris untuk satu jenis di satu lokasi.',
    columns: withOrigin(columns, ({ survey }) => survey.example),
    rows,
    frozenColumns: 3,
  })
  const at = new Map(rows.map((line, index) => [line, index]))
  const surveyed = new Set(data.surveys.map((each) => each.locationId))
  const computers: ComputerCells = (id) => {
    if (!surveyed.has(id)) return undefined
    return (places.get(id)?.lines ?? []).map((line) => table.cell('good', at.get(line) ?? 0))
  }
  return { plan, table, computers }
}

const noDevices = 'Sudah didata: tidak ada perangkat'

function linesOf(data: ReportData): Line[] {
  const order: readonly string[] = lists.device
  return data.surveys.flatMap((survey): Line[] => {
    if (survey.counts.length === 0) return [{ survey, count: null }]
    return survey.counts
      .toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
      .map((count) => ({ survey, count }))
  })
}
