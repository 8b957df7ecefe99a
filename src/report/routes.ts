import type { FastifyPluginAsync } from 'fastify'
import type { Context } from '../context.ts'

export const reportRoutes: FastifyPluginAsync<Context> = async () => {}
