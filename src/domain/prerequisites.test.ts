import { describe, expect, test } from 'vitest'
import { afterMergers, cycleOf, endOf, makesCycle } from './prerequisites.ts'

const waits = (proposalId: number, requiredId: number) => ({ proposalId, requiredId })
const chain = [waits(1, 2), waits(2, 3), waits(3, 4)]

test.each([
  ['itself', waits(1, 1), true],
  ['directly', waits(2, 1), true],
  ['through others', waits(4, 1), true],
  ['a shortcut along the chain', waits(1, 4), false],
  ['a new one', waits(5, 1), false],
])('%s: %j closes a circle: %s', (_, added, closes) => {
  expect(makesCycle(chain, added)).toBe(closes)
})

test('a circle that exists already does not hang the search', () => {
  expect(makesCycle([waits(1, 2), waits(2, 1)], waits(3, 1))).toBe(false)
})

test('the way round is told from the proposal back to it', () => {
  expect(cycleOf(chain, waits(4, 1))).toEqual([4, 1, 2, 3, 4])
  expect(cycleOf(chain, waits(2, 1))).toEqual([2, 1, 2])
  expect(cycleOf(chain, waits(1, 1))).toEqual([1, 1])
  expect(cycleOf(chain, waits(5, 1))).toBeUndefined()
})

describe('after a merger', () => {
  test('who waited for the merged one waits for what it ended in, however far', () => {
    const mergedInto = new Map([
      [2, 7],
      [7, 8],
    ])
    expect(endOf(mergedInto, 2)).toBe(8)
    expect(afterMergers(chain, mergedInto)).toEqual([waits(1, 8), waits(3, 4)])
  })

  test('nobody waits for itself, and mergers in a circle do not hang', () => {
    expect(afterMergers(chain, new Map([[2, 1]]))).toEqual([waits(3, 4)])
    const circle = new Map([
      [1, 2],
      [2, 1],
    ])
    expect([1, 2]).toContain(endOf(circle, 1))
  })
})
