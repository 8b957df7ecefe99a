/** One proposal that waits for another. */
export type Requirement = { proposalId: number; requiredId: number }

/**
 * Whether adding a prerequisite would make a proposal wait for itself, directly or through others.
 * Such a one is refused.
 */
export function makesCycle(existing: readonly Requirement[], added: Requirement): boolean {
  const seen = new Set<number>()
  const open = [added.requiredId]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === added.proposalId) return true
    if (seen.has(id)) continue
    seen.add(id)
    for (const each of existing) if (each.proposalId === id) open.push(each.requiredId)
  }
  return false
}
