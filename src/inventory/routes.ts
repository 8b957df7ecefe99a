import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import * as needs from '../needs/queries.ts'
import { logAccess } from '../web/access-log.ts'
import { csvOf } from '../web/csv.ts'
import { pageOf } from '../web/params.ts'
import { sayOf } from '../web/say.ts'
import { view } from '../web/view.ts'
import { deviceRoutes } from './devices.ts'
import { type Found, findInventory } from './found.ts'
import { internetRoutes } from './internet.ts'
import { listOf } from './list.ts'
import { locationRoutes } from './locations.ts'
import { pageOfOffices } from './overview.ts'
import { peopleRoutes } from './people.ts'
import * as inventory from './queries.ts'

const indexPage = view<
  Found &
    ReturnType<typeof pageOfOffices> & {
      districts: string[]
      /** The OPD that the list is narrowed to. */
      opd: string | undefined
      /** Kinds of need that are recorded already, by location. */
      needed: Map<number, string[]>
    }
>('inventory/index')

/** The inventory across OPD; below it offices, internet, devices and people by date. */
export const inventoryRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, whole } = context
  await app.register(locationRoutes, context)
  await app.register(internetRoutes, context)
  await app.register(deviceRoutes, context)
  await app.register(peopleRoutes, context)
  app.get('/inventory', { config: { access: 'inventory.view' } }, index)
  app.get('/inventory/list.csv', { config: { access: 'inventory.view', limit: 'export' } }, list)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const found = await findInventory(db, request)
    const { opdId } = found.filters
    return reply.page(indexPage, {
      ...found,
      ...pageOfOffices(found.offices, pageOf(request)),
      districts: await inventory.districts(db, scope),
      opd: found.offices.find((office) => office.opdId === opdId)?.opd,
      needed: await needs.openKinds(db, scope),
    })
  }

  /** What the page shows, as a file; who took it is noted. */
  async function list(request: FastifyRequest, reply: FastifyReply) {
    const found = await findInventory(db, request)
    const name = `inventaris-${found.tab}-${request.today()}.csv`
    await logAccess(whole, 'export', request.by(), { file: name })
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(csvOf(listOf(found, sayOf(request))))
  }
}
