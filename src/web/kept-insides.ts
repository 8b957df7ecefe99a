import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { newestState } from '../db/memo.ts'

/** A page as its template made it, without the frame that its layout puts around it. */
export type Inside<Body = string> = { layout: string; own: object; body: Body }

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The page follows from the database, the reader, the language, the address and the day, from
     * nothing else: its inside is kept until anything changes. Not for pages with a form to save.
     */
    kept?: boolean
  }
  interface FastifyRequest {
    /** Keeps the inside of the page that answers this request. */
    keepInside: ((inside: Inside) => void) | undefined
  }
}

const most = 40

/**
 * Answers a `kept` page from its finished inside, with a new frame around it, as long as no row of
 * any table has changed. Stands behind the session and the guard: who may not see a page never comes
 * here, and each reader has insides of their own.
 *
 * What a request makes is kept for the state in which the request began: what is written while it
 * reads makes the next request begin anew.
 */
export function keepInsides(app: FastifyInstance, { whole }: Context): void {
  let state = ''
  let insides = new Map<string, Inside<Buffer>>()
  app.decorateRequest('keepInside')
  app.addHook('onRequest', async (request, reply) => {
    request.keepInside = undefined
    if (!request.routeOptions.config.kept) return
    const now = await newestState(whole)
    if (now !== state) insides = new Map()
    state = now
    const begun = insides
    const { url, locale, actor } = request
    const key = JSON.stringify([url, locale, request.today(), actor])
    const known = begun.get(key)
    if (known) return reply.framed(known)

    request.keepInside = (inside) => {
      if (inside.body.includes('name="_key"')) return
      begun.set(key, { ...inside, body: Buffer.from(inside.body) })
      const oldest = begun.keys().next().value
      if (begun.size > most && oldest !== undefined) begun.delete(oldest)
    }
  })
}
