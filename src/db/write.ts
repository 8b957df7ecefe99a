import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { AppError } from '../errors.ts'
import { anyTable } from './any-table.ts'
import {
  addEvent,
  type By,
  type ChainedEvent,
  type Change,
  chainEvents,
  ownerOf,
  ownersOf,
} from './chain.ts'
import { EditConflict, type FieldConflict, isForeignKeyViolation } from './conflict.ts'
import { hangingOn, StillUsed } from './hanging.ts'
import { type AppendTable, type KeptTable, listFields } from './kept.ts'
import { fillList, type Lists, readLists, replaceList, sortedLists } from './lists.ts'
import { insertInto } from './prepared.ts'
import { findRow, type Stored, storedRow } from './rows.ts'
import type { Tables, Tx } from './schema.ts'
import { fieldName, type Merged, unitOf } from './unit.ts'

export type { By } from './chain.ts'

type Filled = 'id' | 'uid' | 'version' | 'createdAt' | 'updatedAt' | 'example'

/** The fields of a new row: its columns, and its list fields (see `kept.ts`). */
export type NewRow<T extends KeptTable> = Omit<Insertable<Tables[T]>, Filled> & {
  example?: string | null
}
export type Changes<T extends KeptTable> = Partial<NewRow<T>>

type Values = Record<string, unknown>

/** Inserts a kept row with its lists and its event; returns its id. */
export async function insertRow<T extends KeptTable>(
  trx: Tx,
  table: T,
  values: NewRow<T>,
  by: By,
  lists: Lists = {},
): Promise<number> {
  const uid = randomUUID()
  const row = { example: null, ...values, uid, version: 1, createdAt: by.at, updatedAt: by.at }
  const id = await insertedId(trx, table, row)
  for (const [field, items] of Object.entries(lists)) await fillList(trx, table, field, id, items)

  const changes = differences({}, { ...(values as Values), ...sortedLists(lists) })
  await addEvent(
    trx,
    { table, id, uid, version: 1, action: 'insert', changes, row: { ...row, id } },
    by,
  )
  return id
}

/**
 * Inserts many kept rows of one table, each with its lists (by place) and its event, in a few
 * statements; returns their ids in the same order. What is written is what `insertRow` would write
 * for one row after the other, the chain of events included.
 */
export async function insertRows<T extends KeptTable>(
  trx: Tx,
  table: T,
  rows: readonly NewRow<T>[],
  by: By,
  lists: readonly Lists[] = [],
): Promise<number[]> {
  const ownerOfRow = ownersOf(trx, table)
  const ids: number[] = []
  for (let from = 0; from < rows.length; from += insertedAtOnce) {
    const fresh = rows.slice(from, from + insertedAtOnce).map((values, at) => ({
      values: values as Values,
      lists: lists[from + at] ?? {},
      row: {
        example: null,
        ...values,
        uid: randomUUID() as string,
        version: 1,
        createdAt: by.at,
        updatedAt: by.at,
      },
    }))
    const inserted = await anyTable(trx)
      .insertInto(table)
      .values(fresh.map((each) => each.row))
      .returning(['id', 'uid'])
      .execute()
    const idOf = new Map(inserted.map((each) => [each.uid as string, each.id as number]))
    const events: ChainedEvent[] = []
    for (const { values, lists: own, row } of fresh) {
      const id = idOf.get(row.uid) ?? 0
      for (const [field, items] of Object.entries(own)) await fillList(trx, table, field, id, items)
      const changes = differences({}, { ...values, ...sortedLists(own) })
      const event = { table, id, uid: row.uid, version: 1, action: 'insert', changes } as const
      events.push({ ...event, owner: await ownerOfRow({ ...row, id }) })
      ids.push(id)
    }
    await chainEvents(trx, events, by)
  }
  return ids
}

/** Rows in one statement: well below the 32,766 values that SQLite takes. */
const insertedAtOnce = 200

/**
 * Changes a kept row that was opened at `version`, and appends its event.
 *
 * Fields that only others changed since then stay as they are stored, and the transaction's unit is
 * told of them; a field that both changed to different values is a conflict, and nothing is written,
 * unless the person chose what is stored.
 *
 * @returns the fields that really changed; empty when nothing did
 * @throws EditConflict with the fields that collide
 * @throws AppError not_found when the row is gone
 */
export async function updateRow<T extends KeptTable>(
  trx: Tx,
  table: T,
  id: number,
  version: number,
  changes: Changes<T>,
  by: By,
  lists: Lists = {},
): Promise<string[]> {
  const stored = await storedRow(trx, table, id)
  const wanted: Values = { ...(changes as Values), ...sortedLists(lists) }
  const current: Values = { ...stored, ...(await readLists(trx, table, id, Object.keys(lists))) }
  const differing = withoutTaken(trx, table, id, differences(current, wanted))
  const mine =
    stored.version === version ? differing : await mergeable(trx, table, stored, version, differing)
  const fields = Object.keys(mine)
  if (fields.length === 0) return []

  const columns = Object.fromEntries(
    fields.filter((field) => !(field in lists)).map((field) => [field, wanted[field]]),
  )
  const next = stored.version + 1
  const after = { ...columns, version: next, updatedAt: by.at }
  await anyTable(trx)
    .updateTable(table as string)
    .set(after)
    .where('id', '=', id)
    .execute()
  for (const field of fields) {
    const items = lists[field]
    if (items) await replaceList(trx, table, field, id, items)
  }
  const row = { ...stored, ...columns }
  await addEvent(
    trx,
    { table, id, uid: stored.uid, version: next, action: 'update', changes: mine, row },
    by,
  )
  return fields
}

/**
 * Deletes a kept row; the event holds the whole of it, lists included. What hangs on it must be
 * removed first, else the database refuses.
 *
 * @throws StillUsed with what hangs on it
 * @throws AppError not_found when the row is gone, conflict when it changed since `version`
 */
export async function removeRow(
  trx: Tx,
  table: KeptTable,
  id: number,
  version: number,
  by: By,
): Promise<void> {
  const stored = await storedRow(trx, table, id)
  if (stored.version !== version) throw new AppError('conflict', { key: 'form.changedMeanwhile' })
  const lists = await readLists(trx, table, id, Object.keys(listFields[table] ?? {}))
  const { version: _, ...kept } = stored
  const changes = Object.fromEntries(
    Object.entries({ ...kept, ...lists })
      .filter(([, value]) => value !== null)
      .map(([field, value]): [string, Change] => [field, [value, null]]),
  )
  const event = {
    table,
    id,
    uid: stored.uid,
    version: version + 1,
    action: 'remove' as const,
    changes,
    row: stored,
  }
  const owner = await ownerOf(trx, table, stored)
  try {
    await anyTable(trx).deleteFrom(table).where('id', '=', id).execute()
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error
    throw new StillUsed(await hangingOn(trx, table, id))
  }
  await addEvent(trx, event, by, owner)
}

/** The columns of a removal's event that are needed to undo it. */
export type Removal = {
  entity: KeptTable
  entityId: number
  entityUid: string
  rowVersion: number
  /** JSON, as it is stored. */
  changes: string
}

/**
 * Inserts a removed row again as its event tells it, lists included, with the same id and uid and
 * the next version; a column that is newer than the event takes its default.
 *
 * @throws AppError conflict when the row is there already
 */
export async function restoreRow(trx: Tx, removal: Removal, by: By): Promise<void> {
  const { entity: table, entityId: id, entityUid: uid } = removal
  if (await findRow(trx, table, id))
    throw new AppError('conflict', { key: 'form.changedMeanwhile' })
  const told = Object.entries(JSON.parse(removal.changes) as Record<string, Change>).map(
    ([field, [value]]): [string, unknown] => [field, value],
  )
  const specs = listFields[table] ?? {}
  const version = removal.rowVersion + 1
  const columns = Object.fromEntries(told.filter(([field]) => !(field in specs)))
  const lists = Object.fromEntries(told.filter(([field]) => field in specs)) as Lists
  const row = { ...columns, id, uid, version, updatedAt: by.at }
  await anyTable(trx).insertInto(table).values(row).execute()
  for (const [field, items] of Object.entries(lists)) await fillList(trx, table, field, id, items)

  const { id: _, uid: __, createdAt: ___, updatedAt: ____, ...values } = columns
  const changes = differences({}, { ...values, ...lists })
  await addEvent(trx, { table, id, uid, version, action: 'insert', changes, row }, by)
}

/**
 * Inserts a row of an append-only table with its actor and its event; returns its id. Such a row is
 * never changed: a correction is a new row that names the one it corrects.
 */
export async function appendRow<T extends AppendTable>(
  trx: Tx,
  table: T,
  values: Omit<
    Insertable<Tables[T]>,
    'id' | 'uid' | 'accountId' | 'linkId' | 'actorName' | 'recordedAt'
  >,
  by: By,
): Promise<number> {
  const uid = randomUUID()
  const { accountId, linkId, actorName } = by
  const row = { ...values, uid, accountId, linkId, actorName, recordedAt: by.at }
  const id = await insertedId(trx, table, row)
  const changes = differences({}, values as Values)
  await addEvent(
    trx,
    { table, id, uid, version: 1, action: 'insert', changes, row: { ...row, id } },
    by,
  )
  return id
}

/**
 * Deletes a row of an append-only table that came with the example, with its event; the database
 * refuses any other. What corrects it must be removed first.
 */
export async function removeExampleRow(
  trx: Tx,
  table: AppendTable,
  id: number,
  by: By,
): Promise<void> {
  const row = await anyTable(trx)
    .selectFrom(table)
    .selectAll()
    .where('id', '=', id)
    .where('example', 'is not', null)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', { key: 'form.removedMeanwhile' })
  const owner = await ownerOf(trx, table, row)
  await anyTable(trx).deleteFrom(table).where('id', '=', id).execute()
  const changes = Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([field, value]): [string, Change] => [field, [value, null]]),
  )
  const event = { table, id, uid: row.uid as string, version: 2, action: 'remove' } as const
  await addEvent(trx, { ...event, changes, row }, by, owner)
}

function withoutTaken(trx: Tx, table: KeptTable, id: number, changes: Record<string, Change>) {
  const { decided } = unitOf(trx)
  if (decided.size === 0) return changes
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([field]) => decided.get(fieldName(table, id, field)) !== 'stored',
    ),
  )
}

/**
 * What of `differing` may be written although others saved since `version`. A version that the row
 * never had, as after the database was restored, tells nothing of what the person saw: any change
 * counts as made since.
 */
async function mergeable(
  trx: Tx,
  table: KeptTable,
  stored: Stored,
  version: number,
  differing: Record<string, Change>,
): Promise<Record<string, Change>> {
  const opened = version > stored.version ? 0 : version
  const since = await trx
    .selectFrom('event')
    .select(['changes', 'actorName', 'at', 'rowVersion'])
    .where('entity', '=', table)
    .where('entityId', '=', stored.id)
    .where('rowVersion', '>', opened)
    .orderBy('id')
    .execute()
  const theirs = new Map<string, { base: unknown; by: string; at: string; last: number }>()
  for (const event of since) {
    for (const [field, [old]] of Object.entries(
      JSON.parse(event.changes) as Record<string, Change>,
    )) {
      const base = theirs.has(field) ? theirs.get(field)?.base : old
      theirs.set(field, { base, by: event.actorName, at: event.at, last: event.rowVersion })
    }
  }
  const mine: Record<string, Change> = {}
  const conflicts: FieldConflict[] = []
  const merged: Merged[] = []
  for (const [field, [old, fresh]] of Object.entries(differing)) {
    const their = theirs.get(field)
    const decision = unitOf(trx).decided.get(fieldName(table, stored.id, field))
    const seen = typeof decision === 'object' ? decision.seen : undefined
    if (!their || (seen !== undefined && their.last <= seen)) mine[field] = [old, fresh]
    else if (seen !== undefined || !same(fresh, their.base)) {
      conflicts.push({ field, mine: fresh, stored: old, by: their.by, at: their.at })
    } else merged.push({ entity: table, field, by: their.by })
  }
  if (conflicts.length > 0) throw new EditConflict(table, stored.id, conflicts, stored.version)
  unitOf(trx).merged.push(...merged)
  return mine
}

function differences(before: Values, after: Values): Record<string, Change> {
  const changes: Record<string, Change> = {}
  for (const [field, fresh] of Object.entries(after)) {
    if (fresh === undefined) continue
    const old = before[field] ?? null
    if (!same(old, fresh ?? null)) changes[field] = [old, fresh ?? null]
  }
  return changes
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

async function insertedId(trx: Tx, table: KeptTable | AppendTable, row: Values): Promise<number> {
  const [inserted] = await insertInto(trx, table, row as Insertable<Tables[typeof table]>, ['id'])
  return inserted?.id as number
}
