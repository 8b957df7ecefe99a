import type { Duties } from '../domain/duties.ts'

/** What an assessor has still to do in a round. */
export type Progress = { assessorId: number; given: number; expected: number; excused: number }

type Parts = {
  /** Who rates, also in somebody's place. */
  assessorIds: readonly number[]
  duties: Duties
  /** Criteria computed from the inventory: nobody has to rate them. */
  derivedIds: readonly number[]
  proposals: readonly { id: number }[]
  /** Ratings given, of criteria that are not derived. */
  counts: readonly { assessorId: number; proposalId: number; n: number }[]
}

/**
 * Ratings given and expected by assessor: one for every proposal and every criterion they are to
 * rate there, without the derived ones.
 */
export function progressOf({
  assessorIds,
  duties,
  derivedIds,
  proposals,
  counts,
}: Parts): Progress[] {
  const countOf = new Map(counts.map((each) => [pair(each.assessorId, each.proposalId), each.n]))
  return assessorIds.map((assessorId) => {
    const todo = proposals.flatMap(({ id }) => {
      const criteria = duties(assessorId, id)
      return criteria.length === 0 ? [] : [{ id, criteria }]
    })
    const sum = (of: (each: (typeof todo)[number]) => number) =>
      todo.reduce((total, each) => total + of(each), 0)
    return {
      assessorId,
      given: sum(({ id }) => countOf.get(pair(assessorId, id)) ?? 0),
      expected: sum(({ criteria }) => criteria.filter((id) => !derivedIds.includes(id)).length),
      excused: proposals.length - todo.length,
    }
  })
}

function pair(assessorId: number, proposalId: number): string {
  return `${assessorId} ${proposalId}`
}
