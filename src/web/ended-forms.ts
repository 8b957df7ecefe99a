import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { whyEnded } from '../db/ended.ts'
import type { KeptTable } from '../db/kept.ts'
import { findRow } from '../db/rows.ts'
import { type Action, includes, scopeOf } from '../domain/access.ts'
import { AppError } from '../errors.ts'
import { queryId } from './params.ts'

/** What an OPD has, by the first part of the address of its forms. */
const tables: Record<string, KeptTable> = {
  locations: 'location',
  applications: 'application',
  needs: 'infrastructureNeed',
  proposals: 'proposal',
}

const edits: readonly (Action | undefined)[] = [
  'inventory.edit',
  'need.edit',
  'application.edit',
  'proposal.edit',
]

/** The duties of an OPD are edited by whoever edits the OPD itself, which may still be corrected. */
function isOfDuty({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url?.startsWith('/opd/:id/duties/') ?? false
}

/**
 * Says already on the page of a form that its OPD ended and who goes on, where sending it would say
 * so. What the reader may not see stays to the route, which hides it.
 *
 * @throws AppError conflict with the names of those that go on
 */
export function refuseFormsOfEnded(app: FastifyInstance, { whole, now }: Context): void {
  app.addHook('preHandler', async (request) => {
    const { access } = request.routeOptions.config
    if (request.method !== 'GET' || !(edits.includes(access) || isOfDuty(request))) return
    const owner = await ownerOf(request)
    if (owner === undefined || !includes(scopeOf(request.actor), owner)) return
    const isNew = /\/new$/.test(request.routeOptions.url ?? '')
    const why = await whyEnded(whole, owner, isNew ? 'insert' : 'update', now().toISOString())
    if (why) throw new AppError('conflict', why)
  })

  async function ownerOf(request: FastifyRequest): Promise<number | undefined> {
    const [, noun = ''] = (request.routeOptions.url ?? '').split('/')
    const { id: said } = request.params as { id?: string }
    const id = Number(said)
    if (said === undefined) return queryId(request, 'opd')
    if (!Number.isSafeInteger(id)) return undefined
    if (noun === 'opd') return id
    const table = tables[noun]
    const row = table && (await findRow(whole, table, id))
    return row && Number(row.opdId)
  }
}
