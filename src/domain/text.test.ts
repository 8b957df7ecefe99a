import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, midSentence } from './text.ts'

test.each([
  ['Dinas Perindustrian, Perdagangan & UKM', 'dinas perindustrian perdagangan dan ukm'],
  ['  DINAS  Perdagangan&UKM ', 'dinas perdagangan dan ukm'],
  ['Jum’at – Sabtu (2018)', 'jum at sabtu 2018'],
  ['Ｄｉｎａｓ ＆ Badan', 'dinas dan badan'],
  ['SP4N-LAPOR!', 'sp4n lapor'],
  ['kemen\u00ADterian', 'kementerian'],
  ['…', ''],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('folding a folded text changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
    }),
    { numRuns: 500 },
  )
})

test('capitals and spacing make no difference', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
      expect(fold(` ${words.join('  ').toUpperCase()}.`)).toBe(words.join(' '))
    }),
  )
})

test('a label inside a sentence begins small, but names and abbreviations stay', () => {
  expect(midSentence('Nama singkat')).toBe('nama singkat')
  expect(midSentence('OPD yang diundang')).toBe('OPD yang diundang')
  expect(midSentence('Wi-Fi')).toBe('Wi-Fi')
  expect(midSentence('')).toBe('')
})
