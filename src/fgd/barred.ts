import type { FastifyReply } from 'fastify'
import { mayMoveSession, type SessionPart, type SessionState } from '../domain/session.ts'
import type { Message } from '../errors.ts'
import { paths } from '../web/paths.ts'
import type { ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { takes } from './asked.ts'
import type { Session } from './queries.ts'

type Barred = Required<NonNullable<ToRemove['barred']>>

const barredPage = view<{ session: Session; title: Message; barred: Barred }>('fgd/barred')

const why: Record<SessionState, Message> = {
  planned: { key: 'fgd.barred.notOpen' },
  open: { key: 'fgd.barred.notOpen' },
  postponed: { key: 'fgd.barred.notOpen' },
  closed: { key: 'fgd.barred.closed' },
  cancelled: { key: 'fgd.barred.cancelled' },
}

/** Why nothing is changed in that part of the session in its state, and how it is opened for it. */
export function barred(session: Session, part: SessionPart): Barred | undefined {
  if (takes(session, part)) return undefined
  const state = session.state as SessionState
  const to = mayMoveSession(state, 'open') ? 'open' : 'planned'
  return {
    why: why[state],
    mend: {
      href: paths.sessionState(session.id, { to }),
      text: { key: state === 'closed' ? 'fgd.move.reopen' : `fgd.move.${to}` },
    },
  }
}

/** Says in place of a form why sending it would be refused. */
export function barredWith(
  reply: FastifyReply,
  session: Session,
  told: Barred,
  title: Message['key'],
) {
  return reply.page(barredPage, { session, title: { key: title }, barred: told })
}
