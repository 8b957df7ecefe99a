import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, needsNote, type Rating, type Round, type RoundCriterion } from './evaluation.ts'
import { sum } from './scoring.ts'

const levels = [0, 0.25, 0.5, 0.75, 1].map((value, index) => ({ level: index + 1, value }))
const criterion = (id: number, weight: number, derived = false): RoundCriterion => ({
  id,
  weight,
  derived,
  levels,
})
const rating = (proposalId: number, criterionId: number, assessorId: number, level: number) => ({
  proposalId,
  criterionId,
  assessorId,
  level,
})

/** Two criteria (60 and 40), two assessors for both, one proposal of OPD 1. */
const round: Round = {
  criteria: [criterion(1, 60), criterion(2, 40)],
  minimum: 2,
  proposals: [{ id: 100, opdId: 1 }],
  assessors: [
    { id: 11, opdId: 8, criterionIds: [1, 2] },
    { id: 12, opdId: null, criterionIds: [1, 2] },
  ],
  recusals: [],
  ratings: [],
}
const all = [
  rating(100, 1, 11, 5),
  rating(100, 1, 12, 4),
  rating(100, 2, 11, 3),
  rating(100, 2, 12, 2),
]
const one = (changes: Partial<Round>) => evaluate({ ...round, ...changes })[0]!

test('a hand-worked case: 60 · (1 + ¾)/2 + 40 · (½ + ¼)/2 = 67,5', () => {
  const result = one({ ratings: all })
  expect(result.state).toBe('complete')
  expect(result.score).toBeCloseTo(67.5, 12)
  expect(result.contributions).toEqual([52.5, 15])
  expect(result.criteria).toEqual([
    { criterionId: 1, mean: 0.875, count: 2, expected: 2, needed: 2 },
    { criterionId: 2, mean: 0.375, count: 2, expected: 2, needed: 2 },
  ])
  expect(result.missing).toEqual([])
  expect(result.thinnest).toBeUndefined()
})

test('published levels with their own values: P1 79, P4 36,5 (primeessays.com sample)', () => {
  const marks = [
    [90, 70, 90, 90, 90, 50],
    [90, 10, 20, 50, 50, 50],
  ]
  const tens = Array.from({ length: 11 }, (_, n) => ({ level: n, value: n / 10 }))
  const criteria = [10, 25, 25, 15, 10, 15].map((weight, k) => ({
    id: k,
    weight,
    derived: false,
    levels: tens,
  }))
  const results = evaluate({
    criteria,
    minimum: 1,
    proposals: [
      { id: 0, opdId: 1 },
      { id: 1, opdId: 2 },
    ],
    assessors: [{ id: 11, criterionIds: criteria.map((each) => each.id) }],
    recusals: [],
    ratings: marks.flatMap((row, id) => row.map((mark, k) => rating(id, k, 11, mark / 10))),
  })
  expect(results.map((each) => each.state)).toEqual(['complete', 'complete'])
  expect(results[0]!.score).toBeCloseTo(79, 9)
  expect(results[1]!.score).toBeCloseTo(36.5, 9)
})

test('nobody has rated: unrated, no score, never 0', () => {
  const result = one({})
  expect(result.state).toBe('unrated')
  expect(result.rated).toBe(0)
  expect(result).not.toHaveProperty('score')
  expect(result.missing).toEqual([
    { criterionId: 1, lacks: 2 },
    { criterionId: 2, lacks: 2 },
  ])
})

test('a criterion without any rating: incomplete, 1 of 2 criteria, no score', () => {
  const result = one({ ratings: all.slice(0, 2) })
  expect(result).toMatchObject({ state: 'incomplete', rated: 1 })
  expect(result).not.toHaveProperty('score')
  expect(result).not.toHaveProperty('contributions')
  expect(result.missing).toEqual([{ criterionId: 2, lacks: 2 }])
})

test('below the minimum: provisional, with a score and what is missing', () => {
  const result = one({ ratings: all.slice(0, 3) })
  expect(result.state).toBe('provisional')
  expect(result.score).toBeCloseTo(60 * 0.875 + 40 * 0.5, 12)
  expect(result.missing).toEqual([{ criterionId: 2, lacks: 1 }])
  expect(result.thinnest).toEqual({ count: 1, needed: 2 })
})

test('an assessor of the proposing OPD is excused; the minimum falls to those who remain', () => {
  const result = one({ ratings: all, proposals: [{ id: 100, opdId: 8 }] })
  expect(result.excused).toEqual([{ assessorId: 11, own: true, reason: 'own' }])
  expect(result.state).toBe('complete')
  expect(result.criteria[0]).toMatchObject({ mean: 0.75, count: 1, expected: 1, needed: 1 })
})

test('an absent assessor is excused with the reason, and the minimum stays', () => {
  const recusals = [{ assessorId: 11, proposalId: 100, reason: 'Berhalangan' }]
  const result = one({ ratings: all, recusals })
  expect(result.excused).toEqual([{ assessorId: 11, own: false, reason: 'Berhalangan' }])
  expect(result.state).toBe('provisional')
  expect(result.score).toBeCloseTo(60 * 0.75 + 40 * 0.25, 12)
})

test('own assessors beyond those to spare lower the minimum, never below 1', () => {
  const panel = (own: number, others: number) =>
    [...Array(own).fill(1), ...Array(others).fill(2)].map((opdId, id) => ({
      id,
      opdId,
      criterionIds: [1, 2],
    }))
  const needed = (own: number, others: number, minimum: number) =>
    one({ assessors: panel(own, others), minimum }).criteria[0]!.needed
  expect(needed(1, 3, 3)).toBe(3)
  expect(needed(1, 2, 3)).toBe(2)
  expect(needed(2, 0, 2)).toBe(1)
  // Too few from the start: what was short before stays short.
  expect(needed(0, 2, 3)).toBe(3)
})

test('a recusal from one proposal leaves the others alone', () => {
  const results = evaluate({
    ...round,
    proposals: [
      { id: 100, opdId: 1 },
      { id: 101, opdId: 1 },
    ],
    recusals: [{ assessorId: 11, proposalId: 101, reason: 'Berhalangan' }],
    ratings: [...all, ...all.map((each) => ({ ...each, proposalId: 101 }))],
  })
  expect(results.map((each) => each.state)).toEqual(['complete', 'provisional'])
})

test('a rating by somebody who is not to rate that criterion does not count', () => {
  const assessors = [round.assessors[0]!, { id: 12, criterionIds: [1] }]
  const result = one({ ratings: all, assessors })
  expect(result.criteria[1]).toMatchObject({ mean: 0.5, count: 1, expected: 1 })
})

const withDerived = { criteria: [criterion(1, 60), criterion(2, 40, true)] }
const ready = [{ id: 100, opdId: 1, readiness: 4 }]

test('the derived level counts as the rating of every assessor who gave none', () => {
  const result = one({ ...withDerived, proposals: ready, ratings: all.slice(0, 2) })
  expect(result.state).toBe('complete')
  expect(result.criteria[1]).toMatchObject({ mean: 0.75, count: 2, derivedLevel: 4 })
})

test('an assessor who gives another level replaces it for themselves alone', () => {
  const result = one({ ...withDerived, proposals: ready, ratings: all.slice(0, 3) })
  expect(result.criteria[1]).toMatchObject({ mean: (0.5 + 0.75) / 2, count: 2 })
})

test('without a computed level only what assessors gave counts', () => {
  const nothing = one({ ...withDerived, ratings: all.slice(0, 2) })
  expect(nothing.state).toBe('incomplete')
  expect(nothing.missing).toEqual([{ criterionId: 2, lacks: 2 }])
  expect(one({ ...withDerived, ratings: all.slice(0, 3) }).state).toBe('provisional')
})

test('a computed level alone does not make a proposal rated', () => {
  expect(one({ ...withDerived, proposals: ready })).toMatchObject({ state: 'unrated', rated: 1 })
})

test('only a level that departs from the computed one needs a note', () => {
  expect(needsNote({ derived: true }, 3, 4)).toBe(true)
  expect(needsNote({ derived: true }, 4, 4)).toBe(false)
  expect(needsNote({ derived: true }, 4, undefined)).toBe(true)
  expect(needsNote({ derived: false }, 3, 4)).toBe(false)
})

test('a level that the criterion does not have, or a minimum of 0, is refused', () => {
  expect(() => one({ ratings: [rating(100, 1, 11, 6)] })).toThrow(RangeError)
  expect(() => one({ minimum: 0 })).toThrow(RangeError)
})

const assessorIds = [11, 12, 13]
const wide: Round = {
  ...round,
  criteria: [criterion(1, 20), criterion(2, 45), criterion(3, 35, true)],
  proposals: [1, 2, 3, 4].map((id) => ({ id, opdId: id, readiness: id === 2 ? undefined : id })),
  assessors: assessorIds.map((id) => ({ id, opdId: id - 10, criterionIds: [1, 2, 3] })),
}
const cell = fc.record({
  proposalId: fc.constantFrom(1, 2, 3, 4),
  criterionId: fc.constantFrom(1, 2, 3),
  assessorId: fc.constantFrom(...assessorIds),
  level: fc.integer({ min: 1, max: 5 }),
})
const sheet = fc.uniqueArray(cell, {
  selector: (each) => `${each.proposalId}/${each.criterionId}/${each.assessorId}`,
  minLength: 8,
  maxLength: 36,
})
const evaluated = (ratings: readonly Rating[], changes: Partial<Round> = {}) =>
  new Map(evaluate({ ...wide, ratings, ...changes }).map((each) => [each.proposalId, each]))

test('who replaces an absent assessor counts in their place, for that proposal alone', () => {
  const away = { assessorId: 11, proposalId: 100, reason: 'Sakit' }
  const recusals = [{ ...away, replacement: { id: 13, opdId: 5 } }]
  const ratings = [...all, rating(100, 1, 13, 1), rating(100, 2, 13, 1)]
  const result = one({ recusals, ratings })
  expect(result.state).toBe('complete')
  expect(result.score).toBeCloseTo(60 * 0.375 + 40 * 0.125, 12)
  expect(result.criteria.map((each) => each.expected)).toEqual([2, 2])
  expect(result.excused).toEqual([{ assessorId: 11, own: false, reason: 'Sakit', replacedBy: 13 }])
  const elsewhere = evaluate({
    ...round,
    proposals: [...round.proposals, { id: 101, opdId: 1 }],
    recusals,
    ratings: [...ratings, rating(101, 1, 13, 1)],
  })[1]!
  expect(elsewhere.criteria[0]).toMatchObject({ count: 0, expected: 2 })
})

test('a replacement from the proposing OPD, or assigned already, adds nobody', () => {
  const away = { assessorId: 11, proposalId: 100, reason: 'Sakit' }
  for (const id of [12, 13]) {
    const recusals = [{ ...away, replacement: { id, opdId: id === 12 ? null : 1 } }]
    expect(one({ recusals, ratings: all }).criteria[0]).toMatchObject({ count: 1, expected: 1 })
  }
})

test('the order of ratings, assessors and proposals makes no difference', () => {
  fc.assert(
    fc.property(sheet, (ratings) => {
      const turned = evaluated(ratings.toReversed(), {
        proposals: wide.proposals.toReversed(),
        assessors: wide.assessors.toReversed(),
      })
      for (const [id, result] of evaluated(ratings)) {
        const other = turned.get(id)!
        expect(other.state).toBe(result.state)
        expect(other.score ?? -1).toBeCloseTo(result.score ?? -1, 9)
      }
    }),
  )
})

test('adding a proposal changes nothing about the others', () => {
  fc.assert(
    fc.property(sheet, (ratings) => {
      const fewer = evaluated(ratings, { proposals: wide.proposals.slice(0, 3) })
      const more = evaluated(ratings)
      for (const [id, result] of fewer) expect(more.get(id)).toEqual(result)
    }),
  )
})

test('raising a level never lowers a score', () => {
  fc.assert(
    fc.property(sheet, fc.nat(), (ratings, at) => {
      const k = at % ratings.length
      const raised = ratings.with(k, { ...ratings[k]!, level: Math.min(5, ratings[k]!.level + 1) })
      const after = evaluated(raised)
      for (const [id, { score }] of evaluated(ratings)) {
        if (score !== undefined) expect(after.get(id)!.score).toBeGreaterThanOrEqual(score - 1e-9)
      }
    }),
  )
})

test('there is a score exactly where every criterion has a rating, and its parts add up to it', () => {
  fc.assert(
    fc.property(sheet, (ratings) => {
      for (const result of evaluated(ratings).values()) {
        const everyRated = result.criteria.every((each) => each.count > 0)
        expect(result.score !== undefined).toBe(everyRated)
        expect(result.state === 'complete').toBe(everyRated && result.missing.length === 0)
        if (result.score !== undefined) {
          expect(sum(result.contributions!)).toBeCloseTo(result.score, 9)
        }
      }
    }),
  )
})
