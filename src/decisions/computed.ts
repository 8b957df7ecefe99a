import type { Db } from '../db/schema.ts'
import type { Scope } from '../domain/access.ts'
import { assess } from '../ranking/assess.ts'

/** Where the computation puts a proposal now; without a rank it is not completely rated. */
export type Computed = { rank: number | null; score: number | null }

/** By the id of the proposal; whatever has no score yet is not in it. */
export async function computedNow(db: Db, scope: Scope): Promise<Map<number, Computed>> {
  const { ranked, incomplete, aside } = await assess(db, scope)
  return new Map(
    [...ranked, ...incomplete, ...aside]
      .filter((each) => each.score !== undefined)
      .map((each) => [each.id, { rank: each.rank ?? null, score: each.score ?? null }]),
  )
}
