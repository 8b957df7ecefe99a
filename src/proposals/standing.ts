import { sql } from 'kysely'
import { publishedDecisionId } from '../db/published.ts'
import type { Scope } from '../domain/access.ts'
import { lists } from '../domain/words.ts'

const rankOf = sql.join(
  lists.decisionLevel.map((level, rank) => sql`when ${sql.lit(level)} then ${sql.lit(rank)}`),
  sql` `,
)

/**
 * The id of the decision in force of the query's `proposal`: of the highest level the newest by
 * day, then by id; one that another corrects does not count (`decisionInForce` in `domain/`).
 */
export const decisionInForceId = sql<number>`(
  select d.id from decision d
  where d.proposal_id = proposal.id
    and not exists (select 1 from decision c where c.corrects_id = d.id)
  order by case d.level ${rankOf} else -1 end desc, d.decided_on desc, d.id desc
  limit 1)`

/** The decision that a reader is told of: that in force for the office, the published one for an OPD. */
export function toldDecisionId(scope: Scope) {
  return scope.all ? decisionInForceId : publishedDecisionId
}

/** 1 where something is decided that this reader is not told before it is published. */
export function isUndisclosed(scope: Scope) {
  if (scope.all) return sql<0 | 1>`0`
  return sql<0 | 1>`(${publishedDecisionId} is null and ${decisionInForceId} is not null)`
}
