import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from './scoring.ts'
import { addUp, rankOrderCentroid } from './weights.ts'

test('three criteria in order weigh .6111, .2778 and .1111', () => {
  expect(rankOrderCentroid(3).map((weight) => weight.toFixed(4))).toEqual([
    '0.6111',
    '0.2778',
    '0.1111',
  ])
})

test('one criterion has the whole weight; none is no question', () => {
  expect(rankOrderCentroid(1)).toEqual([1])
  expect(() => rankOrderCentroid(0)).toThrow(RangeError)
  expect(() => rankOrderCentroid(2.5)).toThrow(RangeError)
})

test('weights by order fall, stay above 0 and add up to 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), (n) => {
      const weights = rankOrderCentroid(n)
      expect(sum(weights)).toBeCloseTo(1, 12)
      expect(weights.every((weight, k) => weight > (weights[k + 1] ?? 0))).toBe(true)
      expect(addUp(weights.map((weight) => weight * 100))).toBe(true)
    }),
  )
})

test('a sum of 99,9 is not the whole', () => {
  expect(addUp([33.3, 33.3, 33.3])).toBe(false)
  expect(addUp([33.3, 33.3, 33.4])).toBe(true)
})
