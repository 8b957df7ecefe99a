import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priorityScore } from './scoring.ts'
import { swapWeight } from './swap.ts'

// Published sample of weighted scoring (primeessays.com): P1 and P2 swap when the last weight rises
// from .15 to .1605, the others in proportion.
const weights = [10, 25, 25, 15, 10, 15]
const p1 = [0.9, 0.7, 0.9, 0.9, 0.9, 0.5]
const p2 = [0.9, 0.8, 0.7, 0.7, 0.8, 0.9]
const p4 = [0.9, 0.1, 0.2, 0.5, 0.5, 0.5]

test('P1 and P2 of the published sample swap at .1605', () => {
  expect(swapWeight(weights, p1, p2, 5)).toBeCloseTo(0.1605, 4)
  expect(swapWeight(weights, p1, p2, 5)).toBeCloseTo(0.065 / 0.405, 12)
})

test('it makes no difference which of the two comes first', () => {
  expect(swapWeight(weights, p2, p1, 5)).toBeCloseTo(0.065 / 0.405, 12)
})

test('one that is nowhere worse is not overtaken by any one weight', () => {
  const swaps = weights.map((_, k) => swapWeight(weights, p1, p4, k))
  expect(swaps).toEqual(weights.map(() => undefined))
})

test('equal values on a criterion leave nothing to swap there', () => {
  expect(swapWeight(weights, p1, p2, 0)).toBeUndefined()
})

test('at the swap weight both score alike', () => {
  const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
  const shares = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 })
  let found = 0
  fc.assert(
    fc.property(shares, list, list, fc.nat({ max: 3 }), (given, first, second, k) => {
      const swap = swapWeight(given, first, second, k)
      if (swap === undefined) return
      found += 1
      const rest = given.reduce((total, each, c) => (c === k ? total : total + each), 0)
      const moved = given.map((each, c) => (c === k ? swap : (each / rest) * (1 - swap)))
      expect(priorityScore(moved, first)).toBeCloseTo(priorityScore(moved, second), 6)
    }),
  )
  expect(found).toBeGreaterThan(10)
})

test.each([
  ['lengths differ', [1, 2], [1], [1, 2], 0],
  ['no such criterion', [1], [1], [0], 1],
  ['every weight is 0', [0], [1], [0], 0],
])('refused: %s', (_, given, first, second, k) => {
  expect(() => swapWeight(given, first, second, k)).toThrow(RangeError)
})
