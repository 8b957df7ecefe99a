import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { logAccess } from './access-log.ts'
import { actorKey } from './session.ts'

const minute = 60_000
const most = 10_000
const nobody = { accountId: null, linkId: null, actorName: '' }

/**
 * Notes what was refused to whom, at most once a minute for each actor and route, so that a flood
 * does not fill the disk. What is noted is the pattern of the route: an address may hold a secret.
 */
export function refusalLog({ whole, now }: Context) {
  const noted = new Map<string, number>()

  return async (request: FastifyRequest, why: 'forbidden' | 'tooMany'): Promise<void> => {
    const route = request.routeOptions.url ?? ''
    const known = request.actor?.kind === 'person'
    const who = (known ? actorKey(request.actor) : undefined) ?? 'guest'
    const key = `${who} ${request.method} ${route} ${why}`
    const at = now()
    if (at.getTime() - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < minute) return
    if (noted.size >= most) noted.clear()
    noted.set(key, at.getTime())
    try {
      const by = known ? request.by() : { ...nobody, at: at.toISOString() }
      await logAccess(whole, 'refusal', by, {
        method: request.method,
        route,
        action: request.routeOptions.config?.access,
        why,
      })
    } catch (err) {
      request.log.error({ err }, 'a refusal could not be noted')
    }
  }
}
