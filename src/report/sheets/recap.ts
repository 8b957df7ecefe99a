import { sum } from '../../domain/scoring.ts'
import type { ReportOpd } from '../data.ts'
import { type OpdFigures, type OpdInternet, opdFigures } from '../figures.ts'
import { type Column, type Formula, type Table, tableSheet } from '../layout.ts'
import { totals } from './budget.ts'
import type { Source } from './context.ts'
import { unrecorded } from './location.ts'

export const opdInternetWords: Record<OpdInternet, string> = {
  all: 'Seluruh lokasi',
  some: 'Sebagian lokasi',
  none: 'Tidak ada',
  unrecorded,
}

type Sources = Record<'locations' | 'devices' | 'people' | 'applications' | 'proposals', Table>

/** One line for every OPD, counted by formulas from the sheets that hold the records. */
export function recapSheet({ data, label }: Source, tables: Sources) {
  const figures = new Map(opdFigures(data).map((each) => [each.opdId, each]))
  const { locations, devices, people, applications, proposals } = tables
  const where = (table: Table, code: string, ...more: string[]) =>
    `SUMPRODUCT(${[`--EXACT(${table.range('code')},${code})`, ...more].join(',')})`
  const isAny = (range: string, texts: readonly string[]) =>
    `--((${texts.map((text) => `${range}=${quoted(text)}`).join(')+(')})>0)`
  const internet = locations.range('internet')
  const computers = isAny(devices.range('type'), [label('device', 'pc'), label('device', 'laptop')])

  const count = (
    key: keyof OpdFigures | 'good' | 'minor' | 'major',
    heading: string,
    meaning: string,
    formula: (code: string) => string,
    more: Partial<Column<ReportOpd>> = {},
  ): Column<ReportOpd> => ({
    key,
    heading,
    width: 13,
    type: 'int',
    meaning,
    computed: true,
    ...more,
    value: (opd, { of }): Formula => ({
      formula: formula(of('code')),
      result: figureOf(figures.get(opd.id), key),
    }),
  })
  const columns: Column<ReportOpd>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (opd) => opd.code,
    },
    {
      key: 'name',
      heading: 'OPD',
      width: 44,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (opd) => opd.name,
    },
    count('locations', 'Lokasi', 'Jumlah lokasi.', (code) => where(locations, code)),
    count(
      'connected',
      'Berinternet',
      'Lokasi dengan internet, termasuk yang terbatas.',
      (code) =>
        where(
          locations,
          code,
          isAny(internet, [label('internet', 'yes'), label('internet', 'limited')]),
        ),
      { width: 14 },
    ),
    count('unconnected', 'Tanpa Internet', 'Lokasi yang didata tidak memiliki internet.', (code) =>
      where(locations, code, isAny(internet, [label('internet', 'no')])),
    ),
    count('unrecorded', 'Belum Didata', 'Lokasi yang akses internetnya belum didata.', (code) =>
      where(locations, code, isAny(internet, [unrecorded])),
    ),
    {
      key: 'internet',
      heading: 'Keadaan Internet',
      width: 19,
      type: 'text',
      meaning: 'Apakah seluruh, sebagian, atau tidak satu pun lokasi OPD memiliki internet.',
      allowed: Object.values(opdInternetWords),
      computed: true,
      value: (opd, { of }) => ({
        formula: `IF(${of('connected')}+${of('unconnected')}=0,"${opdInternetWords.unrecorded}",IF(${of('connected')}=0,"${opdInternetWords.none}",IF(${of('connected')}=${of('locations')},"${opdInternetWords.all}","${opdInternetWords.some}")))`,
        result: opdInternetWords[figures.get(opd.id)?.internet ?? 'unrecorded'],
      }),
    },
    ...(['good', 'minor', 'major'] as const).map((key) =>
      count(
        key,
        `Perangkat ${label('deviceCondition', key)}`,
        `Jumlah perangkat dengan kondisi ${label('deviceCondition', key).toLowerCase()}.`,
        (code) => where(devices, code, devices.range(key)),
        { unit: 'unit' },
      ),
    ),
    count(
      'computers',
      'PC dan Laptop Baik',
      'PC dan laptop berkondisi baik.',
      (code) => where(devices, code, computers, devices.range('good')),
      { unit: 'unit' },
    ),
    count(
      'computerUsers',
      'Pengguna Komputer',
      'Pegawai yang bekerja dengan komputer, menurut lembar SDM TIK; 0 bila belum didata.',
      (code) => where(people, code, people.range('computerUsers')),
      { unit: 'orang', width: 14 },
    ),
    count('applications', 'Aplikasi', 'Aplikasi yang ada.', (code) => where(applications, code)),
    count(
      'applicationsUsed',
      'Aplikasi Dipakai',
      'Aplikasi yang aktif dan digunakan.',
      (code) =>
        where(applications, code, isAny(applications.range('useState'), [label('appUse', 'used')])),
      { width: 14 },
    ),
    count('proposals', 'Usulan', 'Usulan sebagai pengusul utama.', (code) =>
      where(proposals, code),
    ),
    count(
      'accepted',
      'Ditetapkan',
      'Usulan yang ditetapkan.',
      (code) =>
        where(proposals, code, isAny(proposals.range('outcome'), [label('outcome', 'accepted')])),
      { width: 14 },
    ),
    count(
      'withoutCost',
      'Belum Ada Perkiraan',
      'Usulan yang belum ada perkiraan biaya; tidak ikut dijumlahkan.',
      (code) => where(proposals, code, `--(${proposals.range('costHigh')}="")`),
      { width: 14 },
    ),
    count(
      'costHigh',
      'Perkiraan Biaya Tertinggi',
      'Jumlah biaya tertinggi semua usulan.',
      (code) => where(proposals, code, proposals.range('costHigh')),
      { type: 'money', unit: 'rupiah', width: 24 },
    ),
    {
      key: 'complete',
      heading: 'Kelengkapan',
      width: 14,
      type: 'text',
      computed: true,
      meaning: 'Bagian isian OPD sendiri yang sudah terjawab; kosong bila OPD sudah berakhir.',
      value: ({ complete }) => complete && `${complete.done} dari ${complete.of}`,
    },
    {
      key: 'confirmedOn',
      heading: 'Konfirmasi Data',
      width: 16,
      type: 'date',
      meaning: 'Hari terakhir OPD menyatakan datanya benar; kosong bila belum.',
      value: (opd) => opd.confirmed?.asOf ?? null,
    },
    {
      key: 'confirmedBy',
      heading: 'Dikonfirmasi Oleh',
      width: 34,
      type: 'text',
      meaning: 'Nama dan jabatan yang menyatakan data OPD benar.',
      value: ({ confirmed }) => confirmed && `${confirmed.name}, ${confirmed.position}`,
    },
    {
      key: 'confirmedNote',
      heading: 'Catatan Konfirmasi',
      width: 34,
      type: 'text',
      meaning: 'Catatan pada pernyataan itu.',
      value: ({ confirmed }) => confirmed?.note ?? null,
    },
  ]
  return tableSheet({
    name: 'Rekap per OPD',
    lede: 'Satu baris untuk satu OPD. Semua angka dihitung dari lembar-lembar sesudahnya.',
    columns,
    rows: data.opds,
    aboveCount: 1,
    above: (table) => [
      totals(columns, table, (key) =>
        sum(data.opds.map((opd) => figureOf(figures.get(opd.id), key as keyof OpdFigures))),
      ),
    ],
    frozenColumns: 2,
  })
}

function figureOf(
  figures: OpdFigures | undefined,
  key: keyof OpdFigures | 'good' | 'minor' | 'major',
): number {
  if (!figures) return 0
  const value =
    key === 'good' || key === 'minor' || key === 'major' ? figures.devices[key] : figures[key]
  return typeof value === 'number' ? value : 0
}

/** A text inside a formula. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
