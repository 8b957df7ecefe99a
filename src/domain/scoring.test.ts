import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contributions, mean, priorityScore, sum } from './scoring.ts'

// Published sample of weighted scoring (primeessays.com): weights in per cent, marks out of 100.
const publishedWeights = [10, 25, 25, 15, 10, 15]
test.each([
  ['P1', [90, 70, 90, 90, 90, 50], 79],
  ['P2', [90, 80, 70, 70, 80, 90], 78.5],
  ['P3', [90, 20, 50, 60, 60, 90], 55],
  ['P4', [90, 10, 20, 50, 50, 50], 36.5],
])('%s of the published sample scores as printed', (_, marks, score) => {
  const values = marks.map((mark) => mark / 100)
  expect(priorityScore(publishedWeights, values)).toBeCloseTo(score, 9)
})

test('a hand-worked case: contributions stand in the order of the criteria', () => {
  expect(contributions([20, 30, 50], [1, 0.5, 0.25])).toEqual([20, 15, 12.5])
})

const weight = fc.double({ min: 0.01, max: 100, noNaN: true })
const value = fc.double({ min: 0, max: 1, noNaN: true })
const rows = fc.array(fc.tuple(weight, value), { minLength: 1, maxLength: 9 })
const split = (pairs: [number, number][]) =>
  [pairs.map(([w]) => w), pairs.map(([, v]) => v)] as const

test('contributions sum to the score', () => {
  fc.assert(
    fc.property(rows, (pairs) => {
      const [weights, values] = split(pairs)
      expect(sum(contributions(weights, values))).toBeCloseTo(priorityScore(weights, values), 9)
    }),
  )
})

test('the score stays between 0 and 100 and does not depend on the scale of the weights', () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0.1, max: 50, noNaN: true }), (pairs, factor) => {
      const [weights, values] = split(pairs)
      const score = priorityScore(weights, values)
      const scaled = weights.map((each) => each * factor)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(100 + 1e-9)
      expect(priorityScore(scaled, values)).toBeCloseTo(score, 9)
    }),
  )
})

test('the order of the criteria makes no difference', () => {
  fc.assert(
    fc.property(rows, (pairs) => {
      const [weights, values] = split(pairs)
      expect(priorityScore(weights.toReversed(), values.toReversed())).toBeCloseTo(
        priorityScore(weights, values),
        9,
      )
    }),
  )
})

test('a higher value never lowers the score', () => {
  fc.assert(
    fc.property(rows, fc.nat(), value, (pairs, at, other) => {
      const [weights, values] = split(pairs)
      const k = at % values.length
      const raised = values.with(k, Math.max(values[k]!, other))
      expect(priorityScore(weights, raised)).toBeGreaterThanOrEqual(
        priorityScore(weights, values) - 1e-9,
      )
    }),
  )
})

test.each([
  ['lengths differ', [1, 2], [1]],
  ['every weight is 0', [0, 0], [1, 1]],
  ['no criterion', [], []],
  ['a negative weight', [-1, 2], [1, 1]],
  ['an infinite weight', [Number.POSITIVE_INFINITY], [1]],
  ['a value above 1', [1], [1.01]],
  ['a value that is no number', [1], [Number.NaN]],
])('refused: %s', (_, weights, values) => {
  expect(() => priorityScore(weights, values)).toThrow(RangeError)
  expect(() => contributions(weights, values)).toThrow(RangeError)
})

test('the mean of nothing is refused, not 0', () => {
  expect(mean([0.25, 0.75])).toBe(0.5)
  expect(() => mean([])).toThrow(RangeError)
})
