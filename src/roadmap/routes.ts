import type { FastifyPluginAsync } from 'fastify'
import type { Context } from '../context.ts'

export const roadmapRoutes: FastifyPluginAsync<Context> = async () => {}
