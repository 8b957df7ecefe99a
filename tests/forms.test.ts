import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formPost, noFile, type TestApp, uploadPost } from '../src/testing/app.ts'
import { formsOf, type PageForm } from './html-forms.ts'
import { addressOf, contents, exampleApp, pages } from './support.ts'

/** Buttons alone, which may be pressed again without harm: they carry no retry key. */
const keyless = /^\/(sign-out|language|sign-in)$/

let it: TestApp
let cookie: string
const found: { page: string; form: PageForm }[] = []

beforeAll(async () => {
  it = await exampleApp()
  cookie = await it.signIn(['admin', 'staff', 'planner'])
  const seen = new Set<string>()
  for (const route of pages(it)) {
    const url = await addressOf(it.connection.db, route.url)
    if (!url || url.startsWith('/setup')) continue
    const answer = await it.get(url, cookie)
    for (const form of formsOf(answer.body)) {
      const shape = `${form.action.replace(/\d+/g, ':id')} ${form.fields.map(([name]) => name)}`
      if (keyless.test(form.action) || seen.has(shape)) continue
      seen.add(shape)
      found.push({ page: url, form })
    }
  }
}, 120_000)
afterAll(() => it.close())

const nasty = [
  'x'.repeat(5_000),
  '-1',
  '99999999999999999999',
  '2018-02-31',
  '\u0000\u0007',
  'e\u0301\u{1f600}\u202e',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '=1+1',
  '999999',
]

/** Sends the form as its page would: a file that is nasty has a nasty name and nasty bytes. */
async function asBrowser(form: PageForm, fields: [string, string][], who: string) {
  if (!form.isMultipart) {
    return { ...formPost(form.action, {}, who), payload: new URLSearchParams(fields).toString() }
  }
  const isFile = (name: string) =>
    form.controls.some((each) => each.name === name && each.type === 'file')
  const sent = fields.map(([name, value]) => {
    const file = value === '' ? noFile : { name: value, type: value, bytes: Buffer.from(value) }
    return [name, isFile(name) ? file : value] as const
  })
  return uploadPost(form.action, sent, who)
}

const post = async (form: PageForm, fields: [string, string][]) =>
  it.app.inject(await asBrowser(form, fields, cookie))

describe('every form of every page', () => {
  test('there are many, and each carries its retry key', () => {
    expect(found.length).toBeGreaterThan(30)
    const without = found.filter(({ form }) => !form.fields.some(([name]) => name === '_key'))
    expect(without.map(({ page, form }) => `${page} → ${form.action}`)).toEqual([])
  })

  test('answers a nasty value in any one field with its page or a 4xx, never with a 5xx', async () => {
    for (const { page, form } of found) {
      for (const name of form.typed.slice(0, 12)) {
        for (const value of nasty) {
          const fields = form.fields.map(([n, v]): [string, string] => [n, n === name ? value : v])
          const sent = fields.map(([n, v]): [string, string] =>
            n === '_key' ? [n, `uji-${Math.random().toString(36).slice(2)}-kunci`] : [n, v],
          )
          const answer = await post(form, sent)
          const said = `${page} ${form.action} ${name}=${value.slice(0, 20)} → ${answer.statusCode}`
          expect(answer.statusCode, said).toBeLessThan(500)
          if (answer.statusCode === 422 && value === '-1') {
            expect(answer.body, said).toMatch(/class="[^"]*error/)
          }
        }
      }
    }
  }, 240_000)

  test('sent twice at once does its work once', async () => {
    const fresh = await exampleApp()
    try {
      const staff = await fresh.signIn(['admin', 'staff', 'planner'])
      for (const { form } of found) {
        if (/removal|example/.test(form.action)) continue
        const before = contents(fresh)
        const sent = await asBrowser(form, form.fields, staff)
        const answers = await Promise.all([1, 2, 3].map(() => fresh.app.inject(sent)))
        const good = answers.filter((answer) => answer.statusCode === 303)
        expect(
          answers.every((answer) => answer.statusCode < 500),
          form.action,
        ).toBe(true)
        expect(
          new Set(good.map((answer) => answer.headers.location)).size,
          form.action,
        ).toBeLessThanOrEqual(1)
        const after = contents(fresh)
        const events =
          JSON.parse(after.event ?? '[]').length - JSON.parse(before.event ?? '[]').length
        const once = await timesWritten(fresh, form.action)
        expect(once, `${form.action}: ${events} events`).toBe(true)
      }
    } finally {
      await fresh.close()
    }
  }, 240_000)
})

/** No row was inserted twice by the newest key: two inserts of one entity with the same contents. */
async function timesWritten(app: TestApp, action: string): Promise<boolean> {
  const events = await app.connection.db
    .selectFrom('event')
    .select(['entity', 'changes', 'action'])
    .where('action', '=', 'insert')
    .orderBy('id', 'desc')
    .limit(6)
    .execute()
  const inserted = events.map((event) => `${event.entity} ${event.changes}`)
  return new Set(inserted).size === inserted.length || action.startsWith('/scoring')
}
