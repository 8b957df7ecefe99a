import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { type By, type Changes, updateRow } from '../db/write.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import {
  closingTime,
  mayMoveSession,
  moveNeedsReason,
  type SessionState,
} from '../domain/session.ts'
import { lists } from '../domain/words.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { queryOneOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { askedSession } from './asked.ts'
import * as sessions from './queries.ts'
import { stateForm } from './schema.ts'

const statePage = view<{
  form: FormState
  session: sessions.Session
  to: SessionState
  reopens: boolean
  now: string
  otherDay: boolean
}>('fgd/state')

export const stateRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, now } = context
  app.get('/:id/state', { config: { access: 'fgd.edit' } }, ask)
  app.post('/:id/state', { config: { access: 'fgd.edit' } }, move)

  async function ask(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const to = orNotFound(queryOneOf(request, 'to', lists.sessionState))
    orHidden(mayMoveSession(session.state as SessionState, to))
    return stateWith(request, reply, session, to, { ...emptyForm(), version: session.version })
  }

  async function move(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const parsed = parseForm(stateForm, request.body)
    const to = lists.sessionState.find(
      (state) => state === (parsed.ok ? parsed : parsed.form).values.to,
    )
    const again = (form: FormState) =>
      stateWith(request, reply, session, to ?? (session.state as SessionState), form)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { to, reason } = parsed.data
      const zone = request.site.timeZone
      await moveSession(trx, session.id, parsed.version, { to, reason, zone }, request.by())
      return { to: paths.session(session.id), flash: { key: `fgd.moved.${to}` } }
    })
  }

  async function stateWith(
    request: FastifyRequest,
    reply: FastifyReply,
    session: sessions.Session,
    to: SessionState,
    form: FormState,
  ) {
    const today = request.today()
    const last = session.endsOn ?? session.heldOn
    return reply.page(statePage, {
      session,
      form,
      to,
      reopens: moveNeedsReason(session.state as SessionState, to),
      now: now().toISOString(),
      otherDay: today < session.heldOn || today > last,
    })
  }
}

type Move = { to: SessionState; reason: string | null; zone: Zone }

/**
 * Moves a session and notes the real time of its opening or closing.
 *
 * @throws Refusal 409 when that move is not allowed (any more), 422 without the reason it needs
 */
async function moveSession(trx: Tx, id: number, version: number, move: Move, by: By) {
  const session = orNotFound(await sessions.findById(trx, id))
  const from = session.state as SessionState
  if (!mayMoveSession(from, move.to)) throw new Refusal({ _form: { key: 'fgd.error.move' } }, 409)
  if (moveNeedsReason(from, move.to) && move.reason === null) {
    throw new Refusal({ reason: { key: 'fgd.error.reason' } })
  }
  await updateRow(trx, 'fgdSession', id, version, changesOf(session, move, by.at), by)
}

function changesOf(
  session: sessions.Session,
  { to, reason, zone }: Move,
  at: string,
): Changes<'fgdSession'> {
  if (to === 'open' && session.state === 'closed') return { state: to, reopenedReason: reason }
  if (to === 'open') return { state: to, openedAt: at }
  if (to !== 'closed') return { state: to }
  const dayOf = (instant: string) => localDay(instant, zone)
  return { state: to, closedAt: closingTime(at, session.closedAt, dayOf) }
}
