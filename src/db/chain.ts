import { createHash, randomUUID } from 'node:crypto'
import { refuseEnded } from './ended.ts'
import { type AppendTable, type KeptTable, ownerPathOf, secretFields } from './kept.ts'
import { insertInto, prepared } from './prepared.ts'
import { storedRow } from './rows.ts'
import type { Tx, WholeDb } from './schema.ts'
import { unitOf } from './unit.ts'

/** Who writes, by which way, and when; `at` is an instant as UTC ISO text. */
export type By = {
  accountId: number | null
  linkId: number | null
  actorName: string
  way: 'form' | 'grid' | 'link' | 'import' | 'setup' | 'restore'
  at: string
}

type Values = Record<string, unknown>
export type Change = [old: unknown, fresh: unknown]

type NewEvent = {
  table: KeptTable | AppendTable
  id: number
  uid: string
  version: number
  action: 'insert' | 'update' | 'remove'
  changes: Record<string, Change>
  row: Values
}

export type ChainedEvent = Omit<NewEvent, 'row'> & { owner: number | null }

/** Appends the event of one row to the chain; `known`: its OPD, where the row cannot tell it now. */
export async function addEvent(
  trx: Tx,
  { row, ...event }: NewEvent,
  by: By,
  known?: number | null,
) {
  const owner = known === undefined ? await ownerOf(trx, event.table, row) : known
  await chainEvents(trx, [{ ...event, owner }], by)
}

/** Appends events to the chain in the order given. */
export async function chainEvents(trx: Tx, events: readonly ChainedEvent[], by: By) {
  if (events.length === 0) return
  for (const { table, action, owner } of events) await refuseEnded(trx, table, action, owner, by)
  const [before] = await newest(trx, {})
  const unit = unitOf(trx)
  unit.batch ??= -(before?.id ?? 0)
  const batchId = unit.batch
  let head = before?.hash ?? ''
  const rows = events.map((event) => {
    const values = {
      uid: randomUUID() as string,
      at: by.at,
      madeAt: null,
      accountId: by.accountId,
      linkId: by.linkId,
      actorName: by.actorName,
      way: by.way,
      batchId,
      opdId: event.owner,
      entity: event.table,
      entityId: event.id,
      entityUid: event.uid,
      rowVersion: event.version,
      action: event.action,
      changes: JSON.stringify(event.changes, hideSecrets),
    }
    head = chained(head, values)
    return { ...values, hash: head }
  })
  const [only] = rows
  if (only && rows.length === 1) await insertInto(trx, 'event', only)
  else await trx.insertInto('event').values(rows).execute()
}

const newest = prepared((db) =>
  db.selectFrom('event').select(['id', 'hash']).orderBy('id', 'desc').limit(1),
)

/** SHA-256 over the hash before and this event's columns in the order they are written. */
export function chained(before: string, values: Record<string, unknown>): string {
  return createHash('sha256')
    .update(before)
    .update(JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')
}

function hideSecrets(field: string, value: unknown) {
  return secretFields.includes(field) ? [null, '•'] : value
}

/**
 * The OPD of a row as it stands; null where it is none's.
 *
 * @throws AppError not_found where what it hangs on is removed
 */
export async function ownerOf(
  trx: Tx | WholeDb,
  table: KeptTable | AppendTable,
  row: Values,
): Promise<number | null> {
  const path = ownerPathOf(table)
  if (!path) return null
  const reference = row[path.column] as number
  if (!path.above) return reference
  return ownerOf(trx, path.above, await storedRow(trx, path.above, reference))
}

/** The owners of many rows of one table; what stands above several of them is asked for once. */
export function ownersOf(trx: Tx, table: KeptTable): (row: Values) => Promise<number | null> {
  const path = ownerPathOf(table)
  if (!path?.above) return (row) => ownerOf(trx, table, row)
  const known = new Map<unknown, Promise<number | null>>()
  return (row) => {
    const reference = row[path.column]
    const owner = known.get(reference) ?? ownerOf(trx, table, row)
    known.set(reference, owner)
    return owner
  }
}
