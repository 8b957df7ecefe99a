import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { writeZip } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const now = new Date('2018-09-14T02:00:00Z')

/** The parts as a reader finds them: by the index at the end, each at the place it names. */
function unpacked(file: string): Record<string, string> {
  const bytes = readFileSync(file)
  const end = bytes.length - 22
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const found: Record<string, string> = {}
  for (let n = 0; n < count; n += 1) {
    const length = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + length)
    const local = bytes.readUInt32LE(at + 42)
    expect(bytes.subarray(local + 4, local + 30)).toEqual(bytes.subarray(at + 6, at + 32))
    const start = local + 30 + length
    const content = inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20)))
    expect(content.length).toBe(bytes.readUInt32LE(at + 24))
    expect(crc32(content)).toBe(bytes.readUInt32LE(at + 16))
    found[name] = content.toString()
    at += 46 + length
  }
  return found
}

test('every part comes back', async () => {
  const file = join(folder, 'parts.zip')
  const long = Array.from({ length: 50_000 }, (_, n) => `baris ${n}\n`)
  await writeZip(
    file,
    [
      { path: 'a.xml', content: ['satu', 'dua'] },
      { path: 'kosong.xml', content: [] },
      { path: 'folder/panjang.xml', content: long },
      { path: 'gambar.png', content: Buffer.from('PNG') },
    ],
    now,
  )
  expect(unpacked(file)).toEqual({
    'a.xml': 'satudua',
    'kosong.xml': '',
    'folder/panjang.xml': long.join(''),
    'gambar.png': 'PNG',
  })
})

test('a part is made as it is taken: other work goes on between its rows', async () => {
  let made = 0
  const seen = new Set<number>()
  function* rows() {
    for (; made < 400; made += 1) yield 'x'.repeat(64 * 1024)
  }
  const watch = setInterval(() => seen.add(made), 0)
  await writeZip(join(folder, 'rows.zip'), [{ path: 'rows.xml', content: rows() }], now)
  clearInterval(watch)
  expect(made).toBe(400)
  expect(seen.size).toBeGreaterThan(5)
})

test('a file that is there already is not touched, and a failing part is told', async () => {
  const file = join(folder, 'there.zip')
  writeFileSync(file, 'mine')
  await expect(writeZip(file, [], now)).rejects.toThrow('EEXIST')
  expect(readFileSync(file, 'utf8')).toBe('mine')
  function* broken() {
    yield 'a'
    throw new Error('broken row')
  }
  const other = join(folder, 'broken.zip')
  await expect(writeZip(other, [{ path: 'a', content: broken() }], now)).rejects.toThrow(
    'broken row',
  )
})
