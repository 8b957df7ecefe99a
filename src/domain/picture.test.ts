import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emblemJpeg, emblemPng } from '../testing/emblem.ts'
import { namedPicture, pictureName, readPicture } from './picture.ts'

test('type and size are read from the bytes', () => {
  expect(readPicture(emblemPng(40, 50))).toEqual({ type: 'png', width: 40, height: 50 })
  expect(readPicture(emblemJpeg)).toEqual({ type: 'jpeg', width: 16, height: 8 })
})

test('a few bytes behind the end do no harm', () => {
  expect(readPicture(Buffer.concat([emblemJpeg, Buffer.from('\n')]))).toHaveProperty('width', 16)
})

test.each([
  ['a PNG', emblemPng()],
  ['a JPEG', emblemJpeg],
])('%s that is cut anywhere is no picture', (_, whole) => {
  for (let at = 0; at < whole.length; at += 1) {
    expect(['kind', 'broken'], `${at}`).toContain(readPicture(whole.subarray(0, at)))
  }
})

test('other pictures and texts are neither PNG nor JPEG', () => {
  for (const text of ['GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', '']) {
    expect(readPicture(Buffer.from(text))).toBe('kind')
  }
})

test('no bytes at all make it fail or hang', () => {
  const start = fc.constantFrom(emblemPng().subarray(0, 8), emblemJpeg.subarray(0, 3))
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (first, rest) => {
      const read = readPicture(Buffer.concat([first, rest]))
      expect(typeof read === 'string' || read.width > 0).toBe(true)
    }),
  )
})

test('a picture is found again from its name', () => {
  const picture = { type: 'png', width: 40, height: 50, sha256: 'a'.repeat(64) } as const
  expect(namedPicture(pictureName(picture))).toEqual(picture)
  expect(namedPicture(null)).toBeUndefined()
  expect(namedPicture('gif 1x1 aa')).toBeUndefined()
})
