import { expect, test } from 'vitest'
import { priorityScore } from './scoring.ts'
import { addUp } from './weights.ts'
import { adviceOf, yogyakarta, yogyakartaCriteria } from './yogyakarta.ts'

const weights = yogyakartaCriteria.map((each) => each.weight)
const scoreAt = (level: number) =>
  priorityScore(
    weights,
    yogyakartaCriteria.map((each) => each.levels[level - 1]?.value ?? -1),
  )

test('eight criteria of four levels, whose weights are the whole', () => {
  expect(weights).toEqual([15, 10, 10, 15, 15, 10, 15, 10])
  expect(addUp(weights)).toBe(true)
  expect(yogyakartaCriteria.map((each) => each.levels[2]?.value)).toEqual([
    0.75, 0.9, 0.9, 0.85, 0.8, 0.85, 0.85, 0.9,
  ])
  for (const { levels } of yogyakartaCriteria) {
    expect(levels.map((each) => each.level)).toEqual([1, 2, 3, 4])
    expect(levels.map((each) => each.value)).toEqual([0.25, 0.5, levels[2]?.value, 1])
  }
})

test('the lowest score is 25, the highest 100', () => {
  expect(scoreAt(1)).toBeCloseTo(25, 12)
  expect(scoreAt(2)).toBeCloseTo(50, 12)
  expect(scoreAt(4)).toBeCloseTo(100, 12)
})

test('advice changes at 80 and at 60; a set without the pattern gives none', () => {
  const at = (score: number) => adviceOf(yogyakarta.code, score)
  expect([100, 80, 79.99, 60, 59.99, 25].map(at)).toEqual([
    'proceed',
    'proceed',
    'complete',
    'complete',
    'reconsider',
    'reconsider',
  ])
  expect(adviceOf(null, 90)).toBeUndefined()
})
