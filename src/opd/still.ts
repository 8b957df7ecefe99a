import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/schema.ts'
import { opdCompleteness } from '../domain/completeness.ts'
import * as inventory from '../inventory/queries.ts'
import type { FormState } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { type Gap, gapsOf } from './gaps.ts'
import * as recorded from './recorded.ts'

/** What one OPD still lacks, told beside the forms of its data: what to ask for next. */
export type Still = { id: number; name: string; gaps: Gap[] }

/** What can be recorded only once there is an office is no next thing to ask. */
const later: readonly string[] = ['opd.gap.internetLater', 'opd.gap.devicesLater']

/**
 * The gaps of an OPD that the reader reaches, without the one that the form itself fills.
 *
 * @param own address of that form
 * @param form where it was opened in a session, the links stay in it
 */
export async function stillLacking(
  db: Db,
  request: FastifyRequest,
  { id, name }: { id: number; name: string },
  own: string,
  form: FormState,
): Promise<Still> {
  const ofOpd = { all: false, opdIds: [id] } as const
  const counts = (await recorded.countsOf(db, ofOpd, [id], request.today())).get(id)
  if (counts === undefined) return { id, name, gaps: [] }
  const offices = await inventory.readinessInputs(db, ofOpd)
  const gaps = gapsOf(request.actor, id, opdCompleteness(counts), offices)
    .filter(({ href, text }) => !later.includes(text.key) && (href === undefined || href !== own))
    .map((gap) => ({ ...gap, href: gap.href && from(gap.href, id, form.values.fgdSessionId) }))
  return { id, name, gaps }
}

/** A place of the OPD's page is named with that page; a form keeps the session. */
function from(href: string, opdId: number, session: unknown): string {
  if (href.startsWith('#')) return `${paths.opd(opdId)}${href}`
  if (!/^\d+$/.test(String(session)) || href.includes('#')) return href
  return `${href}${href.includes('?') ? '&' : '?'}session=${session}`
}
