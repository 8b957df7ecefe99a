import { expect, test } from 'vitest'
import { cellText, escaped } from './xml.ts'

test.each([
  ['a < b & "c"', 'a &lt; b &amp; &quot;c&quot;'],
  ['_x0041_', '_x005F_x0041_'],
  ['_x004_ stays', '_x004_ stays'],
  ['tab\tand\nline', 'tab\tand\nline'],
  ['bell\u0007, half \ud800 and \uffff', 'bell, half  and '],
  ['=1+1', '=1+1'],
])('%j is written so that it is read as typed', (typed, xml) => {
  expect(cellText(typed)).toBe(xml)
})

test('what no cell can hold is cut, and says so', () => {
  const text = cellText('a'.repeat(40_000))
  expect(text.length).toBeLessThanOrEqual(32_767)
  expect(text.endsWith('… (dipotong)')).toBe(true)
})

test('a picture and a footer hold no character that a reader of XML refuses', () => {
  expect(escaped('Tahap \uffff <1>\u0001')).toBe('Tahap  &lt;1&gt;')
})
