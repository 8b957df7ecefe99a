import { localClock, localDay, type Zone, zoneName } from '../domain/calendar.ts'
import { dayInWords } from '../domain/day-in-words.ts'
import { grouped } from '../domain/grouping.ts'
import { lists } from '../domain/words.ts'
import type { PaperWords } from '../web/paper.ts'
import type { RecordedPerson, SessionDocument } from './document.ts'

type Signer = { office: string; name: string | null; rank: string | null; nip: string | null }

const dots = '………'

/** What the record says in sentences and sums, worked out from its document. */
export function recordView(document: SessionDocument, { t, label, format }: PaperWords) {
  const { opds, people } = document
  const invited = opds.filter((row) => row.invited)
  const present = invited.filter((row) => row.people > 0)
  const zone = document.government.timeZone as Zone
  const offices = opds.flatMap((row) => row.offices)
  const inState = (state: string | null) => offices.filter((o) => o.internet === state).length
  return {
    opening: openingOf(document, { t, label, format }),
    attendance: t('papers.record.attendance', {
      n: invited.length,
      m: present.length,
      p: people.length,
    }),
    absent: invited.filter((row) => row.people === 0).map((row) => row.name),
    guests: opds.filter((row) => !row.invited && row.people > 0).map((row) => row.name),
    opds: opds.length,
    offices: offices.length,
    internet: [
      ...lists.internet.map((state) => ({ text: label('internet', state), n: inState(state) })),
      { text: t('papers.notRecorded'), n: inState(null) },
    ],
    devices: devicesOf(document),
    applications: opds.reduce((sum, row) => sum + row.applications, 0),
    /** OPD from which a proposal came. */
    proposers: new Set(document.proposals.map((row) => row.opd)).size,
    byPlatform: countedBy(
      document.proposals.flatMap((row) => row.platforms.map((code) => label('platform', code))),
    ),
    byNature: countedBy(
      document.proposals.flatMap((row) => row.natures.map((code) => label('natureShort', code))),
    ),
    signers: signersOf(document, { t, label, format }),
    place: [document.government.capital, format.date(closingDay(document, zone))]
      .filter(Boolean)
      .join(', '),
    representatives: representativesOf(document),
    at: {
      day: format.date(localDay(document.at, zone)),
      clock: clockOf(document.at, zone),
      zone: zoneName(zone),
    },
  }
}
export type RecordView = ReturnType<typeof recordView>

function openingOf({ session, government }: SessionDocument, { t, format }: PaperWords): string {
  const zone = government.timeZone as Zone
  const last = session.endsOn ?? session.heldOn
  const days =
    last === session.heldOn
      ? dayInWords(session.heldOn)
      : t('papers.record.days', { from: dayInWords(session.heldOn), until: dayInWords(last) })
  const invitation = [
    session.invitationNo && t('papers.record.invitationNo', { no: session.invitationNo }),
    session.invitationOn &&
      t('papers.record.invitationOn', { day: format.date(session.invitationOn) }),
  ].filter(Boolean)
  return t('papers.record.opening', {
    days,
    from: session.openedAt ? clockOf(session.openedAt, zone) : planned(session.starts),
    until: session.closedAt ? clockOf(session.closedAt, zone) : planned(session.ends),
    zone: zoneName(zone),
    venue: session.venue ?? dots,
    title: session.title,
    organiser: session.organiser ?? government.officeName,
    invitation:
      invitation.length > 0
        ? t('papers.record.invitation', { invitation: invitation.join(' ') })
        : '',
  })
}

const planned = (clock: string | null) => clock?.replace(':', '.') ?? dots

function clockOf(instant: string, zone: Zone): string {
  return localClock(instant, zone).replace(':', '.')
}

function closingDay({ session }: SessionDocument, zone: Zone): string {
  return session.closedAt ? localDay(session.closedAt, zone) : (session.endsOn ?? session.heldOn)
}

/** Devices by condition over the offices that were surveyed. */
function devicesOf({ opds }: SessionDocument) {
  const surveyed = opds.flatMap((row) => row.offices.flatMap((office) => office.devices ?? []))
  const add = (condition: 'good' | 'minor' | 'major') =>
    surveyed.reduce((sum, counts) => sum + counts[condition], 0)
  return { offices: surveyed.length, good: add('good'), minor: add('minor'), major: add('major') }
}

function countedBy(texts: readonly string[]): { text: string; n: number }[] {
  return [...grouped(texts, (text) => text)].map(([text, all]) => ({ text, n: all.length }))
}

/** Who signs: at the left the speaker or who took the minutes, at the right the official. */
function signersOf(document: SessionDocument, { t, label }: PaperWords): [Signer, Signer] {
  const { signatories, session, speakers } = document
  const asked = (pattern: RegExp) => signatories.find(({ role }) => pattern.test(role))
  const left = asked(/narasumber|notulis/i)
  const right =
    asked(/berita acara|mengetahui/i) ?? signatories.find((signatory) => signatory !== left)
  const signer = (signatory: SessionDocument['signatories'][number], office: string): Signer => ({
    office,
    name: signatory.name,
    rank: signatory.rank,
    nip: signatory.nip,
  })
  const unknown = { name: null, rank: null, nip: null }
  return [
    left
      ? signer(left, left.role)
      : session.noteTaker
        ? { ...unknown, office: t('papers.noteTaker'), name: session.noteTaker }
        : { ...unknown, office: t('papers.speaker'), name: speakers[0]?.name ?? null },
    right
      ? signer(right, officeOf(right, label))
      : { ...unknown, office: session.chair ?? t('papers.chair') },
  ]
}

/** An office with how it is held: "Plt. Kepala Dinas …". */
export function officeOf(
  { office, holdsAs }: { office: string; holdsAs: string },
  label: PaperWords['label'],
): string {
  return holdsAs === 'definitif' ? office : `${label('holdsAs', holdsAs)} ${office}`
}

/** One person for each OPD that was present: its spokesman, its head, or the first who came. */
function representativesOf({ people }: SessionDocument): RecordedPerson[] {
  const rank = (person: RecordedPerson) =>
    person.spokesman
      ? 0
      : person.presentAs === 'kepala'
        ? 1
        : person.presentAs === 'mewakili'
          ? 2
          : 3
  const ofOpd = people.filter((person) => person.opdId !== null)
  return [...grouped(ofOpd, (person) => person.opdId).values()].flatMap(
    (all) => all.toSorted((a, b) => rank(a) - rank(b))[0] ?? [],
  )
}
