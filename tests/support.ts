import { loadExample } from '../fixtures/load.ts'
import type { Tables, WholeDb } from '../src/db/schema.ts'
import { reached } from '../src/db/scope.ts'
import { everything, type Scope } from '../src/domain/access.ts'
import { loadReference } from '../src/government/reference.ts'
import { type Fill, type TestApp, testApp, withGovernment } from '../src/testing/app.ts'
import type { Route } from '../src/web/access.ts'

/** The real app with the reference rows and the whole example in its database. */
export function exampleApp(): Promise<TestApp> {
  return testApp({ fill: withExample })
}

const withExample: Fill = async (trx, by) => {
  await withGovernment(trx, by)
  await loadReference(trx, by)
  await loadExample(trx, by)
}

/** The table whose id follows a part of a path. */
const tableAfter: Record<string, keyof Tables> = {
  accounts: 'account',
  opd: 'opd',
  duties: 'opdDuty',
  people: 'opdPeople',
  locations: 'location',
  internet: 'internetAccess',
  devices: 'deviceSurvey',
  fgd: 'fgdSession',
  items: 'sessionItem',
  attendance: 'attendance',
  minutes: 'minute',
  'follow-ups': 'followUp',
  budgets: 'opdBudget',
  applications: 'application',
  affairs: 'affair',
  national: 'nationalApplication',
  needs: 'infrastructureNeed',
  proposals: 'proposal',
  sets: 'criterionSet',
  criteria: 'criterion',
  weightings: 'weighting',
  assessors: 'assessor',
  rounds: 'round',
  ratings: 'assessor',
  sheets: 'assessor',
  recusals: 'recusal',
  checks: 'checkAnswer',
  decisions: 'decision',
  publications: 'publication',
  phases: 'phase',
  signatories: 'signatory',
  links: 'accessLink',
  events: 'event',
  // the history of a record: told of a proposal
  proposal: 'proposal',
}

/**
 * A real address for a route: every parameter is the id of a stored row, a child with its parent.
 * With a scope, the rows are those of its OPD. Undefined where there is no such row.
 */
export async function addressOf(
  db: WholeDb,
  url: string,
  scope: Scope = everything,
): Promise<string | undefined> {
  return (await addressesOf(db, url, 1, scope))[0]
}

/** The same, for up to `most` rows. */
export async function addressesOf(
  db: WholeDb,
  url: string,
  most: number,
  scope: Scope = everything,
): Promise<string[]> {
  const parts = url.replace('/:entity/', '/proposal/').split('/')
  const tables = parts.map((part, at) =>
    part.startsWith(':') ? tableAfter[parts[at - 1] ?? ''] : undefined,
  )
  const params = parts.flatMap((part, at) => (part.startsWith(':') ? [at] : [])).toReversed()
  const [last] = params
  if (last === undefined) return [url]
  if (parts[last] === ':token') return [url.replace(':token', 'x'.repeat(43))]
  const table = tables[last]
  if (!table) return []
  const found = await Promise.all(
    (await someRows(db, table, scope, most)).map((row) => withRow(row)),
  )
  return found.flatMap((address) => address ?? [])

  async function withRow(lowest: Found): Promise<string | undefined> {
    const filled = [...parts]
    let row: Found | undefined = lowest
    for (const at of params) {
      const here = tables[at]
      if (!here) return undefined
      row ??= (await someRows(db, here, scope, 1))[0]
      if (!row) return undefined
      filled[at] = String(row.id)
      const above = tables.slice(0, at).findLast((name) => name !== undefined)
      const column = above === 'criterionSet' ? 'setId' : `${above}Id`
      const parent: number = Number(row[column] ?? 0)
      row = parent ? { id: parent } : undefined
    }
    return filled.join('/')
  }
}

type Found = { id: number; [column: string]: unknown }

async function someRows(
  db: WholeDb,
  table: keyof Tables,
  scope: Scope,
  most: number,
): Promise<Found[]> {
  return reached(db, scope, table)
    .selectAll(table)
    .orderBy(`${table}.id`)
    .limit(most)
    .$castTo<Found>()
    .execute()
}

export const pages = (it: TestApp): Route[] =>
  it.app.routeTable.filter((r) => r.method === 'GET' && !/\*|\.(css|csv)$/.test(r.url))
export const actions = (it: TestApp): Route[] =>
  it.app.routeTable.filter((r) => r.method === 'POST')

/**
 * Every row of every table but those that say who looked when, or was refused: equal text means
 * nothing changed.
 */
export function contents(
  it: TestApp,
  except: readonly string[] = ['web_session', 'account', 'throttle', 'access_log'],
) {
  const { raw } = it.connection
  const names = raw
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .pluck()
    .all() as string[]
  return Object.fromEntries(
    names
      .filter((name) => !except.includes(name))
      .map((name) => [name, JSON.stringify(raw.prepare(`select * from ${name}`).all())]),
  )
}
