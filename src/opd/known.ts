import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import type { Scope } from '../domain/access.ts'
import * as inventory from '../inventory/queries.ts'
import * as needs from '../needs/queries.ts'
import type * as opd from './queries.ts'
import * as recorded from './recorded.ts'

/** Everything that is recorded of one OPD, as its paper form and its confirmation sheet print it. */
export async function knownOf(db: Db, scope: Scope, of: opd.Opd, today: string) {
  const [people] = await recorded.peopleDays(db, scope, of.id)
  const locations = await inventory.locationsOf(db, scope, of.id)
  const ids = locations.map((location) => location.id)
  const internet = await inventory.latestInternet(db, scope, ids)
  const devices = await inventory.latestDevices(db, scope, ids)
  const year = Number(today.slice(0, 4))
  const budgets = await recorded.budgets(db, scope, of.id)
  return {
    opd: of,
    duties: await recorded.duties(db, scope, of.id),
    people,
    offices: locations.map((location) => ({
      ...location,
      lines: internet.filter((line) => line.locationId === location.id),
      survey: devices.find((survey) => survey.locationId === location.id),
    })),
    applications: await applicationsOf(db, scope, of.id),
    proposals: await proposalsOf(db, scope, of.id),
    needs: await needs.ofOpd(db, scope, of.id),
    budgets: [year, year + 1].map((each) => ({
      year: each,
      budget: budgets.find((budget) => budget.year === each),
    })),
    says: (await recorded.answers(db, scope, of.id)).map((answer) => answer.part),
  }
}
export type KnownOpd = Awaited<ReturnType<typeof knownOf>>

function applicationsOf(db: Db, scope: Scope, opdId: number) {
  return owned(db, scope, 'application')
    .select('application.id')
    .where('application.opdId', '=', opdId)
    .orderBy('application.nameKey')
    .execute()
}

/** Its proposals; those withdrawn are left out. */
function proposalsOf(db: Db, scope: Scope, opdId: number) {
  return owned(db, scope, 'proposal')
    .select(['proposal.id', 'proposal.number', 'proposal.title', 'proposal.state'])
    .where('proposal.opdId', '=', opdId)
    .where('proposal.state', '<>', 'withdrawn')
    .orderBy('proposal.id')
    .execute()
}
