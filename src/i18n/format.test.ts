import { expect, test } from 'vitest'
import { formatFor } from './format.ts'

test('scores that rank alike are written alike, whatever the order their parts were added in', () => {
  const { decimal } = formatFor('id', 'Asia/Makassar')
  const [above, below] = [61.25, 61.25 - 1e-13]
  expect(decimal(above, 1)).toBe('61,3')
  expect(decimal(below, 1)).toBe(decimal(above, 1))
})
