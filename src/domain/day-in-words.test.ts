import { describe, expect, test } from 'vitest'
import { dayInWords, numberInWords } from './day-in-words.ts'

describe('numbers in words', () => {
  test.each([
    [0, 'nol'],
    [1, 'satu'],
    [10, 'sepuluh'],
    [11, 'sebelas'],
    [12, 'dua belas'],
    [19, 'sembilan belas'],
    [20, 'dua puluh'],
    [31, 'tiga puluh satu'],
    [100, 'seratus'],
    [111, 'seratus sebelas'],
    [250, 'dua ratus lima puluh'],
    [1000, 'seribu'],
    [1999, 'seribu sembilan ratus sembilan puluh sembilan'],
    [2000, 'dua ribu'],
    [2018, 'dua ribu delapan belas'],
    [2026, 'dua ribu dua puluh enam'],
    [9999, 'sembilan ribu sembilan ratus sembilan puluh sembilan'],
  ])('%i is %s', (n, words) => {
    expect(numberInWords(n)).toBe(words)
  })

  test('every number of the range has its own words; others are refused', () => {
    expect(new Set(Array.from({ length: 10_000 }, (_, n) => numberInWords(n))).size).toBe(10_000)
    for (const n of [-1, 1.5, 10_000, Number.NaN])
      expect(() => numberInWords(n)).toThrow(RangeError)
  })
})

describe('a day in words', () => {
  test.each([
    ['2018-09-14', 'Jumat, tanggal empat belas bulan September tahun dua ribu delapan belas'],
    [
      '2024-02-29',
      'Kamis, tanggal dua puluh sembilan bulan Februari tahun dua ribu dua puluh empat',
    ],
    ['2026-01-11', 'Minggu, tanggal sebelas bulan Januari tahun dua ribu dua puluh enam'],
  ])('%s is %s', (day, words) => {
    expect(dayInWords(day)).toBe(words)
  })

  test('a day that does not exist is refused', () => {
    for (const day of ['2018-02-29', '2018-13-01', '']) expect(() => dayInWords(day)).toThrow()
  })
})
