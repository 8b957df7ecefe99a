import { expect, test } from 'vitest'
import { makesCycle } from './prerequisites.ts'

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
