import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decisionInForce,
  isRanked,
  mayMove,
  missingToSubmit,
  movesFrom,
  requiredAnswers,
  standing,
} from './proposal.ts'
import { lists } from './words.ts'

const answers = {
  opdId: 1,
  title: 'Aplikasi Pariwisata',
  problem: 'Wisatawan bertanya lewat telepon.',
  purpose: 'Informasi dapat dibaca kapan saja.',
  dutyId: 7,
  users: ['g2c'],
  platform: ['android'],
  contactName: 'Kepala Bidang Pemasaran',
}

test('eight answers let a proposal be submitted', () => {
  expect(requiredAnswers).toHaveLength(8)
  expect(missingToSubmit(answers)).toEqual([])
})

test('without any, all eight are named in the order of the form', () => {
  expect(missingToSubmit({})).toEqual([...requiredAnswers])
})

test.each([
  [{ opdId: null }, 'opdId'],
  [{ title: '  ' }, 'title'],
  [{ problem: '' }, 'problem'],
  [{ purpose: null }, 'purpose'],
  [{ dutyId: null, dutyText: ' ' }, 'duty'],
  [{ users: [] }, 'users'],
  [{ platform: undefined }, 'platform'],
  [{ contactName: '' }, 'contactName'],
])('%j lacks %s and nothing else', (changes, missing) => {
  expect(missingToSubmit({ ...answers, ...changes })).toEqual([missing])
})

test('a duty that was typed in is enough', () => {
  expect(missingToSubmit({ ...answers, dutyId: null, dutyText: 'Pemasaran wisata' })).toEqual([])
})

test.each([
  ['draft', 'submitted', ['staff', 'planner', 'opd']],
  ['returned', 'submitted', ['staff', 'planner', 'opd']],
  ['submitted', 'returned', ['staff', 'planner']],
  ['under_review', 'returned', ['staff', 'planner']],
  ['submitted', 'under_review', ['staff', 'planner']],
  ['under_review', 'reviewed', ['planner']],
  ['submitted', 'merged', ['planner']],
  ['reviewed', 'merged', ['planner']],
  ['submitted', 'withdrawn', ['staff', 'planner', 'opd']],
  ['under_review', 'withdrawn', ['staff', 'planner']],
  ['reviewed', 'withdrawn', ['staff', 'planner']],
  ['submitted', 'reviewed', []],
  ['draft', 'reviewed', []],
  ['draft', 'withdrawn', []],
  ['submitted', 'draft', []],
] as const)('%s → %s: %j', (from, to, roles) => {
  expect(lists.role.filter((role) => mayMove(from, to, role))).toEqual(roles)
})

test('merged and withdrawn are ends', () => {
  for (const role of lists.role) {
    expect(movesFrom('merged', role)).toEqual([])
    expect(movesFrom('withdrawn', role)).toEqual([])
  }
})

test('ranked are those in review that were neither redirected nor declined', () => {
  const ranked = lists.proposalState.filter((state) => isRanked(state))
  expect(ranked).toEqual(['submitted', 'under_review', 'reviewed'])
  const outcomes = lists.outcome.filter((outcome) => isRanked('reviewed', outcome))
  expect(outcomes).toEqual(['accepted', 'postponed'])
})

const hall = { id: 1, level: 'fgd', decidedOn: '2018-09-14' } as const
const head = { id: 2, level: 'dinas', decidedOn: '2018-10-01' } as const
const regent = { id: 3, level: 'kepala_daerah', decidedOn: '2018-11-05' } as const

test('a lower decision recorded later is advice', () => {
  const later = { id: 9, level: 'dinas', decidedOn: '2019-01-01' } as const
  expect(decisionInForce([hall, regent, later, head])).toBe(regent)
})

test('within a level the newest day counts, on one day the newest record', () => {
  const corrected = { ...head, id: 5 }
  const backdated = { id: 8, level: 'dinas', decidedOn: '2018-09-20' } as const
  expect(decisionInForce([corrected, head, backdated])).toBe(corrected)
})

test('where a proposal stands: the decision in force, else its state', () => {
  expect(standing('submitted', [])).toEqual({ kind: 'state', state: 'submitted' })
  expect(standing('submitted', [hall])).toEqual({ kind: 'decision', decision: hall })
})

test('the order in which decisions are listed makes no difference', () => {
  const decision = fc.record({
    level: fc.constantFrom(...lists.decisionLevel),
    decidedOn: fc.constantFrom('2018-09-14', '2018-09-15', '2018-10-01'),
  })
  fc.assert(
    fc.property(fc.array(decision, { minLength: 1, maxLength: 8 }), fc.nat(), (list, cut) => {
      const all = list.map((each, index) => ({ ...each, id: index + 1 }))
      const at = cut % all.length
      const turned = [...all.slice(at), ...all.slice(0, at)]
      expect(decisionInForce(turned)).toEqual(decisionInForce(all))
    }),
  )
})

test('a decision that another corrects is not in force, whatever its level', () => {
  const mistaken = { id: 1, level: 'tim', decidedOn: '2018-10-01' } as const
  const correction = { id: 2, level: 'fgd', decidedOn: '2018-09-14', correctsId: 1 } as const
  expect(decisionInForce([mistaken, correction])).toBe(correction)
  expect(decisionInForce([mistaken, { ...correction, correctsId: null }])).toBe(mistaken)
})
