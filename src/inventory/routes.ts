import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { isDay } from '../domain/calendar.ts'
import { type DeviceTotal, deviceTotals } from '../domain/office.ts'
import type { Standards } from '../domain/readiness.ts'
import { lists } from '../domain/words.ts'
import { readStandards } from '../government/queries.ts'
import { pageOf, queryOneOf, queryText } from '../web/params.ts'
import { view } from '../web/view.ts'
import { deviceRoutes } from './devices.ts'
import { internetRoutes } from './internet.ts'
import { locationRoutes } from './locations.ts'
import { type Filters, type OfficeRow, pageOfOffices, type StateCount, survey } from './overview.ts'
import { peopleRoutes } from './people.ts'
import * as inventory from './queries.ts'

const indexPage = view<{
  tab: 'offices' | 'devices'
  filters: Filters
  standards: Standards
  /** Offices there are at all, without any filter. */
  all: number
  states: StateCount[]
  /** Offices that the filters leave. */
  n: number
  below: number
  rows: OfficeRow[]
  page: number
  pages: number
  devices: { totals: DeviceTotal[]; max: number; surveyed: number; of: number }
  districts: string[]
}>('inventory/index')

const tabs = ['offices', 'devices'] as const
const states = [...lists.internet, 'unrecorded'] as const
const orders = ['gap', 'opd'] as const

/** The inventory across OPD; below it offices, internet, devices and people by date. */
export const inventoryRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  await app.register(locationRoutes, context)
  await app.register(internetRoutes, context)
  await app.register(deviceRoutes, context)
  await app.register(peopleRoutes, context)
  app.get('/inventory', { config: { access: 'inventory.view' } }, index)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const filters = filtersOf(request)
    const asOf = filters.asOf || undefined
    const standards = await readStandards(db)
    const offices = await inventory.readinessInputs(db, scope, asOf)
    const found = survey(offices, filters, standards)
    const surveys = await inventory.latestDevices(db, scope, undefined, asOf)
    const wanted = new Set(found.rows.map((row) => row.locationId))
    const counted = surveys.filter((each) => wanted.has(each.locationId))
    const totals = deviceTotals(counted.flatMap((each) => each.counts))
    return reply.page(indexPage, {
      tab: queryOneOf(request, 'tab', tabs) ?? 'offices',
      filters,
      standards,
      all: offices.length,
      states: found.states,
      below: found.below,
      ...pageOfOffices(found.rows, pageOf(request)),
      devices: {
        totals,
        max: Math.max(0, ...totals.map((each) => each.total)),
        surveyed: counted.length,
        of: found.rows.length,
      },
      districts: await inventory.districts(db, scope),
    })
  }
}

function filtersOf(request: FastifyRequest): Filters {
  const asOf = queryText(request, 'as-of')
  return {
    q: queryText(request, 'q'),
    state: queryOneOf(request, 'state', states),
    district: queryText(request, 'district'),
    asOf: isDay(asOf) ? asOf : '',
    sort: queryOneOf(request, 'sort', orders) ?? 'gap',
  }
}
