import {
  type Expression,
  type ExpressionBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { Scope } from '../domain/access.ts'
import { anyTable } from './any-table.ts'
import { type OwnedTable, ownerOf } from './owned-tables.ts'
import type { Db, Tables, Tx, WholeDb } from './schema.ts'

export function isOwned(table: string): table is OwnedTable {
  return table in ownerOf
}

/** A select from a table that belongs to OPD, already narrowed to what the scope may reach. */
export function owned<T extends OwnedTable>(
  db: Db | Tx | WholeDb,
  scope: Scope,
  table: T,
): SelectQueryBuilder<Tables, T, object> {
  const whole = db as unknown as WholeDb
  const query = whole.selectFrom(table as OwnedTable) as unknown as SelectQueryBuilder<
    Tables,
    T,
    object
  >
  return scope.all ? query : query.where(reachable(table, scope.opdIds))
}

/** The same by a name known only at run time; a table that is no OPD's is read whole. */
export function reached(db: Db | Tx | WholeDb, scope: Scope, table: string) {
  const all = anyTable(db).selectFrom(table)
  return isOwned(table) ? (owned(db, scope, table) as unknown as typeof all) : all
}

/**
 * Whether a row counts for an OPD: it is its own, or that of a unit under it.
 *
 * @param column of the row, `table.column` as the queries name it
 */
export function countsFor(column: string, opdId: number) {
  return sql<SqlBool>`${sql.ref(column)} in
    (select counted.id from opd counted where counted.id = ${opdId} or counted.parent_id = ${opdId})`
}

/**
 * Rows about an OPD that are the office's alone until their outcome is published: an OPD reads of
 * them what `publicationItem` says.
 */
export const officeOnly = ['decision', 'placement'] as const satisfies readonly OwnedTable[]

function reachable(table: OwnedTable, opdIds: readonly number[]) {
  return (eb: ExpressionBuilder<Tables, never>): Expression<SqlBool> => {
    const isOffices = officeOnly.some((each) => each === table)
    if (isOffices || opdIds.length === 0) return eb.lit(false) as unknown as Expression<SqlBool>
    const own = sql<SqlBool>`${sql.raw(ownerOf[table])} in (${sql.join(opdIds)})`
    if (table === 'event') {
      return sql<SqlBool>`(${own} and event.entity not in (${sql.join(officeOnly)}))`
    }
    if (table !== 'proposal') return own
    return sql<SqlBool>`(${own} or exists (select 1 from proposal_opd o
      where o.proposal_id = proposal.id and o.opd_id in (${sql.join(opdIds)})))`
  }
}
