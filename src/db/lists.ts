import { anyTable } from './any-table.ts'
import { type KeptTable, type ListField, listFields } from './kept.ts'
import { prepared } from './prepared.ts'
import type { Tx, WholeDb } from './schema.ts'

/** Fields with several answers: child rows, but one field of their parent (see `kept.ts`). */
export type Lists = { [field: string]: readonly ListItem[] }
export type ListItem = string | number | Record<string, unknown>

/* Lists */

function listField(table: KeptTable, field: string) {
  const spec = listFields[table]?.[field]
  if (!spec) throw new Error(`${table} has no list ${field}`)
  return spec
}

export async function fillList(
  trx: Tx,
  table: KeptTable,
  field: string,
  id: number,
  items: readonly ListItem[],
) {
  const spec = listField(table, field)
  if (items.length === 0) return
  const rows = items.map((item) => ({
    [spec.parent]: id,
    ...spec.fixed,
    ...(typeof item === 'object' ? item : { [spec.columns[0]]: item }),
  }))
  await anyTable(trx).insertInto(spec.table).values(rows).execute()
}

export async function replaceList(
  trx: Tx,
  table: KeptTable,
  field: string,
  id: number,
  items: readonly ListItem[],
) {
  const spec = listField(table, field)
  let rows = anyTable(trx).deleteFrom(spec.table).where(spec.parent, '=', id)
  for (const [column, value] of Object.entries(spec.fixed ?? {}))
    rows = rows.where(column, '=', value)
  await rows.execute()
  await fillList(trx, table, field, id, items)
}

/** The list fields of a row, in their one order. */
export async function readLists(
  trx: Tx | WholeDb,
  table: KeptTable,
  id: number,
  fields: readonly string[],
) {
  const lists: Record<string, ListItem[]> = {}
  for (const field of fields) {
    const spec = listField(table, field)
    const read =
      listReaders.get(spec) ?? prepared((db, of: { id: number }) => itemsOf(db, spec, of.id))
    listReaders.set(spec, read)
    const found = (await read(trx, { id })) as Record<string, unknown>[]
    lists[field] = sorted(
      found.map((row) => (spec.columns.length === 1 ? (row[spec.columns[0]] as ListItem) : row)),
    )
  }
  return lists
}

type ListReader = (db: Tx | WholeDb, of: { id: number }) => Promise<unknown[]>
const listReaders = new Map<ListField, ListReader>()

function itemsOf(db: WholeDb, spec: ListField, id: number) {
  const rows = anyTable(db)
    .selectFrom(spec.table)
    .select([...spec.columns])
    .where(spec.parent, '=', id)
  return Object.entries(spec.fixed ?? {}).reduce(
    (so, [column, value]) => so.where(column, '=', value),
    rows,
  )
}

export function sortedLists(lists: Lists): Record<string, ListItem[]> {
  return Object.fromEntries(Object.entries(lists).map(([field, items]) => [field, sorted(items)]))
}

/** One order and one order of keys, so that equal lists are equal text. */
function sorted(items: readonly ListItem[]): ListItem[] {
  return items
    .map((item) =>
      typeof item === 'object'
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    )
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
