import { grouped } from '../domain/grouping.ts'
import { type GroupedBy, ownerOf } from './groups.ts'
import type { PeopleOfOpd, ReadinessInput } from './queries.ts'

/** What is compared; `speed` in kbps, the others are counts. */
export const measures = ['internet', 'speed', 'computers', 'people'] as const
export type Measure = (typeof measures)[number]

/** A measure on two days. */
export type Compared = {
  /** Sums of what was known on each day; undefined where nothing was. */
  before: number | undefined
  after: number | undefined
  /** Locations (or OPD, of people) that nobody had recorded on that day. */
  unknownBefore: number
  unknownAfter: number
  /** Of those alone that were recorded on both days; undefined where there is none. */
  change: number | undefined
}

/** One location that is otherwise than it was: what was known of it on each day. */
export type ChangedLocation = {
  id: number
  name: string
  values: { measure: Measure; before: number | undefined; after: number | undefined }[]
}

export type ChangeRow = Record<Measure, Compared> & {
  opdId: number | undefined
  /** '' where the district is not recorded. */
  name: string
  locations: number
  changed: ChangedLocation[]
}

export type State = { offices: readonly ReadinessInput[]; people: readonly PeopleOfOpd[] }

/**
 * What changed between two days, by OPD or by district, the largest change of `first` on top. People
 * are recorded by OPD: for a district those of the OPD whose head office is there.
 *
 * @param narrowedTo the OPD that is compared, where it is one: its units then stand apart
 */
export function changesBetween(
  before: State,
  after: State,
  by: GroupedBy,
  first: Measure,
  narrowedTo?: number,
): ChangeRow[] {
  const then = new Map(before.offices.map((office) => [office.locationId, office]))
  const groups = grouped(after.offices, (office) =>
    by === 'opd' ? String(ownerOf(office, narrowedTo).id) : (office.district ?? ''),
  )
  return [...groups]
    .map(([, offices]) => {
      const [one] = offices
      const owner = one && by === 'opd' ? ownerOf(one, narrowedTo) : undefined
      return {
        opdId: owner?.id,
        name: owner?.name ?? one?.district ?? '',
        ...rowOf(offices, then, { before, after }, by),
      }
    })
    .toSorted((a, b) => compare(a, b, first) || a.name.localeCompare(b.name, 'id'))
}

type Pair = { before: number | undefined; after: number | undefined }

function rowOf(
  offices: readonly ReadinessInput[],
  then: ReadonlyMap<number, ReadinessInput>,
  states: { before: State; after: State },
  by: GroupedBy,
): Omit<ChangeRow, 'opdId' | 'name'> {
  const pairs = (measure: keyof typeof amountOf): Pair[] =>
    offices.map((office) => pairOf(measure, then.get(office.locationId), office))
  const whose = by === 'opd' ? offices : offices.filter((office) => office.isHead === 1)
  const opdIds = [...new Set(whose.map((office) => office.opdId))]
  return {
    locations: offices.length,
    internet: compared(pairs('internet')),
    speed: compared(pairs('speed')),
    computers: compared(pairs('computers')),
    people: compared(opdIds.map((id) => peopleOf(id, states))),
    changed: offices.flatMap((office) => changedOf(then.get(office.locationId), office)),
  }
}

/** A location with internet counts 1, be it limited; one without counts 0. */
const amountOf = {
  internet: ({ internet }: ReadinessInput) =>
    internet == null ? undefined : Number(internet !== 'no'),
  speed: ({ internet, measuredKbps, statedKbps }: ReadinessInput) =>
    internet === 'no' ? 0 : (measuredKbps ?? statedKbps ?? undefined),
  computers: ({ goodComputers }: ReadinessInput) => goodComputers ?? undefined,
}

function pairOf(
  measure: keyof typeof amountOf,
  before: ReadinessInput | undefined,
  after: ReadinessInput,
): Pair {
  return { before: before && amountOf[measure](before), after: amountOf[measure](after) }
}

function peopleOf(opdId: number, { before, after }: { before: State; after: State }): Pair {
  const of = (state: State) => state.people.find((each) => each.opdId === opdId)?.people
  return { before: of(before), after: of(after) }
}

function compared(pairs: readonly Pair[]): Compared {
  const known = (day: keyof Pair) => pairs.flatMap((pair) => pair[day] ?? [])
  const both = pairs.flatMap(({ before, after }) =>
    before === undefined || after === undefined ? [] : [after - before],
  )
  return {
    before: total(known('before')),
    after: total(known('after')),
    unknownBefore: pairs.length - known('before').length,
    unknownAfter: pairs.length - known('after').length,
    change: total(both),
  }
}

function changedOf(before: ReadinessInput | undefined, after: ReadinessInput): ChangedLocation[] {
  const values = (['internet', 'speed', 'computers'] as const)
    .map((measure) => ({ measure, ...pairOf(measure, before, after) }))
    .filter((each) => each.before !== each.after)
  return values.length === 0 ? [] : [{ id: after.locationId, name: after.name, values }]
}

function total(amounts: readonly number[]): number | undefined {
  return amounts.length === 0 ? undefined : amounts.reduce((sum, amount) => sum + amount, 0)
}

/** By the size of the change of one measure, then of the others; what was newly recorded before nothing. */
function compare(a: ChangeRow, b: ChangeRow, first: Measure): number {
  const order = [first, ...measures.filter((measure) => measure !== first)]
  const size = (row: ChangeRow, measure: Measure) => Math.abs(row[measure].change ?? 0)
  const differing = order.find((measure) => size(a, measure) !== size(b, measure))
  return differing ? size(b, differing) - size(a, differing) : b.changed.length - a.changed.length
}
