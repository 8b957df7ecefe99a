/** What an assessor has still to do in a round. */
export type Progress = { assessorId: number; given: number; expected: number; excused: number }

type Parts = {
  tasks: readonly {
    id: number
    opdId?: number | null | undefined
    criterionIds: readonly number[]
  }[]
  /** Criteria computed from the inventory: nobody has to rate them. */
  derivedIds: readonly number[]
  proposals: readonly { id: number; opdId: number }[]
  recusals: readonly { assessorId: number; proposalId: number }[]
  /** Ratings given, of criteria that are not derived. */
  counts: readonly { assessorId: number; proposalId: number; n: number }[]
}

/**
 * Ratings given and expected by assessor: one for every proposal they are not excused from and every
 * criterion they are to rate, without the derived ones.
 */
export function progressOf({ tasks, derivedIds, proposals, recusals, counts }: Parts): Progress[] {
  const excusedFrom = new Set(recusals.map((each) => pair(each.assessorId, each.proposalId)))
  const countOf = new Map(counts.map((each) => [pair(each.assessorId, each.proposalId), each.n]))
  return tasks.map((task) => {
    const own = proposals.filter(
      (each) => each.opdId !== task.opdId && !excusedFrom.has(pair(task.id, each.id)),
    )
    const criteria = task.criterionIds.filter((id) => !derivedIds.includes(id)).length
    return {
      assessorId: task.id,
      given: own.reduce((sum, each) => sum + (countOf.get(pair(task.id, each.id)) ?? 0), 0),
      expected: own.length * criteria,
      excused: proposals.length - own.length,
    }
  })
}

function pair(assessorId: number, proposalId: number): string {
  return `${assessorId} ${proposalId}`
}
