import { costByYear, costWithin, type YearCost } from './phase-cost.ts'
import { byLevel } from './proposal.ts'
import { sum } from './scoring.ts'
import type { Code } from './words.ts'

/** Phases are given in their order; their years do not overlap. */
export type Phase = {
  id: number
  yearFrom: number
  yearTo: number
  /** Whole rupiah for all its years; null = no ceiling. */
  ceiling: number | null
  /** Applications; null = no limit. */
  capacity: number | null
}

export type PhasedProposal = {
  id: number
  /** Computed rank; without one it is not placed by the computation. */
  rank?: number | null | undefined
  /** Upper estimate in whole rupiah; null = no estimate. Falls in the first year of its phase. */
  costHigh: number | null
  /** Whole rupiah a year, in the years after; null counts as nothing. */
  runningCost: number | null
  /** Its cost by year, where that was given (see `costWithin`). */
  years?: readonly YearCost[] | undefined
  way: Code<'way'>
  /** The phase somebody decided, and the place within it where one is fixed. */
  fixedPhaseId?: number | null | undefined
  fixedPlace?: number | null | undefined
  /** Who fixed it: of two in the same place that of the higher level comes first. */
  fixedLevel?: Code<'decisionLevel'> | undefined
  /** The phase to which a planner moved it; one that is decided outweighs it. */
  movedPhaseId?: number | null | undefined
  /** Mean value on the criterion with the greatest weight: breaks equal ranks. */
  heaviestValue?: number | null | undefined
  /** UTC ISO text. */
  submittedAt?: string | null | undefined
  /** Proposals that must stand in the same or an earlier phase. */
  requires: readonly number[]
  /** Merged into, or shared through, another one: counted once, there. */
  mergedLeadId?: number | null | undefined
}

/** Why a proposal was not placed in a phase. */
export type Obstacle =
  /** `ceilingOf`: the phase whose ceiling it would exceed, maybe a later one, by running cost. */
  | { code: 'ceiling'; phaseId: number; ceilingOf: number; short: number }
  | { code: 'capacity'; phaseId: number; capacity: number }
  | { code: 'prerequisite'; phaseId: number; waitsFor: number[] }

export type PlacementReason =
  | { code: 'fixed' }
  | { code: 'moved' }
  | { code: 'rank'; rank: number }
  | { code: 'merged'; leadId: number }
  | { code: 'unranked' }
  /** What it waits for will stand in no phase as things are: gone, or not ranked and not decided. */
  | { code: 'unschedulable'; waitsFor: number[] }
  | { code: 'noPhase' }
  | Obstacle

export type Placement = {
  proposalId: number
  /** null = in no phase. */
  phaseId: number | null
  /** From 1 within the phase; null for a merged one and in no phase. */
  place: number | null
  /** Why it stands there: decided, moved, by rank, with its lead; or the last obstacle. */
  reason: PlacementReason
  /** Why it was passed over in each earlier phase, in their order. */
  passed: Obstacle[]
  /** Has no upper estimate, so sums leave it out. Never of the national way or a merged one. */
  uncounted: boolean
  /** Prerequisites that do not stand in the same or an earlier phase: only where decided so. */
  waitsFor: number[]
}

export type PhaseUse = {
  phaseId: number
  /** Rupiah in the years of the phase, running cost of earlier phases' applications included. */
  used: number
  /** How much of it is for applications of earlier phases: their running cost, or their later years. */
  carried: number
  /** Applications that use capacity. */
  count: number
  /** Proposals of the phase left out of the sums. */
  uncounted: number
  years: { year: number; cost: number }[]
  /** By how much decided and moved proposals exceed ceiling and capacity; 0 = they do not. */
  over: number
  overCapacity: number
}

export type Plan = { placements: Placement[]; phases: PhaseUse[] }

/**
 * The computed plan. Decided proposals come first in their fixed order, then those that a planner
 * moved, in the order of their rank, both even beyond ceiling and capacity. Then, phase by phase, the ranked ones in the order of their rank: one that does not fit
 * is passed over with the reason and the next is tried; one whose prerequisites do not stand yet
 * waits for them and is tried as soon as they do; one whose prerequisites can stand nowhere is not
 * tried at all. Equal ranks: higher value on the heaviest
 * criterion, lower cost (unknown last), earlier submission, lower id.
 *
 * The upper estimate falls in the first year of the phase, running cost in every year after it, in
 * later phases too: so a proposal has to fit the ceilings of its own and of all later phases. A
 * proposal without estimate uses capacity and is named as not counted. Using the national
 * application costs what is entered and uses no capacity. A merged one follows its lead.
 *
 * @returns placements in the order of the proposals given, uses in the order of the phases
 * @throws RangeError for a fixed phase that does not exist
 */
export function planPhases(phases: readonly Phase[], proposals: readonly PhasedProposal[]): Plan {
  const draft = newDraft(phases, proposals)
  const leads = proposals.filter((each) => each.mergedLeadId == null)
  placeDecided(draft, leads)
  placeMoved(draft, leads)
  const queue = leads.filter(
    (each) => each.rank != null && neverStanding(draft.byId, each).length === 0,
  )
  queue.sort(byRank)
  for (const index of phases.keys()) fill(draft, queue, index)

  return {
    placements: proposals.map((each) => placementOf(draft, each)),
    phases: phases.map((_, index) => useOf(draft, index)),
  }
}

type Draft = {
  phases: readonly Phase[]
  byId: ReadonlyMap<number, PhasedProposal>
  /** Index of the phase a lead stands in. */
  phaseOf: Map<number, number>
  /** Place of a lead within its phase, from 1. */
  placeOf: Map<number, number>
  /** By phase, in their order. */
  placed: PhasedProposal[][]
  used: number[]
  count: number[]
  passed: Map<number, Obstacle[]>
}

function newDraft(phases: readonly Phase[], proposals: readonly PhasedProposal[]): Draft {
  const byId = new Map(proposals.map((each) => [each.id, each]))
  return {
    phases,
    byId,
    phaseOf: new Map(),
    placeOf: new Map(),
    placed: phases.map(() => []),
    used: phases.map(() => 0),
    count: phases.map(() => 0),
    passed: new Map(),
  }
}

function placeDecided(draft: Draft, leads: readonly PhasedProposal[]): void {
  const decided = leads.filter((each) => each.fixedPhaseId != null)
  for (const proposal of decided.toSorted(byFixedPlace)) {
    place(draft, proposal, indexOf(draft, proposal.fixedPhaseId))
  }
}

function placeMoved(draft: Draft, leads: readonly PhasedProposal[]): void {
  const moved = leads.filter((each) => isMoved(each))
  for (const proposal of moved.toSorted(byRank)) {
    place(draft, proposal, indexOf(draft, proposal.movedPhaseId))
  }
}

function indexOf({ phases }: Draft, phaseId: number | null | undefined): number {
  const index = phases.findIndex((phase) => phase.id === phaseId)
  if (index < 0) throw new RangeError(`no phase ${phaseId}`)
  return index
}

function isMoved({ fixedPhaseId, movedPhaseId }: PhasedProposal): boolean {
  return fixedPhaseId == null && movedPhaseId != null
}

/** By lead, where in the queue the first one stands that requires it. */
function firstWaiting(draft: Draft, queue: readonly PhasedProposal[]): Map<number, number> {
  const first = new Map<number, number>()
  for (const [at, { requires }] of queue.entries()) {
    for (const lead of requires.map((id) => leadOf(draft.byId, id))) {
      if (!first.has(lead)) first.set(lead, at)
    }
  }
  return first
}

/** Fills one phase from the queue; after placing one, goes back to the first that waited for it. */
function fill(draft: Draft, queue: readonly PhasedProposal[], index: number): void {
  const waiting = firstWaiting(draft, queue)
  const tried = new Set<number>()
  for (let at = 0; at < queue.length; at++) {
    const proposal = queue[at]!
    if (draft.phaseOf.has(proposal.id) || tried.has(proposal.id)) continue
    if (waitsFor(draft, proposal, index).length > 0) continue

    tried.add(proposal.id)
    const obstacle = obstacleTo(draft, proposal, index)
    if (obstacle) {
      pass(draft, proposal, obstacle)
    } else {
      place(draft, proposal, index)
      at = Math.min(at, (waiting.get(proposal.id) ?? at + 1) - 1)
    }
  }
  for (const proposal of queue) {
    if (draft.phaseOf.has(proposal.id) || tried.has(proposal.id)) continue
    const ids = waitsFor(draft, proposal, index)
    pass(draft, proposal, { code: 'prerequisite', phaseId: draft.phases[index]!.id, waitsFor: ids })
  }
}

function place(draft: Draft, proposal: PhasedProposal, index: number): void {
  draft.phaseOf.set(proposal.id, index)
  draft.placeOf.set(proposal.id, draft.placed[index]!.push(proposal))
  draft.used = draft.used.map((used, at) => used + costWithin(draft.phases, proposal, index, at))
  if (usesCapacity(proposal)) draft.count[index]! += 1
}

function pass(draft: Draft, proposal: PhasedProposal, obstacle: Obstacle): void {
  draft.passed.set(proposal.id, [...(draft.passed.get(proposal.id) ?? []), obstacle])
}

function obstacleTo(draft: Draft, proposal: PhasedProposal, index: number): Obstacle | undefined {
  const phase = draft.phases[index]!
  const full = draft.count[index]! >= (phase.capacity ?? Number.POSITIVE_INFINITY)
  if (phase.capacity !== null && full && usesCapacity(proposal)) {
    return { code: 'capacity', phaseId: phase.id, capacity: phase.capacity }
  }
  for (const [at, { id, ceiling }] of draft.phases.entries()) {
    const cost = costWithin(draft.phases, proposal, index, at)
    const short = draft.used[at]! + cost - (ceiling ?? Number.POSITIVE_INFINITY)
    if (cost > 0 && short > 0) return { code: 'ceiling', phaseId: phase.id, ceilingOf: id, short }
  }
  return undefined
}

/** The prerequisites that do not stand in that phase or an earlier one. */
function waitsFor(draft: Draft, proposal: PhasedProposal, index: number): number[] {
  return proposal.requires.filter((id) => {
    const lead = leadOf(draft.byId, id)
    const at = draft.phaseOf.get(lead)
    return lead !== proposal.id && (at === undefined || at > index)
  })
}

/**
 * The prerequisites of a proposal that no phase will hold: unknown here, for they were withdrawn or
 * not taken; neither decided nor moved nor ranked; or waiting for such a one themselves.
 */
function neverStanding(
  byId: ReadonlyMap<number, PhasedProposal>,
  proposal: PhasedProposal,
  on: readonly number[] = [],
): number[] {
  return proposal.requires.filter((id) => {
    const lead = byId.get(leadOf(byId, id))
    if (!lead) return true
    if (lead.id === proposal.id || lead.fixedPhaseId != null || lead.movedPhaseId != null)
      return false
    if (lead.rank == null) return true
    return !on.includes(lead.id) && neverStanding(byId, lead, [...on, proposal.id]).length > 0
  })
}

/** The proposal that a merged one ended in; itself where it was not merged. */
function leadOf(byId: ReadonlyMap<number, PhasedProposal>, id: number): number {
  const seen = new Set<number>()
  let lead = id
  for (let next = byId.get(lead)?.mergedLeadId; next != null && !seen.has(next); ) {
    seen.add(next)
    lead = next
    next = byId.get(lead)?.mergedLeadId
  }
  return lead
}

function placementOf(draft: Draft, proposal: PhasedProposal): Placement {
  const lead = leadOf(draft.byId, proposal.id)
  const index = draft.phaseOf.get(lead)
  const passed = draft.passed.get(proposal.id) ?? []
  const standing = { proposalId: proposal.id, phaseId: null, place: null, passed, waitsFor: [] }
  const phaseId = index === undefined ? null : draft.phases[index]!.id

  if (proposal.mergedLeadId != null) {
    return { ...standing, phaseId, reason: { code: 'merged', leadId: lead }, uncounted: false }
  }
  const uncounted = isUncounted(proposal)
  if (index === undefined) {
    return { ...standing, reason: reasonOfAbsence(draft.byId, proposal, passed), uncounted }
  }
  return {
    ...standing,
    phaseId,
    place: draft.placeOf.get(proposal.id) ?? null,
    reason: reasonOfPlace(proposal),
    uncounted,
    waitsFor: waitsFor(draft, proposal, index),
  }
}

function reasonOfPlace(proposal: PhasedProposal): PlacementReason {
  if (isMoved(proposal)) return { code: 'moved' }
  if (proposal.fixedPhaseId != null || proposal.rank == null) return { code: 'fixed' }
  return { code: 'rank', rank: proposal.rank }
}

function reasonOfAbsence(
  byId: ReadonlyMap<number, PhasedProposal>,
  proposal: PhasedProposal,
  passed: readonly Obstacle[],
): PlacementReason {
  if (proposal.rank == null) return { code: 'unranked' }
  const never = neverStanding(byId, proposal)
  if (never.length > 0) return { code: 'unschedulable', waitsFor: never }
  return passed.at(-1) ?? { code: 'noPhase' }
}

function useOf(draft: Draft, index: number): PhaseUse {
  const phase = draft.phases[index]!
  const placed = draft.placed[index]!
  const years = costByYear(draft.phases, draft.placed, index)
  const used = sum(years.map((year) => year.cost))
  const earlier = draft.placed.slice(0, index)
  const count = draft.count[index]!
  return {
    phaseId: phase.id,
    used,
    carried: sum(
      earlier.flatMap((all, from) =>
        all.map((each) => costWithin(draft.phases, each, from, index)),
      ),
    ),
    count,
    uncounted: placed.filter(isUncounted).length,
    years,
    over: phase.ceiling === null ? 0 : Math.max(0, used - phase.ceiling),
    overCapacity: phase.capacity === null ? 0 : Math.max(0, count - phase.capacity),
  }
}

function usesCapacity(proposal: PhasedProposal): boolean {
  return proposal.way !== 'national'
}

function isUncounted(proposal: PhasedProposal): boolean {
  return proposal.costHigh === null && proposal.way !== 'national'
}

function byFixedPlace(a: PhasedProposal, b: PhasedProposal): number {
  return rising(a.fixedPlace, b.fixedPlace) || byLevelOfPlace(a, b) || byRank(a, b)
}

function byLevelOfPlace(a: PhasedProposal, b: PhasedProposal): number {
  if (a.fixedPlace == null || !a.fixedLevel || !b.fixedLevel) return 0
  return byLevel({ level: a.fixedLevel }, { level: b.fixedLevel })
}

function byRank(a: PhasedProposal, b: PhasedProposal): number {
  return (
    rising(a.rank, b.rank) ||
    rising(negative(a.heaviestValue), negative(b.heaviestValue)) ||
    rising(a.costHigh, b.costHigh) ||
    rising(a.submittedAt, b.submittedAt) ||
    a.id - b.id
  )
}

/** Smaller first, unknown last. */
function rising<T extends number | string>(a: T | null | undefined, b: T | null | undefined) {
  if (a == null || b == null) return Number(a == null) - Number(b == null)
  return a < b ? -1 : Number(a > b)
}

function negative(value: number | null | undefined): number | undefined {
  return value == null ? undefined : -value
}
