import { lists } from '../../domain/words.ts'
import type { ReportData, ReportDeviceCount, ReportSurvey } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { type Source, sessionColumn, withOrigin } from './context.ts'

/** One type of device at one location; without a type: recorded that there are none. */
type Line = { survey: ReportSurvey; count: ReportDeviceCount | null }

export function deviceSheet(source: Source) {
  const { data, opd, location, label, words } = source
  const opdOf = ({ survey }: Line) => opd(location(survey.locationId)?.opdId ?? 0)
  const condition = (key: 'good' | 'minor' | 'major', meaning: string): Column<Line> => ({
    key,
    heading: label('deviceCondition', key),
    width: 13,
    type: 'int',
    meaning,
    unit: 'unit',
    value: ({ count }) => count?.[key] ?? 0,
  })
  const year = (key: 'oldestYear' | 'newestYear', heading: string): Column<Line> => ({
    key,
    heading,
    width: 13,
    type: 'year',
    meaning: `${heading} pengadaan perangkat jenis itu di lokasi ini.`,
    value: ({ count }) => count?.[key] ?? null,
  })
  const columns: Column<Line>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (line) => opdOf(line).code,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 34,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (line) => opdOf(line).name,
    },
    {
      key: 'location',
      heading: 'Lokasi',
      width: 26,
      type: 'text',
      meaning: 'Nama lokasi pada lembar Lokasi.',
      value: ({ survey }) => location(survey.locationId)?.name ?? null,
    },
    {
      key: 'type',
      heading: 'Jenis',
      width: 20,
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
      width: 15,
      type: 'date',
      meaning: 'Hari pendataan; yang dimuat adalah data terbaru setiap lokasi.',
      value: ({ survey }) => survey.asOf,
    },
    {
      key: 'note',
      heading: 'Keterangan',
      width: 22,
      type: 'text',
      meaning: 'Catatan pendataan di lokasi itu.',
      value: ({ survey }) => survey.note,
    },
    sessionColumn(source, ({ survey }) => survey.sessionId),
    {
      key: 'total',
      heading: 'Jumlah',
      width: 13,
      type: 'int',
      meaning: 'Baik + rusak ringan + rusak berat.',
      unit: 'unit',
      computed: true,
      value: ({ count }, { of }) => ({
        formula: `SUM(${of('good')}:${of('major')})`,
        result: count ? count.good + count.minor + count.major : 0,
      }),
    },
  ]
  return tableSheet({
    name: 'Perangkat',
    lede: 'Jumlah perangkat menurut kondisi, satu baris untuk satu jenis di satu lokasi.',
    columns: withOrigin(columns, ({ survey }) => survey.example),
    rows: linesOf(data),
    frozenColumns: 3,
  })
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
