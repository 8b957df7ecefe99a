import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/schema.ts'
import { type Scope, scopeOf } from '../domain/access.ts'
import { type DeviceTotal, deviceTotals } from '../domain/office.ts'
import type { Standards } from '../domain/readiness.ts'
import { readStandards } from '../government/queries.ts'
import { type ChangeRow, changesBetween } from './change.ts'
import { comparisonOf, filtersOf, type Tab, tabOf } from './filters.ts'
import { groupOffices, type OfficeGroup } from './groups.ts'
import { type Filters, matches, type OfficeRow, type StateCount, survey } from './overview.ts'
import * as inventory from './queries.ts'

/** All that one address of the inventory finds, before it is paged or written to a file. */
export type Found = {
  tab: Tab
  filters: Filters
  standards: Standards
  /** Offices there are at all, without any filter. */
  all: number
  states: StateCount[]
  offices: OfficeRow[]
  below: number
  groups: OfficeGroup[]
  comparison: ReturnType<typeof comparisonOf>
  changes: ChangeRow[]
  devices: { totals: DeviceTotal[]; max: number; surveyed: number; of: number }
  /** The days on which anything was recorded, the newest first. */
  days: string[]
}

/** The same queries for the page and for its file, however many offices there are. */
export async function findInventory(db: Db, request: FastifyRequest): Promise<Found> {
  const scope = scopeOf(request.actor)
  const tab = tabOf(request)
  const filters = filtersOf(request)
  const asOf = filters.asOf || undefined
  const standards = await readStandards(db)
  const days = await inventory.recordedDays(db, scope)
  const today = request.today()
  const comparison = comparisonOf(request, { from: days.at(-1) ?? today, until: today })
  const offices = await inventory.readinessInputs(db, scope, asOf)
  const { rows, ...surveyed } = survey(offices, filters, standards)
  return {
    tab,
    filters,
    standards,
    all: offices.length,
    ...surveyed,
    offices: rows,
    groups: tab === 'opd' || tab === 'district' ? groupOffices(rows, tab, filters.opdId) : [],
    comparison,
    changes: tab === 'change' ? await changesOf(db, scope, filters, comparison) : [],
    devices: await devicesOf(db, scope, rows, asOf),
    days,
  }
}

async function changesOf(db: Db, scope: Scope, filters: Filters, asked: Found['comparison']) {
  const stateOn = async (day: string) => ({
    offices: (await inventory.readinessInputs(db, scope, day)).filter((office) =>
      matches(office, filters),
    ),
    people: await inventory.latestPeople(db, scope, day),
  })
  const before = await stateOn(asked.from)
  return changesBetween(before, await stateOn(asked.until), asked.by, asked.order, filters.opdId)
}

async function devicesOf(db: Db, scope: Scope, rows: readonly OfficeRow[], asOf?: string) {
  const wanted = new Set(rows.map((row) => row.locationId))
  const surveys = await inventory.latestDevices(db, scope, undefined, asOf)
  const counted = surveys.filter((each) => wanted.has(each.locationId))
  const totals = deviceTotals(counted.flatMap((each) => each.counts))
  const max = Math.max(0, ...totals.map((each) => each.total))
  return { totals, max, surveyed: counted.length, of: rows.length }
}
