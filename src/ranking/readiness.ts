import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import type { LocationFacts } from '../domain/readiness.ts'
import type { Code } from '../domain/words.ts'

/** What the inventory knows of a location, and the day of its newest record. */
export type KnownLocation = LocationFacts & { asOf: string | null }

/** The newest facts of every location. */
export async function locationFacts(db: Db): Promise<Map<number, KnownLocation>> {
  const [locations, people, lines, surveys] = await Promise.all([
    readLocations(db),
    readPeople(db),
    readLines(db),
    readSurveys(db),
  ])
  const usersOf = new Map(people.map((each) => [each.opdId, each.computerUsers]))
  const linesOf = grouped(lines, (line) => line.locationId)
  const surveyOf = new Map(surveys.map((survey) => [survey.locationId, survey]))
  return new Map(
    locations.map((location) => {
      const own = newestLines(linesOf.get(location.id) ?? [])
      const survey = surveyOf.get(location.id)
      const days = [...own.map((line) => line.asOf), ...(survey ? [survey.asOf] : [])]
      const facts: KnownLocation = {
        locationId: location.id,
        computerUsers: location.computerUsers ?? usersOf.get(location.opdId),
        powerOutageHours: location.powerOutHours,
        ...internetFacts(own),
        ...(survey && { goodComputers: survey.good }),
        asOf: days.toSorted().at(-1) ?? null,
      }
      return [location.id, facts]
    }),
  )
}

type Line = Awaited<ReturnType<typeof readLines>>[number]

function newestLines(lines: readonly Line[]): Line[] {
  const newest = new Map<number, Line>()
  for (const line of lines) newest.set(line.line, line)
  return [...newest.values()]
}

/** All lines of a location together: the best availability, the sum of what they carry. */
function internetFacts(lines: readonly Line[]): Partial<LocationFacts> {
  const [main] = lines.toSorted((a, b) => a.line - b.line)
  if (!main) return {}
  const best = (['yes', 'limited', 'no'] as const).find((code) =>
    lines.some((line) => line.available === code),
  )
  return {
    internet: best,
    measuredKbps: total(lines.map((line) => line.measuredDownKbps)),
    statedKbps: total(lines.map((line) => line.downKbps)),
    lan: main.lan as Code<'lan'> | null,
    wifi: main.wifi as Code<'wifi'> | null,
    internetOutageHours: main.outageHours,
  }
}

function total(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null)
  return known.length === 0 ? null : known.reduce((sum, figure) => sum + figure, 0)
}

function readLocations(db: Db) {
  return owned(db, everything, 'location')
    .select(['location.id', 'location.opdId', 'location.computerUsers', 'location.powerOutHours'])
    .execute()
}

function readPeople(db: Db) {
  return owned(db, everything, 'opdPeople')
    .select(['opdPeople.opdId', 'opdPeople.computerUsers'])
    .orderBy('opdPeople.asOf')
    .execute()
}

function readLines(db: Db) {
  return owned(db, everything, 'internetAccess')
    .select([
      'internetAccess.locationId',
      'internetAccess.line',
      'internetAccess.asOf',
      'internetAccess.available',
      'internetAccess.downKbps',
      'internetAccess.measuredDownKbps',
      'internetAccess.lan',
      'internetAccess.wifi',
      'internetAccess.outageHours',
    ])
    .orderBy('internetAccess.asOf')
    .execute()
}

async function readSurveys(db: Db) {
  const surveys = await owned(db, everything, 'deviceSurvey')
    .select(['deviceSurvey.id', 'deviceSurvey.locationId', 'deviceSurvey.asOf'])
    .orderBy('deviceSurvey.asOf')
    .execute()
  const counts = await owned(db, everything, 'deviceCount')
    .select(['deviceCount.surveyId', 'deviceCount.good'])
    .where('deviceCount.type', 'in', ['pc', 'laptop'])
    .execute()
  const countsOf = grouped(counts, (count) => count.surveyId)
  return surveys.map((survey) => ({
    ...survey,
    good: (countsOf.get(survey.id) ?? []).reduce((sum, count) => sum + count.good, 0),
  }))
}
