import type { Kysely } from 'kysely'
import type { Db, Tx, WholeDb } from './schema.ts'

type AnyTables = Record<string, Record<string, unknown>>

/** The tables by a name known only at run time; types end here and begin again at the callers. */
export function anyTable(db: Db | Tx | WholeDb): Kysely<AnyTables> {
  return db as unknown as Kysely<AnyTables>
}
