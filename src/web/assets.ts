import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isCurrentAsset } from './view.ts'

const year = 'public, max-age=31536000, immutable'

/** The files of views/assets, as they are; kept for ever when asked for by their hash. */
export const assetRoutes: FastifyPluginAsync<Context> = async (app) => {
  app.get('/*', { config: { access: 'page.public', limit: 'asset' } }, show)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const file = (request.params as { '*': string })['*']
    const { v } = request.query as { v?: unknown }
    reply.header('cache-control', isCurrentAsset(file, v) ? year : 'public, max-age=3600')
    return reply.sendFile(file, { cacheControl: false })
  }
}
