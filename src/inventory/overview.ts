import { type OfficeGap, officeGap, worstFirst } from '../domain/office.ts'
import type { Standards } from '../domain/readiness.ts'
import { fold } from '../domain/text.ts'
import { type Code, lists } from '../domain/words.ts'
import type { ReadinessInput } from './queries.ts'

export type OfficeState = Code<'internet'> | 'unrecorded'
export type Filters = {
  q: string
  state: OfficeState | undefined
  district: string
  /** Its own offices and those of its units. */
  opdId: number | undefined
  /** A day, or '' for now. */
  asOf: string
  sort: 'gap' | 'opd'
}
/** `recordedOn`: the newest day of what is known of it. */
export type OfficeRow = ReadinessInput & {
  gap: OfficeGap
  state: OfficeState
  recordedOn: string | undefined
}
export type StateCount = { state: OfficeState; n: number; of: number }

const pageSize = 50

/**
 * The offices that the filters leave, in the order asked for, and how many are in each state of
 * internet access; the counts ignore the filter by state, so that they lead to each other.
 */
export function survey(
  offices: readonly ReadinessInput[],
  filters: Filters,
  standards: Standards,
): { rows: OfficeRow[]; below: number; states: StateCount[] } {
  const wanted = offices.filter((office) => matches(office, filters))
  const all = wanted.map(
    (office): OfficeRow => ({
      ...office,
      gap: officeGap(office, standards),
      state: office.internet ?? 'unrecorded',
      recordedOn: [office.internetOn ?? '', office.devicesOn ?? ''].sort().at(-1) || undefined,
    }),
  )
  const rows = filters.state ? all.filter((row) => row.state === filters.state) : all
  if (filters.sort === 'gap') rows.sort((a, b) => worstFirst(a.gap, b.gap))
  const states = [...lists.internet, 'unrecorded' as const].map((state) => ({
    state,
    n: all.filter((row) => row.state === state).length,
    of: all.length,
  }))
  return { rows, below: rows.filter((row) => row.gap.state === 'below').length, states }
}

export function pageOfOffices(rows: readonly OfficeRow[], asked: number) {
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const page = Math.min(asked, pages)
  return { n: rows.length, page, pages, rows: rows.slice((page - 1) * pageSize, page * pageSize) }
}

/** Whether an office is among those that the search, the OPD and the district leave. */
export function matches(
  office: ReadinessInput,
  { q, opdId, district }: Pick<Filters, 'q' | 'opdId' | 'district'>,
): boolean {
  if (district !== '' && office.district !== district) return false
  if (opdId !== undefined && office.opdId !== opdId && office.aboveId !== opdId) return false
  const wanted = fold(q)
  return (
    wanted === '' || fold(`${office.above ?? ''} ${office.opd} ${office.name}`).includes(wanted)
  )
}
