import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'

/** The OPD that exist today, units under them left out, by name. */
export function opds(db: Db, scope: Scope, today: string) {
  return owned(db, scope, 'opd')
    .select(['opd.id', 'opd.name', 'opd.shortName', 'opd.headName', 'opd.headTitle'])
    .select(['opd.contactName', 'opd.example'])
    .where('opd.parentId', 'is', null)
    .where((eb) => eb.or([eb('opd.validUntil', 'is', null), eb('opd.validUntil', '>=', today)]))
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .execute()
}

/** How many duties each OPD has. */
export function duties(db: Db, scope: Scope) {
  return owned(db, scope, 'opdDuty')
    .select('opdDuty.opdId')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .groupBy('opdDuty.opdId')
    .execute()
}

/** "None" as an answer, by OPD and part. */
export function answers(db: Db, scope: Scope) {
  return owned(db, scope, 'opdAnswer').select(['opdAnswer.opdId', 'opdAnswer.part']).execute()
}

/** Every location with the OPD it counts for: a unit's belongs to the OPD above it. */
export function locations(db: Db, scope: Scope) {
  return owned(db, scope, 'location')
    .innerJoin('opd', 'opd.id', 'location.opdId')
    .select(['location.id', 'location.isHead', 'opd.id as ownId'])
    .select((eb) => eb.fn.coalesce('opd.parentId', 'opd.id').as('opdId'))
    .execute()
}

/** Internet as it is on that day: of each location and line the newest record. */
export function internet(db: Db, scope: Scope, today: string) {
  return owned(db, scope, 'internetAccess')
    .select(['internetAccess.locationId', 'internetAccess.available', 'internetAccess.downKbps'])
    .where('internetAccess.asOf', '<=', today)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('internetAccess as newer')
            .select('newer.id')
            .whereRef('newer.locationId', '=', 'internetAccess.locationId')
            .whereRef('newer.line', '=', 'internetAccess.line')
            .whereRef('newer.asOf', '>', 'internetAccess.asOf')
            .where('newer.asOf', '<=', today),
        ),
      ),
    )
    .execute()
}

/** The newest device survey of each location on that day. */
export function surveys(db: Db, scope: Scope, today: string) {
  return newestSurveys(db, scope, today)
    .select(['deviceSurvey.id', 'deviceSurvey.locationId'])
    .execute()
}

/** Devices by type and condition, over the newest survey of each location. */
export function devices(db: Db, scope: Scope, today: string) {
  return newestSurveys(db, scope, today)
    .innerJoin('deviceCount', 'deviceCount.surveyId', 'deviceSurvey.id')
    .select('deviceCount.type')
    .select((eb) => [
      eb.fn.sum<number>('deviceCount.good').as('good'),
      eb.fn.sum<number>('deviceCount.minor').as('minor'),
      eb.fn.sum<number>('deviceCount.major').as('major'),
    ])
    .groupBy('deviceCount.type')
    .execute()
}

function newestSurveys(db: Db, scope: Scope, today: string) {
  return owned(db, scope, 'deviceSurvey')
    .where('deviceSurvey.asOf', '<=', today)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('deviceSurvey as newer')
            .select('newer.id')
            .whereRef('newer.locationId', '=', 'deviceSurvey.locationId')
            .whereRef('newer.asOf', '>', 'deviceSurvey.asOf')
            .where('newer.asOf', '<=', today),
        ),
      ),
    )
}

/** Every proposal with the OPD it counts for. */
export function proposals(db: Db, scope: Scope) {
  return owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .select(['proposal.id', 'proposal.state'])
    .select((eb) => eb.fn.coalesce('opd.parentId', 'opd.id').as('opdId'))
    .execute()
}

/** The OPD from which somebody was present in a session. */
export function present(db: Db) {
  return db
    .selectFrom('attendance')
    .select('attendance.opdId')
    .distinct()
    .where('attendance.opdId', 'is not', null)
    .execute()
}

/** The sessions, newest first. */
export function sessions(db: Db) {
  return db
    .selectFrom('fgdSession')
    .select(['id', 'title', 'heldOn', 'state'])
    .orderBy('heldOn', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The OPD that an account spoke for at any time, those included that it lost. */
export async function opdsEver(db: Db, accountId: number): Promise<number[]> {
  const events = await owned(db, everything, 'event')
    .select('event.changes')
    .where('event.entity', '=', 'account')
    .where('event.entityId', '=', accountId)
    .execute()
  const found = events.flatMap(({ changes }) => {
    const said = rolesSaid.safeParse(JSON.parse(changes))
    return said.success ? (said.data.roles ?? []).flat() : []
  })
  return [...new Set(found.flatMap((each) => each?.opdId ?? []))]
}

const rolesSaid = z.object({
  roles: z.array(z.array(z.object({ opdId: z.number().nullable() })).nullable()).optional(),
})
