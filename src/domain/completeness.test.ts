import { expect, test } from 'vitest'
import { type OpdCounts, opdCompleteness } from './completeness.ts'

const full: OpdCounts = {
  hasHead: true,
  hasContact: true,
  duties: 3,
  peopleRecorded: true,
  hasMainOffice: true,
  locations: 2,
  locationsWithInternet: 2,
  locationsWithDevices: 2,
  applications: 1,
  saysNoApplications: false,
  proposals: 1,
  saysNoProposals: false,
  budgetThisYear: true,
  budgetNextYear: true,
  confirmed: true,
}
const empty: OpdCounts = {
  ...full,
  hasHead: false,
  hasContact: false,
  duties: 0,
  peopleRecorded: false,
  hasMainOffice: false,
  locations: 0,
  locationsWithInternet: 0,
  locationsWithDevices: 0,
  applications: 0,
  proposals: 0,
  budgetThisYear: false,
  budgetNextYear: false,
  confirmed: false,
}
const undone = (counts: OpdCounts) =>
  opdCompleteness(counts)
    .parts.filter((each) => !each.done)
    .map((each) => each.part)

test('ten parts, seven of them required before confirming', () => {
  const { parts, done, of, mayConfirm } = opdCompleteness(full)
  expect([done, of, mayConfirm]).toEqual([10, 10, true])
  expect(parts.filter((each) => !each.required).map((each) => each.part)).toEqual([
    'people',
    'budget',
    'confirmation',
  ])
})

test('an OPD nobody has asked has none of the ten', () => {
  expect(opdCompleteness(empty)).toMatchObject({ done: 0, of: 10, mayConfirm: false })
})

test.each([
  [{ hasContact: false }, 'head'],
  [{ hasHead: false }, 'head'],
  [{ duties: 0 }, 'duties'],
  [{ peopleRecorded: false }, 'people'],
  [{ hasMainOffice: false }, 'locations'],
  [{ locationsWithInternet: 1 }, 'internet'],
  [{ locationsWithDevices: 1 }, 'devices'],
  [{ applications: 0 }, 'applications'],
  [{ proposals: 0 }, 'proposals'],
  [{ budgetNextYear: false }, 'budget'],
  [{ confirmed: false }, 'confirmation'],
])('%j leaves %s open', (changes, part) => {
  expect(undone({ ...full, ...changes })).toEqual([part])
})

test('"none" is an answer', () => {
  const none = { applications: 0, saysNoApplications: true, proposals: 0, saysNoProposals: true }
  expect(undone({ ...full, ...none })).toEqual([])
})

test('without any location nothing is known of internet and devices', () => {
  const nowhere = { locations: 0, locationsWithInternet: 0, locationsWithDevices: 0 }
  expect(undone({ ...full, ...nowhere })).toEqual(['internet', 'devices'])
})

test('what is not required does not hold up the confirmation', () => {
  const counts = { ...full, peopleRecorded: false, budgetThisYear: false, confirmed: false }
  expect(opdCompleteness(counts)).toMatchObject({ done: 7, mayConfirm: true })
  expect(opdCompleteness({ ...counts, duties: 0 }).mayConfirm).toBe(false)
})
