import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { deviceOf } from './device.ts'
import * as accounts from './queries.ts'
import { sessionForm } from './schema.ts'

type Shown = Omit<accounts.Session, 'agent'> & ReturnType<typeof deviceOf> & { own: boolean }

const ownPage = view<{ form: FormState; sessions: Shown[]; account: accounts.Listed | undefined }>(
  'accounts/own',
)

/** Everybody's own page: on which devices the account is open, language, password. */
export function ownRoutes(app: FastifyInstance, context: Context): void {
  const { db, config, now } = context
  app.get('/account', { config: { access: 'password.own' } }, show)
  app.post('/account/sessions', { config: { access: 'password.own' } }, end)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, emptyForm())
  }

  async function showWith(request: FastifyRequest, reply: FastifyReply, form: FormState) {
    const id = idOfActor(request)
    const rows = await accounts.sessionsOf(db, id, now(), config.sessionIdleHours)
    const sessions = rows.map(({ agent, ...row }) => ({
      ...row,
      ...deviceOf(agent),
      own: row.ref === request.sessionRef,
    }))
    return reply.page(ownPage, { form, sessions, account: await accounts.findWithRoles(db, id) })
  }

  async function end(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => showWith(request, reply, form)
    const parsed = parseForm(sessionForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { session } = parsed.data
    const which = session === 'others' ? { keep: request.sessionRef ?? '' } : { ref: session }
    return once(context, request, reply, parsed, again, async (trx) => {
      await accounts.endSessions(trx, idOfActor(request), which)
      await logAccess(trx, 'sessions', request.by())
      return { to: paths.account(), flash: { key: 'accounts.own.ended' } }
    })
  }
}

/** The account of whoever asks; 0 for anybody without one. */
export function idOfActor({ actor }: FastifyRequest): number {
  return actor.kind === 'person' ? (actor.accountId ?? 0) : 0
}
