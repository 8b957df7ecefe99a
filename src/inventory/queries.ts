import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { officeInternet } from '../domain/office.ts'
import type { LocationFacts } from '../domain/readiness.ts'
import { fold } from '../domain/text.ts'
import type { Code } from '../domain/words.ts'
import { Refusal } from '../errors.ts'
import type { LocationInput } from './schema.ts'

export type Location = Row<'location'>
export type InternetAccess = Row<'internetAccess'>
export type DeviceCount = Omit<Row<'deviceCount'>, 'surveyId'>
/** A survey with its lines; without lines it says "recorded, no devices". */
export type DeviceSurvey = Pick<
  Row<'deviceSurvey'>,
  'id' | 'version' | 'locationId' | 'asOf' | 'note' | 'example'
> & { counts: DeviceCount[] }
export type LocationOption = { value: number; label: string; opdId: number; opd: string }

/** The day that is after every other: "now", whatever is recorded. */
const noLimit = '9999-12-31'

/* Offices */

/** The offices of an OPD, the head office first. */
export function locationsOf(db: Db | Tx, scope: Scope, opdId: number): Promise<Location[]> {
  return owned(db, scope, 'location')
    .selectAll('location')
    .where('location.opdId', '=', opdId)
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
}

/** The offices a form may offer, by OPD, the head office first; of one OPD where it is given. */
export function locationOptions(
  db: Db | Tx,
  scope: Scope,
  opdId?: number,
): Promise<LocationOption[]> {
  return owned(db, scope, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .select(['location.id as value', 'location.name as label', 'location.opdId', 'opd.name as opd'])
    .$if(opdId !== undefined, (query) => query.where('location.opdId', '=', opdId ?? 0))
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
}

/** An office with the name of its OPD. */
export function findLocation(
  db: Db | Tx,
  scope: Scope,
  id: number,
): Promise<(Location & { opd: string }) | undefined> {
  return owned(db, scope, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .selectAll('location')
    .select('opd.name as opd')
    .where('location.id', '=', id)
    .executeTakeFirst()
}

/** The districts in use, for the filter and as suggestions of a form. */
export async function districts(db: Db, scope: Scope): Promise<string[]> {
  const rows = await owned(db, scope, 'location')
    .select('location.district')
    .distinct()
    .where('location.district', 'is not', null)
    .orderBy('location.district')
    .execute()
  return rows.flatMap((row) => row.district ?? [])
}

/** @throws Refusal at `isHead` when another office of the OPD is the head office */
export async function insertLocation(
  trx: Tx,
  opdId: number,
  input: LocationInput,
  by: By,
): Promise<number> {
  const { fgdSessionId: _, ...fields } = input
  if (input.isHead === 1) await refuseSecondHead(trx, opdId)
  return insertRow(trx, 'location', { ...fields, opdId, nameKey: fold(input.name) }, by)
}

/** @throws Refusal at `isHead` when another office of the OPD is the head office */
export async function updateLocation(
  trx: Tx,
  location: Pick<Location, 'id' | 'opdId'>,
  version: number,
  input: LocationInput,
  by: By,
): Promise<void> {
  const { fgdSessionId: _, ...fields } = input
  if (input.isHead === 1) await refuseSecondHead(trx, location.opdId, location.id)
  const changes = { ...fields, nameKey: fold(input.name) }
  await updateRow(trx, 'location', location.id, version, changes, by)
}

async function refuseSecondHead(trx: Tx, opdId: number, except = 0): Promise<void> {
  const head = await trx
    .selectFrom('location')
    .select('name')
    .where('opdId', '=', opdId)
    .where('isHead', '=', 1)
    .where('id', '<>', except)
    .executeTakeFirst()
  if (head) throw new Refusal({ isHead: { key: 'inventory.error.head', params: head } })
}

/** Removes an office with its inventory; the database refuses while anything else names it. */
export async function removeLocation(trx: Tx, id: number, version: number, by: By): Promise<void> {
  for (const row of await internetRows(trx, everything, id)) {
    await removeRow(trx, 'internetAccess', row.id, row.version, by)
  }
  for (const row of await deviceSurveys(trx, everything, id)) {
    await removeRow(trx, 'deviceSurvey', row.id, row.version, by)
  }
  await removeRow(trx, 'location', id, version, by)
}

/* Internet access */

/** The newest row of every line of the offices on or before a day; all offices without ids. */
export function latestInternet(
  db: Db | Tx,
  scope: Scope,
  locationIds?: readonly number[],
  asOf: string = noLimit,
): Promise<InternetAccess[]> {
  const ranked = owned(db, scope, 'internetAccess')
    .selectAll('internetAccess')
    .select((eb) =>
      eb.fn
        .agg<number>('row_number')
        .over((over) =>
          over
            .partitionBy(['internetAccess.locationId', 'internetAccess.line'])
            .orderBy('internetAccess.asOf', 'desc'),
        )
        .as('nth'),
    )
    .where('internetAccess.asOf', '<=', asOf)
    .$if(locationIds !== undefined, (query) =>
      query.where('internetAccess.locationId', 'in', [...(locationIds ?? [])]),
    )
  return (db as Db)
    .selectFrom(ranked.as('ranked'))
    .selectAll('ranked')
    .where('ranked.nth', '=', 1)
    .orderBy('ranked.locationId')
    .orderBy('ranked.line')
    .execute()
}

/** Every row of an office: by line, the newest first. */
export function internetRows(
  db: Db | Tx,
  scope: Scope,
  locationId: number,
): Promise<InternetAccess[]> {
  return owned(db, scope, 'internetAccess')
    .selectAll('internetAccess')
    .where('internetAccess.locationId', '=', locationId)
    .orderBy('internetAccess.line')
    .orderBy('internetAccess.asOf', 'desc')
    .execute()
}

/* Devices */

/** The newest survey of the offices on or before a day; all offices without ids. */
export async function latestDevices(
  db: Db | Tx,
  scope: Scope,
  locationIds?: readonly number[],
  asOf: string = noLimit,
): Promise<DeviceSurvey[]> {
  const ranked = surveyLines(db, scope)
    .select((eb) =>
      eb.fn
        .agg<number>('rank')
        .over((over) =>
          over.partitionBy('deviceSurvey.locationId').orderBy('deviceSurvey.asOf', 'desc'),
        )
        .as('nth'),
    )
    .where('deviceSurvey.asOf', '<=', asOf)
    .$if(locationIds !== undefined, (query) =>
      query.where('deviceSurvey.locationId', 'in', [...(locationIds ?? [])]),
    )
  const rows = await (db as Db)
    .selectFrom(ranked.as('ranked'))
    .selectAll('ranked')
    .where('ranked.nth', '=', 1)
    .execute()
  return surveysOf(rows)
}

/** Every survey of an office, the newest first. */
export async function deviceSurveys(
  db: Db | Tx,
  scope: Scope,
  locationId: number,
): Promise<DeviceSurvey[]> {
  const rows = await surveyLines(db, scope)
    .where('deviceSurvey.locationId', '=', locationId)
    .orderBy('deviceSurvey.asOf', 'desc')
    .execute()
  return surveysOf(rows)
}

/** One row per line of a survey, and one with nulls for a survey without lines. */
function surveyLines(db: Db | Tx, scope: Scope) {
  return owned(db, scope, 'deviceSurvey')
    .leftJoin('deviceCount', 'deviceCount.surveyId', 'deviceSurvey.id')
    .select([
      'deviceSurvey.id',
      'deviceSurvey.version',
      'deviceSurvey.locationId',
      'deviceSurvey.asOf',
      'deviceSurvey.note',
      'deviceSurvey.example',
      'deviceCount.type',
      'deviceCount.good',
      'deviceCount.minor',
      'deviceCount.major',
      'deviceCount.oldestYear',
      'deviceCount.newestYear',
    ])
}

type SurveyLine = Omit<DeviceSurvey, 'counts'> & { [K in keyof DeviceCount]: DeviceCount[K] | null }

function surveysOf(lines: readonly SurveyLine[]): DeviceSurvey[] {
  const surveys = new Map<number, DeviceSurvey>()
  for (const line of lines) {
    const { type, good, minor, major, oldestYear, newestYear, ...head } = line
    const { id, version, locationId, asOf, note, example } = head
    const survey = surveys.get(id) ?? { id, version, locationId, asOf, note, example, counts: [] }
    surveys.set(id, survey)
    if (type === null) continue
    survey.counts.push({
      type,
      good: good ?? 0,
      minor: minor ?? 0,
      major: major ?? 0,
      oldestYear,
      newestYear,
    })
  }
  return [...surveys.values()]
}

/* What others compute with */

/** An office as readiness and the gap see it, with the days its facts are from. */
export type ReadinessInput = LocationFacts & {
  opdId: number
  opd: string
  /** The OPD above, of an office of a unit. */
  aboveId: number | null
  above: string | null
  name: string
  kind: string
  district: string | null
  isHead: 0 | 1
  example: string | null
  internetOn: string | undefined
  devicesOn: string | undefined
}

/**
 * What readiness needs of every office in reach, on or before a day: the speed of the best line,
 * the computer users of the office (where they are not recorded and it is the only office of its
 * OPD, the newest figure of the OPD), its PCs and laptops in good condition, LAN, Wi-Fi, outages.
 * Four queries, however many offices. What nobody recorded is undefined.
 */
export async function readinessInputs(
  db: Db | Tx,
  scope: Scope,
  asOf: string = noLimit,
): Promise<ReadinessInput[]> {
  const offices = await owned(db, scope, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .leftJoin('opd as above', 'above.id', 'opd.parentId')
    .select([
      'location.id',
      'location.opdId',
      'opd.name as opd',
      'opd.parentId as aboveId',
      'above.name as above',
      'location.name',
      'location.kind',
      'location.district',
      'location.isHead',
      'location.computerUsers',
      'location.powerOutHours',
      'location.example',
    ])
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
  const lines = groupBy(await latestInternet(db, scope, undefined, asOf), (row) => row.locationId)
  const surveys = groupBy(await latestDevices(db, scope, undefined, asOf), (row) => row.locationId)
  const people = groupBy(await latestPeople(db, scope, asOf), (row) => row.opdId)
  const officesOf = groupBy(offices, (office) => office.opdId)

  return offices.map((office) => {
    const ofOffice = lines.get(office.id) ?? []
    const survey = surveys.get(office.id)?.[0]
    const onlyOne = officesOf.get(office.opdId)?.length === 1
    const ofOpd = onlyOne ? people.get(office.opdId)?.[0]?.computerUsers : undefined
    return {
      locationId: office.id,
      opdId: office.opdId,
      opd: office.opd,
      aboveId: office.aboveId,
      above: office.above,
      name: office.name,
      kind: office.kind,
      district: office.district,
      isHead: office.isHead,
      example: office.example,
      computerUsers: office.computerUsers ?? ofOpd ?? undefined,
      ...officeInternet(ofOffice.map(lineFacts)),
      goodComputers: survey && goodComputers(survey),
      powerOutageHours: office.powerOutHours ?? undefined,
      internetOn: ofOffice
        .map((row) => row.asOf)
        .sort()
        .at(-1),
      devicesOn: survey?.asOf,
    }
  })
}

/** A stored row as the domain reads it; its codes were checked when it was written. */
function lineFacts(row: InternetAccess) {
  return {
    ...row,
    available: row.available as Code<'internet'>,
    lan: row.lan as Code<'lan'> | null,
    wifi: row.wifi as Code<'wifi'> | null,
  }
}

function goodComputers(survey: DeviceSurvey): number {
  return survey.counts
    .filter((count) => count.type === 'pc' || count.type === 'laptop')
    .reduce((sum, count) => sum + count.good, 0)
}

/** The employees of an OPD; undefined where neither PNS nor PPPK nor others were counted. */
export type PeopleOfOpd = {
  opdId: number
  people: number | undefined
  computerUsers: number | null
}

/** The newest figures of each OPD on or before a day. */
export async function latestPeople(
  db: Db | Tx,
  scope: Scope,
  asOf: string = noLimit,
): Promise<PeopleOfOpd[]> {
  const ranked = owned(db, scope, 'opdPeople')
    .select(['opdPeople.opdId', 'opdPeople.computerUsers'])
    .select(['opdPeople.pns', 'opdPeople.pppk', 'opdPeople.other'])
    .select((eb) =>
      eb.fn
        .agg<number>('row_number')
        .over((over) => over.partitionBy('opdPeople.opdId').orderBy('opdPeople.asOf', 'desc'))
        .as('nth'),
    )
    .where('opdPeople.asOf', '<=', asOf)
  const rows = await (db as Db)
    .selectFrom(ranked.as('ranked'))
    .selectAll('ranked')
    .where('ranked.nth', '=', 1)
    .execute()
  return rows.map(({ opdId, computerUsers, pns, pppk, other }) => {
    const counted = [pns, pppk, other].filter((n) => n !== null)
    const people = counted.length === 0 ? undefined : counted.reduce((sum, n) => sum + n, 0)
    return { opdId, computerUsers, people }
  })
}

/** The days on which anything of the inventory was recorded, the newest first. */
export async function recordedDays(db: Db, scope: Scope): Promise<string[]> {
  const of = (table: 'internetAccess' | 'deviceSurvey' | 'opdPeople') =>
    owned(db, scope, table).select(`${table}.asOf`).distinct().execute()
  const rows = await Promise.all([of('internetAccess'), of('deviceSurvey'), of('opdPeople')])
  return [...new Set(rows.flat().map((row) => row.asOf))].toSorted().toReversed()
}

function groupBy<T>(rows: readonly T[], key: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}
