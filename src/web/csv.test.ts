import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('writes what a spreadsheet in Indonesian reads, and no formula', () => {
  const rows = [
    ['OPD', 'Mbps', null],
    ['Dinas "A"; B', 12.5, undefined],
    ['=1+1', -3, '@x'],
    ['a\nb', 0, '-'],
    ['a,=1+1'],
  ]
  expect(csvOf(rows)).toBe(
    '\ufeffOPD;Mbps;\r\n"Dinas ""A""; B";12,5;\r\n\'=1+1;-3;\'@x\r\n"a\nb";0;\'-\r\n"a,=1+1"\r\n',
  )
})
