import { expect, test } from 'vitest'
import { affairs } from './affairs.ts'
import { defaultCriteria } from './criteria.ts'
import { nationalApplications } from './nationals.ts'
import { sum } from './scoring.ts'
import { isCode, lists } from './words.ts'

test('the default criteria weigh 100 together; infrastructure alone is derived', () => {
  expect(sum(defaultCriteria.map((each) => each.weight))).toBe(100)
  expect(defaultCriteria.map((each) => each.weight)).toEqual([20, 20, 15, 15, 10, 10, 10])
  expect(defaultCriteria.filter((each) => each.derived).map((each) => each.code)).toEqual(['K4'])
})

test('every criterion has five levels with equal steps and an anchor of its own', () => {
  for (const { levels } of defaultCriteria) {
    expect(levels.map((each) => [each.level, each.value])).toEqual([
      [1, 0],
      [2, 0.25],
      [3, 0.5],
      [4, 0.75],
      [5, 1],
    ])
    expect(new Set(levels.map((each) => each.anchor)).size).toBe(5)
  }
})

test('affairs: 42 rows, codes rise and belong to their group', () => {
  const codes = affairs.map((each) => each.code)
  expect(codes).toHaveLength(42)
  expect(codes).toEqual([...new Set(codes)].toSorted())
  const groups = { 1: 'basic', 2: 'obligatory', 3: 'optional' } as Record<string, string>
  for (const { code, grouping } of affairs) expect(grouping).toBe(groups[code[0]!] ?? 'support')
})

test('national applications: no name twice, seven common to all, each with a sentence', () => {
  expect(new Set(nationalApplications.map((each) => each.name)).size).toBe(24)
  expect(nationalApplications.filter((each) => each.class === 'A')).toHaveLength(7)
  for (const each of nationalApplications) expect(each.function).toMatch(/^[A-Z].{30,}\.$/)
})

test('a code belongs to its own list only', () => {
  expect(isCode('internet', 'limited')).toBe(true)
  expect(isCode('internet', 'fibre')).toBe(false)
  expect(isCode('internet', null)).toBe(false)
})

test('no list names a code twice', () => {
  for (const codes of Object.values(lists)) expect(new Set(codes).size).toBe(codes.length)
})
