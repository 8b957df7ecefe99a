import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

const keptFor = 5_000

/** Says only whether the database answers; asked at most once in five seconds. */
export const healthRoutes: FastifyPluginAsync<Context> = async (app, { whole, now }) => {
  let checkedAt = 0
  let well = false
  app.get('/', { config: { access: 'page.public' } }, show)

  async function show(_request: FastifyRequest, reply: FastifyReply) {
    const time = now().getTime()
    if (Math.abs(time - checkedAt) >= keptFor) {
      well = await databaseAnswers()
      checkedAt = time
    }
    return reply
      .code(well ? 200 : 503)
      .type('text/plain; charset=utf-8')
      .send(well ? 'ok' : 'not ok')
  }

  async function databaseAnswers(): Promise<boolean> {
    try {
      await sql`select 1 from migration limit 1`.execute(whole)
      return true
    } catch {
      return false
    }
  }
}
