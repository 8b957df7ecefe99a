import { sum } from '../../domain/scoring.ts'
import { type OpdFigures, type OpdInternet, type RecapLine, recapLines } from '../figures.ts'
import { type Column, type Formula, type Table, tableSheet } from '../layout.ts'
import { totals } from './budget.ts'
import { endedText, ratio, ratioOf, type Source, unrecorded } from './context.ts'

export const opdInternetWords: Record<OpdInternet, string> = {
  all: 'Seluruh lokasi',
  some: 'Sebagian lokasi',
  none: 'Tidak ada',
  unrecorded,
}

type Sources = Record<'locations' | 'devices' | 'people' | 'applications' | 'proposals', Table>

/** One line for every OPD and unit, counted by formulas from the sheets that hold the records. */
export function recapSheet({ data, label, format }: Source, tables: Sources) {
  const lines = recapLines(data)
  const leads = lines.filter(({ opd }) => opd.parentId === null)
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
    more: Partial<Column<RecapLine>> = {},
  ): Column<RecapLine> => ({
    key,
    heading,
    width: 13,
    type: 'int',
    meaning,
    computed: true,
    ...more,
    value: ({ units, figures }, { of, row }): Formula => ({
      formula: formula(of('code')) + sumOfNext(of(key), row, units.length),
      result: figureOf(figures, key),
    }),
  })
  const columns: Column<RecapLine>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: ({ opd }) => opd.code,
    },
    {
      key: 'name',
      heading: 'OPD',
      width: 44,
      type: 'text',
      meaning:
        'Nama OPD. Unit (bagian, UPTD, puskesmas, kelurahan, dan sebagainya) berdiri menjorok di bawah OPD induknya; angka OPD induk sudah memuat semua unitnya, dan baris Jumlah tidak menghitung unit sekali lagi.',
      value: ({ opd }) => (opd.parentId === null ? opd.name : `      ${opd.name}`),
    },
    {
      key: 'parent',
      heading: 'Induk',
      width: 24,
      type: 'text',
      meaning: 'OPD induk bila baris ini sebuah unit; kosong bila OPD berdiri sendiri.',
      value: ({ opd }) => opd.parent,
    },
    {
      key: 'ended',
      heading: 'Berakhir',
      width: 30,
      type: 'text',
      meaning:
        'Hari terakhir OPD yang sudah berakhir dan penerusnya. OPD seperti itu dimuat hanya bila masih ada lokasi, aplikasi, kebutuhan, atau usulan atas namanya, dan tidak dihitung sebagai OPD di Ringkasan.',
      value: ({ opd }) => endedText(opd, format),
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
      value: ({ figures }, { of }) => ({
        formula: `IF(${of('connected')}+${of('unconnected')}=0,"${opdInternetWords.unrecorded}",IF(${of('connected')}=0,"${opdInternetWords.none}",IF(${of('connected')}=${of('locations')},"${opdInternetWords.all}","${opdInternetWords.some}")))`,
        result: opdInternetWords[figures.internet],
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
    {
      key: 'ratio',
      heading: 'PC Layak per Pengguna',
      width: 14,
      type: 'score',
      meaning:
        'PC dan laptop baik dibagi pengguna komputer; kosong bila pengguna komputer belum didata.',
      unit: 'unit per orang',
      computed: true,
      value: ({ figures }, { of }) => ({
        formula: ratioOf(of('computers'), of('computerUsers')),
        result: ratio(figures.computers, figures.computerUsers ?? 0),
      }),
    },
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
      value: ({ opd: { complete } }) => complete && `${complete.done} dari ${complete.of}`,
    },
    {
      key: 'confirmedOn',
      heading: 'Konfirmasi Data',
      width: 16,
      type: 'date',
      meaning: 'Hari terakhir OPD menyatakan datanya benar; kosong bila belum.',
      value: ({ opd }) => opd.confirmed?.asOf ?? null,
    },
    {
      key: 'confirmedBy',
      heading: 'Dikonfirmasi Oleh',
      width: 34,
      type: 'text',
      meaning: 'Nama dan jabatan yang menyatakan data OPD benar.',
      value: ({ opd: { confirmed } }) => confirmed && `${confirmed.name}, ${confirmed.position}`,
    },
    {
      key: 'confirmedNote',
      heading: 'Catatan Konfirmasi',
      width: 34,
      type: 'text',
      meaning: 'Catatan pada pernyataan itu.',
      value: ({ opd }) => opd.confirmed?.note ?? null,
    },
  ]
  const total = (key: keyof OpdFigures) => sum(leads.map((each) => figureOf(each.figures, key)))
  return tableSheet({
    name: 'Rekap per OPD',
    lede: 'Satu baris untuk satu OPD, unitnya di bawahnya dan ikut dalam angkanya. Semua angka dihitung dari lembar-lembar sesudahnya.',
    columns,
    rows: lines,
    aboveCount: 1,
    above: (table) => [
      totals(
        columns,
        table,
        (key) =>
          key === 'ratio'
            ? ratio(total('computers'), total('computerUsers'))
            : total(key as keyof OpdFigures),
        (key, range) => {
          const at = (of: string) => `${table.letter(of)}${table.first - 2}`
          return key === 'ratio'
            ? ratioOf(at('computers'), at('computerUsers'))
            : `SUMPRODUCT(--(${table.range('parent')}=""),${range})`
        },
      ),
    ],
    frozenColumns: 2,
  })
}

/** What the lines below add to a cell: the units of an OPD follow it. */
function sumOfNext(cell: string, row: number, count: number): string {
  const letter = cell.replace(/\d+$/, '')
  return count === 0 ? '' : `+SUM(${letter}${row + 1}:${letter}${row + count})`
}

function figureOf(figures: OpdFigures, key: keyof OpdFigures | 'good' | 'minor' | 'major'): number {
  const value =
    key === 'good' || key === 'minor' || key === 'major' ? figures.devices[key] : figures[key]
  return typeof value === 'number' ? value : 0
}

/** A text inside a formula. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
