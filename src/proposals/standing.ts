import { sql } from 'kysely'
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
