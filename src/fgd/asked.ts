import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/schema.ts'
import type { SessionPart, SessionState } from '../domain/session.ts'
import { mayMoveSession, sessionTakes } from '../domain/session.ts'
import { orNotFound } from '../errors.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import type { ToRemove } from '../web/removal.ts'
import * as sessions from './queries.ts'

/** The session that the address names, or 404. */
export async function askedSession(db: Db, request: FastifyRequest): Promise<sessions.Session> {
  return orNotFound(await sessions.findById(db, idOf(request)))
}

/** Whether that part of the session may be changed in the state it is in. */
export function takes(session: sessions.Session, part: SessionPart): boolean {
  return sessionTakes(session.state as SessionState, part)
}

/** Why nothing is removed from that part of the session in its state, and how it is opened for it. */
export function removalBarred(session: sessions.Session, part: SessionPart): ToRemove['barred'] {
  if (takes(session, part)) return undefined
  const state = session.state as SessionState
  const to = mayMoveSession(state, 'open') ? 'open' : 'planned'
  const closed = state === 'closed'
  return {
    why: { key: closed ? 'fgd.remove.closed' : 'fgd.remove.notOpen' },
    mend: {
      href: paths.sessionState(session.id, { to }),
      text: { key: closed ? 'fgd.move.reopen' : `fgd.move.${to}` },
    },
  }
}
