import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/schema.ts'
import type { SessionPart, SessionState } from '../domain/session.ts'
import { sessionTakes } from '../domain/session.ts'
import { orNotFound } from '../errors.ts'
import { idOf } from '../web/params.ts'
import * as sessions from './queries.ts'

/** The session that the address names, or 404. */
export async function askedSession(db: Db, request: FastifyRequest): Promise<sessions.Session> {
  return orNotFound(await sessions.findById(db, idOf(request)))
}

/** Whether that part of the session may be changed in the state it is in. */
export function takes(session: sessions.Session, part: SessionPart): boolean {
  return sessionTakes(session.state as SessionState, part)
}
