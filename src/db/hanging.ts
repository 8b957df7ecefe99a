import { sql } from 'kysely'
import { type KeptTable, listFields } from './kept.ts'
import type { Tables, Tx, WholeDb } from './schema.ts'

/**
 * How many records of one kind point to another; `entity` is the table of theirs, `unit` an OPD under
 * another. They go with it where the database says so.
 */
export type Hanging = { entity: string; n: number; goes?: true }

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
  const own = Object.values(listFields[table] ?? {}).map((field) => field.table as string)
  const counts = new Map<string, Hanging>()
  for (const reference of await referencesTo(db, table)) {
    if (own.includes(reference.name)) continue
    for (const found of await pointing(db, table, id, reference)) {
      const key = `${found.entity} ${found.goes}`
      counts.set(key, { ...found, n: found.n + (counts.get(key)?.n ?? 0) })
    }
  }
  return [...counts.values()]
}

type Reference = { name: string; column: string; to: string; onDelete: string }

/** The records of one table that point to the row, by their kind. */
async function pointing(
  db: Tx | WholeDb,
  table: KeptTable,
  id: number,
  { name, column, to, onDelete }: Reference,
): Promise<Hanging[]> {
  const entity = recordOf(name)
  const target = sql`(select ${sql.ref(to)} from ${sql.table(table)} where id = ${id})`
  const kind = entity === 'opd' ? kindOfOpd(name) : sql`${entity}`
  const found = await sql<{ entity: string; n: number }>`
    select ${kind} as entity, count(*) as n from ${sql.table(name)} as pointing
    where ${sql.ref(column)} = ${target} group by 1`.execute(db)
  return found.rows.map((row) =>
    onDelete === 'CASCADE' && !isList(name) ? { ...row, goes: true as const } : row,
  )
}

/** Whether an OPD, or the one that a row of its lists belongs to, is a unit. */
function kindOfOpd(name: string) {
  const parent = name === 'opd' ? sql`pointing.parent_id` : sql`opd.parent_id`
  const told = sql`case when ${parent} is null then 'opd' else 'unit' end`
  return name === 'opd' ? told : sql`(select ${told} from opd where opd.id = pointing.opd_id)`
}

async function referencesTo(db: Tx | WholeDb, table: KeptTable): Promise<Reference[]> {
  const target = table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const found = await sql<Reference>`
    select m.name as name, f."from" as "column", coalesce(f."to", 'id') as "to",
      f.on_delete as on_delete
    from sqlite_schema m, pragma_foreign_key_list(m.name) f
    where m.type = 'table' and f."table" = ${target} order by m.name, f.seq`.execute(db)
  return found.rows.map((row) => ({ ...row, name: camel(row.name), column: camel(row.column) }))
}

/** The record that a table of lists belongs to; any other table is its own. */
function recordOf(name: string): string {
  for (const [entity, fields] of Object.entries(listFields)) {
    if (Object.values(fields).some((field) => field.table === (name as keyof Tables))) return entity
  }
  return name
}

function isList(name: string): boolean {
  return recordOf(name) !== name
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
