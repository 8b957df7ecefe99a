import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { formPost, type TestApp, testApp } from '../testing/app.ts'
import { limitRates } from './limits.ts'

const wait = (ms: number) => vi.setSystemTime(Date.now() + ms)

/** How many of the answers were 429. */
async function refused(n: number, ask: (at: number) => Promise<{ statusCode: number }>) {
  let count = 0
  for (let at = 0; at < n; at += 1) if ((await ask(at)).statusCode === 429) count += 1
  return count
}

describe('the limits alone, everybody behind one address', () => {
  let app: FastifyInstance
  const ask = (session?: string) => app.inject({ url: '/', headers: session ? { session } : {} })

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    app = fastify()
    app.decorateRequest('sessionRef')
    app.addHook('onRequest', async (request) => {
      const { session } = request.headers
      request.sessionRef = typeof session === 'string' ? session : undefined
    })
    await limitRates(app)
    app.get('/', async () => 'ya')
  })
  afterEach(async () => {
    vi.useRealTimers()
    await app.close()
  })

  test('60 phones with a request a second each for 5 minutes: all are answered', async () => {
    let n = 0
    for (let second = 0; second < 300; second += 1) {
      n += await refused(60, (at) => ask(`ponsel-${at}`))
      wait(1000)
    }
    expect(n).toBe(0)
  }, 60_000)

  test.each([
    ['a session', 'penyalahguna'],
    ['a guest', undefined],
  ])(
    '%s at 200 requests a second: at least 95 of 100 are refused, of the others none',
    async (_, session) => {
      let n = 0
      let others = 0
      for (let second = 0; second < 60; second += 1) {
        n += await refused(200, () => ask(session))
        others += await refused(1, () => ask('orang-lain'))
        wait(1000)
      }
      expect(n / 12_000).toBeGreaterThanOrEqual(0.95)
      expect(others).toBe(0)
    },
    60_000,
  )
})

describe('the limits in the program', () => {
  let it: TestApp
  const post = (url: string, cookie = '') => it.app.inject(formPost(url, {}, cookie))

  beforeEach(async () => {
    it = await testApp({ config: { rateLimit: true } })
    vi.useFakeTimers({ toFake: ['Date'], now: it.clock.now })
  })
  afterEach(async () => {
    vi.useRealTimers()
    await it.close()
  })

  test('made-up cookies are a guest; those who are signed in or sign in are not in the way', async () => {
    const staff = await it.signIn(['staff'])
    const made = (at: number) => `rancang_session=${'x'.repeat(40)}${at}`
    const urls = ['/opd', '/tidak-ada', '/health']
    expect(await refused(600, (at) => it.get(urls[at % 3] ?? '/', made(at)))).toBe(100)
    expect((await it.get('/opd', staff)).statusCode).toBe(200)
    expect((await post('/sign-in')).statusCode).toBe(422)
    expect((await it.get('/assets/app.css')).statusCode).toBe(200)
  }, 60_000)

  test('signing in, invitations and downloads have tighter limits of their own', async () => {
    expect(await refused(130, () => post('/sign-in'))).toBe(10)
    expect(await refused(130, () => it.get(`/invite/${'x'.repeat(43)}`))).toBe(10)
    const reader = await it.signIn(['reader'])
    expect(await refused(12, () => post('/report/grand-design.xlsx', reader))).toBe(2)
    expect((await it.get('/', reader)).statusCode).toBe(200)
  }, 60_000)

  test('who is refused is told how long to wait, and is answered afterwards', async () => {
    const cookie = await it.signIn(['staff'])
    await refused(300, () => it.get('/health', cookie))
    const answer = await it.get('/opd', cookie)
    expect(answer.statusCode).toBe(429)
    expect(answer.headers['retry-after']).toBe('60')
    expect(answer.body).toContain('Terlalu banyak')
    wait(60_000)
    expect((await it.get('/opd', cookie)).statusCode).toBe(200)
    const rows = await it.connection.db.selectFrom('accessLog').select('about').execute()
    expect(rows.map(({ about }) => JSON.parse(about).why)).toEqual(['tooMany'])
  })
})
