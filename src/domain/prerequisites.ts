/** One proposal that waits for another. */
export type Requirement = { proposalId: number; requiredId: number }

/**
 * The way by which a proposal would come to wait for itself if a prerequisite were added: ids from
 * the proposal over the one added back to the proposal. Undefined where it would not.
 */
export function cycleOf(
  existing: readonly Requirement[],
  { proposalId, requiredId }: Requirement,
): number[] | undefined {
  const cameFrom = new Map<number, number>([[requiredId, proposalId]])
  const open = [requiredId]
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (id === proposalId) return wayBack(cameFrom, proposalId)
    for (const each of existing) {
      if (each.proposalId !== id || cameFrom.has(each.requiredId)) continue
      cameFrom.set(each.requiredId, id)
      open.push(each.requiredId)
    }
  }
  return undefined
}

/** Whether adding a prerequisite would make a proposal wait for itself, directly or through others. */
export function makesCycle(existing: readonly Requirement[], added: Requirement): boolean {
  return cycleOf(existing, added) !== undefined
}

/**
 * Prerequisites as they hold after mergers: a merged one waits for nothing any more, and who waited
 * for it waits for the proposal it ended in.
 *
 * @param mergedInto by proposal, what it was merged into
 */
export function afterMergers(
  requirements: readonly Requirement[],
  mergedInto: ReadonlyMap<number, number>,
): Requirement[] {
  return requirements
    .filter(({ proposalId }) => !mergedInto.has(proposalId))
    .map(({ proposalId, requiredId }) => ({
      proposalId,
      requiredId: endOf(mergedInto, requiredId),
    }))
    .filter(({ proposalId, requiredId }) => proposalId !== requiredId)
}

/** The proposal in which a merged one ended; itself where it was not merged. */
export function endOf(mergedInto: ReadonlyMap<number, number>, id: number): number {
  const seen = new Set<number>()
  let end = id
  for (let next = mergedInto.get(end); next !== undefined && !seen.has(next); ) {
    seen.add(next)
    end = next
    next = mergedInto.get(end)
  }
  return end
}

function wayBack(cameFrom: ReadonlyMap<number, number>, proposalId: number): number[] {
  const way = [proposalId]
  let at = cameFrom.get(proposalId)
  while (at !== undefined && at !== proposalId) {
    way.unshift(at)
    at = cameFrom.get(at)
  }
  return [proposalId, ...way]
}
