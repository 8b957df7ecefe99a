import fc from 'fast-check'
import { expect, test } from 'vitest'
import { competitionRanks, round9 } from './ranking.ts'

test.each([
  [[], []],
  [[50], [1]],
  [
    [79, 78.5, 55, 36.5],
    [1, 2, 3, 4],
  ],
  [
    [70, 80, 70, 60],
    [2, 1, 2, 4],
  ],
  [
    [0, 0, 0],
    [1, 1, 1],
  ],
])('%j ranks %j', (scores, ranks) => {
  expect(competitionRanks(scores)).toEqual(ranks)
})

test('scores that differ only behind the ninth decimal are equal', () => {
  expect(competitionRanks([0.1 + 0.2, 0.3])).toEqual([1, 1])
  expect(competitionRanks([71.2, 71.2000000004])).toEqual([1, 1])
  expect(competitionRanks([71.2, 71.200000001])).toEqual([2, 1])
})

test.each([
  [71.2000000005, 71.200000001],
  [71.2000000004999, 71.2],
  [-0.0000000005, -0.000000001],
  [-0.0000000004, 0],
  [1.0000000015, 1.000000002],
  [2 / 3, 0.666666667],
])('%d rounds to %d, half away from zero', (number, rounded) => {
  expect(round9(number)).toBe(rounded)
})

// Coarse scores, so that ties are common.
const scores = fc.array(
  fc.integer({ min: 0, max: 12 }).map((n) => n * 8.3),
  { maxLength: 30 },
)

test('a rank is one more than the number of better scores, whatever the order', () => {
  fc.assert(
    fc.property(scores, (list) => {
      const expected = list.map((score) => 1 + list.filter((other) => other > score).length)
      expect(competitionRanks(list)).toEqual(expected)
      expect(competitionRanks(list.toReversed())).toEqual(expected.toReversed())
    }),
  )
})

test('a score that is no finite number is refused', () => {
  expect(() => competitionRanks([1, Number.NaN])).toThrow(RangeError)
})
