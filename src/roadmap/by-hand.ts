import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import type { YearCost } from '../domain/phase-cost.ts'
import { afterMergers } from '../domain/prerequisites.ts'
import * as proposals from '../proposals/queries.ts'
import { type Move, selectMoves } from './queries.ts'

/** A prerequisite as it is told: merged ones stand for what they ended in. */
export type Required = {
  id: number
  number: string | null
  title: string
  state: string
  /** Of the decision in force. */
  outcome: string | null
}

/** What people said about the plan, by proposal. */
export type ByHand = {
  requires: ReadonlyMap<number, readonly Required[]>
  /** The newest move of each. */
  moves: ReadonlyMap<number, Move>
  costs: ReadonlyMap<number, readonly YearCost[]>
}

/** Prerequisites, moves and costs by year of all proposals: for those who may see the roadmap. */
export async function byHand(db: Db): Promise<ByHand> {
  const { stored, mergedInto } = await proposals.requirements(db)
  const edges = afterMergers(stored, mergedInto)
  const named = await proposals.named(db, everything, [
    ...new Set(edges.map((each) => each.requiredId)),
  ])
  const names = new Map(named.map(({ opd: _, ...each }) => [each.id, each]))
  const costs = await owned(db, everything, 'proposalCost')
    .select(['proposalCost.proposalId', 'proposalCost.year', 'proposalCost.amount'])
    .orderBy('proposalCost.year')
    .execute()
  return {
    requires: new Map(
      [...grouped(edges, (each) => each.proposalId)].map(([id, rows]) => [
        id,
        [...new Set(rows.map((each) => each.requiredId))].flatMap((each) => names.get(each) ?? []),
      ]),
    ),
    moves: new Map((await selectMoves(db).execute()).map((each) => [each.proposalId, each])),
    costs: grouped(costs, (each) => each.proposalId),
  }
}
