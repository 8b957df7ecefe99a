import { sql } from 'kysely'

/** The id of the publication in force: the newest act, unless that withdraws one. */
export const publicationInForceId = sql<number>`(select act.id from publication act
  where act.id = (select max(newest.id) from publication newest) and act.kind = 'publish')`

/** The decision that is published of the query's `proposal`; null where none is. */
export const publishedDecisionId = sql<number>`(
  select item.decision_id from publication_item item
  where item.proposal_id = proposal.id and item.publication_id = ${publicationInForceId})`
