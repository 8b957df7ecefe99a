import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

const safe = ['GET', 'HEAD', 'OPTIONS']

/** Refuses whatever changes something and was not sent by a page of this very host. */
export function refuseForeignOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!safe.includes(request.method) && !isOwn(request)) throw new AppError('forbidden')
  })
}

function isOwn(request: FastifyRequest): boolean {
  const from = request.headers.origin ?? request.headers.referer
  if (!from || !URL.canParse(from)) return false
  return new URL(from).host === request.headers.host
}
