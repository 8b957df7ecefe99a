import { expect, test } from 'vitest'
import { formatFor } from './format.ts'

test('scores that rank alike are written alike, whatever the order their parts were added in', () => {
  const { decimal } = formatFor('id', 'Asia/Makassar')
  const [above, below] = [61.25, 61.25 - 1e-13]
  expect(decimal(above, 1)).toBe('61,3')
  expect(decimal(below, 1)).toBe(decimal(above, 1))
})

test('whole numbers are written as the language writes them, large, small, broken and negative', () => {
  for (const [locale, tag] of [
    ['id', 'id-ID'],
    ['en', 'en-GB'],
  ] as const) {
    const { number } = formatFor(locale, 'Asia/Makassar')
    const written = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
    for (const value of [0, 7, 999, 1000, 12_345, 1_250_000_000, 2.5, 1234.6, -1, -5000, 2 ** 60]) {
      expect(number(value)).toBe(written.format(value))
    }
  }
})
