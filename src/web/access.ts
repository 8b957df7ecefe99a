import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Action, can, policy } from '../domain/access.ts'
import { AppError } from '../errors.ts'
import { paths } from './paths.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The row of the policy table that opens this route. Every route has one. */
    access?: Action
    /** How many fields a form of this route may have (200 unless told otherwise). */
    maxFields?: number
  }
}

export type Route = { method: string; url: string; access: Action }

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with the row of the policy that opens it, in the order of registration. */
    routeTable: readonly Route[]
  }
}

/** Someone who is not signed in asks for a page that needs it; a phone whose link is over is told so. */
export class SignInFirst extends Error {
  readonly to: string

  constructor(request: FastifyRequest) {
    super('sign in first')
    const asked = request.method === 'GET' ? request.url : undefined
    this.to = request.leftLink === undefined ? paths.signIn(asked) : paths.portal()
  }
}

/**
 * The guard stands on the route itself, never on a prefix of its path: a route that does not
 * declare a row of the policy keeps the server from starting.
 */
export function guardRoutes(app: FastifyInstance): void {
  const table: Route[] = []
  app.decorate('routeTable', table)
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (!access || !(access in policy)) {
      throw new Error(`Route ${String(route.method)} ${route.url} declares no access`)
    }
    for (const method of [route.method].flat()) table.push({ method, url: route.url, access })
  })
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const access = request.routeOptions.config.access
    if (access && can(request.actor, access)) return
    if (request.actor.kind === 'guest') throw new SignInFirst(request)
    throw new AppError('forbidden')
  })
}
