import { describe, expect, test } from 'vitest'
import type { Row } from './layout.ts'
import { onPages, pageHeight } from './page.ts'

const rows = (count: number, height: number): Row[] =>
  Array.from({ length: count }, () => ({ pieces: [], height }))
const breaks = (all: readonly Row[]) =>
  all.flatMap((row, index) => (row.lastOnPage ? [index + 1] : []))

describe('rows on pages', () => {
  test('a block that would be cut begins a new page', () => {
    expect(breaks(onPages([rows(3, 20), rows(2, 20), rows(1, 20)], [10], 80))).toEqual([3])
    expect(breaks(onPages([rows(3, 20), rows(1, 20), rows(2, 20)], [10], 80))).toEqual([4])
  })

  test('a block that is taller than a page runs on, and what follows stands under its end', () => {
    expect(breaks(onPages([rows(1, 20), rows(5, 20), rows(3, 20)], [10], 80))).toEqual([1])
    expect(breaks(onPages([rows(5, 20), rows(4, 20)], [10], 80))).toEqual([5])
  })

  test('a wide sheet is made smaller, so more of its rows fit', () => {
    expect(pageHeight('A4', [10])).toBeCloseTo(497, 0)
    expect(pageHeight('A4', [200])).toBeGreaterThan(600)
    expect(pageHeight('F4', [200])).toBeLessThan(pageHeight('A4', [200]))
  })
})
