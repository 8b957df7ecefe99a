import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formPost, type TestApp, testApp } from '../testing/app.ts'
import { hashPassword } from './passwords.ts'
import * as accounts from './queries.ts'
import { renewSetupLink } from './setup-link.ts'

const password = 'perahu biru tujuh layar'
let passwordHash: string
let it: TestApp

beforeEach(async () => {
  passwordHash ??= await hashPassword(password)
})
afterEach(() => it.close())

const cookieOf = (answer: { cookies: { name: string; value: string }[] }) => {
  const found = answer.cookies.find(({ name }) => name === 'rancang_session')
  return found ? `rancang_session=${found.value}` : ''
}

const pass = (seconds: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + seconds * 1000)
}

async function logged() {
  const rows = await it.connection.db.selectFrom('accessLog').select('kind').orderBy('id').execute()
  return rows.map((row) => row.kind)
}

describe('signing in', () => {
  let id: number

  beforeEach(async () => {
    it = await testApp()
    const roles = [{ role: 'staff' as const, opdId: null }]
    const maria = { username: 'Maria.Jehadun', name: 'Maria Jehadun', passwordHash, roles }
    id = await it.write((trx) => accounts.insert(trx, maria, it.by))
  })

  const signIn = (fields: Record<string, unknown> = {}) =>
    it.post('/sign-in', { username: 'maria.jehadun', password, ...fields })

  test('the right password opens a session and goes on to the page that was asked for', async () => {
    const page = await it.get('/sign-in?next=%2Fopd%3Fpage%3D2')
    expect(page.body).toContain('value="/opd?page=2"')
    const answer = await signIn({ next: '/opd?page=2' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/opd?page=2')
    expect((await it.get('/opd', cookieOf(answer))).statusCode).toBe(200)
    expect(await logged()).toEqual(['signIn'])
  })

  test('the cookie is HttpOnly and SameSite, ends after 7 days by any clock, and its value is nowhere in the database', async () => {
    const answer = await signIn()
    const cookie = answer.cookies.find(({ name }) => name === 'rancang_session')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 604_800 })
    expect(cookie).not.toHaveProperty('expires')
    expect(cookie?.value).toMatch(/^[\w-]{43}$/)
    it.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = readFileSync(it.connection.file)
    expect(bytes.includes(cookie?.value ?? '')).toBe(false)
    expect(bytes.includes(password)).toBe(false)
  })

  test('a session id of before is worth nothing after signing in again', async () => {
    const first = cookieOf(await signIn())
    const form = formPost('/sign-in', { username: 'maria.jehadun', password }, first)
    const second = cookieOf(await it.app.inject(form))
    expect(second).not.toBe(first)
    expect((await it.get('/opd', first)).headers.location).toContain('/sign-in')
    expect((await it.get('/opd', second)).statusCode).toBe(200)
  })

  test('unknown, wrong and disabled are answered with the same bytes', async () => {
    const unknown = await signIn({ username: 'petrus' })
    const wrong = await signIn({ password: 'bukan kata sandinya' })
    await it.connection.db
      .updateTable('account')
      .set({ state: 'disabled' })
      .where('id', '=', id)
      .execute()
    const disabled = await signIn()
    expect([unknown, wrong, disabled].map((each) => each.statusCode)).toEqual([422, 422, 422])
    expect(wrong.body).toContain('Nama pengguna atau kata sandi tidak cocok.')
    expect(disabled.body).toBe(wrong.body)
    expect(unknown.body.replaceAll('petrus', 'maria.jehadun')).toBe(wrong.body)
    expect(await logged()).toEqual(['signInRefused', 'signInRefused', 'signInRefused'])
  })

  test('what was left empty is asked for, and counts as no guess', async () => {
    for (let n = 0; n < 8; n += 1) {
      const both = await signIn({ username: ' ', password: '' })
      expect(both.statusCode).toBe(422)
      for (const asked of ['Isi nama pengguna.', 'Isi kata sandi.']) {
        expect(both.body).toContain(asked)
      }
      expect(both.body).not.toContain('tidak cocok')
    }
    const one = await signIn({ password: '' })
    expect(one.body).toContain('Isi kata sandi.')
    expect(one.body).not.toContain('Periksa huruf besar')
    expect(one.body).not.toContain('Isi nama pengguna.')
    expect(one.body).toContain('value="maria.jehadun"')
    expect(await logged()).toEqual([])
    expect((await signIn()).statusCode).toBe(303)
  })

  test('of a thousand guesses at once a few are checked; the owner is in a minute later', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 50; n += 1) {
      const some = Array.from({ length: 20 }, (_, at) => signIn({ password: `tebakan ${n} ${at}` }))
      statuses.push(...(await Promise.all(some)).map((answer) => answer.statusCode))
    }
    expect(statuses.filter((status) => status === 422)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(995)
    expect((await signIn()).statusCode).toBe(429)
    pass(60)
    expect((await signIn()).statusCode).toBe(303)
  })

  test('guesses over a quarter of an hour: at most 15 are checked, and the owner still gets in', async () => {
    let checked = 0
    for (let second = 0; second < 900; second += 3) {
      if ((await signIn({ password: 'tebakan' })).statusCode === 422) checked += 1
      pass(3)
    }
    expect(checked).toBe(15)
    pass(60)
    expect((await signIn()).statusCode).toBe(303)
  })

  test('whoever guesses without end does not keep the owner out of a browser that signed in before', async () => {
    const cookies = (await signIn()).cookies
    const mark = cookies.find(({ name }) => name === 'rancang_browser')
    expect(mark).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    const known = `rancang_browser=${mark?.value}`
    const again = (fields: Record<string, unknown> = {}, cookie = known) =>
      it.post('/sign-in', { username: 'maria.jehadun', password, ...fields }, cookie)
    for (let second = 0; second < 300; second += 10) {
      await signIn({ password: 'tebakan' })
      pass(10)
    }
    await signIn({ password: 'tebakan' })
    expect((await signIn()).statusCode).toBe(429)
    expect((await again()).statusCode).toBe(303)
    expect((await signIn()).statusCode).toBe(429)

    const guesses = []
    for (let n = 0; n < 12; n += 1) guesses.push(await again({ password: `tebakan ${n}` }))
    expect(guesses.filter(({ statusCode }) => statusCode === 422)).toHaveLength(5)
    expect((await again()).statusCode).toBe(429)
    const rows = await it.connection.db.selectFrom('knownBrowser').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(mark?.value)
  })

  test('the mark of a browser is worth nothing for another account, nor after a new password', async () => {
    const roles = [{ role: 'staff' as const, opdId: null }]
    const other = { username: 'petrus', name: 'Petrus', passwordHash, roles }
    await it.write((trx) => accounts.insert(trx, other, it.by))
    const signed = await signIn()
    const mark = signed.cookies.find(({ name }) => name === 'rancang_browser')?.value
    const from = (username: string, word: string) =>
      it.post('/sign-in', { username, password: word }, `rancang_browser=${mark}`)
    for (let n = 0; n < 5; n += 1) await signIn({ username: 'petrus', password: 'x' })
    expect((await from('petrus', password)).statusCode).toBe(429)
    const fresh = 'gerimis sore di dermaga'
    const fields = { passwordOld: password, password: fresh, passwordAgain: fresh }
    await it.post('/password', fields, cookieOf(signed))
    for (let n = 0; n < 5; n += 1) await signIn({ password: 'x' })
    expect((await from('maria.jehadun', fresh)).statusCode).toBe(429)
  })

  test('why somebody was not let in is told to the administrator alone', async () => {
    await signIn({ username: 'siapa' })
    await signIn({ password: 'keliru' })
    await it.connection.db.updateTable('account').set({ state: 'disabled' }).execute()
    const { body } = await signIn()
    expect(body).not.toContain('nonaktif')
    const log = (await it.get('/accounts/log', await it.signIn(['admin']))).body
    expect(log).toContain('Nama pengguna tidak terdaftar')
    expect(log).toContain('Kata sandi tidak cocok')
    expect(log).toContain('Akun dinonaktifkan')
  })

  test('wrong guesses are kept over a restart, and never under the name as it was typed', async () => {
    for (let n = 0; n < 5; n += 1) await signIn({ username: 'salahketik', password: 'x' })
    const rows = await it.connection.db.selectFrom('throttle').selectAll().execute()
    expect(rows.map((row) => row.failures)).toEqual([5, 5])
    expect(JSON.stringify(rows)).not.toContain('salahketik')
  })

  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    'https://evil.example',
    'http:evil.example',
    'https:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.example',
    '@evil.example',
    '/\tevil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\r\nLocation: https://evil.example',
    '%2f%2fevil.example',
    '/%0d%0aSet-Cookie:x=1',
    '//evil.example/%2e%2e',
    '/.//evil.example',
    '/..//evil.example',
    '//[::1]/',
    '/\u2028/evil.example',
    '．．//evil.example',
    '/http://evil.example',
    '',
  ])('after signing in, %j leads to no other house', async (next) => {
    const { headers } = await signIn({ next })
    const to = new URL(headers.location as string, 'http://rancang.test')
    expect(to.host).toBe('rancang.test')
    expect(headers.location).toMatch(/^\/(?!\/)/)
    expect(headers['set-cookie']).not.toContain('x=1')
  })

  test('a foreign host or proxy header is never repeated', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'host=evil.example',
    }
    for (const url of ['/sign-in', '/', '/opd', '/tidak-ada']) {
      const answer = await it.app.inject({ url, headers })
      expect(answer.body + JSON.stringify(answer.headers)).not.toMatch(/evil|203\.0\.113/)
      expect(JSON.stringify(answer.headers)).not.toContain('strict-transport-security')
    }
  })

  test('signing out ends the session', async () => {
    const cookie = cookieOf(await signIn())
    const answer = await it.post('/sign-out', {}, cookie)
    expect(answer.headers.location).toBe('/sign-in')
    expect((await it.get('/opd', cookie)).statusCode).toBe(303)
    expect(await logged()).toEqual(['signIn', 'signOut'])
  })

  test('the language is kept in the browser and in the account', async () => {
    const cookie = cookieOf(await signIn())
    const answer = await it.post('/language', { locale: 'en', next: '/opd' }, cookie)
    expect(answer.headers.location).toBe('/opd')
    expect((await it.get('/opd', cookie)).body).toContain('lang="en"')
    expect((await it.post('/language', { locale: 'fr', next: '/opd' })).headers.location).toBe('/')
  })
})

describe('changing the password', () => {
  const fresh = 'hujan turun di lereng'
  let cookie: string
  let other: string

  beforeEach(async () => {
    it = await testApp()
    const roles = [{ role: 'staff' as const, opdId: null }]
    const maria = { username: 'maria', name: 'Maria Jehadun', passwordHash, roles }
    await it.write((trx) => accounts.insert(trx, maria, it.by))
    cookie = cookieOf(await it.post('/sign-in', { username: 'maria', password }))
    other = cookieOf(await it.post('/sign-in', { username: 'maria', password }))
  })

  const change = (fields: Record<string, unknown> = {}) =>
    it.post(
      '/password',
      { passwordOld: password, password: fresh, passwordAgain: fresh, ...fields },
      cookie,
    )

  test('ends every other session, renews this one, and only the new password opens', async () => {
    const answer = await change()
    expect(answer.statusCode).toBe(303)
    expect((await it.get('/opd', other)).statusCode).toBe(303)
    expect((await it.get('/opd', cookie)).statusCode).toBe(303)
    expect((await it.get('/opd', cookieOf(answer))).statusCode).toBe(200)
    expect((await it.post('/sign-in', { username: 'maria', password })).statusCode).toBe(422)
    expect((await it.post('/sign-in', { username: 'maria', password: fresh })).statusCode).toBe(303)
    expect(await logged()).toContain('password')
  })

  test('the wrong old one, unequal new ones and a common one are messages at their field', async () => {
    const wrong = await change({ passwordOld: 'bukan yang ini' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('id="passwordOld-error"')
    expect((await change({ passwordAgain: 'lain' })).body).toContain('id="passwordAgain-error"')
    const common = { password: 'indonesia123456', passwordAgain: 'indonesia123456' }
    expect((await change(common)).body).toContain('Kata sandi ini mudah ditebak.')
    const named = { password: 'kopi manggarai hangat', passwordAgain: 'kopi manggarai hangat' }
    const refused = await change(named)
    expect(refused.body).toContain('id="password-error"')
    expect(refused.body).not.toContain('kopi manggarai hangat')
    expect((await it.get('/opd', other)).statusCode).toBe(200)
  })

  test('neither the history nor the retry keys hold a password or its hash', async () => {
    await change()
    const events = await it.connection.db.selectFrom('event').select('changes').execute()
    expect(JSON.stringify(events)).not.toContain('$argon2id')
    const keys = await it.connection.db.selectFrom('requestKey').select('bodySha256').execute()
    expect(keys).toHaveLength(1)
  })
})

describe('the first start', () => {
  const answers = {
    name: 'Kabupaten Manggarai Barat',
    level: 'kabupaten',
    province: 'Nusa Tenggara Timur',
    capital: 'Labuan Bajo',
    timeZone: 'Asia/Makassar',
    officeName: 'Dinas Komunikasi dan Informatika',
    officeShort: 'Diskominfo',
    planTitle: 'Grand Design E-Government',
    yearFrom: '2019',
    yearTo: '2023',
    person: 'Maria Jehadun',
    username: 'maria',
    password,
    passwordAgain: password,
  }
  let token: string

  beforeEach(async () => {
    it = await testApp({ bare: true })
    token = (await renewSetupLink(it.connection.db, it.clock.now)) ?? ''
  })

  const submit = (fields: Record<string, unknown> = {}, at = token) =>
    it.post(`/setup/${at}`, { ...answers, ...fields })

  test('there is no account and no password until the link is used', async () => {
    expect(await it.connection.db.selectFrom('account').select('id').execute()).toEqual([])
    for (const [username, guess] of [
      ['admin', 'admin'],
      ['admin', ''],
      ['root', 'root'],
      ['rancang', 'rancang'],
    ]) {
      expect((await it.post('/sign-in', { username, password: guess })).statusCode).toBe(422)
    }
  })

  test('a guest is told where the link is, whatever page is asked for', async () => {
    for (const url of ['/', '/opd', '/settings']) {
      const sent = await it.get(url)
      const page = await it.get(sent.headers.location as string)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('Rancang belum disiapkan')
      expect(page.body).not.toContain('name="password"')
    }
  })

  test('all that is missing is told at once, the password too', async () => {
    const empty = await submit({
      name: '',
      person: '',
      username: '',
      password: '',
      passwordAgain: '',
    })
    expect(empty.statusCode).toBe(422)
    for (const field of ['name', 'person', 'username', 'password']) {
      expect(empty.body).toContain(`href="#${field}"`)
    }
  })

  test('looking at the page changes nothing, and its address goes nowhere', async () => {
    const page = await it.get(`/setup/${token}`)
    expect(page.statusCode).toBe(200)
    expect(page.headers['referrer-policy']).toBe('strict-origin')
    expect(/<title>(.*?)<\/title>/.exec(page.body)?.[1]).not.toContain(token)
    expect((await it.get(`/setup/${token}`)).statusCode).toBe(200)
    expect(await it.connection.db.selectFrom('government').select('id').execute()).toEqual([])
    it.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
    expect(readFileSync(it.connection.file).includes(token)).toBe(false)
  })

  test('makes the government, the account and the reference rows, and signs in', async () => {
    const answer = await submit()
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/')
    const settings = await it.get('/settings', cookieOf(answer))
    expect(settings.body).toContain('Kabupaten Manggarai Barat')
    expect(settings.body).toContain('Bupati')
    expect((await it.get('/opd/new', cookieOf(answer))).statusCode).toBe(200)
    const { db } = it.connection
    const rows = async (table: 'affair' | 'nationalApplication' | 'criterion' | 'setting') =>
      (await db.selectFrom(table).selectAll().execute()).length
    expect(await rows('affair')).toBe(42)
    expect(await rows('nationalApplication')).toBe(24)
    expect(await rows('criterion')).toBe(7)
    expect(await rows('setting')).toBe(1)
    const roles = await db.selectFrom('accountRole').select('role').execute()
    expect(roles.map((row) => row.role).sort()).toEqual(['admin', 'planner', 'staff'])
    expect(await logged()).toContain('setup')
  })

  test('the link works once: afterwards its page is gone, and a start prints none', async () => {
    await submit()
    expect((await it.get(`/setup/${token}`)).statusCode).toBe(410)
    expect((await submit({ username: 'lain' })).statusCode).toBe(410)
    expect((await submit({ username: '' })).statusCode).toBe(410)
    expect(await renewSetupLink(it.connection.db, it.clock.now)).toBeUndefined()
  })

  test('of twenty people who send it at once exactly one wins', async () => {
    const all = Array.from({ length: 20 }, (_, n) => submit({ username: `orang-${n}` }))
    const statuses = (await Promise.all(all)).map((answer) => answer.statusCode)
    expect(statuses.filter((status) => status === 303)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(19)
    expect(await it.connection.db.selectFrom('account').select('id').execute()).toHaveLength(1)
  })

  test('it is over after an hour, and as soon as a newer one is printed', async () => {
    const newer = await renewSetupLink(it.connection.db, it.clock.now)
    expect((await it.get(`/setup/${token}`)).statusCode).toBe(410)
    expect((await it.get(`/setup/${newer}`)).statusCode).toBe(200)
    pass(3601)
    expect((await submit({}, newer)).statusCode).toBe(410)
    expect((await it.get('/setup/tebakan')).statusCode).toBe(410)
    expect((await it.get('/setup/tebakan')).body).toContain('Tautan ini tidak berlaku lagi')
  })

  test('a wrong answer keeps the others and leaves the link as it was', async () => {
    const answer = await submit({ yearTo: '2018', passwordAgain: 'lain' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="yearTo-error"')
    expect(answer.body).toContain('value="Kabupaten Manggarai Barat"')
    expect(answer.body).not.toContain(password)
    const weak = { password: 'labuan bajo indah', passwordAgain: 'labuan bajo indah' }
    expect((await submit(weak)).body).toContain('id="password-error"')
    expect((await submit()).statusCode).toBe(303)
  })
})
