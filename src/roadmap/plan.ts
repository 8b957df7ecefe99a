import type { DecisionRow } from '../decisions/queries.ts'
import type { YearCost } from '../domain/phase-cost.ts'
import {
  type Obstacle,
  type PhasedProposal,
  type PhaseUse,
  type Placement,
  planPhases,
} from '../domain/phasing.ts'
import { type Code, isCode } from '../domain/words.ts'
import type { ByHand, Required } from './by-hand.ts'
import type { Move, PhaseRow } from './queries.ts'

/** What the plan needs of a proposal that the ranking has assessed. */
export type AssessedProposal = {
  id: number
  number: string | null
  title: string
  opdId: number
  opd: string
  opdShort: string | null
  example?: string | null
  way: string | null
  costUnknown: boolean | 0 | 1
  costHigh: number | null
  runningCost: number | null
  submittedAt: string | null
  rank?: number | null | undefined
  score?: number | null | undefined
  contributions?: readonly number[] | null | undefined
}

/** What the plan needs of the ranking: its criteria in their order, and its three lists. */
export type AssessedList = {
  criteria: readonly { weight: number }[]
  ranked: readonly AssessedProposal[]
  incomplete: readonly AssessedProposal[]
  aside: readonly AssessedProposal[]
}

/** One proposal where it stands on the roadmap. */
export type Planned = {
  id: number
  number: string | null
  title: string
  opd: string
  opdShort: string | null
  example: string | null
  way: Code<'way'>
  rank: number | null
  score: number | null
  /** Whole rupiah, the upper estimate; null = no estimate. */
  cost: number | null
  /** The decision in force; absent where only the computation places it. */
  decision?: DecisionRow
  placement: Placement
  /** What it waits for, by number; whether those stand in time is told by the placement. */
  requires: readonly Required[]
  /** Cost by year, where that was given. */
  years: readonly YearCost[]
  /** The move in force, and the phase it was moved from; null = it fitted none. */
  move?: Move & { computedPhaseId: number | null }
}

export type RoadmapPhase = {
  phase: PhaseRow
  use: PhaseUse
  /** Decided ones in their order, then the moved ones, then the computed ones. */
  items: Planned[]
  /** Tried here and passed over, by rank, each with what was in the way. */
  passed: { proposal: Planned; obstacle: Obstacle }[]
}

export type Roadmap = {
  phases: RoadmapPhase[]
  /** Ranked, but fitting no phase; the last obstacle is the reason of its placement. */
  nowhere: Planned[]
  /** Ranked, but waiting for what will stand in no phase; the reason of its placement says for what. */
  unschedulable: Planned[]
  /** Accepted for the next stage without saying which. */
  nextStage: Planned[]
  postponed: Planned[]
  /** Neither decided nor completely rated. */
  unrated: Planned[]
  years: { year: number; costs: number[]; total: number }[]
  /** Rupiah of all phases together, and how many proposals it leaves out. */
  total: { used: number; uncounted: number }
}

/**
 * The roadmap: decided proposals in their phases, then the computed plan over the ranked list. What
 * an official left for the next stage or postponed is listed apart and takes no room; proposals
 * merged, withdrawn, redirected or declined do not stand on it.
 *
 * A planner's move holds until an official decides.
 *
 * @param decisions the decision in force of each decided proposal
 * @param byHand prerequisites, moves and costs by year, by proposal
 */
export function planOf(
  assessment: AssessedList,
  phases: readonly PhaseRow[],
  decisions: ReadonlyMap<number, DecisionRow>,
  byHand: ByHand = nothingByHand,
): Roadmap {
  const known = candidates(assessment, decisions)
  const candidatesNow = known.map((each) =>
    phased(each, assessment, decisions.get(each.id), byHand),
  )
  const plan = planPhases(phases, candidatesNow)
  const computed = computedPhases(phases, candidatesNow)
  const planned = plan.placements.flatMap((placement, at) => {
    const each = known[at]
    return each ? [plannedOf(each, placement, decisions.get(each.id), byHand, computed)] : []
  })
  const apart = (of: (each: Planned) => boolean) => planned.filter((each) => of(each))
  const undecided = apart((each) => !each.decision && each.placement.phaseId === null)
  const ranked = undecided.filter((each) => each.rank !== null)
  const isStuck = (each: Planned) => each.placement.reason.code === 'unschedulable'
  const columns = plan.phases.flatMap((use, at) => {
    const phase = phases[at]
    return phase ? [columnOf(phase, use, planned)] : []
  })
  return {
    phases: columns,
    nowhere: ranked.filter((each) => !isStuck(each)).toSorted(byRank),
    unschedulable: ranked.filter(isStuck).toSorted(byRank),
    nextStage: apart(
      (each) => each.decision?.outcome === 'accepted' && each.decision.phaseId === null,
    ),
    postponed: apart((each) => each.decision?.outcome === 'postponed'),
    unrated: undecided.filter((each) => each.rank === null),
    years: yearsOf(columns),
    total: {
      used: columns.reduce((sum, { use }) => sum + use.used, 0),
      uncounted: columns.reduce((sum, { use }) => sum + use.uncounted, 0),
    },
  }
}

const nothingByHand: ByHand = { requires: new Map(), moves: new Map(), costs: new Map() }

/** Where those that were moved would stand if none had been. */
function computedPhases(
  phases: readonly PhaseRow[],
  proposals: readonly PhasedProposal[],
): ReadonlyMap<number, number | null> {
  if (proposals.every((each) => each.movedPhaseId == null)) return new Map()
  const unmoved = proposals.map((each) => ({ ...each, movedPhaseId: null }))
  const { placements } = planPhases(phases, unmoved)
  return new Map(placements.map((each) => [each.proposalId, each.phaseId]))
}

/** Ranked and incomplete ones, and what was decided although the ranking holds it apart. */
function candidates(
  assessment: AssessedList,
  decisions: ReadonlyMap<number, DecisionRow>,
): AssessedProposal[] {
  const listed = [...assessment.ranked, ...assessment.incomplete]
  const there = new Set(listed.map((each) => each.id))
  const stands = (each: DecisionRow) =>
    each.proposal.state !== 'merged' &&
    each.proposal.state !== 'withdrawn' &&
    (each.outcome === 'accepted' || each.outcome === 'postponed')
  const decided = [...decisions.values()]
    .filter((each) => stands(each) && !there.has(each.proposalId))
    .map((each): AssessedProposal => each.proposal)
  const leaves = (each: AssessedProposal) => {
    const decision = decisions.get(each.id)
    return decision === undefined || stands(decision)
  }
  return [...listed.filter(leaves), ...decided]
}

function phased(
  each: AssessedProposal,
  { criteria }: AssessedList,
  decision: DecisionRow | undefined,
  { requires, moves, costs }: ByHand,
): PhasedProposal {
  const weights = criteria.map((criterion) => criterion.weight)
  const heaviest = weights.indexOf(Math.max(...weights))
  return {
    id: each.id,
    rank: decision && decision.phaseId === null ? null : each.rank,
    costHigh: costOf(each),
    runningCost: each.runningCost,
    way: wayOf(each),
    fixedPhaseId: decision?.phaseId,
    fixedPlace: decision?.place,
    fixedLevel: decision?.level,
    heaviestValue: each.contributions?.[heaviest],
    submittedAt: each.submittedAt,
    years: costs.get(each.id),
    movedPhaseId: decision ? null : moves.get(each.id)?.phaseId,
    requires: (requires.get(each.id) ?? []).map((required) => required.id),
  }
}

function plannedOf(
  each: AssessedProposal,
  placement: Placement,
  decision: DecisionRow | undefined,
  { requires, moves, costs }: ByHand,
  computed: ReadonlyMap<number, number | null>,
): Planned {
  const move = moves.get(each.id)
  return {
    id: each.id,
    number: each.number,
    title: each.title,
    opd: each.opd,
    opdShort: each.opdShort,
    example: each.example ?? null,
    way: wayOf(each),
    rank: each.rank ?? null,
    score: each.score ?? null,
    cost: costOf(each),
    ...(decision && { decision }),
    placement,
    requires: requires.get(each.id) ?? [],
    years: costs.get(each.id) ?? [],
    ...(placement.reason.code === 'moved' &&
      move && { move: { ...move, computedPhaseId: computed.get(each.id) ?? null } }),
  }
}

function columnOf(phase: PhaseRow, use: PhaseUse, planned: readonly Planned[]): RoadmapPhase {
  return {
    phase,
    use,
    items: planned
      .filter((each) => each.placement.phaseId === phase.id)
      .toSorted((a, b) => (a.placement.place ?? 0) - (b.placement.place ?? 0)),
    passed: planned
      .toSorted(byRank)
      .flatMap((proposal) =>
        proposal.placement.passed
          .filter((obstacle) => obstacle.phaseId === phase.id)
          .map((obstacle) => ({ proposal, obstacle })),
      ),
  }
}

function yearsOf(columns: readonly RoadmapPhase[]): Roadmap['years'] {
  const years = new Set(columns.flatMap(({ use }) => use.years.map(({ year }) => year)))
  return [...years]
    .toSorted((a, b) => a - b)
    .map((year) => {
      const costs = columns.map(
        ({ use }) => use.years.find((each) => each.year === year)?.cost ?? 0,
      )
      return { year, costs, total: costs.reduce((sum, cost) => sum + cost, 0) }
    })
}

function costOf(each: AssessedProposal): number | null {
  return each.costUnknown ? null : each.costHigh
}

function wayOf(each: AssessedProposal): Code<'way'> {
  return isCode('way', each.way) ? each.way : 'unsure'
}

function byRank(a: Planned, b: Planned): number {
  return (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) || a.id - b.id
}
