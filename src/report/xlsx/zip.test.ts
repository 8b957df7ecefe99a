import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeZip } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const now = new Date('2018-09-14T02:00:00Z')

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
