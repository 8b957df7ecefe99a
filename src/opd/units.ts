import type { Db } from '../db/schema.ts'
import type { Scope } from '../domain/access.ts'
import { opdCompleteness } from '../domain/completeness.ts'
import { sum } from '../domain/scoring.ts'
import * as inventory from '../inventory/queries.ts'
import * as opd from './queries.ts'
import * as recorded from './recorded.ts'

/** What one office has; null where nobody recorded it. */
export type UnitLine = Pick<opd.Unit, 'id' | 'name' | 'kind' | 'example'> & {
  /** The OPD itself, not a unit under it. */
  isOwn: boolean
  locations: number
  /** Locations with internet, be it limited. */
  connected: number
  computers: number | null
  /** The newest figures of the office: all its people, and those who work with a computer. */
  people: number | null
  computerUsers: number | null
  applications: number
  proposals: number
  /** Rupiah for ICT in the year of the day asked. */
  budget: number | null
  /** Of the ten parts of its data, and all together of theirs. */
  done: number
  of: number
}

/** An OPD with the units under it, line by line and together; those that ended are left out. */
export async function rollUp(
  db: Db,
  scope: Scope,
  found: opd.Opd,
  today: string,
): Promise<{ lines: UnitLine[]; sum: Omit<UnitLine, 'id' | 'name' | 'kind' | 'example'> }> {
  const units = await opd.units(db, scope, found.id)
  const rows = [found, ...units.filter((unit) => !opd.hasEndedBy(unit, today))]
  const ids = rows.map((row) => row.id)
  const counts = await recorded.countsOf(db, scope, ids, today)
  const offices = await inventory.readinessInputs(db, { all: false, opdIds: ids })
  const people = new Map(
    (await inventory.latestPeople(db, { all: false, opdIds: ids })).map((each) => [
      each.opdId,
      each,
    ]),
  )
  const budgets = await recorded.budgetsOf(db, scope, ids, Number(today.slice(0, 4)))
  const lines = rows.map(({ id, name, kind, example }): UnitLine => {
    const counted = counts.get(id)
    const own = offices.filter((office) => office.opdId === id)
    const computers = own.flatMap((office) => office.goodComputers ?? [])
    const { done, of } = counted ? opdCompleteness(counted) : { done: 0, of: 0 }
    return {
      ...{ id, name, kind, example, done, of },
      isOwn: id === found.id,
      locations: own.length,
      connected: own.filter(({ internet }) => internet === 'yes' || internet === 'limited').length,
      computers: computers.length > 0 ? sum(computers) : null,
      people: people.get(id)?.people ?? null,
      computerUsers: people.get(id)?.computerUsers ?? null,
      applications: counted?.applications ?? 0,
      proposals: counted?.proposals ?? 0,
      budget: budgets.get(id) ?? null,
    }
  })
  const all = (key: 'locations' | 'connected' | 'applications' | 'proposals' | 'done' | 'of') =>
    sum(lines.map((line) => line[key]))
  const known = (key: 'computers' | 'people' | 'computerUsers' | 'budget') => {
    const values = lines.flatMap((line) => line[key] ?? [])
    return values.length > 0 ? sum(values) : null
  }
  return {
    lines,
    sum: {
      isOwn: false,
      locations: all('locations'),
      connected: all('connected'),
      computers: known('computers'),
      people: known('people'),
      computerUsers: known('computerUsers'),
      applications: all('applications'),
      proposals: all('proposals'),
      budget: known('budget'),
      done: all('done'),
      of: all('of'),
    },
  }
}
