import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Phase, type PhasedProposal, planPhases } from './phasing.ts'
import { sum } from './scoring.ts'

const million = 1_000_000
const phase = (id: number, changes: Partial<Phase> = {}): Phase => ({
  id,
  yearFrom: 2017 + 2 * id,
  yearTo: 2018 + 2 * id,
  ceiling: 1000 * million,
  capacity: null,
  ...changes,
})
const proposal = (id: number, changes: Partial<PhasedProposal> = {}): PhasedProposal => ({
  id,
  rank: id,
  costHigh: 400 * million,
  runningCost: null,
  way: 'build',
  requires: [],
  ...changes,
})
/** 2019–2020 and 2021–2022, Rp 1 milyar each. */
const two = [phase(1), phase(2)]
const places = (phases: readonly Phase[], proposals: readonly PhasedProposal[]) =>
  planPhases(phases, proposals).placements.map((each) => [each.phaseId, each.place])
const placementOf = (phases: readonly Phase[], proposals: PhasedProposal[], id: number) =>
  planPhases(phases, proposals).placements.find((each) => each.proposalId === id)!

test('by rank; what does not fit is passed over with the reason and the next is tried', () => {
  const list = [
    proposal(1, { costHigh: 700 * million }),
    proposal(2, { costHigh: 500 * million }),
    proposal(3, { costHigh: 300 * million }),
  ]
  expect(places(two, list)).toEqual([
    [1, 1],
    [2, 1],
    [1, 2],
  ])
  expect(placementOf(two, list, 2)).toMatchObject({
    reason: { code: 'rank', rank: 2 },
    passed: [{ code: 'ceiling', phaseId: 1, ceilingOf: 1, short: 200 * million }],
  })
  expect(planPhases(two, list).phases).toMatchObject([
    { used: 1000 * million, count: 2, over: 0 },
    { used: 500 * million, count: 1, over: 0 },
  ])
})

test('what fits nowhere stands in no phase and says why', () => {
  const list = [proposal(1, { costHigh: 1200 * million })]
  expect(placementOf(two, list, 1)).toMatchObject({
    phaseId: null,
    place: null,
    reason: { code: 'ceiling', phaseId: 2, short: 200 * million },
  })
})

test('decided ones come first in their fixed order, even beyond the ceiling', () => {
  const list = [
    proposal(1, { costHigh: 100 * million }),
    proposal(2, { fixedPhaseId: 1, fixedPlace: 2, costHigh: 600 * million }),
    proposal(3, { fixedPhaseId: 1, fixedPlace: 1, costHigh: 700 * million, rank: null }),
  ]
  expect(places(two, list)).toEqual([
    [2, 1],
    [1, 2],
    [1, 1],
  ])
  expect(planPhases(two, list).phases[0]).toMatchObject({
    used: 1300 * million,
    over: 300 * million,
  })
  expect(placementOf(two, list, 3).reason).toEqual({ code: 'fixed' })
})

test('of two fixed in the same place that of the higher level comes first', () => {
  const fixed = { fixedPhaseId: 1, fixedPlace: 1 }
  const list = [
    proposal(1, { ...fixed, fixedLevel: 'tim', rank: 1 }),
    proposal(2, { ...fixed, fixedLevel: 'kepala_daerah', rank: 2 }),
  ]
  expect(places(two, list)).toEqual([
    [1, 2],
    [1, 1],
  ])
})

test('capacity counts applications, without estimate too; the sum says how many it leaves out', () => {
  const phases = [phase(1, { capacity: 1 }), phase(2)]
  const list = [proposal(1, { costHigh: null }), proposal(2)]
  expect(places(phases, list)).toEqual([
    [1, 1],
    [2, 1],
  ])
  expect(placementOf(phases, list, 1).uncounted).toBe(true)
  expect(placementOf(phases, list, 2).passed).toEqual([
    { code: 'capacity', phaseId: 1, capacity: 1 },
  ])
  expect(planPhases(phases, list).phases[0]).toMatchObject({ used: 0, count: 1, uncounted: 1 })
})

test('the national application uses no capacity and only the cost that is entered', () => {
  const phases = [phase(1, { capacity: 1 })]
  const list = [
    proposal(1, { way: 'national', costHigh: null }),
    proposal(2),
    proposal(3, { way: 'national', costHigh: 50 * million }),
  ]
  expect(planPhases(phases, list).phases[0]).toMatchObject({
    used: 450 * million,
    count: 1,
    uncounted: 0,
  })
  expect(places(phases, list)).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
  ])
})

test('the upper estimate falls in the first year, running cost in every year after', () => {
  const list = [proposal(1, { costHigh: 500 * million, runningCost: 50 * million })]
  expect(planPhases(two, list).phases.map((each) => each.years)).toEqual([
    [
      { year: 2019, cost: 500 * million },
      { year: 2020, cost: 50 * million },
    ],
    [
      { year: 2021, cost: 50 * million },
      { year: 2022, cost: 50 * million },
    ],
  ])
  expect(planPhases(two, list).phases.map((each) => each.used)).toEqual([
    550 * million,
    100 * million,
  ])
})

test('running cost has to fit the ceilings of later phases as well', () => {
  const phases = [phase(1), phase(2, { ceiling: 150 * million })]
  const list = [1, 2].map((id) => proposal(id, { runningCost: 50 * million }))
  expect(placementOf(phases, list, 2).passed[0]).toEqual({
    code: 'ceiling',
    phaseId: 1,
    ceilingOf: 2,
    short: 50 * million,
  })
})

test('a merged one follows its lead and is counted once', () => {
  const list = [proposal(1), proposal(2, { mergedLeadId: 1 }), proposal(3, { mergedLeadId: 2 })]
  const { placements, phases } = planPhases(two, list)
  expect(placements[2]).toMatchObject({
    phaseId: 1,
    place: null,
    reason: { code: 'merged', leadId: 1 },
  })
  expect(phases[0]).toMatchObject({ used: 400 * million, count: 1 })
})

test('a prerequisite goes first, whatever the ranks', () => {
  const list = [proposal(1, { requires: [2] }), proposal(2)]
  expect(places(two, list)).toEqual([
    [1, 2],
    [1, 1],
  ])
})

test('one whose prerequisite stands in a later phase waits for it and says so', () => {
  const list = [
    proposal(1, { requires: [3] }),
    proposal(2, { costHigh: 900 * million }),
    proposal(3),
  ]
  expect(places(two, list)).toEqual([
    [2, 2],
    [1, 1],
    [2, 1],
  ])
  expect(placementOf(two, list, 1).passed).toEqual([
    { code: 'prerequisite', phaseId: 1, waitsFor: [3] },
  ])
})

test('prerequisites that nobody places, or that wait for each other, are named', () => {
  const list = [
    proposal(1, { requires: [9] }),
    proposal(2, { requires: [3] }),
    proposal(3, { requires: [2] }),
  ]
  expect(planPhases([phase(1)], list).placements.map((each) => each.reason)).toEqual([
    { code: 'unschedulable', waitsFor: [9] },
    { code: 'prerequisite', phaseId: 1, waitsFor: [3] },
    { code: 'prerequisite', phaseId: 1, waitsFor: [2] },
  ])
})

test('a decision against a prerequisite stands, and names it', () => {
  const list = [proposal(1, { fixedPhaseId: 1, requires: [2] }), proposal(2, { fixedPhaseId: 2 })]
  expect(placementOf(two, list, 1)).toMatchObject({ phaseId: 1, waitsFor: [2] })
})

test('without a rank and without a decision the computation places nothing', () => {
  expect(placementOf(two, [proposal(1, { rank: null })], 1)).toMatchObject({
    phaseId: null,
    reason: { code: 'unranked' },
  })
  expect(placementOf([], [proposal(1)], 1).reason).toEqual({ code: 'noPhase' })
})

test.each([
  ['the higher value on the heaviest criterion', { heaviestValue: 0.5 }, { heaviestValue: 0.75 }],
  ['then the lower cost', { costHigh: 300 * million }, { costHigh: 200 * million }],
  ['a known cost before an unknown one', { costHigh: null }, { costHigh: 900 * million }],
  [
    'then the earlier submission',
    { submittedAt: '2018-09-15T01:00:00.000Z' },
    { submittedAt: '2018-09-14T01:00:00.000Z' },
  ],
])('equal ranks: %s', (_, later, earlier) => {
  const list = [proposal(1, { rank: 1, ...later }), proposal(2, { rank: 1, ...earlier })]
  expect(places([phase(1, { ceiling: null })], list)).toEqual([
    [1, 2],
    [1, 1],
  ])
})

test('a decision for a phase that does not exist is refused', () => {
  expect(() => planPhases(two, [proposal(1, { fixedPhaseId: 7 })])).toThrow(RangeError)
})

const rupiah = fc.option(fc.integer({ min: 0, max: 600 }).map((n) => n * million))
const any = fc
  .array(
    fc.record({
      rank: fc.option(fc.integer({ min: 1, max: 6 })),
      costHigh: rupiah,
      runningCost: fc.option(fc.integer({ min: 0, max: 60 }).map((n) => n * million)),
      way: fc.constantFrom('build', 'national', 'share'),
      fixedPhaseId: fc.option(fc.constantFrom(1, 2, 3), { freq: 4 }),
      requires: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 1 }),
      mergedLeadId: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 5 }),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((list) => list.map((each, index): PhasedProposal => ({ ...each, id: index + 1 })))
  .map((list) =>
    list.map((each) => (each.mergedLeadId === each.id ? { ...each, mergedLeadId: null } : each)),
  )
const three = [phase(1, { capacity: 3 }), phase(2, { capacity: 3 }), phase(3, { capacity: 4 })]

test('ceiling and capacity are never exceeded but by decided ones', () => {
  fc.assert(
    fc.property(any, (list) => {
      const decided = list.filter((each) => each.fixedPhaseId != null)
      const onlyDecided = planPhases(three, decided).phases
      planPhases(three, list).phases.forEach((use, index) => {
        const { ceiling, capacity } = three[index]!
        expect(use.used).toBeLessThanOrEqual(Math.max(ceiling!, onlyDecided[index]!.used))
        expect(use.count).toBeLessThanOrEqual(Math.max(capacity!, onlyDecided[index]!.count))
      })
    }),
    { numRuns: 300 },
  )
})

test('the use of a phase is the sum of its years, and places run from 1 without a gap', () => {
  fc.assert(
    fc.property(any, (list) => {
      const { placements, phases } = planPhases(three, list)
      for (const use of phases) {
        expect(use.used).toBe(sum(use.years.map((year) => year.cost)))
        const taken = placements
          .filter((each) => each.phaseId === use.phaseId && each.place !== null)
          .map((each) => each.place)
        expect(taken.toSorted((a, b) => a! - b!)).toEqual(taken.map((_, index) => index + 1))
      }
    }),
  )
})

test('a computed place never comes before its prerequisites', () => {
  fc.assert(
    fc.property(any, (list) => {
      for (const placement of planPhases(three, list).placements) {
        if (placement.reason.code === 'rank') expect(placement.waitsFor).toEqual([])
      }
    }),
  )
})

test('the order in which proposals are given makes no difference', () => {
  fc.assert(
    fc.property(any, (list) => {
      const turned = planPhases(three, list.toReversed())
      expect(turned.placements.toReversed()).toEqual(planPhases(three, list).placements)
      expect(turned.phases).toEqual(planPhases(three, list).phases)
    }),
  )
})

test('a moved one stands where it was moved, after the decided ones, even beyond the ceiling', () => {
  const list = [
    proposal(1, { costHigh: 700 * million }),
    proposal(2, { costHigh: 500 * million, movedPhaseId: 2 }),
    proposal(3, { costHigh: 900 * million, fixedPhaseId: 2 }),
  ]
  expect(places(two, list)).toEqual([
    [1, 1],
    [2, 2],
    [2, 1],
  ])
  expect(placementOf(two, list, 2).reason).toEqual({ code: 'moved' })
  expect(planPhases(two, list).phases[1]).toMatchObject({ over: 400 * million })
})

test('a decision outweighs a move', () => {
  const list = [proposal(1, { fixedPhaseId: 1, movedPhaseId: 2 })]
  expect(placementOf(two, list, 1)).toMatchObject({ phaseId: 1, reason: { code: 'fixed' } })
})

test('costs by year are an estimate, and count in their years', () => {
  const years = [
    { year: 2019, amount: 300 * million },
    { year: 2021, amount: 100 * million },
  ]
  const plan = planPhases(two, [proposal(1, { years })])
  expect(plan.phases.map((each) => each.used)).toEqual([300 * million, 100 * million])
  expect(plan.placements[0]?.uncounted).toBe(false)
})

test('what waits for a proposal that is gone or not ranked is not tried, and says for which', () => {
  const list = [
    proposal(1, { requires: [99] }),
    proposal(2, { requires: [1] }),
    proposal(3, { rank: null }),
    proposal(4, { requires: [3, 5] }),
    proposal(5),
    proposal(6, { requires: [3], fixedPhaseId: 1 }),
    proposal(7, { requires: [6] }),
  ]
  const reasons = planPhases(two, list).placements.map((each) => each.reason)
  expect(reasons).toEqual([
    { code: 'unschedulable', waitsFor: [99] },
    { code: 'unschedulable', waitsFor: [1] },
    { code: 'unranked' },
    { code: 'unschedulable', waitsFor: [3] },
    { code: 'rank', rank: 5 },
    { code: 'fixed' },
    { code: 'rank', rank: 7 },
  ])
  expect(placementOf(two, list, 1).passed).toEqual([])
  expect(placementOf(two, list, 6).waitsFor).toEqual([3])
})

test('the use of a phase tells what it carries from earlier phases', () => {
  const list = [proposal(1, { runningCost: 50 * million }), proposal(2, { fixedPhaseId: 2 })]
  expect(planPhases(two, list).phases).toMatchObject([
    { used: 450 * million, carried: 0 },
    { used: 500 * million, carried: 100 * million },
  ])
})
