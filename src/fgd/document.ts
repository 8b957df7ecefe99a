import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import * as decisions from '../decisions/queries.ts'
import { everything } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { deviceTotals, officeInternet } from '../domain/office.ts'
import type { Code } from '../domain/words.ts'
import * as government from '../government/queries.ts'
import * as inventory from '../inventory/queries.ts'
import { recordedLines } from './lines.ts'
import type { Session } from './queries.ts'
import * as records from './records.ts'
import * as workspace from './workspace.ts'

/** How much an office has; counts of devices by condition, kbps of its best line. */
export type RecordedOffice = {
  name: string
  /** null = not recorded */
  internet: Code<'internet'> | null
  kbps: number | null
  /** null = not recorded; zeros = recorded, none */
  devices: { good: number; minor: number; major: number } | null
}

export type RecordedOpd = {
  id: number
  name: string
  shortName: string | null
  invited: boolean
  people: number
  applications: number
  offices: RecordedOffice[]
}

/** `late`: written down after the session had been closed for the first time. */
type Late = { late: boolean }

export type RecordedPerson = Late & {
  name: string
  position: string | null
  from: string | null
  opdId: number | null
  presentAs: string
  spokesman: boolean
}

/**
 * What the official record of a session says: a plain value, kept as it was at the closing. It holds
 * no telephone, no cost, and no NIP but those of the officials who sign.
 */
export type SessionDocument = {
  kind: 'session-record'
  format: 1
  edition: number
  /** When it was gathered; instant. */
  at: string
  government: Pick<
    Row<'government'>,
    'name' | 'capital' | 'officeName' | 'officeShort' | 'address' | 'timeZone' | 'headTitle'
  > & {
    /** Absent where there was none, as in every record from before there could be one. */
    emblem?: string
  }
  signatories: Pick<Row<'signatory'>, 'role' | 'name' | 'office' | 'holdsAs' | 'rank' | 'nip'>[]
  session: Omit<
    Session,
    'id' | 'uid' | 'version' | 'createdAt' | 'updatedAt' | 'note' | 'recordNo' | 'state'
  >
  speakers: { name: string | null; office: string | null; topic: string | null }[]
  agenda: string[]
  agreements: (Late & { text: string })[]
  people: RecordedPerson[]
  opds: RecordedOpd[]
  proposals: (Late & {
    title: string
    opd: string
    platforms: string[]
    natures: string[]
    example: string | null
  })[]
  decisions: {
    title: string
    opd: string
    platforms: string[]
    outcome: string
    phase: string | null
    decidedBy: string | null
    office: string
    holdsAs: string
    decidedOn: string
  }[]
  minutes: (Late & {
    /** Absent in documents made before a note had a day. */
    onDay?: string | null
    at: string | null
    speaker: string | null
    opd: string | null
    kind: string
    text: string
    answer: string | null
  })[]
  followUps: (Late & {
    text: string
    who: string | null
    opd: string | null
    due: string | null
  })[]
}

/**
 * Gathers the record of a session as things stand now.
 *
 * @param firstClosedAt the instant of the first closing, if there was one: what was made after it
 *   is marked
 * @param before the edition before this one: what it says of the offices and applications of an OPD
 *   that has ended since stays, because its successors have them now
 */
export async function gatherDocument(
  reader: Db | Tx,
  session: Session,
  edition: number,
  at: string,
  firstClosedAt: string | undefined,
  before?: SessionDocument,
): Promise<SessionDocument> {
  const db = reader as Db
  const isLate = (row: { createdAt: string }) =>
    firstClosedAt !== undefined && row.createdAt > firstClosedAt
  const items = await records.items(db, session.id)
  const ofKind = (kind: string) => items.filter((item) => item.kind === kind)
  const lines = await recordedLines(db, session.id)
  const {
    id: _,
    uid: __,
    version: ___,
    createdAt: ____,
    updatedAt: _____,
    note: ______,
    recordNo: _______,
    state: ________,
    ...told
  } = session
  return {
    kind: 'session-record',
    format: 1,
    edition,
    at,
    ...(await letterheadOf(db)),
    session: told,
    speakers: ofKind('speaker').map(({ name, office, text: topic }) => ({ name, office, topic })),
    agenda: ofKind('agenda').flatMap(({ text }) => text ?? []),
    agreements: ofKind('agreement').map((item) => ({ text: item.text ?? '', late: isLate(item) })),
    people: (await records.attendance(db, session.id)).map((person) => ({
      name: person.name,
      position: person.position,
      from: person.opdName ?? person.institution,
      opdId: person.opdId,
      presentAs: person.presentAs,
      spokesman: person.spokesman === 1,
      late: isLate(person),
    })),
    opds: (await keepEnded(db, await opdsOf(db, session.id), before?.opds ?? [])).toSorted((a, b) =>
      byWritten(a.name, b.name),
    ),
    proposals: lines.proposals
      .toSorted((a, b) => byWritten(a.opd, b.opd))
      .map(({ createdAt, ...line }) => ({
        ...line,
        late: isLate({ createdAt }),
      })),
    decisions: await decisionsOf(db, session.id, lines.platforms),
    minutes: (await records.minutes(db, session.id)).map((minute) => ({
      onDay: minute.onDay,
      at: minute.at,
      speaker: minute.speaker,
      opd: minute.opd,
      kind: minute.kind,
      text: minute.text,
      answer: minute.answer,
      late: isLate(minute),
    })),
    followUps: (await records.followUps(db, session.id)).map((followUp) => ({
      text: followUp.text,
      who: followUp.who,
      opd: followUp.opd,
      due: followUp.due,
      late: isLate(followUp),
    })),
  }
}

/** OPD in the order of the names that the paper writes, so that they are found on it. */
function byWritten(a: string, b: string): number {
  return a.localeCompare(b, 'id')
}

async function letterheadOf(db: Db) {
  const row = await government.find(db)
  const signatories = await government.signatories(db)
  return {
    government: {
      name: row?.name ?? '',
      capital: row?.capital ?? null,
      officeName: row?.officeName ?? '',
      officeShort: row?.officeShort ?? '',
      address: row?.address ?? null,
      timeZone: row?.timeZone ?? 'Asia/Makassar',
      headTitle: row?.headTitle ?? '',
      ...(row?.emblem ? { emblem: row.emblem } : {}),
    },
    signatories: signatories.map(({ role, name, office, holdsAs, rank, nip }) => ({
      role,
      name,
      office,
      holdsAs,
      rank,
      nip,
    })),
  }
}

/** Every OPD of the session with its offices, those of its units included. */
async function opdsOf(db: Db, sessionId: number): Promise<RecordedOpd[]> {
  const opds = await workspace.opds(db, everything, sessionId)
  if (opds.length === 0) return []
  const ids = opds.map((row) => row.id)
  const offices = await owned(db, everything, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .select(['location.id', 'location.name'])
    .select((eb) => eb.fn.coalesce('opd.parentId', 'opd.id').as('above'))
    .select('opd.id as own')
    .where((eb) => eb.or([eb('opd.id', 'in', ids), eb('opd.parentId', 'in', ids)]))
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
  const at = offices.map((office) => office.id)
  const internet = grouped(await inventory.latestInternet(db, everything, at), byLocation)
  const devices = grouped(await inventory.latestDevices(db, everything, at), byLocation)
  const applications = await applicationsByOpd(db, ids)
  return opds.map((row) => ({
    id: row.id,
    name: row.name,
    shortName: row.shortName,
    invited: row.invited,
    people: row.people,
    applications: applications.get(row.id) ?? 0,
    offices: offices
      .filter(
        (office) => office.own === row.id || (office.above === row.id && !ids.includes(office.own)),
      )
      .map((office) => ({
        name: office.name,
        ...internetOf(internet.get(office.id) ?? []),
        devices: devicesOf(devices.get(office.id)?.[0]),
      })),
  }))
}

async function keepEnded(
  db: Db,
  now: readonly RecordedOpd[],
  before: readonly RecordedOpd[],
): Promise<RecordedOpd[]> {
  const told = new Map(before.map((each) => [each.id, each]))
  const rows = await owned(db, everything, 'opd')
    .select('opd.id')
    .where('opd.validUntil', 'is not', null)
    .execute()
  const ended = new Set(rows.map((row) => row.id))
  return now.map((each) => {
    const then = ended.has(each.id) ? told.get(each.id) : undefined
    return then ? { ...each, offices: then.offices, applications: then.applications } : each
  })
}

const byLocation = (row: { locationId: number }) => row.locationId

function internetOf(lines: readonly inventory.InternetAccess[]) {
  const facts = officeInternet(
    lines.map((line) => ({
      available: line.available as Code<'internet'>,
      downKbps: line.downKbps,
      measuredDownKbps: line.measuredDownKbps,
      lan: line.lan as Code<'lan'> | null,
      wifi: line.wifi as Code<'wifi'> | null,
      outageHours: line.outageHours,
    })),
  )
  return { internet: facts.internet ?? null, kbps: facts.measuredKbps ?? facts.statedKbps ?? null }
}

function devicesOf(survey: inventory.DeviceSurvey | undefined): RecordedOffice['devices'] {
  if (!survey) return null
  const totals = deviceTotals(survey.counts)
  const add = (condition: 'good' | 'minor' | 'major') =>
    totals.reduce((sum, total) => sum + total[condition], 0)
  return { good: add('good'), minor: add('minor'), major: add('major') }
}

async function applicationsByOpd(db: Db, ids: readonly number[]) {
  const rows = await owned(db, everything, 'application')
    .select('application.opdId')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('application.opdId', 'in', [...ids])
    .groupBy('application.opdId')
    .execute()
  return new Map(rows.map((row) => [row.opdId, row.n]))
}

/** What was decided in the session and holds, the earliest first. */
async function decisionsOf(db: Db, sessionId: number, platforms: Map<number, string[]>) {
  const rows = await decisions.all(db, everything)
  return rows
    .filter((row) => row.fgdSessionId === sessionId && row.standing !== 'corrected')
    .toSorted((a, b) => a.id - b.id)
    .map((row) => ({
      title: row.proposal.title,
      opd: row.proposal.opd,
      platforms: platforms.get(row.proposalId) ?? [],
      outcome: row.outcome,
      phase: row.phase,
      decidedBy: row.decidedBy,
      office: row.office,
      holdsAs: row.holdsAs,
      decidedOn: row.decidedOn,
    }))
}
