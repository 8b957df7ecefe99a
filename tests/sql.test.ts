import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../src/testing/app.ts'
import { addressOf, contents, exampleApp, pages } from './support.ts'

const root = resolve(import.meta.dirname, '..')

/** The only places that put text into a statement: names of our own tables, codes of our own lists. */
const rawAllowed = ['src/db/scope.ts', 'db/migrations/dialect.ts', 'src/proposals/standing.ts']

const code = ['src', 'db', 'scripts']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ name: relative(root, file), text: readFileSync(file, 'utf8') }))

const payloads = [
  "'",
  '"',
  "' or '1'='1",
  "'; drop table opd; --",
  '1; select 1',
  '%',
  '_',
  '\\',
  '%%%',
  "a' union select password_hash from account --",
  'nameKey desc; delete from opd',
  '(select 1)',
  '1 or 1=1',
  '../../etc/passwd',
  '${1}',
  '{{1}}',
  '\u0000',
  "x' and sleep(5) --",
  'null',
  '-1',
  '0',
  '1e309',
  '0x10',
  ' ',
  '*',
  '?',
  ':id',
  '@p',
  '$1',
  '/**/',
]

let it: TestApp
let cookie: string
beforeAll(async () => {
  it = await exampleApp()
  cookie = await it.signIn(['admin', 'staff', 'planner'])
}, 60_000)
afterAll(() => it.close())

describe('statements', () => {
  test('no text is put into a statement outside the two places that need it', () => {
    const users = code
      .filter(({ text }) => /\bsql\s*\.\s*raw\(|sql\.lit\(/.test(text))
      .map(({ name }) => name)
    expect(users.filter((name) => !rawAllowed.includes(name))).toEqual([])
  })

  test('no path into JSON is built from input', () => {
    expect(
      code.filter(({ text }) => /\.key\(|\.at\([^)]*request/.test(text)).map(({ name }) => name),
    ).toEqual([])
  })

  test('no query of an address breaks a page or changes anything', async () => {
    const before = contents(it)
    const names = [
      'q',
      'page',
      'sort',
      'dir',
      'opd',
      'state',
      'as-of',
      'session',
      'proposal',
      'phase',
      'check',
      'district',
      'platform',
      'tab',
      'parent',
      'next',
    ]
    for (const route of pages(it)) {
      const url = await addressOf(it.connection.db, route.url)
      if (!url) continue
      for (const payload of payloads) {
        const query = new URLSearchParams(Object.fromEntries(names.map((name) => [name, payload])))
        const answer = await it.get(`${url}?${query}`, cookie)
        expect(answer.statusCode, `${url} ${payload}`).toBeLessThan(500)
      }
    }
    expect(contents(it)).toEqual(before)
  }, 240_000)
})
