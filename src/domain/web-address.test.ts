import { expect, test } from 'vitest'
import { safeAddress } from './web-address.ts'

test.each([
  [
    'https://sapa.manggaraibaratkab.go.id/masuk?x=1',
    'https://sapa.manggaraibaratkab.go.id/masuk?x=1',
  ],
  ['HTTP://10.0.0.5:8080', 'http://10.0.0.5:8080/'],
])('%s may be a link', (text, href) => {
  expect(safeAddress(text)).toBe(href)
})

test.each([
  null,
  '',
  'sapa.go.id',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  ' https://sapa.go.id',
  'https://sapa.go.id\u0000',
  'data:text/html,x',
  'https://sapa.go.id"onclick=x',
  'https://petugas:rahasia@sapa.go.id',
  'https://',
  '//sapa.go.id',
])('%j may not', (text) => {
  expect(safeAddress(text)).toBeUndefined()
})
