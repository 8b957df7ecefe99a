import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { make } from '../src/testing/make.ts'

type Step = { sql: string; detail: string; before: string }

let it: TestApp
let steps: Step[]

/** Every reading of the lists, with how the engine goes about it over some hundred rows. */
beforeAll(async () => {
  it = await testApp()
  const { raw } = it.connection
  const prepare = raw.prepare.bind(raw)
  const asked = new Set<string>()
  raw.prepare = ((text: string) => {
    asked.add(text)
    return prepare(text)
  }) as typeof raw.prepare

  const staff = await it.signIn(['admin', 'staff', 'planner'])
  let [opdId, proposalId] = [0, 0]
  await it.write(async (trx) => {
    for (let n = 0; n < 30; n += 1) {
      opdId = await make.opd(trx, it.by, `Dinas ${n}`)
      for (let m = 0; m < 20; m += 1) {
        proposalId = await make.proposal(trx, it.by, opdId, `Aplikasi ${n} ${m}`)
      }
    }
  })
  raw.exec('analyze')
  asked.clear()
  for (const url of [
    '/',
    '/opd',
    '/opd?q=dinas',
    `/opd/${opdId}`,
    '/inventory',
    '/ranking',
    '/proposals',
    '/proposals?page=2',
    `/proposals?opd=${opdId}`,
    '/proposals?session=1',
    '/proposals?standing=submitted',
    '/proposals?platform=web',
    '/proposals?cost=none',
    '/proposals?q=aplikasi',
    ...['number', 'title', 'opd', 'cost'].map((sort) => `/proposals?sort=${sort}&opd=${opdId}`),
    `/proposals/${proposalId}`,
    '/inventory?day=2018-09-14',
    '/follow-ups',
    '/needs',
    '/applications',
    '/decisions',
    '/roadmap',
    '/history',
    '/history/removed',
    `/history/proposal/${proposalId}`,
    '/accounts/log',
    '/accounts/log?kind=signIn',
  ]) {
    expect((await it.get(url, staff)).statusCode, url).toBe(200)
  }
  steps = [...asked].filter((sql) => /^(select|with)\b/i.test(sql)).flatMap(planOf)

  function planOf(sql: string): Step[] {
    const values = Array.from({ length: sql.split('?').length - 1 }, () => 1)
    const plan = prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[]
    return plan.map(({ detail }, at) => ({ sql, detail, before: plan[at - 1]?.detail ?? '' }))
  }
}, 60_000)
afterAll(() => it.close())

const scans = (table: string) => (step: Step) => new RegExp(`^SCAN ${table}\\b`).test(step.detail)

describe('the engine finds what is asked for by an index', () => {
  test('proposals of one OPD, of one session, and one of them', () => {
    const narrowed = steps.filter(({ sql }) =>
      /where .*"proposal"\."(opd_id|fgd_session_id|id)" (=|in) \(?(\?|select p\.id)/s.test(sql),
    )
    expect(new Set(narrowed.map(({ sql }) => sql)).size).toBeGreaterThan(5)
    expect(narrowed.filter(scans('proposal'))).toEqual([])
  })

  test('the history and the ratings are never read through', () => {
    for (const table of ['event', 'rating']) {
      const through = steps.filter(scans(table)).filter(({ sql }) => / where /.test(sql))
      expect(
        through.filter(({ sql }) => !/limit \?$/.test(sql)),
        table,
      ).toEqual([])
    }
  })

  test('the newest inventory of an office is looked up by the office', () => {
    const offices = steps.filter(({ sql }) => /"location_id" = |"location_id" in /.test(sql))
    expect(offices.filter(scans('newer'))).toEqual([])
  })

  test('what is joined is looked up by its key, never read through for each row', () => {
    for (const table of ['proposal', 'opd', 'location', 'decision', 'phase', 'event', 'rating']) {
      const inner = steps
        .filter(scans(table))
        .filter(({ before }) => /^(SCAN|SEARCH) (?!CONSTANT)/.test(before))
      expect(inner, table).toEqual([])
    }
  })

  test('no index is missing that the engine would make for itself each time', () => {
    expect(steps.filter(({ detail }) => detail.includes('AUTOMATIC'))).toEqual([])
  })
})
