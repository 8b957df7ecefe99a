import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { instantOf, isDay } from '../domain/calendar.ts'
import { lists } from '../domain/words.ts'
import { pageOf, queryOneOf, queryText } from '../web/params.ts'
import { view } from '../web/view.ts'
import { type LogLine, lineOf } from './log-words.ts'
import * as accounts from './queries.ts'

const day = 86_400_000

const logPage = view<{
  lines: LogLine[]
  n: number
  page: number
  pages: number
  asked: { kind: string; from: string; until: string }
}>('accounts/log')

/** What happened at the doors, for the administrator. */
export function logRoutes(app: FastifyInstance, { db }: Context): void {
  app.get('/accounts/log', { config: { access: 'account.manage' } }, show)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const page = pageOf(request)
    const kind = queryOneOf(request, 'kind', lists.logKind)
    const from = dayOf(request, 'from')
    const until = dayOf(request, 'until')
    const { rows, ...counted } = await accounts.log(
      db,
      { kind, from: from && startOf(request, from), before: until && endOf(request, until) },
      page,
    )
    const asked = { kind: kind ?? '', from: from ?? '', until: until ?? '' }
    return reply.page(logPage, { ...counted, lines: rows.map(lineOf), page, asked })
  }
}

function dayOf(request: FastifyRequest, name: string): string | undefined {
  const text = queryText(request, name)
  return isDay(text) ? text : undefined
}

/** The instant at which a day begins where the government is. */
function startOf({ site }: FastifyRequest, text: string): string {
  return instantOf(text, '00:00', site.timeZone)
}

function endOf(request: FastifyRequest, text: string): string {
  return new Date(Date.parse(startOf(request, text)) + day).toISOString()
}
