import type { FastifyRequest } from 'fastify'
import type { Db, Tx } from '../db/schema.ts'
import { Refusal } from '../errors.ts'
import type { Flash } from '../web/flash.ts'
import { type FormState, wholeForm } from '../web/form.ts'
import { queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import * as fgd from './queries.ts'

const over = { key: 'inventory.error.session' } as const
const longestName = 80

/** What was saved: its own page, what it is called, and the OPD it is of. */
export type SavedRecord = { href: string; name: string; opdId: number }

/** The open session whose page led here (`?session=`), as a form carries it; else ''. */
export async function sessionAsked(db: Db, request: FastifyRequest): Promise<string> {
  const id = queryId(request, 'session')
  return id !== undefined && (await fgd.isOpen(db, id)) ? String(id) : ''
}

/**
 * Where to go after saving: back to the session the form was opened in, to the OPD being heard, with
 * a link to what was saved; outside of a session to the record itself.
 *
 * @throws Refusal when that session is not open (any more)
 */
export async function backTo(
  trx: Tx,
  sessionId: number | null,
  saved: SavedRecord,
): Promise<{ to: string; flash?: Flash }> {
  if (sessionId === null) return { to: saved.href }
  if (!(await fgd.isOpen(trx, sessionId))) throw new Refusal({ [wholeForm]: over }, 409)
  return { to: heard(sessionId, saved.opdId), flash: told(saved) }
}

/** Says on another page than its own what was saved, with a link to it. */
export function told({ href, name }: Pick<SavedRecord, 'href' | 'name'>): Flash {
  return { key: 'form.savedNamed', params: { name: shortened(name) }, href }
}

/** The page of a session with the OPD chosen that is being heard. */
export function heard(sessionId: number, opdId: number): string {
  return `${paths.session(sessionId, { opd: opdId })}#opd`
}

/** After such a refusal the form lets go of its session: sent again, it is saved outside of it. */
export function outsideSession(form: FormState): FormState {
  if (form.errors[wholeForm]?.key !== over.key) return form
  return { ...form, values: { ...form.values, fgdSessionId: '' } }
}

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
}
