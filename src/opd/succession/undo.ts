import { amongEnded } from '../../db/ended.ts'
import { type Hanging, hangingOn } from '../../db/hanging.ts'
import { type KeptTable, listFields } from '../../db/kept.ts'
import { type ListItem, readLists } from '../../db/lists.ts'
import { findRow } from '../../db/rows.ts'
import type { Db, Tx } from '../../db/schema.ts'
import { owned } from '../../db/scope.ts'
import { type By, type Changes, removeRow, updateRow } from '../../db/write.ts'
import { everything } from '../../domain/access.ts'
import { Refusal } from '../../errors.ts'
import { logAccess } from '../../web/access-log.ts'
import { wholeForm } from '../../web/form.ts'
import { endSessionsOf } from '../../web/session.ts'

type Step = {
  entity: KeptTable
  entityId: number
  action: string
  changes: Record<string, readonly [old: unknown, fresh: unknown]>
}

/** What the change of offices did that ended this OPD, in the order it was done; none where there was none. */
export async function stepsOf(db: Db | Tx, opdId: number): Promise<Step[]> {
  const ending = await owned(db, everything, 'event')
    .select(['event.batchId', 'event.changes'])
    .where('event.entity', '=', 'opd')
    .where('event.entityId', '=', opdId)
    .where('event.action', '=', 'update')
    .orderBy('event.id', 'desc')
    .execute()
  const last = ending.find(({ changes }) => 'successors' in JSON.parse(changes))
  if (!last || last.batchId === null) return []
  const rows = await owned(db, everything, 'event')
    .select(['event.entity', 'event.entityId', 'event.action', 'event.changes'])
    .where('event.batchId', '=', last.batchId)
    .orderBy('event.id')
    .execute()
  return rows
    .filter(({ entity }) => entity !== 'accessLink')
    .map((row) => ({
      ...row,
      entity: row.entity as KeptTable,
      changes: JSON.parse(row.changes) as Step['changes'],
    }))
}

/** The names of the OPD that began with a change of offices and are still there. */
export async function begunNames(db: Db, steps: readonly Step[]): Promise<string[]> {
  const ids = steps.flatMap(({ entity, entityId, action }) =>
    entity === 'opd' && action === 'insert' ? [entityId] : [],
  )
  const rows = await owned(db, everything, 'opd')
    .select('opd.name')
    .where('opd.id', 'in', ids)
    .orderBy('opd.nameKey')
    .execute()
  return rows.map((row) => row.name)
}

/** What a change of offices moved, by kind. */
export function moved(steps: readonly Step[]): Hanging[] {
  const counts = new Map<string, Set<number>>()
  for (const { entity, entityId, action } of steps) {
    if (action !== 'update' || entity === 'opd') continue
    counts.set(entity, (counts.get(entity) ?? new Set()).add(entityId))
  }
  return [...counts].map(([entity, ids]) => ({ entity, ids: [...ids], goes: false }))
}

/**
 * Takes a change of offices back in one transaction: what was moved goes back where it is still as
 * the change left it, the ended OPD go on, and those that began with the change are removed. Links
 * that ended stay ended.
 *
 * @param words what stands against it, by kind and number, in words
 * @throws Refusal when something was changed since, or was recorded on those that began
 */
export async function takeBack(
  trx: Tx,
  steps: readonly Step[],
  words: (hanging: readonly Hanging[]) => string,
  by: By,
): Promise<void> {
  amongEnded(trx)
  const way: By = { ...by, way: 'restore' }
  const changedSince: Step[] = []
  for (const step of steps.toReversed()) {
    if (step.action === 'update' && !(await back(trx, step, way))) changedSince.push(step)
  }
  if (changedSince.length > 0) throw standing(words(moved(changedSince)), 'changed')
  for (const { entity, entityId, action } of steps.toReversed()) {
    if (action !== 'insert') continue
    const stored = await findRow(trx, entity, entityId)
    const hanging = stored ? await hangingOn(trx, entity, entityId) : []
    if (hanging.length > 0) throw standing(words(hanging), 'recorded')
    if (stored) await removeRow(trx, entity, entityId, stored.version, way)
  }
}

function standing(list: string, how: 'changed' | 'recorded'): Refusal {
  return new Refusal({ [wholeForm]: { key: `succession.undo.${how}`, params: { list } } }, 409)
}

/** Puts the fields of one step back; false where one of them holds something else by now. */
async function back(trx: Tx, { entity, entityId, changes }: Step, by: By): Promise<boolean> {
  const stored = await findRow(trx, entity, entityId)
  if (!stored) return entity !== 'opd'
  const lists = await readLists(trx, entity, entityId, listsIn(entity, changes))
  const now: Record<string, unknown> = { ...stored, ...lists }
  const isAsLeft = Object.entries(changes).every(
    ([field, [, fresh]]) => JSON.stringify(now[field] ?? null) === JSON.stringify(fresh ?? null),
  )
  if (!isAsLeft) return false
  const old = Object.entries(changes).map(([field, [value]]) => [field, value] as const)
  const columns = Object.fromEntries(old.filter(([field]) => !(field in lists)))
  const before = Object.fromEntries(
    old.filter(([field]) => field in lists).map(([field, value]) => [field, value ?? []]),
  ) as Record<string, ListItem[]>
  await updateRow(trx, entity, entityId, stored.version, columns as Changes<KeptTable>, by, before)
  if (entity === 'account') {
    await endSessionsOf(trx, entityId)
    const roles = (before.roles ?? []).map((each) => (each as { role: string }).role)
    await logAccess(trx, 'role', by, { account: entityId, name: String(stored.name), roles })
  }
  return true
}

function listsIn(entity: KeptTable, changes: Step['changes']): string[] {
  return Object.keys(changes).filter((field) => field in (listFields[entity] ?? {}))
}
