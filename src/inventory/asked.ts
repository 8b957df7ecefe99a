import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/schema.ts'
import { scopeOf } from '../domain/access.ts'
import { orNotFound } from '../errors.ts'
import type { SavedRecord } from '../fgd/carried.ts'
import { type Still, stillLacking } from '../opd/still.ts'
import type { FormState } from '../web/form.ts'
import { ownCard } from '../web/own-card.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import * as inventory from './queries.ts'

export type AskedLocation = inventory.Location & { opd: string }

/** The office of the address (`:id`), if it is in the reader's reach; else 404. */
export async function askedLocation(db: Db, request: FastifyRequest): Promise<AskedLocation> {
  return orNotFound(await inventory.findLocation(db, scopeOf(request.actor), idOf(request)))
}

/** What is recorded at an office is told, and found again, by its office. */
export function savedAt(
  { actor }: FastifyRequest,
  { id, name, opdId }: Pick<AskedLocation, 'id' | 'name' | 'opdId'>,
  card: 'offices' | 'devices',
): SavedRecord {
  return { href: ownCard(actor, opdId, card, paths.location(id)), name, opdId }
}

/** What the OPD of an office still lacks beside what the form fills. */
export function stillAt(
  db: Db,
  request: FastifyRequest,
  { opdId, opd }: AskedLocation,
  own: string,
  form: FormState,
): Promise<Still> {
  return stillLacking(db, request, { id: opdId, name: opd }, own, form)
}
