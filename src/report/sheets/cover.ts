import type { Code } from '../../domain/words.ts'
import type { ReportGovernment, ReportPicture } from '../data.ts'
import {
  type Picture,
  type Piece,
  type Row,
  type SheetName,
  type SheetPlan,
  sheetNames,
} from '../layout.ts'
import { exampleWord, type Source } from './context.ts'
import { blank, paragraph, section, weightingText } from './method.ts'

const widths = [6, 27, 14, 39, 62]
const across = widths.length

/** What each sheet is for in the report that the planners write. */
const uses: Record<SheetName, string> = {
  Sampul: '',
  Ringkasan: 'Ringkasan eksekutif',
  'Rekap per OPD': 'Bab III, kondisi saat ini: rekapitulasi',
  OPD: 'Bab III.1, kelembagaan',
  Tupoksi: 'Bab III.1, kelembagaan',
  'SDM TIK': 'Bab III.2, sumber daya manusia',
  Lokasi: 'Bab III.3, infrastruktur',
  'Akses Internet': 'Bab III.3, infrastruktur',
  Perangkat: 'Bab III.3, infrastruktur',
  'Kebutuhan Infrastruktur': 'Bab IV.2, kebutuhan infrastruktur',
  'Aplikasi Eksisting': 'Bab III.4, aplikasi',
  'Aplikasi Nasional': 'Bab III.4, aplikasi',
  'Usulan Aplikasi': 'Bab IV.1, kebutuhan aplikasi',
  'Nilai Tunggal': 'Lampiran penilaian',
  Penilaian: 'Bab V, prioritas: penilaian',
  'Matriks Prioritas': 'Bab V, prioritas dan penetapan',
  'Analisis Kesenjangan': 'Bab IV.3, analisis kesenjangan',
  'Peta Jalan': 'Bab VI, peta jalan',
  'Anggaran per OPD': 'Bab VII, anggaran',
  FGD: 'Lampiran pelaksanaan FGD',
  Metode: 'Bab V, prioritas: metode',
  'Kamus Data': 'Lampiran',
}

/** Outlines differ from one terms of reference to the next. */
const usesNote =
  'Nomor bab menurut susunan Laporan Akhir yang lazim (III kondisi saat ini, IV kebutuhan dan kesenjangan, V prioritas, VI peta jalan, VII anggaran); sesuaikan dengan kerangka acuan kerja.'

export function coverSheet(
  source: Source,
  plans: readonly SheetPlan[],
  madeBy: string | null,
): SheetPlan {
  const { data, format } = source
  const { government } = data
  return {
    name: 'Sampul',
    widths,
    rows: [
      ...(government.emblem ? [wide('', 'coverText', emblemHeight)] : []),
      wide(government.planTitle, 'coverTitle', 48),
      wide(
        `${government.name} · ${format.years(government.yearFrom, government.yearTo)}`,
        'title',
        30,
      ),
      wide(government.officeName, 'lede', 20),
      blank(),
      section('Tentang buku kerja ini', across),
      ...facts(source, madeBy),
      blank(),
      section('Sesi FGD yang mendasari', across),
      ...sessions(source),
      ...signatories(source),
      { ...blank(), lastOnPage: true },
      section('Isi', across),
      ...contents(source, plans),
      paragraph(usesNote, across),
    ],
    freeze: { rows: 0, columns: 0 },
    pagesWide: 1,
    count: 0,
    columns: [],
    pictures: government.emblem ? [emblemAbove(government.emblem, government.name)] : [],
  }
}

/** Points of the row in which the emblem stands, and the pixels it may fill. */
const emblemHeight = 84
const emblemRoom = { width: 200, height: 100 }

function emblemAbove({ bytes, ...emblem }: ReportPicture, government: string): Picture {
  const scale = Math.min(emblemRoom.width / emblem.width, emblemRoom.height / emblem.height)
  return {
    name: 'Lambang daerah',
    about: `Lambang ${government}`,
    column: 0,
    row: 0,
    width: Math.round(emblem.width * scale),
    height: Math.round(emblem.height * scale),
    image: { type: emblem.type, bytes },
  }
}

function wide(value: string, look: Piece['look'], height: number): Row {
  return { pieces: [{ value, look, span: across }], height }
}

function facts(source: Source, madeBy: string | null): Row[] {
  const { data, t, format, internal } = source
  const { assessment, government } = data
  const examples = data.proposals.filter((each) => each.example).length
  const withdrawn = data.proposals.filter((each) => each.state === 'withdrawn').length
  const rows: [string, string][] = [
    ['Keadaan data', `per ${format.dateTime(data.at)}`],
    ['Disusun oleh', madeBy ?? government.officeName],
    ['Pemerintah daerah', governmentText(government)],
    ['Alamat dinas', government.address ?? 'Belum diisi'],
    ['Dasar hukum', government.legalBases ?? 'Belum diisi'],
    [
      'Set kriteria',
      assessment.set ? assessment.set.name : 'Belum ada set kriteria yang ditetapkan',
    ],
    ['Bobot', weightingText(assessment, t, format)],
    ['Putaran penilaian', assessment.round?.name ?? 'Belum ada putaran penilaian'],
    ['Pengumuman hasil', publicationText(source)],
    [
      'Yang tidak dimuat',
      `${data.drafts} draf belum diajukan dan tidak dimuat; ${withdrawn} usulan ditarik, tercantum tetapi tidak diperingkat.`,
    ],
  ]
  if (examples > 0)
    rows.push([
      'Data contoh',
      `${examples} usulan memuat data contoh, ditandai pada kolom Sumber Data.`,
    ])
  if (internal) rows.push(['Salinan internal', 'Memuat nama penilai. Tidak untuk diedarkan.'])
  return rows.map(([name, value]) => ({
    pieces: [
      { value: name, look: 'label', span: 2 },
      { value, look: 'coverText', span: 3 },
    ],
  }))
}

function publicationText({ data: { publication }, format }: Source): string {
  if (!publication) return 'Belum diumumkan'
  const { publishedOn, document, note } = publication
  return [`Diumumkan ${format.date(publishedOn)}`, document, note].filter(Boolean).join('. ')
}

function governmentText({ name, province, capital, headTitle }: ReportGovernment): string {
  return [
    name,
    province && `Provinsi ${province}`,
    capital && `ibu kota ${capital}`,
    `dipimpin ${headTitle}`,
  ]
    .filter((text) => text)
    .join('; ')
}

function sessions({ data, format, label }: Source): Row[] {
  if (data.sessions.length === 0) return [wide('Belum ada sesi FGD yang dicatat.', 'coverText', 18)]
  const head: Row = {
    pieces: [
      { value: 'No', look: 'header' },
      { value: 'Tanggal', look: 'header' },
      { value: 'Keadaan', look: 'header' },
      { value: 'Kehadiran', look: 'header' },
      { value: 'Sesi, tempat, dan undangan', look: 'header' },
    ],
  }
  const rows = data.sessions.map((session, index): Row => {
    const opds = new Set(session.attendance.flatMap((each) => each.opdId ?? []))
    const about = [
      session.title,
      session.venue,
      session.invitationNo ? `undangan ${session.invitationNo}` : null,
      exampleWord(session.example),
    ]
      .filter((text) => text)
      .join('; ')
    return {
      pieces: [
        { value: index + 1, as: 'int', look: 'body' },
        { value: format.longDate(session.heldOn), look: 'body' },
        { value: label('sessionState', session.state), look: 'body' },
        {
          value: `Diundang ${session.invited.length} OPD, hadir ${opds.size} OPD dengan ${session.attendance.length} orang`,
          look: 'body',
        },
        { value: about, look: 'body' },
      ],
    }
  })
  return [head, ...rows]
}

function contents({ t }: Source, plans: readonly SheetPlan[]): Row[] {
  const head: Row = {
    pieces: [
      { value: 'No', look: 'header' },
      { value: 'Lembar', look: 'header' },
      { value: 'Baris Data', look: 'header' },
      { value: 'Dipakai di', look: 'header' },
      { value: 'Isi', look: 'header' },
    ],
  }
  const listed = sheetNames.flatMap((name) => plans.find((plan) => plan.name === name) ?? [])
  return [
    head,
    ...listed.map(
      (plan, index): Row => ({
        pieces: [
          { value: index + 1, as: 'int', look: 'body' },
          {
            value: { formula: `HYPERLINK("#'${plan.name}'!A1","${plan.name}")`, result: plan.name },
            look: 'link',
          },
          { value: plan.count, as: 'int', look: 'body' },
          { value: uses[plan.name], look: 'body' },
          { value: t(`report.holds.${plan.name}`), look: 'body' },
        ],
      }),
    ),
  ]
}

/** Those who sign another paper by their role; without anybody else, the first of them takes note. */
function signersOf(all: ReportGovernment['signatories']) {
  const others = /berita acara|notulis|narasumber|keputusan|penetapan|pengumuman/i
  const own = all.filter(({ role }) => !others.test(role))
  return own.length > 0 ? own : all.slice(0, 1).map((each) => ({ ...each, role: 'Mengetahui' }))
}

/** "Mengetahui/Menyetujui", two beside each other, with room for a signature. */
function signatories({ data, label }: Source): Row[] {
  const all = signersOf(data.government.signatories)
  if (all.length === 0) return []
  const pairsOf = Array.from({ length: Math.ceil(all.length / 2) }, (_, index) =>
    all.slice(2 * index, 2 * index + 2),
  )
  type Signatory = (typeof all)[number]
  const line = (
    pair: readonly Signatory[],
    text: (each: Signatory) => string,
    height = 16,
  ): Row => {
    const [left, right] = pair
    return {
      pieces: [
        { value: left ? text(left) : null, look: 'signature', span: 3 },
        { value: right ? text(right) : null, look: 'signature', span: 2 },
      ],
      height,
    }
  }
  const office = (each: Signatory) =>
    each.holdsAs === 'definitif'
      ? each.office
      : `${label('holdsAs', each.holdsAs as Code<'holdsAs'>)} ${each.office}`
  return [
    blank(),
    section('Mengetahui dan menyetujui', across),
    ...pairsOf.flatMap((pair) => [
      blank(),
      line(pair, (each) => each.role),
      line(pair, (each) => `${office(each)},`),
      line(pair, () => '', 48),
      line(pair, (each) => each.name ?? '(………………………………)'),
      line(pair, (each) => each.rank ?? ''),
    ]),
  ]
}
