import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../src/testing/app.ts'
import { formsOf } from './html-forms.ts'
import { addressesOf, contents, exampleApp, pages } from './support.ts'

const perNoun = 4

let it: TestApp
let cookie: string
let urls: string[]

beforeAll(async () => {
  it = await exampleApp()
  cookie = await it.signIn(['admin', 'staff', 'planner'])
  urls = pages(it)
    .map((route) => route.url)
    .filter((url) => /:\w+\/removal$/.test(url))
}, 60_000)
afterAll(() => it.close())

describe('every noun that can be removed', () => {
  test('tells what becomes of what hangs on it, and what must be done first', async () => {
    const { proposalId, needId } = await it.connection.db
      .selectFrom('needProposal')
      .selectAll()
      .executeTakeFirstOrThrow()
    const need = (await it.get(`/needs/${needId}/removal`, cookie)).body
    expect(need).toContain('hanya tidak lagi terkait</dt><dd>1 usulan aplikasi</dd>')
    const proposal = await it.context.whole
      .selectFrom('proposal')
      .select('opdId')
      .where('id', '=', proposalId)
      .executeTakeFirstOrThrow()
    const opd = (await it.get(`/opd/${proposal.opdId}/removal`, cookie)).body
    expect(opd).toMatch(/<li>\d+ usulan aplikasi: <a href="\/proposals\//)
    for (const record of ['attendance', 'minutes', 'follow-ups']) {
      const [url = ''] = await addressesOf(
        it.connection.db,
        `/fgd/:id/${record}/:recordId/removal`,
        1,
      )
      const closed = (await it.get(url, cookie)).body
      expect(closed, url).toContain('Sesi ini sudah ditutup')
      const form = (await it.get(url.replace('/removal', ''), cookie)).body
      if (record !== 'follow-ups') expect(form, url).toContain('Sesi ini sudah ditutup')
      expect(closed, url).toContain('/state?to=open">Buka kembali</a>')
    }
  })

  test('is asked about on the one page, which keeps its word', async () => {
    expect(urls.length).toBeGreaterThan(20)
    const told = { removed: 0, refused: 0, restored: 0 }
    const broken: string[] = []
    for (const route of urls) {
      for (const url of await addressesOf(it.connection.db, route, perNoun)) {
        const page = await it.get(url, cookie)
        // what is never removed has no such page
        if (page.statusCode !== 200) continue
        const form = formsOf(page.body).find(({ action }) => action === url)
        const version = form?.fields.find(([name]) => name === '_version')?.[1] ?? 1
        const before = form ? {} : contents(it)
        const sent = { _version: version, _key: `hapus-${told.removed}-${told.refused}-kunci` }
        const answer = await it.post(url, sent, cookie)
        if (!form) {
          told.refused += 1
          if (answer.statusCode < 409) broken.push(`${url}: no button, yet ${answer.statusCode}`)
          expect(contents(it), url).toEqual(before)
          continue
        }
        told.removed += 1
        if (answer.statusCode !== 303) broken.push(`${url}: a button, yet ${answer.statusCode}`)
        const back = wayBack(answer.cookies)
        const promises = page.body.includes('/history/removed"')
        if (promises !== (back !== undefined)) broken.push(`${url}: promises ${promises} ${back}`)
        const again = await it.post(url, sent, cookie)
        if (again.headers.location !== answer.headers.location) {
          broken.push(`${url}: tapped twice answers ${again.statusCode}`)
        }
        if (!back) continue
        const given = await it.post(back, {}, cookie)
        if (given.statusCode === 303) told.restored += 1
        else broken.push(`${url}: restoring answers ${given.statusCode}`)
      }
    }
    expect(broken).toEqual([])
    expect(told.removed).toBeGreaterThan(25)
    expect(told.refused).toBeGreaterThan(20)
    expect(told.restored).toBeGreaterThan(25)
  }, 120_000)
})

/** Where the message after a removal leads. */
function wayBack(cookies: { name: string; value: string }[]): string | undefined {
  const flash = cookies.find(({ name }) => name === 'rancang_flash')?.value
  if (!flash) return undefined
  const { href } = JSON.parse(Buffer.from(flash, 'base64url').toString('utf8'))
  return typeof href === 'string' ? href : undefined
}
