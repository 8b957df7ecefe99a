import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { type By, type Changes, updateRow } from '../db/write.ts'
import { instantOf, localClock, localDay, type Zone } from '../domain/calendar.ts'
import {
  closingTime,
  isDayOf,
  mayMoveSession,
  moveNeedsReason,
  type SessionState,
} from '../domain/session.ts'
import { lists } from '../domain/words.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import { emptyForm, type FormState, parseForm, type Values } from '../web/form.ts'
import { once } from '../web/once.ts'
import { queryOneOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { askedSession } from './asked.ts'
import { writeEdition } from './editions.ts'
import { lackingOf, type SessionLack } from './lacking.ts'
import * as sessions from './queries.ts'
import { stateForm } from './schema.ts'

const statePage = view<{
  form: FormState
  session: sessions.Session
  to: SessionState
  reopens: boolean
  now: string
  otherDay: boolean
  /** The days on which it may have begun or ended. */
  days: { from: string; until: string }
  lacking: SessionLack | undefined
}>('fgd/state')

export const stateRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, now } = context
  app.get('/:id/state', { config: { access: 'fgd.edit' } }, ask)
  app.post('/:id/state', { config: { access: 'fgd.edit' } }, move)

  async function ask(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const to = queryOneOf(request, 'to', lists.sessionState)
    if (!to) return reply.redirect(paths.session(session.id), 303)
    orHidden(mayMoveSession(session.state as SessionState, to))
    const form = emptyForm(startingTime(request, session, to))
    return stateWith(request, reply, session, to, { ...form, version: session.version })
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
      const zone = request.site.timeZone
      await moveSession(trx, session.id, parsed.version, { ...parsed.data, zone }, request.by())
      return { to: paths.session(session.id), flash: { key: `fgd.moved.${parsed.data.to}` } }
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
      days: { from: session.heldOn, until: last },
      lacking: to === 'closed' ? await lackingOf(db, session, today) : undefined,
    })
  }
}

/** A session typed in on a later day began and ended on its own days, at the hours of its plan. */
function startingTime(
  request: FastifyRequest,
  session: sessions.Session,
  to: SessionState,
): Values {
  const last = session.endsOn ?? session.heldOn
  if (request.today() <= last || session.closedAt !== null) return {}
  if (to === 'open') return { onDay: session.heldOn, at: session.starts ?? '' }
  return to === 'closed' ? { onDay: last, at: session.ends ?? '' } : {}
}

type Move = {
  to: SessionState
  reason: string | null
  onDay: string | null
  at: string | null
  zone: Zone
}

/**
 * Moves a session and notes the real time of its opening or closing; a closing writes the next
 * edition of its record.
 *
 * @throws Refusal 409 when that move is not allowed (any more), 422 without the reason it needs or
 *   with a time that cannot be
 */
async function moveSession(trx: Tx, id: number, version: number, move: Move, by: By) {
  const session = orNotFound(await sessions.findById(trx, id))
  const from = session.state as SessionState
  if (!mayMoveSession(from, move.to)) throw new Refusal({ _form: { key: 'fgd.error.move' } }, 409)
  if (moveNeedsReason(from, move.to) && move.reason === null) {
    throw new Refusal({ reason: { key: 'fgd.error.reason' } })
  }
  const changes = changesOf(session, move, by.at)
  await updateRow(trx, 'fgdSession', id, version, changes, by)
  if (move.to !== 'closed') return
  await writeEdition(trx, orNotFound(await sessions.findById(trx, id)), by)
}

function changesOf(session: sessions.Session, move: Move, now: string): Changes<'fgdSession'> {
  const { to, reason, zone } = move
  if (to === 'open' && session.state === 'closed') return { state: to, reopenedReason: reason }
  if (to === 'open') return { state: to, openedAt: realTime(session, move, now) }
  if (to !== 'closed') return { state: to }
  const dayOf = (instant: string) => localDay(instant, zone)
  const closedAt =
    move.at === null
      ? closingTime(now, session.closedAt, dayOf)
      : realTime(session, move, now, session.openedAt)
  return { state: to, closedAt }
}

/**
 * The instant that was given by hand, else now.
 *
 * @param after an instant that it must not come before
 * @throws Refusal 422 for a day outside the session, a time to come, or one before `after`
 */
function realTime(
  session: sessions.Session,
  { onDay, at, zone }: Move,
  now: string,
  after: string | null = null,
): string {
  if (at === null) return now
  const today = localDay(now, zone)
  const day = onDay ?? (isDayOf(session, today) ? today : session.heldOn)
  if (day !== today && !isDayOf(session, day)) {
    throw new Refusal({ onDay: { key: 'fgd.error.onDay' } })
  }
  const instant = instantOf(day, at, zone)
  if (instant > now) throw new Refusal({ at: { key: 'fgd.error.atToCome' } })
  // the opening has seconds, a time given by hand has none
  if (after !== null && instant < minuteOf(after, zone)) {
    throw new Refusal({ at: { key: 'fgd.error.atBefore' } })
  }
  return instant
}

function minuteOf(instant: string, zone: Zone): string {
  return instantOf(localDay(instant, zone), localClock(instant, zone), zone)
}
