import { ownerOf } from '../db/chain.ts'
import { EditConflict, isForeignKeyViolation, isUniqueViolation } from '../db/conflict.ts'
import { type KeptTable, listFields } from '../db/kept.ts'
import { type ListItem, readLists } from '../db/lists.ts'
import { findRow } from '../db/rows.ts'
import type { Tx, WholeDb } from '../db/schema.ts'
import { type By, type Changes, restoreRow, updateRow } from '../db/write.ts'
import { type Actor, includes, scopeOf } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import { AppError, type Message } from '../errors.ts'
import { type FieldTold, fieldOf } from '../web/record-fields.ts'
import type { Reader } from '../web/record-words.ts'
import { isRestorable, mayRestore } from '../web/restorable.ts'
import type { Say } from '../web/say.ts'
import { takesRequired, unfitFields } from './fits.ts'
import type { Event } from './queries.ts'
import { maySay, refusal, requireEditable } from './rules.ts'

type Fields = Record<string, unknown>

/** A record as it is now, with its lists; undefined when it is removed. */
export async function recordNow(trx: Tx | WholeDb, entity: string, id: number) {
  if (!isRestorable(entity)) return undefined
  const row = await findRow(trx, entity, id)
  if (!row) return undefined
  const lists = await readLists(trx, entity, id, Object.keys(listFields[entity] ?? {}))
  return { ...row, ...lists }
}

/**
 * Whether a record counts for the actor's OPD as it stands: a change of offices hands it on, while
 * the events of before stay with whom it was then.
 */
export async function isInReach(
  trx: Tx | WholeDb,
  actor: Actor,
  entity: KeptTable,
  row: Fields,
): Promise<boolean> {
  const scope = scopeOf(actor)
  if (scope.all) return true
  const owner = await ownerOf(trx, entity, row)
  return owner !== null && includes(scope, owner)
}

async function requireReach(trx: Tx, actor: Actor, entity: KeptTable, row: Fields): Promise<void> {
  if (await isInReach(trx, actor, entity, row)) return
  throw refusal({ key: 'history.error.notYours' })
}

/** The field of an event that may be put back, with what it held before. */
export function putBack(event: Event, name: string) {
  const field = fieldOf(event.entity, name)
  const change = event.changes[name]
  if (event.action !== 'update' || !field || field.fixed || !change) return undefined
  if (!isRestorable(event.entity)) return undefined
  return { field, entity: event.entity, value: change[0] }
}

/**
 * Puts one field back to what it held before an event, as a change of its own. The record was seen
 * at `version`.
 *
 * @returns whether anything changed
 * @throws Refusal with the reason in words; AppError not_found for a field that is never put back
 */
export async function restoreField(
  trx: Tx,
  { actor, say }: Reader,
  event: Event,
  name: string,
  version: number,
  by: By,
): Promise<boolean> {
  const back = putBack(event, name)
  if (!back) throw new AppError('not_found')
  const { entity, field, value } = back
  const before = await recordNow(trx, entity, event.entityId)
  if (!before) throw refusal({ key: 'history.event.gone' })
  await requireReach(trx, actor, entity, before)
  await requireEditable(trx, actor, entity, before)
  if (!maySay(actor, entity, name)) throw refusal({ key: 'history.error.notYours' })
  await requireTargets(trx, field, value)
  requireFit(say, entity, before, name, value)
  const { columns, lists } = parts(entity, name, field, value)
  try {
    const changed = await updateRow(
      trx,
      entity,
      event.entityId,
      version,
      columns as Changes<KeptTable>,
      { ...by, way: 'restore' },
      lists,
    )
    return changed.length > 0
  } catch (error) {
    throw inWords(error)
  }
}

/**
 * Inserts again what was removed together, what others hang on first. All of it or nothing; nothing
 * is left of a removal that was taken back already.
 *
 * @throws Refusal with the reason in words
 */
export async function restoreRemoved(
  trx: Tx,
  actor: Actor,
  events: readonly Event[],
  by: By,
): Promise<void> {
  if (events.length === 0) throw refusal({ key: 'history.error.already' })
  const withSession = events.some(({ entity }) => entity === 'fgdSession')
  for (const event of events) {
    const { entity, entityId: id } = event
    if (!isRestorable(entity)) throw refusal({ key: 'history.removed.barred.text' })
    if (!mayRestore(actor, entity)) throw refusal({ key: 'history.error.notYours' })
    if (await findRow(trx, entity, id)) throw refusal({ key: 'history.error.already' })
    // the records of a session that was removed whole come back as they were, whatever its state
    if (!withSession) await requireEditable(trx, actor, entity, { ...heldBy(event), id })
    try {
      await restoreRow(
        trx,
        { ...event, entity, changes: JSON.stringify(event.changes) },
        { ...by, way: 'restore' },
      )
    } catch (error) {
      throw inWords(error)
    }
    await requireReach(trx, actor, entity, { ...heldBy(event), id })
  }
}

/** What a removed record held. */
export function heldBy({ changes }: Event): Fields {
  return Object.fromEntries(Object.entries(changes).map(([field, [old]]) => [field, old]))
}

function parts(entity: KeptTable, name: string, field: FieldTold, value: unknown) {
  if (name in (listFields[entity] ?? {})) {
    return { columns: {}, lists: { [name]: (value ?? []) as readonly ListItem[] } }
  }
  const folded = field.folded ? { [field.folded]: fold(String(value ?? '')) } : {}
  return { columns: { [name]: value, ...folded }, lists: {} }
}

async function requireTargets(trx: Tx, field: FieldTold, value: unknown): Promise<void> {
  if (!field.names) return
  for (const id of [value].flat()) {
    if (typeof id !== 'number') continue
    if (!(await findRow(trx, field.names as KeptTable, id))) {
      throw refusal({ key: 'history.error.target' })
    }
  }
}

function requireFit(
  { t }: Say,
  entity: KeptTable,
  before: Fields,
  name: string,
  value: unknown,
): void {
  const after = { ...before, [name]: value }
  const unfit = unfitFields(entity, after, name).flatMap((other) => {
    const label = fieldOf(entity, other)?.label
    return label ? [t.message({ key: label })] : []
  })
  if (unfit.length > 0) {
    throw refusal({ key: 'history.error.unfit', params: { fields: unfit.join(', ') } })
  }
  if (entity === 'proposal' && takesRequired(before, after)) {
    throw refusal({ key: 'history.error.required' })
  }
}

function inWords(error: unknown): unknown {
  const told = reasonOf(error)
  return told ? refusal(told, error instanceof EditConflict ? error.version : undefined) : error
}

function reasonOf(error: unknown): Message | undefined {
  if (error instanceof EditConflict) return { key: 'form.changedMeanwhile' }
  if (isUniqueViolation(error)) return { key: 'history.error.taken' }
  if (isForeignKeyViolation(error)) return { key: 'history.error.parent' }
  return undefined
}
