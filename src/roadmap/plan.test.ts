import { describe, expect, test } from 'vitest'
import type { DecisionRow } from '../decisions/queries.ts'
import { type AssessedList, type AssessedProposal, planOf } from './plan.ts'
import type { Move, PhaseRow } from './queries.ts'

const million = 1_000_000

function phase(id: number, years: [number, number], limits: Partial<PhaseRow> = {}): PhaseRow {
  const [yearFrom, yearTo] = years
  const kept = { uid: `p${id}`, version: 1, createdAt: '', updatedAt: '', example: null }
  const row = { id, seq: id, name: `Tahap ${id}`, yearFrom, yearTo, ceiling: null, capacity: null }
  return { ...kept, ...row, ...limits }
}

function proposal(id: number, more: Partial<AssessedProposal> = {}): AssessedProposal {
  return {
    id,
    number: `U-2018-${id}`,
    title: `Usulan ${id}`,
    opdId: 1,
    opd: 'Dinas',
    opdShort: null,
    way: 'build',
    costUnknown: false,
    costHigh: 100 * million,
    runningCost: null,
    submittedAt: null,
    ...more,
  }
}

const assessed = (lists: Partial<AssessedList>): AssessedList => ({
  criteria: [{ weight: 1 }],
  ranked: [],
  incomplete: [],
  aside: [],
  ...lists,
})

function decision(proposalId: number, more: Partial<DecisionRow>): [number, DecisionRow] {
  const decided = {
    ...proposal(proposalId),
    costUnknown: 0,
    state: 'submitted',
    example: null,
  }
  const row = { id: proposalId, proposalId, outcome: 'accepted', phaseId: null, place: null }
  return [proposalId, { ...row, proposal: decided, standing: 'inForce', ...more } as DecisionRow]
}

function move(proposalId: number, phaseId: number | null): Move {
  return {
    id: 1,
    proposalId,
    phaseId,
    phase: null,
    reason: 'Menunggu data.',
    actorName: 'Perencana',
    recordedAt: '',
    example: null,
  }
}

describe('the roadmap', () => {
  test('sums, places and what was passed over equal the figures worked by hand', () => {
    /* Tahap 1 (2019, Rp 300 juta): 1 costs 200, 2 costs 150 and does not fit (50 over), 3 costs 80.
       Tahap 2 (2020–2021): 2 costs 150 in 2020; running cost of 1, 20 a year, in both years. */
    const plan = planOf(
      assessed({
        ranked: [
          proposal(1, { rank: 1, costHigh: 200 * million, runningCost: 20 * million }),
          proposal(2, { rank: 2, costHigh: 150 * million }),
          proposal(3, { rank: 3, costHigh: 80 * million }),
        ],
      }),
      [phase(1, [2019, 2019], { ceiling: 300 * million }), phase(2, [2020, 2021])],
      new Map(),
    )
    expect(plan.phases.map(({ items }) => items.map((each) => each.id))).toEqual([[1, 3], [2]])
    expect(plan.phases.map(({ use }) => use.used)).toEqual([280 * million, 190 * million])
    expect(plan.phases[0]?.passed.map(({ proposal, obstacle }) => [proposal.id, obstacle])).toEqual(
      [[2, { code: 'ceiling', phaseId: 1, ceilingOf: 1, short: 50 * million }]],
    )
    expect(plan.years).toEqual([
      { year: 2019, costs: [280 * million, 0], total: 280 * million },
      { year: 2020, costs: [0, 170 * million], total: 170 * million },
      { year: 2021, costs: [0, 20 * million], total: 20 * million },
    ])
    expect(plan.total).toEqual({ used: 470 * million, uncounted: 0 })
  })

  test('decided ones stand first in their order, even beyond the ceiling, and it is told', () => {
    const plan = planOf(
      assessed({
        ranked: [proposal(1, { rank: 1 }), proposal(2, { rank: 2 })],
        incomplete: [proposal(3)],
      }),
      [phase(1, [2019, 2019], { ceiling: 150 * million, capacity: 1 })],
      new Map([decision(3, { phaseId: 1, place: 1 }), decision(2, { phaseId: 1, place: 2 })]),
    )
    expect(plan.phases[0]?.items.map((each) => each.id)).toEqual([3, 2])
    expect(plan.phases[0]?.use).toMatchObject({ over: 50 * million, overCapacity: 1 })
    expect(plan.nowhere.map((each) => each.id)).toEqual([1])
    expect(plan.nowhere[0]?.placement.reason.code).toBe('capacity')
  })

  test('without an estimate it takes a place and is named; the national way takes none', () => {
    const plan = planOf(
      assessed({
        ranked: [
          proposal(1, { rank: 1, costUnknown: true }),
          proposal(2, { rank: 2, way: 'national', costHigh: null }),
          proposal(3, { rank: 3, way: null, costHigh: null }),
        ],
      }),
      [phase(1, [2019, 2019], { capacity: 2 })],
      new Map(),
    )
    expect(plan.phases[0]?.items.map((each) => each.id)).toEqual([1, 2, 3])
    expect(plan.phases[0]?.use).toMatchObject({ used: 0, count: 2, uncounted: 2 })
  })

  test('next stage and postponed take no room; declined and withdrawn do not stand on it', () => {
    const plan = planOf(
      assessed({
        ranked: [proposal(1, { rank: 1 }), proposal(2, { rank: 2 }), proposal(4, { rank: 3 })],
        incomplete: [proposal(5)],
        aside: [proposal(3), proposal(6)],
      }),
      [phase(1, [2019, 2019])],
      new Map([
        decision(1, { outcome: 'accepted' }),
        decision(2, { outcome: 'postponed', lookAgainOn: '2019-01-01' }),
        decision(3, { outcome: 'declined' }),
        decision(6, { phaseId: 1, proposal: { state: 'withdrawn' } as DecisionRow['proposal'] }),
        decision(7, { phaseId: 1 }),
      ]),
    )
    expect(plan.nextStage.map((each) => each.id)).toEqual([1])
    expect(plan.postponed.map((each) => each.id)).toEqual([2])
    expect(plan.phases[0]?.items.map((each) => each.id)).toEqual([7, 4])
    expect(plan.unrated.map((each) => each.id)).toEqual([5])
    expect(plan.nowhere).toEqual([])
  })

  test('without phases everything ranked fits nowhere', () => {
    const plan = planOf(assessed({ ranked: [proposal(1, { rank: 1 })] }), [], new Map())
    expect(plan.phases).toEqual([])
    expect(plan.nowhere[0]?.placement.reason).toEqual({ code: 'noPhase' })
  })

  test('what waits for a withdrawn or an unrated one is told apart from what fits no phase', () => {
    const required = (id: number, state: string) => ({ ...proposal(id), state, outcome: null })
    const byHand = {
      requires: new Map([
        [1, [required(8, 'withdrawn')]],
        [2, [required(9, 'submitted')]],
      ]),
      moves: new Map(),
      costs: new Map(),
    }
    const ranked = [1, 2, 3].map((rank) => proposal(rank, { rank }))
    const lists = { ranked, incomplete: [proposal(9)] }
    const plan = planOf(
      assessed(lists),
      [phase(1, [2019, 2019], { capacity: 0 })],
      new Map(),
      byHand,
    )
    expect(plan.unschedulable.map((each) => [each.id, each.placement.reason])).toEqual([
      [1, { code: 'unschedulable', waitsFor: [8] }],
      [2, { code: 'unschedulable', waitsFor: [9] }],
    ])
    expect(plan.nowhere.map((each) => each.id)).toEqual([3])
  })

  test('a move by hand holds until a decision, and the computed phase stays beside it', () => {
    const phases = [phase(1, [2019, 2019]), phase(2, [2020, 2021])]
    const ranked = [proposal(1, { rank: 1 }), proposal(2, { rank: 2 })]
    const byHand = {
      requires: new Map([[2, [{ ...proposal(1), state: 'submitted', outcome: null }]]]),
      moves: new Map([[1, move(1, 2)]]),
      costs: new Map(),
    }
    const plan = planOf(assessed({ ranked }), phases, new Map(), byHand)
    // the second waits for the first, which was moved away
    expect(plan.phases.map(({ items }) => items.map((each) => each.id))).toEqual([[], [1, 2]])
    expect(plan.phases[1]?.items[0]?.move).toMatchObject({
      computedPhaseId: 1,
      reason: 'Menunggu data.',
    })
    expect(plan.phases[0]?.passed).toMatchObject([{ obstacle: { code: 'prerequisite' } }])

    const decided = new Map([decision(1, { phaseId: 1 })])
    const after = planOf(assessed({ ranked }), phases, decided, byHand)
    expect(after.phases[0]?.items.map((each) => each.id)).toEqual([1, 2])
    expect(after.phases[0]?.items[0]?.move).toBeUndefined()
  })

  test('a prerequisite and its follower are placed in that order, whatever their ranks', () => {
    const ranked = [proposal(1, { rank: 1 }), proposal(2, { rank: 2 })]
    const requires = new Map([[1, [{ ...proposal(2), state: 'submitted', outcome: null }]]])
    const byHand = { requires, moves: new Map(), costs: new Map() }
    const plan = planOf(assessed({ ranked }), [phase(1, [2019, 2019])], new Map(), byHand)
    expect(plan.phases[0]?.items.map((each) => each.id)).toEqual([2, 1])
  })
})
