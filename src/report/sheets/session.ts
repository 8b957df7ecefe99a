import { localClock, type Zone } from '../../domain/calendar.ts'
import { grouped } from '../../domain/grouping.ts'
import type { ReportFollowUp, ReportSession } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { type Source, withOrigin } from './context.ts'

type Part = (typeof parts)[number]
const parts = [
  'Sesi',
  'Berita Acara',
  'Undangan',
  'Susunan',
  'Kehadiran',
  'Notulen',
  'Kesepakatan',
  'Tindak Lanjut',
] as const

type Line = {
  /** null = a follow-up that no session asked for. */
  session: ReportSession | null
  part: Part
  seq: number
  onDay?: string | null
  at?: string | null
  who?: string | null
  office?: string | null
  opd?: string | null
  text?: string | null
  answer?: string | null
  due?: string | null
  doneOn?: string | null
  proposal?: string | null
  employment?: string | null
  state?: string | null
  example?: string | null
}

/** Everything of the sessions as one list that can be filtered by session and by part. */
export function sessionSheet(source: Source) {
  const columns: Column<Line>[] = [
    {
      key: 'session',
      heading: 'Sesi',
      width: 20,
      type: 'text',
      meaning:
        'Tanggal sesi FGD, dengan judulnya bila pada hari itu ada beberapa sesi; judul setiap sesi pada baris pertamanya. "Di luar sesi" bagi tindak lanjut yang tidak berasal dari sesi.',
      value: (row) => source.session(row.session?.id ?? null) ?? 'Di luar sesi',
    },
    {
      key: 'heldOn',
      heading: 'Tanggal',
      width: 12,
      type: 'date',
      meaning: 'Hari sesi.',
      value: (row) => row.session?.heldOn ?? null,
    },
    {
      key: 'part',
      heading: 'Bagian',
      width: 14,
      type: 'text',
      meaning: 'Bagian sesi yang diuraikan baris ini.',
      allowed: parts,
      value: (row) => row.part,
    },
    {
      key: 'seq',
      heading: 'No',
      width: 6,
      type: 'int',
      meaning: 'Nomor urut dalam bagian itu.',
      value: (row) => row.seq,
    },
    {
      key: 'onDay',
      heading: 'Hari',
      width: 12,
      type: 'date',
      meaning: 'Hari catatan notulen, bagi sesi yang berlangsung beberapa hari.',
      value: (row) => row.onDay ?? null,
    },
    {
      key: 'at',
      heading: 'Waktu',
      width: 13,
      type: 'text',
      meaning:
        'Waktu setempat; bagi sesi, jam dibuka dan ditutup yang sebenarnya bila tercatat, selain itu jam yang direncanakan.',
      value: (row) => row.at ?? null,
    },
    {
      key: 'who',
      heading: 'Nama',
      width: 24,
      type: 'text',
      meaning: 'Orang yang hadir, berbicara, atau bertanggung jawab. NIP tidak dimuat.',
      value: (row) => row.who ?? null,
    },
    {
      key: 'office',
      heading: 'Jabatan atau Peran',
      width: 24,
      type: 'text',
      meaning: 'Jabatan orang itu atau perannya dalam sesi; pada baris sesi, apa yang diuraikan.',
      value: (row) => row.office ?? null,
    },
    {
      key: 'opd',
      heading: 'OPD/Instansi',
      width: 28,
      type: 'text',
      meaning: 'OPD atau instansi.',
      value: (row) => row.opd ?? null,
    },
    {
      key: 'text',
      heading: 'Uraian',
      width: 54,
      type: 'text',
      meaning:
        'Isi: judul, tempat, dan undangan sesi, isi notulen, kesepakatan, atau tindak lanjut.',
      value: (row) => row.text ?? null,
    },
    {
      key: 'answer',
      heading: 'Tanggapan',
      width: 36,
      type: 'text',
      meaning: 'Tanggapan narasumber.',
      value: (row) => row.answer ?? null,
    },
    {
      key: 'due',
      heading: 'Tenggat',
      width: 12,
      type: 'date',
      meaning: 'Tenggat tindak lanjut.',
      value: (row) => row.due ?? null,
    },
    {
      key: 'state',
      heading: 'Keadaan',
      width: 16,
      type: 'text',
      meaning: 'Keadaan sesi atau tindak lanjut, jenis catatan notulen, atau hadir sebagai apa.',
      value: (row) => row.state ?? null,
    },
    {
      key: 'doneOn',
      heading: 'Selesai',
      width: 12,
      type: 'date',
      meaning: 'Hari tindak lanjut selesai.',
      value: (row) => row.doneOn ?? null,
    },
    {
      key: 'proposal',
      heading: 'Usulan',
      width: 12,
      type: 'text',
      meaning: 'Nomor usulan yang penetapannya meminta tindak lanjut itu.',
      fields: ['proposalId'],
      value: (row) => row.proposal ?? null,
    },
    {
      key: 'employment',
      heading: 'Status Kepegawaian',
      width: 14,
      type: 'text',
      meaning: 'Status kepegawaian yang hadir; NIP tidak dimuat.',
      allowed: source.words('employment'),
      value: (row) => row.employment ?? null,
    },
  ]
  return tableSheet({
    name: 'FGD',
    lede: 'Sesi FGD: pelaksanaan, kehadiran, notulen, kesepakatan, dan tindak lanjut.',
    columns: withOrigin(columns, (row) => row.example ?? null),
    rows: [
      ...source.data.sessions.flatMap((session) => linesOf(source, session)),
      ...source.data.otherFollowUps.map(followUpLine(source, null)),
    ],
    frozenColumns: 3,
  })
}

function linesOf(source: Source, session: ReportSession): Line[] {
  const { label, opd } = source
  const nameOf = (id: number | null) => (id === null ? null : opd(id).name)
  const items = grouped(session.items, (item) => item.kind)
  const agreements = items.get('agreement') ?? []
  const others = session.items.filter((item) => item.kind !== 'agreement')
  return [
    ...aboutSession(source, session),
    ...session.editions.map(
      (each): Line => ({
        session,
        part: 'Berita Acara',
        seq: each.edition,
        who: each.by,
        text: editionText(source, session, each),
        example: each.example,
      }),
    ),
    ...session.invited.map(
      (id, index): Line => ({ session, part: 'Undangan', seq: index + 1, opd: opd(id).name }),
    ),
    ...others.map(
      (item, index): Line => ({
        session,
        part: 'Susunan',
        seq: index + 1,
        who: item.name,
        office: item.office,
        text: item.text,
        state: label('sessionItemKind', item.kind as never),
      }),
    ),
    ...session.attendance.map(
      (person, index): Line => ({
        session,
        part: 'Kehadiran',
        seq: index + 1,
        at: clockText(person.arrivedAt),
        who: person.name,
        office: person.position,
        opd: nameOf(person.opdId) ?? person.institution,
        text: person.spokesman === 1 ? 'Juru bicara OPD' : null,
        state: label('presentAs', person.presentAs as never),
        employment: label('employment', person.employment as never) || null,
        example: person.example,
      }),
    ),
    ...session.minutes.map(
      (minute, index): Line => ({
        session,
        part: 'Notulen',
        seq: index + 1,
        onDay: minute.onDay,
        at: clockText(minute.at),
        who: minute.speaker,
        opd: nameOf(minute.opdId),
        text: minute.text,
        answer: minute.answer,
        state: label('minuteKind', minute.kind as never),
        example: minute.example,
      }),
    ),
    ...agreements.map(
      (item, index): Line => ({
        session,
        part: 'Kesepakatan',
        seq: index + 1,
        who: item.name,
        office: item.office,
        text: item.text,
      }),
    ),
    ...session.followUps.map(followUpLine(source, session)),
  ]
}

function followUpLine({ opd, data, label, proposal }: Source, session: ReportSession | null) {
  return (each: ReportFollowUp, index: number): Line => ({
    session,
    part: 'Tindak Lanjut',
    seq: index + 1,
    who: each.who,
    opd: each.opdId === null ? null : opd(each.opdId).name,
    text: each.text,
    due: each.due,
    state: label('followUpState', isLate(each, data.today) ? 'late' : (each.state as never)),
    doneOn: each.doneOn,
    proposal: proposal(each.proposalId ?? 0)?.number ?? null,
    example: each.example,
  })
}

function isLate(each: ReportFollowUp, today: string): boolean {
  return each.state !== 'done' && each.due !== null && each.due < today
}

function clockText(clock: string | null): string | null {
  return clock?.replace(':', '.') ?? null
}

/** The real times where they are recorded, else the planned ones. */
function timesOf({ data, format }: Source, session: ReportSession): string | null {
  const zone = data.government.timeZone as Zone
  const clockOf = (instant: string | null) =>
    instant === null ? null : localClock(new Date(instant), zone)
  const starts = clockOf(session.openedAt) ?? session.starts
  const ends = clockOf(session.closedAt) ?? session.ends
  if (!starts) return null
  return ends ? `${clockText(starts)}–${format.clock(ends)}` : format.clock(starts)
}

function plannedText({ format }: Source, { starts, ends }: ReportSession): string | null {
  if (!starts) return null
  return ends ? `${clockText(starts)}–${format.clock(ends)}` : format.clock(starts)
}

function editionText(
  { format }: Source,
  { recordNo }: ReportSession,
  { edition, recordedAt }: ReportSession['editions'][number],
): string {
  const name = edition === 1 ? 'Berita acara' : `Berita acara perbaikan ke-${edition - 1}`
  const number = recordNo ? `Nomor ${recordNo}` : 'belum bernomor'
  return `${name}, ${number}, keadaan per ${format.dateTime(recordedAt)}`
}

/** A line for each thing that is recorded of a session, so that each can be filtered by its name. */
function aboutSession(source: Source, session: ReportSession): Line[] {
  const { format, label } = source
  const letter = session.invitationNo
    ? `${session.invitationNo}${session.invitationOn ? ` tanggal ${format.date(session.invitationOn)}` : ''}`
    : null
  const texts: [string, string | null][] = [
    ['Tahap pekerjaan', session.stage],
    ['Tempat', session.venue],
    ['Penyelenggara', session.organiser],
    ['Undangan', letter],
    ['Sampai tanggal', session.endsOn ? format.date(session.endsOn) : null],
    ['Jadwal', session.openedAt ? plannedText(source, session) : null],
    ['Nomor berita acara', session.recordNo],
    ['Dibuka kembali karena', session.reopenedReason],
    ['Catatan', session.note],
  ]
  const people: [string, string | null][] = [
    ['Pimpinan rapat', session.chair],
    ['Moderator', session.moderator],
    ['Notulis', session.noteTaker],
  ]
  const said = [
    ...texts.map(([office, text]) => ({ office, text })),
    ...people.map(([office, who]) => ({ office, who })),
  ].filter((each) => ('text' in each ? each.text : each.who))
  const title = {
    office: 'Judul',
    text: session.title,
    at: timesOf(source, session),
    state: label('sessionState', session.state),
    example: session.example,
  }
  return [title, ...said].map((each, index) => ({ session, part: 'Sesi', seq: index + 1, ...each }))
}
