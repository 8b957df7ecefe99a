import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf } from './network.ts'

/**
 * How many requests a minute are answered. Whoever is signed in is counted by session and everybody
 * else by address: the phones of a hall often share one address, and must not lock one another out.
 */
const buckets = {
  session: { max: 300, by: sessionOrAddress },
  guest: { max: 500, by: address },
  /** Cheap and kept for a year by every browser, but a hall of new phones asks for them at once. */
  asset: { max: 3000, by: address },
  signIn: { max: 120, by: address },
  invite: { max: 120, by: address },
  export: { max: 10, by: sessionOrAddress },
} as const

export type Limit = keyof typeof buckets

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limit of this route; usual: that of the session, or of the guest's address. */
    limit?: Limit
  }
}

class TooMany extends Error {
  readonly statusCode = 429
}

/**
 * Counts every request, also for what is not there, before anything else looks at it but the
 * session. The counts are in memory; guesses at a password are counted in the database as well.
 */
export async function limitRates(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false })
  const counters = Object.fromEntries(
    Object.entries(buckets).map(([name, { max, by }]) => [
      name,
      app.createRateLimit({ max, timeWindow: '1 minute', keyGenerator: by }),
    ]),
  )
  app.addHook('onRequest', async (request, reply) => {
    const usual = request.sessionRef === undefined ? 'guest' : 'session'
    const found = await counters[request.routeOptions.config?.limit ?? usual]?.(request)
    if (!found || found.isAllowed || !found.isExceeded) return
    reply.header('retry-after', found.ttlInSeconds)
    throw new TooMany()
  })
}

function sessionOrAddress(request: FastifyRequest): string {
  return request.sessionRef ?? address(request)
}

function address({ ip }: FastifyRequest): string {
  return networkOf(ip)
}
