import type { FastifyPluginAsync } from 'fastify'
import type { Context } from '../context.ts'

export const inventoryRoutes: FastifyPluginAsync<Context> = async () => {}
