import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseProposalNumber, proposalNumber } from './numbering.ts'

test.each([
  [2018, 14, undefined, 'U-2018-014'],
  [2018, 3, 'A', 'U-2018-A003'],
  [2018, 1000, undefined, 'U-2018-1000'],
  [2018, 12345, 'B', 'U-2018-B12345'],
])('%d, %d, %s gives %s', (year, seq, letter, number) => {
  expect(proposalNumber(year, seq, letter)).toBe(number)
})

test.each([
  [18, 1, ''],
  [2018, 0, ''],
  [2018, 1.5, ''],
  [2018, 1, 'a'],
  [2018, 1, 'AB'],
])('refused: %d, %d, "%s"', (year, seq, letter) => {
  expect(() => proposalNumber(year, seq, letter)).toThrow(RangeError)
})

test('every number reads back as what it was made of, and no two are alike', () => {
  const parts = fc.record({
    year: fc.integer({ min: 1000, max: 9999 }),
    seq: fc.integer({ min: 1, max: 999_999 }),
    letter: fc.constantFrom('', 'A', 'Z'),
  })
  fc.assert(
    fc.property(parts, ({ year, seq, letter }) => {
      expect(parseProposalNumber(proposalNumber(year, seq, letter))).toEqual(
        letter ? { year, seq, letter } : { year, seq },
      )
    }),
  )
})

test('a number is read as people type it', () => {
  expect(parseProposalNumber(' u-2018-a3 ')).toEqual({ year: 2018, seq: 3, letter: 'A' })
  expect(parseProposalNumber('U-2018-014')).toEqual({ year: 2018, seq: 14 })
})

test.each([
  '',
  'U-2018',
  'U-2018-',
  'U-2018-000',
  'U-18-014',
  'U-2018-AB1',
  'X-2018-014',
  '2018-014',
])('"%s" is no number', (text) => {
  expect(parseProposalNumber(text)).toBeUndefined()
})
