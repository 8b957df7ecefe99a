import { sql } from 'kysely'
import { type KeptTable, listFields } from './kept.ts'
import type { Tables, Tx, WholeDb } from './schema.ts'

/** How many records of one kind point to another; `entity` is the table of theirs. */
export type Hanging = { entity: string; n: number }

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
  const counts = new Map<string, number>()
  for (const { name, column } of await referencesTo(db, table)) {
    if (own.includes(name)) continue
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(name)} where ${sql.ref(column)} = ${id}`.execute(db)
    const n = found.rows[0]?.n ?? 0
    const entity = recordOf(name)
    if (n > 0) counts.set(entity, (counts.get(entity) ?? 0) + n)
  }
  return [...counts].map(([entity, n]) => ({ entity, n }))
}

type Reference = { name: string; column: string }

async function referencesTo(db: Tx | WholeDb, table: KeptTable): Promise<Reference[]> {
  const target = table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const found = await sql<{ name: string; column: string }>`
    select m.name as name, f."from" as "column"
    from sqlite_schema m, pragma_foreign_key_list(m.name) f
    where m.type = 'table' and f."table" = ${target} order by m.name, f.seq`.execute(db)
  return found.rows.map(({ name, column }) => ({ name: camel(name), column: camel(column) }))
}

/** The record that a table of lists belongs to; any other table is its own. */
function recordOf(name: string): string {
  for (const [entity, fields] of Object.entries(listFields)) {
    const isList = Object.values(fields).some((field) => field.table === (name as keyof Tables))
    if (isList) return entity
  }
  return name
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
