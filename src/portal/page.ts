import type { Db } from '../db/schema.ts'
import { type Actor, type Scope, scopeOf } from '../domain/access.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import { opdCompleteness } from '../domain/completeness.ts'
import { type DeviceTotal, deviceTotals } from '../domain/office.ts'
import { orNotFound } from '../errors.ts'
import * as inventory from '../inventory/queries.ts'
import type * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import * as publications from '../publications/queries.ts'
import * as portal from './queries.ts'
import { readLinkSettings } from './settings.ts'
import { statusesOf } from './status.ts'

export type Card = Awaited<ReturnType<typeof cardsOf>>

type Office = Pick<
  inventory.ReadinessInput,
  'locationId' | 'name' | 'kind' | 'isHead' | 'example' | 'internet' | 'internetOn' | 'devicesOn'
> & {
  lines: inventory.InternetAccess[]
  /** Totals by type of the newest survey; undefined where there is none. */
  devices: DeviceTotal[] | undefined
}

/** Everything on the page of one OPD: its cards, each with what is known and whether it is done. */
export async function cardsOf(
  db: Db,
  actor: Actor,
  found: opd.Opd,
  { now, today, zone }: { now: Date; today: string; zone: Zone },
) {
  const scope: Scope = { all: false, opdIds: [found.id] }
  const counts = orNotFound((await recorded.countsOf(db, scope, [found.id], today)).get(found.id))
  const said = await recorded.answers(db, scope, found.id)
  const [people] = await recorded.peopleDays(db, scope, found.id)
  const confirmation = await portal.lastConfirmation(db, scope, found.id)
  const link =
    actor.kind === 'person' && actor.linkId !== undefined
      ? await portal.findLinkById(db, actor.linkId, now)
      : undefined
  return {
    opd: found,
    counts,
    completeness: opdCompleteness(counts),
    duties: await recorded.duties(db, scope, found.id),
    people,
    offices: await officesOf(db, scope),
    applications: await portal.applications(db, scope, found.id),
    needs: await portal.needs(db, scope, found.id),
    budgets: await recorded.budgets(db, scope, found.id),
    statuses: await statusesOf(db, scope, found.id, zone),
    result: await resultOf(db, scope, found.id),
    none: {
      applications: said.some((answer) => answer.part === 'applications'),
      proposals: said.some((answer) => answer.part === 'proposals'),
    },
    confirmation,
    changed: confirmation
      ? await portal.changedSince(db, scope, found.id, confirmation.eventId)
      : 0,
    contact: await readLinkSettings(db),
    linkUntil: link && localDay(link.expiresAt, zone),
    today,
    isOwn: !scopeOf(actor).all,
  }
}

/** What is published of this OPD's proposals, and how many of them wait for that. */
async function resultOf(db: Db, scope: Scope, opdId: number) {
  const act = await publications.inForce(db)
  return {
    act,
    own: act ? await publications.ownItems(db, scope, act.id) : [],
    waiting: await publications.unpublished(db, scope, opdId),
  }
}

async function officesOf(db: Db, scope: Scope): Promise<Office[]> {
  const offices = await inventory.readinessInputs(db, scope)
  const lines = await inventory.latestInternet(db, scope)
  const surveys = await inventory.latestDevices(db, scope)
  return offices.map((office) => {
    const survey = surveys.find((each) => each.locationId === office.locationId)
    return {
      ...office,
      lines: lines.filter((line) => line.locationId === office.locationId),
      devices: survey && deviceTotals(survey.counts),
    }
  })
}
