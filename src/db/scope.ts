import {
  type Expression,
  type ExpressionBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { Scope } from '../domain/access.ts'
import { anyTable } from './any-table.ts'
import type { Db, Tables, Tx, WholeDb } from './schema.ts'

/**
 * The tables whose rows belong to an OPD, each with the SQL that finds the owner's id. A feature's
 * `Db` does not have them in its type: the only way to read one is `owned`, which asks for a scope.
 */
const ownerOf = {
  opd: 'opd.id',
  opdDuty: 'opd_duty.opd_id',
  opdPeople: 'opd_people.opd_id',
  opdAnswer: 'opd_answer.opd_id',
  opdConfirmation: 'opd_confirmation.opd_id',
  location: 'location.opd_id',
  internetAccess: '(select l.opd_id from location l where l.id = internet_access.location_id)',
  deviceSurvey: '(select l.opd_id from location l where l.id = device_survey.location_id)',
  deviceCount:
    '(select l.opd_id from location l join device_survey s on s.location_id = l.id where s.id = device_count.survey_id)',
  opdBudget: 'opd_budget.opd_id',
  infrastructureNeed: 'infrastructure_need.opd_id',
  needProposal: '(select n.opd_id from infrastructure_need n where n.id = need_proposal.need_id)',
  application: 'application.opd_id',
  applicationChoice:
    '(select a.opd_id from application a where a.id = application_choice.application_id)',
  applicationOpd:
    '(select a.opd_id from application a where a.id = application_opd.application_id)',
  integration: '(select a.opd_id from application a where a.id = integration.application_id)',
  proposal: 'proposal.opd_id',
  proposalChoice: '(select p.opd_id from proposal p where p.id = proposal_choice.proposal_id)',
  proposalLocation: '(select p.opd_id from proposal p where p.id = proposal_location.proposal_id)',
  proposalOpd: '(select p.opd_id from proposal p where p.id = proposal_opd.proposal_id)',
  proposalRequires: '(select p.opd_id from proposal p where p.id = proposal_requires.proposal_id)',
  proposalCost: '(select p.opd_id from proposal p where p.id = proposal_cost.proposal_id)',
  checkAnswer: '(select p.opd_id from proposal p where p.id = check_answer.proposal_id)',
  rating: '(select p.opd_id from proposal p where p.id = rating.proposal_id)',
  decision: '(select p.opd_id from proposal p where p.id = decision.proposal_id)',
  placement: '(select p.opd_id from proposal p where p.id = placement.proposal_id)',
  publicationItem: '(select p.opd_id from proposal p where p.id = publication_item.proposal_id)',
  event: 'event.opd_id',
} as const satisfies Partial<Record<keyof Tables, string>>

export type OwnedTable = keyof typeof ownerOf

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
