import { sql } from 'kysely'
import { type KeptTable, listFields } from './kept.ts'
import { camel, snake } from './names.ts'
import type { Tables, Tx, WholeDb } from './schema.ts'

/**
 * The records of one kind that point to another; `entity` is the table of theirs, `unit` an OPD under
 * another. They go with it where the database says so.
 */
export type Hanging = { entity: string; ids: readonly number[]; goes: boolean }

/** Thrown by `removeRow`: nothing was removed, others point to the row. */
export class StillUsed extends Error {
  readonly hanging: readonly Hanging[]

  constructor(hanging: readonly Hanging[]) {
    super('still used')
    this.hanging = hanging
  }
}

/**
 * What points to a row, by the references that the database itself holds; what is a field of the row
 * (its lists) and goes with it is left out. A list of another record counts as that record.
 */
export async function hangingOn(
  db: Tx | WholeDb,
  table: KeptTable,
  id: number,
): Promise<Hanging[]> {
  const found: Found[] = []
  for (const reference of await referencesTo(db, table)) {
    if (isOwnField(table, reference)) continue
    found.push(...(await pointing(db, table, id, reference)))
  }
  return byKind(found)
}

/** What the lists of a row name: it stays when the row goes, and is only linked to it no more. */
export async function namedBy(db: Tx | WholeDb, table: KeptTable, id: number): Promise<Hanging[]> {
  const found: Found[] = []
  for (const { table: list, parent } of Object.values(listFields[table] ?? {})) {
    for (const { column, to, target } of await referencesFrom(db, list)) {
      if (column === parent) continue
      const kind = target === 'opd' ? kindOfOpd('opd') : sql`${target}`
      const rows = await sql<Omit<Found, 'goes'>>`
        select ${kind} as entity, pointing.id as id from ${sql.table(target)} as pointing
        where ${sql.ref(`pointing.${to}`)} in
          (select ${sql.ref(column)} from ${sql.table(list)} where ${sql.ref(parent)} = ${id})`.execute(
        db,
      )
      found.push(...rows.rows.map((row) => ({ ...row, goes: false })))
    }
  }
  return byKind(found)
}

type Found = { entity: string; id: number; goes: boolean }
type Reference = { name: string; column: string; to: string; onDelete: string }

function byKind(found: readonly Found[]): Hanging[] {
  const kinds = new Map<string, { entity: string; goes: boolean; ids: Set<number> }>()
  for (const { entity, id, goes } of found) {
    const key = `${entity} ${goes}`
    const kind = kinds.get(key) ?? { entity, goes, ids: new Set() }
    kind.ids.add(id)
    kinds.set(key, kind)
  }
  return [...kinds.values()].map((kind) => ({ ...kind, ids: [...kind.ids] }))
}

/** The records of one table that point to the row; a row of a list is the record it belongs to. */
async function pointing(
  db: Tx | WholeDb,
  table: KeptTable,
  id: number,
  { name, column, to, onDelete }: Reference,
): Promise<Found[]> {
  const { entity, parent } = recordOf(name)
  const target = sql`(select ${sql.ref(to)} from ${sql.table(table)} where id = ${id})`
  const kind = entity === 'opd' ? kindOfOpd(name) : sql`${entity}`
  const key = parent ?? (await keyOf(db, name))
  const found = await sql<{ entity: string; id: number }>`
    select ${kind} as entity, ${sql.ref(key)} as id from ${sql.table(name)} as pointing
    where ${sql.ref(column)} = ${target}`.execute(db)
  const goes = onDelete === 'CASCADE' && parent === undefined
  return found.rows.map((row) => ({ ...row, goes }))
}

/** Whether an OPD, or the one that a row of its lists belongs to, is a unit. */
function kindOfOpd(name: string) {
  const parent = name === 'opd' ? sql`pointing.parent_id` : sql`opd.parent_id`
  const told = sql`case when ${parent} is null then 'opd' else 'unit' end`
  return name === 'opd' ? told : sql`(select ${told} from opd where opd.id = pointing.opd_id)`
}

async function referencesTo(db: Tx | WholeDb, table: KeptTable): Promise<Reference[]> {
  const found = await sql<Reference>`
    select m.name as name, f."from" as "column", coalesce(f."to", 'id') as "to",
      f.on_delete as on_delete
    from sqlite_schema m, pragma_foreign_key_list(m.name) f
    where m.type = 'table' and f."table" = ${snake(table)} order by m.name, f.seq`.execute(db)
  return found.rows.map((row) => ({ ...row, name: camel(row.name), column: camel(row.column) }))
}

async function referencesFrom(db: Tx | WholeDb, table: keyof Tables) {
  const found = await sql<{ column: string; to: string; target: string }>`
    select "from" as "column", coalesce("to", 'id') as "to", "table" as target
    from pragma_foreign_key_list(${snake(table)})`.execute(db)
  return found.rows.map((row) => ({
    column: camel(row.column),
    to: row.to,
    target: camel(row.target),
  }))
}

/** The column that tells the rows of a table apart: not every one has an id. */
async function keyOf(db: Tx | WholeDb, name: string): Promise<string> {
  const found = await sql<{ n: number }>`
    select count(*) as n from pragma_table_info(${snake(name)}) where name = 'id'`.execute(db)
  return found.rows[0]?.n ? 'id' : 'rowid'
}

function isOwnField(table: KeptTable, { name, column }: Reference): boolean {
  return Object.values(listFields[table] ?? {}).some(
    (field) => field.table === (name as keyof Tables) && field.parent === column,
  )
}

/** The record that a table of lists belongs to, by its column; any other table is its own. */
function recordOf(name: string): { entity: string; parent?: string } {
  for (const [entity, fields] of Object.entries(listFields)) {
    for (const { table, parent } of Object.values(fields)) {
      if (table === (name as keyof Tables)) return { entity, parent }
    }
  }
  return { entity: name }
}
