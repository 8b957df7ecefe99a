import type { FastifyPluginAsync } from 'fastify'
import type { Context } from '../context.ts'

export const rankingRoutes: FastifyPluginAsync<Context> = async () => {}
