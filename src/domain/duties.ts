import type { Recusal, RoundAssessor, RoundProposal } from './evaluation.ts'

/** The criteria that an assessor is to rate for a proposal; none where excused from it. */
export type Duties = (assessorId: number, proposalId: number) => readonly number[]

/**
 * Who rates what, proposal by proposal: the criteria of each assessor, and those of an absent
 * assessor for who replaces them there. Nobody rates what their own OPD proposes. It says of every
 * proposal what `evaluate` counts.
 */
export function dutiesOf(round: {
  assessors: readonly RoundAssessor[]
  proposals: readonly Pick<RoundProposal, 'id' | 'opdId'>[]
  recusals: readonly Omit<Recusal, 'reason'>[]
}): Duties {
  const tasks = new Map(round.assessors.map((each) => [each.id, each.criterionIds]))
  const opds = new Map<number, number | null | undefined>(
    round.assessors.map((each) => [each.id, each.opdId]),
  )
  const leads = new Map(round.proposals.map((each) => [each.id, each.opdId]))
  const excused = new Set<string>()
  const replaced = new Map<string, number[]>()
  for (const { assessorId, proposalId, replacement } of round.recusals) {
    excused.add(pair(assessorId, proposalId))
    if (!replacement) continue
    opds.set(replacement.id, replacement.opdId)
    const at = pair(replacement.id, proposalId)
    replaced.set(at, [...(replaced.get(at) ?? []), assessorId])
  }
  return (assessorId, proposalId) => {
    const at = pair(assessorId, proposalId)
    const lead = leads.get(proposalId)
    if (lead === undefined || lead === opds.get(assessorId) || excused.has(at)) return []
    const own = tasks.get(assessorId) ?? []
    const others = (replaced.get(at) ?? []).flatMap((id) => tasks.get(id) ?? [])
    return others.length === 0 ? own : [...new Set([...own, ...others])]
  }
}

function pair(assessorId: number, proposalId: number): string {
  return `${assessorId} ${proposalId}`
}
