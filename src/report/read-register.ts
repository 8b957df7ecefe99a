import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import { type OpdCounts, opdCompleteness } from '../domain/completeness.ts'
import { grouped } from '../domain/grouping.ts'
import { namedPicture } from '../domain/picture.ts'
import type { Code } from '../domain/words.ts'
import { findPicture, readStandards } from '../government/queries.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import type {
  ReportData,
  ReportDeviceCount,
  ReportGovernment,
  ReportInternet,
  ReportOpd,
  ReportPicture,
} from './data.ts'

/** @throws Error when the government has not been set up yet */
export async function readGovernment(db: Db): Promise<ReportGovernment> {
  const row = await db
    .selectFrom('government')
    .select(['name', 'officeName', 'officeShort', 'headTitle', 'spbeTerm', 'planTitle', 'timeZone'])
    .select(['yearFrom', 'yearTo', 'legalBases', 'paper', 'province', 'capital', 'address'])
    .select('emblem')
    .executeTakeFirst()
  if (!row) throw new Error('the government has not been set up yet')
  const signatories = await db
    .selectFrom('signatory')
    .select(['role', 'name', 'office', 'holdsAs', 'rank'])
    .orderBy('seq')
    .orderBy('id')
    .execute()
  return { ...row, emblem: await readPicture(db, row.emblem), signatories }
}

async function readPicture(db: Db, name: string | null): Promise<ReportPicture | null> {
  const head = namedPicture(name)
  const stored = head && (await findPicture(db, head.sha256))
  if (!head || !stored) return null
  const { sha256: _, ...sizes } = head
  return { ...sizes, bytes: stored.bytes }
}

export async function readOpds(
  db: Db,
  today: string,
): Promise<Pick<ReportData, 'opds' | 'affairs' | 'duties' | 'people'>> {
  const rows = await owned(db, everything, 'opd')
    .leftJoin('opd as parent', 'parent.id', 'opd.parentId')
    .select(['opd.id', 'opd.code', 'opd.name', 'opd.shortName', 'opd.kind', 'opd.headTitle'])
    .select(['opd.contactName', 'opd.contactTitle', 'opd.validFrom', 'opd.validUntil', 'opd.note'])
    .select(['opd.headName', 'opd.endedBy', 'opd.example', 'opd.parentId', 'parent.name as parent'])
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .execute()
  const successors = await owned(db, everything, 'opd')
    .innerJoin('opdSuccessor', 'opdSuccessor.successorId', 'opd.id')
    .select(['opdSuccessor.opdId', 'opd.name'])
    .orderBy('opd.nameKey')
    .execute()
  const affairs = await db
    .selectFrom('affair')
    .select(['code', 'name', 'grouping', 'source', 'verifiedOn'])
    .orderBy('code')
    .execute()
  const chosen = await db
    .selectFrom('opdAffair')
    .innerJoin('affair', 'affair.code', 'opdAffair.affairCode')
    .select(['opdAffair.opdId', 'affair.code', 'affair.name'])
    .orderBy('affair.code')
    .execute()
  const answers = await owned(db, everything, 'opdAnswer')
    .select(['opdAnswer.opdId', 'opdAnswer.part', 'opdAnswer.asOf'])
    .orderBy('opdAnswer.id')
    .execute()
  const confirmations = await owned(db, everything, 'opdConfirmation')
    .select(['opdConfirmation.opdId', 'opdConfirmation.asOf', 'opdConfirmation.name'])
    .select(['opdConfirmation.position', 'opdConfirmation.note'])
    .orderBy('opdConfirmation.asOf')
    .orderBy('opdConfirmation.id')
    .execute()
  const ids = rows.map((row) => row.id)
  const counts = await recorded.countsOf(db, everything, ids, today)
  const confirmed = new Map(confirmations.map(({ opdId, ...said }) => [opdId, said]))
  const affairsOf = grouped(chosen, (each) => each.opdId)
  const successorsOf = grouped(successors, (each) => each.opdId)
  const answersOf = grouped(answers, (each) => each.opdId)
  const opds: ReportOpd[] = rows.map((row) => ({
    ...row,
    ended: opd.hasEndedBy(row, today),
    successors: (successorsOf.get(row.id) ?? []).map((each) => each.name),
    affairs: (affairsOf.get(row.id) ?? []).map((each) => `${each.code} ${each.name}`),
    saysNone: (answersOf.get(row.id) ?? []).map(({ part, asOf }) => ({
      part: part as Code<'opdPart'>,
      asOf,
    })),
    complete: opd.hasEndedBy(row, today) ? null : completeness(counts.get(row.id)),
    confirmed: confirmed.get(row.id) ?? null,
  }))
  const order = orderOf(opds)
  const duties = await owned(db, everything, 'opdDuty')
    .select(['opdDuty.opdId', 'opdDuty.seq', 'opdDuty.text', 'opdDuty.legalBasis'])
    .select(['opdDuty.verified', 'opdDuty.example'])
    .orderBy('opdDuty.seq')
    .orderBy('opdDuty.id')
    .execute()
  const people = await owned(db, everything, 'opdPeople')
    .select(['opdPeople.opdId', 'opdPeople.asOf', 'opdPeople.pns', 'opdPeople.pppk'])
    .select(['opdPeople.other', 'opdPeople.computerUsers', 'opdPeople.ictStaff'])
    .select(['opdPeople.ictTrained', 'opdPeople.fgdSessionId as sessionId', 'opdPeople.example'])
    .orderBy('opdPeople.asOf', 'desc')
    .orderBy('opdPeople.id', 'desc')
    .execute()
  return {
    opds,
    affairs,
    duties: duties.toSorted((a, b) => order(a.opdId) - order(b.opdId)),
    people: firstOfEach(people, (row) => row.opdId).toSorted(
      (a, b) => order(a.opdId) - order(b.opdId),
    ),
  }
}

/** The offices and, of each, the newest internet access and device survey on or before a day. */
export async function readInventory(
  db: Db,
  today: string,
): Promise<Pick<ReportData, 'locations' | 'internet' | 'surveys' | 'standards'>> {
  const locations = await owned(db, everything, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .select(['location.id', 'location.opdId', 'location.name', 'location.kind'])
    .select(['location.district', 'location.address', 'location.isHead', 'location.computerUsers'])
    .select(['location.signal', 'location.power', 'location.powerOutHours', 'location.serverRoom'])
    .select(['location.note', 'location.example'])
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
  const order = orderOf(locations)
  const internet = await owned(db, everything, 'internetAccess')
    .select(['internetAccess.locationId', 'internetAccess.line', 'internetAccess.asOf'])
    .select(['internetAccess.available', 'internetAccess.provider', 'internetAccess.service'])
    .select(['internetAccess.medium', 'internetAccess.downKbps', 'internetAccess.intranetKbps'])
    .select(['internetAccess.ownership', 'internetAccess.costMonth', 'internetAccess.fund'])
    .select(['internetAccess.lan', 'internetAccess.wifi', 'internetAccess.quality'])
    .select(['internetAccess.outageHours', 'internetAccess.measuredOn'])
    .select(['internetAccess.measuredDownKbps', 'internetAccess.measuredUpKbps'])
    .select(['internetAccess.latencyMs', 'internetAccess.note', 'internetAccess.example'])
    .select('internetAccess.fgdSessionId as sessionId')
    .where('internetAccess.asOf', '<=', today)
    .orderBy('internetAccess.asOf', 'desc')
    .orderBy('internetAccess.id', 'desc')
    .execute()
  const surveys = await owned(db, everything, 'deviceSurvey')
    .select(['deviceSurvey.id', 'deviceSurvey.locationId', 'deviceSurvey.asOf'])
    .select(['deviceSurvey.note', 'deviceSurvey.fgdSessionId as sessionId'])
    .select('deviceSurvey.example')
    .where('deviceSurvey.asOf', '<=', today)
    .orderBy('deviceSurvey.asOf', 'desc')
    .orderBy('deviceSurvey.id', 'desc')
    .execute()
  const counts = await owned(db, everything, 'deviceCount')
    .select(['deviceCount.surveyId', 'deviceCount.type', 'deviceCount.good', 'deviceCount.minor'])
    .select(['deviceCount.major', 'deviceCount.oldestYear', 'deviceCount.newestYear'])
    .execute()
  const countsOf = grouped(counts, (each) => each.surveyId)
  const newest = firstOfEach(surveys, (row) => row.locationId)
  return {
    standards: await readStandards(db),
    locations,
    internet: firstOfEach(internet, (row) => `${row.locationId} ${row.line}`)
      .map((row): ReportInternet => ({ ...row, available: row.available as Code<'internet'> }))
      .toSorted((a, b) => order(a.locationId) - order(b.locationId) || a.line - b.line),
    surveys: newest
      .toSorted((a, b) => order(a.locationId) - order(b.locationId))
      .map(({ id, ...survey }) => ({
        ...survey,
        counts: (countsOf.get(id) ?? []).map(
          ({ surveyId: _, ...count }): ReportDeviceCount => count,
        ),
      })),
  }
}

function orderOf(rows: readonly { id: number }[]) {
  const places = new Map(rows.map((row, index) => [row.id, index]))
  return (id: number) => places.get(id) ?? rows.length
}

function firstOfEach<T>(rows: readonly T[], keyOf: (row: T) => string | number): T[] {
  const first = new Map<string | number, T>()
  for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row)
  return [...first.values()]
}

function completeness(counts: OpdCounts | undefined): ReportOpd['complete'] {
  if (!counts) return null
  const { done, of } = opdCompleteness(counts)
  return { done, of }
}
