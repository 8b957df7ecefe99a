import { AppError } from '../errors.ts'
import { anyTable } from './any-table.ts'
import type { KeptTable } from './kept.ts'
import { prepared } from './prepared.ts'
import type { Tx, WholeDb } from './schema.ts'

export type Stored = Record<string, unknown> & { id: number; uid: string; version: number }

/** @throws AppError not_found when the row is gone */
export async function storedRow(trx: Tx | WholeDb, table: KeptTable, id: number): Promise<Stored> {
  const row = await findRow(trx, table, id)
  if (!row) throw new AppError('not_found', { key: 'form.removedMeanwhile' })
  return row
}

/** A kept row of any table, whole. */
export async function findRow(
  trx: Tx | WholeDb,
  table: KeptTable,
  id: number,
): Promise<Stored | undefined> {
  const read =
    rowsById.get(table) ??
    prepared((db, of: { id: number }) =>
      anyTable(db).selectFrom(table).selectAll().where('id', '=', of.id),
    )
  rowsById.set(table, read)
  const [row] = await read(trx, { id })
  return row as Stored | undefined
}

const rowsById = new Map<KeptTable, (db: Tx | WholeDb, of: { id: number }) => Promise<unknown[]>>()
