import { grouped } from '../domain/grouping.ts'
import type { OfficeRow } from './overview.ts'

export type GroupedBy = 'opd' | 'district'

/** Whether all locations of a group have internet, some, none, or nobody recorded any of them. */
export type GroupState = 'yes' | 'some' | 'no' | 'unrecorded'

/** The locations of one OPD or of one district together; a sum counts what is known. */
export type OfficeGroup = {
  /** Of the OPD; undefined for a district. */
  opdId: number | undefined
  /** '' where the district of a location is not recorded. */
  name: string
  locations: number
  /** Locations with internet, those among them where it is limited, and those not recorded. */
  withInternet: number
  limited: number
  unrecorded: number
  state: GroupState
  /** Locations below the standard, and what they lack together. */
  below: number
  missingKbps: number
  missingComputers: number
}

/** Those with the most locations below the standard first, then by name as the rows came. */
export function groupOffices(rows: readonly OfficeRow[], by: GroupedBy): OfficeGroup[] {
  return [...grouped(rows, (row) => (by === 'opd' ? String(row.opdId) : (row.district ?? '')))]
    .map(([, ofGroup]) => groupOf(ofGroup, by))
    .toSorted(
      (a, b) =>
        b.below - a.below || b.missingKbps - a.missingKbps || a.name.localeCompare(b.name, 'id'),
    )
}

function groupOf(rows: readonly OfficeRow[], by: GroupedBy): OfficeGroup {
  const [first] = rows
  const having = (wanted: (row: OfficeRow) => boolean) => rows.filter(wanted).length
  const all = (amount: (row: OfficeRow) => number | undefined) =>
    rows.reduce((total, row) => total + (amount(row) ?? 0), 0)
  const limited = having((row) => row.state === 'limited')
  const withInternet = having((row) => row.state === 'yes') + limited
  const unrecorded = having((row) => row.state === 'unrecorded')
  return {
    opdId: by === 'opd' ? first?.opdId : undefined,
    name: (by === 'opd' ? first?.opd : first?.district) ?? '',
    locations: rows.length,
    withInternet,
    limited,
    unrecorded,
    state: stateOf(rows.length, { withInternet, limited, unrecorded }),
    below: having((row) => row.gap.state === 'below'),
    missingKbps: all((row) => row.gap.missingKbps),
    missingComputers: all((row) => row.gap.missingComputers),
  }
}

function stateOf(
  n: number,
  {
    withInternet,
    limited,
    unrecorded,
  }: Pick<OfficeGroup, 'withInternet' | 'limited' | 'unrecorded'>,
): GroupState {
  if (unrecorded === n) return 'unrecorded'
  if (withInternet === 0) return 'no'
  return withInternet === n && limited === 0 ? 'yes' : 'some'
}
