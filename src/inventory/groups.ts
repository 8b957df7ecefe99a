import { grouped } from '../domain/grouping.ts'
import type { OfficeRow } from './overview.ts'
import type { ReadinessInput } from './queries.ts'

export type GroupedBy = 'opd' | 'district'

/** Whether all locations of a group have internet, some, none, or nobody recorded any of them. */
export type GroupState = 'yes' | 'some' | 'no' | 'unrecorded'

/** The locations of one OPD or of one district together; a sum counts what is known. */
export type OfficeGroup = {
  /** Of the OPD; undefined for a district. */
  opdId: number | undefined
  /** '' where the district of a location is not recorded. */
  name: string
  /** Units under the OPD whose locations are counted with its own. */
  units: number
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

type Owned = Pick<ReadinessInput, 'opdId' | 'opd' | 'aboveId' | 'above'>

/**
 * The OPD that a location counts for: that of a unit counts for the OPD above it, except in a list
 * narrowed to that OPD, where it and each unit stand apart.
 */
export function ownerOf(office: Owned, narrowedTo?: number): { id: number; name: string } {
  const { opdId, opd, aboveId, above } = office
  return aboveId === null || above === null || narrowedTo !== undefined
    ? { id: opdId, name: opd }
    : { id: aboveId, name: above }
}

/**
 * Those with the most locations below the standard first, then by name as the rows came.
 *
 * @param narrowedTo the OPD that the rows are of, where they are of one
 */
export function groupOffices(
  rows: readonly OfficeRow[],
  by: GroupedBy,
  narrowedTo?: number,
): OfficeGroup[] {
  const key = (row: OfficeRow) =>
    by === 'opd' ? String(ownerOf(row, narrowedTo).id) : (row.district ?? '')
  return [...grouped(rows, key)]
    .map(([, ofGroup]) => groupOf(ofGroup, by, narrowedTo))
    .toSorted(
      (a, b) =>
        b.below - a.below || b.missingKbps - a.missingKbps || a.name.localeCompare(b.name, 'id'),
    )
}

function groupOf(
  rows: readonly OfficeRow[],
  by: GroupedBy,
  narrowedTo: number | undefined,
): OfficeGroup {
  const [first] = rows
  const owner = first && by === 'opd' ? ownerOf(first, narrowedTo) : undefined
  const offices = new Set(rows.map((row) => row.opdId))
  const having = (wanted: (row: OfficeRow) => boolean) => rows.filter(wanted).length
  const all = (amount: (row: OfficeRow) => number | undefined) =>
    rows.reduce((total, row) => total + (amount(row) ?? 0), 0)
  const limited = having((row) => row.state === 'limited')
  const withInternet = having((row) => row.state === 'yes') + limited
  const unrecorded = having((row) => row.state === 'unrecorded')
  return {
    opdId: owner?.id,
    name: owner?.name ?? first?.district ?? '',
    units: owner ? [...offices].filter((id) => id !== owner.id).length : 0,
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
