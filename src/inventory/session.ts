import type { FastifyRequest } from 'fastify'
import type { Db, Tx } from '../db/schema.ts'
import { Refusal } from '../errors.ts'
import * as fgd from '../fgd/queries.ts'
import { type FormState, wholeForm } from '../web/form.ts'
import { queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'

const over = { key: 'inventory.error.session' } as const

/** The open session whose page led here (`?session=`), as a form carries it; else ''. */
export async function sessionAsked(db: Db, request: FastifyRequest): Promise<string> {
  const id = queryId(request, 'session')
  return id !== undefined && (await fgd.isOpen(db, id)) ? String(id) : ''
}

/**
 * Where to go after saving: back to the session the form was opened in, else to `fallback`.
 *
 * @throws Refusal when that session is not open (any more)
 */
export async function backTo(trx: Tx, sessionId: number | null, fallback: string): Promise<string> {
  if (sessionId === null) return fallback
  if (!(await fgd.isOpen(trx, sessionId))) throw new Refusal({ [wholeForm]: over }, 409)
  return paths.session(sessionId)
}

/** After such a refusal the form lets go of its session: sent again, it is saved outside of it. */
export function outsideSession(form: FormState): FormState {
  if (form.errors[wholeForm]?.key !== over.key) return form
  return { ...form, values: { ...form.values, fgdSessionId: '' } }
}
