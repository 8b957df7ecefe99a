import { grouped } from './grouping.ts'
import { contributions, mean, priorityScore } from './scoring.ts'

export type RoundCriterion = {
  id: number
  /** At least 0; the weights need not add up to 1. */
  weight: number
  /** Computed from the inventory (K4): see `evaluate`. */
  derived: boolean
  /** `value` runs from 0 to 1. */
  levels: readonly { level: number; value: number }[]
}

export type RoundProposal = {
  id: number
  opdId: number
  /** Level of the derived criterion; undefined or null while it is incomplete. */
  readiness?: number | null | undefined
}

export type RoundAssessor = {
  id: number
  opdId?: number | null | undefined
  /** The criteria this assessor is to rate. */
  criterionIds: readonly number[]
}

export type Recusal = {
  assessorId: number
  proposalId: number
  reason: string
  /** Who rates this proposal in the assessor's place, for all criteria of the assessor. */
  replacement?: { id: number; opdId?: number | null | undefined } | null | undefined
}

export type Rating = {
  proposalId: number
  criterionId: number
  assessorId: number
  level: number
  note?: string | null | undefined
}

export type Round = {
  criteria: readonly RoundCriterion[]
  /** Ratings that a criterion of a proposal needs to be complete, at least 1. */
  minimum: number
  proposals: readonly RoundProposal[]
  assessors: readonly RoundAssessor[]
  recusals: readonly Recusal[]
  ratings: readonly Rating[]
}

export type CriterionResult = {
  criterionId: number
  /** Mean value of the levels that count, 0 to 1; undefined without any. */
  mean?: number
  /** Ratings that count; for the derived criterion also the assessors it stands in for. */
  count: number
  /** Assessors assigned and not excused. */
  expected: number
  /** Ratings it needs to be complete. */
  needed: number
  /** Of the derived criterion: the level computed from the inventory. */
  derivedLevel?: number
}

export type Evaluation = {
  proposalId: number
  /**
   * complete: every criterion has what it needs. provisional: every criterion has a rating, some
   * fewer than needed; has a score, is not ranked. incomplete: some criterion has none. unrated: no
   * person has rated it.
   */
  state: 'unrated' | 'incomplete' | 'provisional' | 'complete'
  criteria: CriterionResult[]
  /** Criteria with at least one rating. */
  rated: number
  /** The criterion furthest below what it needs, for "1 of 3 assessors". */
  thinnest?: { count: number; needed: number }
  /** 0 to 100, not rounded; only of complete and provisional ones. */
  score?: number
  /** Points by criterion, in their order; they add up to the score. */
  contributions?: number[]
  /** Criteria below what they need, and by how many ratings. */
  missing: { criterionId: number; lacks: number }[]
  /** Who does not rate this proposal: `own` = comes from the proposing OPD, else the reason given. */
  excused: Excused[]
}

export type Excused = { assessorId: number; own: boolean; reason: string; replacedBy?: number }

/**
 * From raw ratings to where each proposal of a round stands, in the order of the proposals. No
 * proposal has any influence on another.
 *
 * - Only ratings of assessors who are assigned to the criterion and not excused from the proposal
 *   count; an assessor of the proposing OPD is excused without anybody recording it.
 * - The derived criterion's level counts as the rating of every such assessor who has given no level
 *   of their own (which needs a note, see `needsNote`).
 * - The minimum is lowered by exactly what the recusal of the OPD's own assessors takes away, never
 *   below 1: with three assessors, a minimum of three and one of them from the OPD it is two. An
 *   absent assessor lowers nothing: they may be replaced, and who replaces them counts as assigned
 *   to their criteria for that proposal.
 * - A missing rating is never 0.
 *
 * @throws RangeError for a minimum below 1 or a level that its criterion does not have
 */
export function evaluate(round: Round): Evaluation[] {
  if (!(round.minimum >= 1)) throw new RangeError(`minimum of ratings: ${round.minimum}`)

  const records = recordsOf(round)
  return round.proposals.map((proposal) => evaluateOne(round, proposal, records))
}

/** Whether a rating must say why: it departs from the level computed for a derived criterion. */
export function needsNote(
  criterion: Pick<RoundCriterion, 'derived'>,
  level: number,
  readiness: number | null | undefined,
): boolean {
  return criterion.derived && level !== readiness
}

/** The round's lists, arranged for finding. */
type Records = {
  /** By proposal, as are the recusals. */
  ratings: Map<number, Rating[]>
  recusals: Map<number, Recusal[]>
  /** In the order of the criteria. */
  criteria: { criterion: RoundCriterion; assigned: RoundAssessor[]; values: Map<number, number> }[]
}

function evaluateOne(round: Round, proposal: RoundProposal, records: Records): Evaluation {
  const recusals = byAssessor(records.recusals.get(proposal.id))
  const excused = excusedFrom(round, proposal, recusals)
  const given = grouped(records.ratings.get(proposal.id) ?? [], (each) => each.criterionId)
  const counted = records.criteria.map((each) => {
    const eligible = eligibleFor(proposal, each.assigned, excused, recusals)
    return countRatings(round.minimum, proposal, each, eligible, given.get(each.criterion.id))
  })
  const criteria = counted.map((each) => each.result)
  const missing = criteria
    .filter((each) => each.count < each.needed)
    .map((each) => ({ criterionId: each.criterionId, lacks: each.needed - each.count }))
  const means = criteria.flatMap((each) => (each.mean === undefined ? [] : [each.mean]))
  const hasScore = criteria.length > 0 && means.length === criteria.length
  const weights = round.criteria.map((criterion) => criterion.weight)
  const thinnest = thinnestOf(criteria)

  return {
    proposalId: proposal.id,
    state: stateOf(
      hasScore,
      missing.length,
      counted.some((each) => each.byPerson),
    ),
    criteria,
    rated: means.length,
    ...(thinnest && { thinnest }),
    ...(hasScore && {
      score: priorityScore(weights, means),
      contributions: contributions(weights, means),
    }),
    missing,
    excused,
  }
}

function stateOf(hasScore: boolean, missing: number, byPerson: boolean): Evaluation['state'] {
  if (!hasScore) return byPerson ? 'incomplete' : 'unrated'
  return missing === 0 ? 'complete' : 'provisional'
}

function countRatings(
  minimum: number,
  proposal: RoundProposal,
  { criterion, assigned, values }: Records['criteria'][number],
  eligible: readonly { id: number }[],
  ratings: readonly Rating[] | undefined,
): { result: CriterionResult; byPerson: boolean } {
  const own = assigned.filter((each) => isOwn(each, proposal)).length
  const derivedLevel = criterion.derived ? (proposal.readiness ?? undefined) : undefined
  const given = byAssessor(ratings)

  const counting: number[] = []
  for (const assessor of eligible) {
    const level = given.get(assessor.id)?.level ?? derivedLevel
    if (level !== undefined) counting.push(valueAt(level, values, criterion.id))
  }
  return {
    result: {
      criterionId: criterion.id,
      ...(counting.length > 0 && { mean: mean(counting) }),
      count: counting.length,
      expected: eligible.length,
      needed: neededRatings(minimum, assigned.length, own),
      ...(derivedLevel !== undefined && { derivedLevel }),
    },
    byPerson: eligible.some((assessor) => given.has(assessor.id)),
  }
}

/** Who rates a criterion of a proposal: those assigned to it and not excused, and who replaces one. */
function eligibleFor(
  proposal: RoundProposal,
  assigned: readonly RoundAssessor[],
  excused: readonly Excused[],
  recusals: ReadonlyMap<number, Recusal>,
): { id: number }[] {
  const replacements = assigned.flatMap((each) => recusals.get(each.id)?.replacement ?? [])
  const all = new Map([...assigned, ...replacements].map((each) => [each.id, each]))
  return [...all.values()].filter(
    (each) => !isOwn(each, proposal) && !excused.some((one) => one.assessorId === each.id),
  )
}

/** The minimum, less what own assessors take away beyond those there are to spare; at least 1. */
function neededRatings(minimum: number, assigned: number, own: number): number {
  const spare = Math.max(0, assigned - minimum)
  return Math.max(1, minimum - Math.max(0, own - spare))
}

function thinnestOf(criteria: readonly CriterionResult[]): Evaluation['thinnest'] {
  const gap = (each: CriterionResult) => each.needed - each.count
  const [worst] = criteria.filter((each) => gap(each) > 0).toSorted((a, b) => gap(b) - gap(a))
  return worst && { count: worst.count, needed: worst.needed }
}

function excusedFrom(
  round: Round,
  proposal: RoundProposal,
  recusals: ReadonlyMap<number, Recusal>,
): Excused[] {
  return round.assessors.flatMap(({ id: assessorId, opdId }): Excused[] => {
    const recusal = recusals.get(assessorId)
    const replacedBy = recusal?.replacement?.id
    const by = replacedBy === undefined ? {} : { replacedBy }
    if (isOwn({ opdId }, proposal)) return [{ assessorId, own: true, reason: 'own', ...by }]
    return recusal ? [{ assessorId, own: false, reason: recusal.reason, ...by }] : []
  })
}

function isOwn(assessor: Pick<RoundAssessor, 'opdId'>, proposal: RoundProposal): boolean {
  return assessor.opdId === proposal.opdId
}

function valueAt(level: number, values: ReadonlyMap<number, number>, criterionId: number): number {
  const value = values.get(level)
  if (value === undefined) throw new RangeError(`criterion ${criterionId} has no level ${level}`)
  return value
}

function recordsOf(round: Round): Records {
  const criteria = round.criteria.map((criterion) => ({
    criterion,
    assigned: round.assessors.filter((each) => each.criterionIds.includes(criterion.id)),
    values: new Map(criterion.levels.map((each) => [each.level, each.value])),
  }))
  return {
    ratings: grouped(round.ratings, (each) => each.proposalId),
    recusals: grouped(round.recusals, (each) => each.proposalId),
    criteria,
  }
}

/** One of each assessor, the last that there is. */
function byAssessor<T extends { assessorId: number }>(all: readonly T[] = []): Map<number, T> {
  return new Map(all.map((each) => [each.assessorId, each]))
}
