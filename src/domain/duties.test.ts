import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dutiesOf } from './duties.ts'
import { evaluate, type Recusal } from './evaluation.ts'

const assessors = [
  { id: 11, opdId: 1, criterionIds: [1, 2] },
  { id: 12, opdId: null, criterionIds: [2] },
]
const proposals = [
  { id: 100, opdId: 1 },
  { id: 101, opdId: 2 },
]
const duties = (recusals: Recusal[]) => dutiesOf({ assessors, proposals, recusals })

test('an assessor rates their criteria, but nothing of their own OPD and nothing unknown', () => {
  const of = duties([])
  expect(of(11, 101)).toEqual([1, 2])
  expect(of(11, 100)).toEqual([])
  expect(of(12, 100)).toEqual([2])
  expect(of(99, 100)).toEqual([])
  expect(of(12, 999)).toEqual([])
})

test('who replaces an absent assessor rates their criteria, for that proposal alone', () => {
  const away = { assessorId: 11, proposalId: 101, reason: 'Sakit' }
  const of = duties([{ ...away, replacement: { id: 13, opdId: 5 } }])
  expect(of(11, 101)).toEqual([])
  expect(of(13, 101)).toEqual([1, 2])
  expect(of(13, 100)).toEqual([])
  expect(duties([{ ...away, replacement: { id: 12, opdId: null } }])(12, 101)).toEqual([2, 1])
  expect(duties([{ ...away, replacement: { id: 14, opdId: 2 } }])(14, 101)).toEqual([])
})

test('duties are what the evaluation counts', () => {
  const someone = fc.constantFrom(11, 12, 13, 14)
  const opdOf = new Map([
    [11, 1],
    [12, null],
    [13, 2],
    [14, null],
  ])
  const recusal = fc.record({
    assessorId: fc.constantFrom(11, 12),
    proposalId: fc.constantFrom(100, 101),
    reason: fc.constant('Sakit'),
    replacement: fc.option(someone.map((id) => ({ id, opdId: opdOf.get(id) }))),
  })
  const all = fc.uniqueArray(recusal, {
    selector: (each) => `${each.assessorId} ${each.proposalId}`,
    maxLength: 4,
  })
  const criteria = [1, 2].map((id) => ({ id, weight: 1, derived: false, levels: [] }))
  fc.assert(
    fc.property(all, (recusals) => {
      const of = duties(recusals)
      const round = { criteria, minimum: 1, proposals, assessors, recusals, ratings: [] }
      for (const { proposalId, criteria: results } of evaluate(round)) {
        for (const { criterionId, expected } of results) {
          const n = [...opdOf.keys()].filter((id) => of(id, proposalId).includes(criterionId))
          expect(n).toHaveLength(expected)
        }
      }
    }),
  )
})
