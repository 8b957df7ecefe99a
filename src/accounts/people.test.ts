import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inProject } from '../root.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { logAccess } from '../web/access-log.ts'
import { leaveNote, notesOf, takeNotes } from '../web/access-notes.ts'
import { makeAskedLink } from './asked-link.ts'
import { hashPassword } from './passwords.ts'
import * as accounts from './queries.ts'

const password = 'perahu biru tujuh layar'
const fresh = 'hujan turun di lereng'
let passwordHash: string
let it: TestApp
let admin: string
let adminId: number

beforeEach(async () => {
  passwordHash ??= await hashPassword(password)
  it = await testApp()
  adminId = await person('admin.utama', ['admin'])
  admin = await signIn('admin.utama')
})
afterEach(() => it.close())

type Role = accounts.RoleRow['role']

function person(username: string, roles: readonly Role[], more = {}): Promise<number> {
  const rows = roles.map((role) => ({ role, opdId: null }))
  const account = { username, name: `Orang ${username}`, passwordHash, roles: rows, ...more }
  return it.write((trx) => accounts.insert(trx, account, it.by))
}

type Answer = { cookies: { name: string; value: string }[] }
const cookieOf = (answer: Answer, name = 'rancang_session') => {
  const found = answer.cookies.find((each) => each.name === name && each.value !== '')
  return found ? `${name}=${found.value}` : ''
}

async function signIn(username: string, word = password): Promise<string> {
  return cookieOf(await it.post('/sign-in', { username, password: word }))
}

const pass = (hours: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + hours * 3_600_000)
}

async function versionOf(id: number): Promise<number> {
  return (await accounts.findById(it.context.db, id))?.version ?? 0
}

const isIn = async (cookie: string) => (await it.get('/', cookie)).statusCode === 200

async function logged(kind: string) {
  const rows = await it.connection.db
    .selectFrom('accessLog')
    .select(['actorName', 'about'])
    .where('kind', '=', kind)
    .execute()
  return rows.map(({ about, ...row }) => ({ ...row, about: JSON.parse(about) }))
}

/** Invites Petrus; answers his id, and the token as the page shows it. */
async function invited(more: Record<string, unknown> = {}) {
  const fields = { name: 'Petrus Daman', username: 'petrus', roles: 'staff', ...more }
  const answer = await it.post('/accounts', fields, admin)
  expect(answer.statusCode).toBe(303)
  const where = String(answer.headers.location)
  const shown = await it.get(where, `${admin}; ${cookieOf(answer, 'rancang_link')}`)
  const [, token = ''] = /\/invite\/([\w-]{43})/.exec(shown.body) ?? []
  return { id: Number(/\d+/.exec(where)?.[0]), where, answer, shown, token }
}

const accept = (token: string, word = fresh) =>
  it.post(`/invite/${token}`, { password: word, passwordAgain: word })

describe('inviting', () => {
  test('makes an account without a password and shows its link once, as text and as a code', async () => {
    const { id, where, shown, token } = await invited()
    expect(token).toHaveLength(43)
    expect(shown.body).toMatch(/http:\/\/localhost(:80)?\/invite\//)
    expect(shown.body).toContain('src="data:image/svg+xml;base64,')
    expect((await accounts.findById(it.context.db, id))?.passwordHash).toBeNull()
    expect((await it.get(where, admin)).body).not.toContain('/invite/')
    expect(await logged('invite')).toEqual([
      { actorName: 'Orang admin.utama', about: { account: id, name: 'Petrus Daman' } },
    ])
  })

  test('the token is stored nowhere, and is in no answer but that one page', async () => {
    const { answer, token } = await invited()
    it.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
    expect(readFileSync(it.connection.file).includes(token)).toBe(false)
    expect(answer.body).not.toContain(token)
    expect(answer.headers.location).not.toContain(token)
    const cookie = answer.cookies.find(({ name }) => name === 'rancang_link')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/accounts' })
  })

  test('the link has the public address where there is one', async () => {
    await it.close()
    it = await testApp({ config: { baseUrl: 'https://rancang.example.go.id/' } })
    await person('admin.utama', ['admin'])
    admin = await signIn('admin.utama')
    const { shown, token } = await invited()
    expect(shown.body).toContain(`https://rancang.example.go.id/invite/${token}`)
    expect(shown.body).not.toContain('BASE_URL')
  })

  test('without one, the page says how far the link reaches', async () => {
    const { id } = await invited()
    const again = await it.post(`/accounts/${id}/link`, { _version: await versionOf(id) }, admin)
    const cookie = `${admin}; ${cookieOf(again, 'rancang_link')}`
    const headers = { cookie, host: '192.168.1.7:3000' }
    const shown = await it.app.inject({ url: String(again.headers.location), headers })
    expect(shown.body).toContain('http://192.168.1.7:3000/invite/')
    expect(shown.body).toContain('hanya dapat dibuka di jaringan ini')
  })

  test('a representative needs an OPD that exists, and nobody else has one', async () => {
    const opdId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata'))
    const send = (fields: Record<string, unknown>) =>
      it.post('/accounts', { name: 'Petrus', username: 'petrus', ...fields }, admin)
    for (const fields of [
      { roles: 'opd' },
      { roles: 'opd', opdIds: '999' },
      { roles: 'staff', opdIds: opdId },
    ]) {
      const answer = await send(fields)
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain('id="opdIds-error"')
    }
    expect((await send({})).body).toContain('id="roles-error"')
    expect((await send({ roles: 'staff', validUntil: '2018-09-13' })).body).toContain(
      'id="validUntil-error"',
    )
    expect((await send({ roles: 'staff', username: 'ADMIN.utama' })).body).toContain(
      'id="username-error"',
    )
    expect((await send({ roles: ['opd', 'assessor'], opdIds: opdId })).statusCode).toBe(303)
    expect((await it.get('/accounts?q=petrus', admin)).body).toContain('Dinas Pariwisata')
  })

  test('only an administrator may', async () => {
    for (const role of ['staff', 'planner', 'assessor', 'reader'] as const) {
      const cookie = await it.signIn([role])
      expect((await it.get('/accounts', cookie)).statusCode).toBe(403)
      expect((await it.post('/accounts', {}, cookie)).statusCode).toBe(403)
      expect((await it.get('/accounts/log', cookie)).statusCode).toBe(403)
    }
  })
})

describe('the link of an invitation', () => {
  test('looking at it changes nothing, and its address goes nowhere', async () => {
    const { token } = await invited()
    for (let n = 0; n < 3; n += 1) {
      const page = await it.get(`/invite/${token}`)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('Petrus Daman')
      expect(page.headers['referrer-policy']).toBe('strict-origin')
      expect(/<title>(.*?)<\/title>/.exec(page.body)?.[1]).not.toContain(token)
    }
    expect((await accept(token)).statusCode).toBe(303)
  })

  test('sets the password, signs in, and works no more', async () => {
    const { token } = await invited()
    const answer = await accept(token)
    expect(answer.headers.location).toBe('/')
    expect(await isIn(cookieOf(answer))).toBe(true)
    expect((await it.get(`/invite/${token}`)).statusCode).toBe(410)
    expect((await accept(token)).statusCode).toBe(410)
    expect(await isIn(await signIn('petrus', fresh))).toBe(true)
    expect(await logged('password')).toEqual([
      { actorName: 'Petrus Daman', about: { by: 'invite' } },
    ])
  })

  test('of twenty phones that send it at once exactly one wins', async () => {
    const { token } = await invited()
    const all = await Promise.all(Array.from({ length: 20 }, () => accept(token)))
    const statuses = all.map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 303)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(19)
  }, 60_000)

  test('one wins also where all of them bring the same key, signed in or not', async () => {
    for (const cookie of ['', admin]) {
      const { token } = await invited({ username: cookie ? 'petrus' : 'yosef' })
      const fields = { password: fresh, passwordAgain: fresh, _key: 'kunci-yang-sama' }
      const all = await Promise.all(
        Array.from({ length: 10 }, () => it.post(`/invite/${token}`, fields, cookie)),
      )
      expect(all.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1)
      expect(all.filter(({ statusCode }) => statusCode === 410)).toHaveLength(9)
      admin = await it.signIn(['admin'])
    }
  }, 60_000)

  test('is over after 7 days, with a newer one, and when the account is disabled', async () => {
    const { id, token } = await invited()
    const answer = await it.post(`/accounts/${id}/link`, { _version: await versionOf(id) }, admin)
    const cookies = `${admin}; ${cookieOf(answer, 'rancang_link')}`
    const shown = await it.get(String(answer.headers.location), cookies)
    const [, newer = ''] = /\/invite\/([\w-]{43})/.exec(shown.body) ?? []
    expect((await it.get(`/invite/${token}`)).statusCode).toBe(410)
    expect((await it.get(`/invite/${newer}`)).statusCode).toBe(200)
    const off = { state: 'disabled', _version: await versionOf(id) }
    await it.post(`/accounts/${id}/state`, off, admin)
    expect((await it.get(`/invite/${newer}`)).statusCode).toBe(410)

    const other = await invited({ username: 'yohana' })
    pass(7 * 24 - 1)
    expect((await it.get(`/invite/${other.token}`)).statusCode).toBe(200)
    pass(2)
    const gone = await accept(other.token)
    expect(gone.statusCode).toBe(410)
    expect(gone.body).toContain('Tautan ini tidak berlaku lagi')
  })

  test('a weak or unequal password is a message at its field and leaves the link', async () => {
    const { token } = await invited()
    expect((await accept(token, 'indonesia123456')).body).toContain('id="password-error"')
    const unequal = { password: fresh, passwordAgain: 'lain' }
    expect((await it.post(`/invite/${token}`, unequal)).body).toContain('id="passwordAgain-error"')
    expect((await accept(token)).statusCode).toBe(303)
  })

  test('a link is bound to its purpose', async () => {
    const { token } = await invited()
    expect((await it.get(`/setup/${token}`)).statusCode).toBe(410)
    expect((await it.get('/invite/tebakan')).statusCode).toBe(410)
  })
})

describe('a reset by the administrator', () => {
  test('gives a link, never a password; the old one works until the link is used', async () => {
    const id = await person('maria', ['staff'])
    const maria = await signIn('maria')
    const answer = await it.post(`/accounts/${id}/link`, { _version: await versionOf(id) }, admin)
    const cookies = `${admin}; ${cookieOf(answer, 'rancang_link')}`
    const shown = await it.get(String(answer.headers.location), cookies)
    expect(answer.body + shown.body).not.toMatch(/type="password"|argon2|kata sandi Anda:/)
    const [, token = ''] = /\/invite\/([\w-]{43})/.exec(shown.body) ?? []
    expect(await isIn(maria)).toBe(true)
    const renewed = await accept(token)
    expect(await isIn(cookieOf(renewed))).toBe(true)
    expect(await isIn(maria)).toBe(false)
    expect(await signIn('maria')).toBe('')
    expect(await logged('reset')).toHaveLength(1)
  })

  test('is over after a day', async () => {
    const id = await person('maria', ['staff'])
    const answer = await it.post(`/accounts/${id}/link`, { _version: await versionOf(id) }, admin)
    const [, token = ''] = /\.([\w-]{43})$/.exec(cookieOf(answer, 'rancang_link')) ?? []
    pass(23)
    expect((await it.get(`/invite/${token}`)).statusCode).toBe(200)
    pass(1)
    expect((await it.get(`/invite/${token}`)).statusCode).toBe(410)
  })
})

describe('a session ends', () => {
  let maria: number
  let cookie: string

  beforeEach(async () => {
    maria = await person('maria', ['staff'])
    cookie = await signIn('maria')
    expect(await isIn(cookie)).toBe(true)
  })

  const sign = (answer: { statusCode: number }) => answer.statusCode

  test('after 12 hours without a request, and not before', async () => {
    pass(11.9)
    expect(await isIn(cookie)).toBe(true)
    pass(12.1)
    expect(await isIn(cookie)).toBe(false)
  })

  test('7 days after signing in, however busy', async () => {
    for (let hours = 0; hours < 7 * 24 - 10; hours += 10) {
      pass(10)
      expect(await isIn(cookie)).toBe(true)
    }
    pass(10)
    expect(await isIn(cookie)).toBe(false)
  })

  test('by signing out; what was shown may not be kept by the browser', async () => {
    expect((await it.get('/', cookie)).headers['cache-control']).toBe('no-store')
    await it.post('/sign-out', {}, cookie)
    expect(await isIn(cookie)).toBe(false)
  })

  test('when the account is disabled, and comes back only by signing in', async () => {
    const off = { state: 'disabled', _version: await versionOf(maria) }
    expect(sign(await it.post(`/accounts/${maria}/state`, off, admin))).toBe(303)
    expect(await isIn(cookie)).toBe(false)
    expect(await signIn('maria')).toBe('')
    const on = { state: 'active', _version: await versionOf(maria) }
    await it.post(`/accounts/${maria}/state`, on, admin)
    expect(await isIn(cookie)).toBe(false)
    expect(await isIn(await signIn('maria'))).toBe(true)
  })

  test('even where only the row of the account says that it is disabled', async () => {
    await it.connection.db
      .updateTable('account')
      .set({ state: 'disabled' })
      .where('id', '=', maria)
      .execute()
    expect(await isIn(cookie)).toBe(false)
  })

  test('after the last day of the account; signing in is then answered as a wrong password', async () => {
    const fields = { name: 'Maria', roles: 'staff', validUntil: '2018-09-14' }
    const saved = await it.post(
      `/accounts/${maria}`,
      { ...fields, _version: await versionOf(maria) },
      admin,
    )
    expect(saved.statusCode).toBe(303)
    pass(10)
    expect(await isIn(cookie)).toBe(true)
    pass(5) // one in the morning, the 15th, where the government is
    expect(await isIn(cookie)).toBe(false)
    const ended = await it.post('/sign-in', { username: 'maria', password })
    const wrong = await it.post('/sign-in', { username: 'maria', password: 'keliru sekali' })
    expect(ended.statusCode).toBe(422)
    expect(ended.body).toBe(wrong.body)
  })

  test('by the administrator, on all devices at once', async () => {
    const other = await signIn('maria')
    const version = await versionOf(maria)
    await it.post(`/accounts/${maria}/sessions`, { _version: version }, admin)
    expect(await isIn(cookie)).toBe(false)
    expect(await isIn(other)).toBe(false)
    expect(await isIn(admin)).toBe(true)
    expect(await logged('sessions')).toHaveLength(1)
  })

  test('when the roles change, and not when the name does', async () => {
    const change = async (fields: Record<string, unknown>) =>
      it.post(`/accounts/${maria}`, { ...fields, _version: await versionOf(maria) }, admin)
    await change({ name: 'Maria J.', roles: 'staff' })
    expect(await isIn(cookie)).toBe(true)
    await change({ name: 'Maria J.', roles: ['staff', 'planner'] })
    expect(await isIn(cookie)).toBe(false)
    expect(await logged('role')).toEqual([
      {
        actorName: 'Orang admin.utama',
        about: { account: maria, name: 'Maria J.', roles: ['staff', 'planner'] },
      },
    ])
  })

  test('an administrator who changes the own roles goes on under a new id', async () => {
    const fields = { name: 'Utama', roles: ['admin', 'staff'] }
    const answer = await it.post(
      `/accounts/${adminId}`,
      { ...fields, _version: await versionOf(adminId) },
      admin,
    )
    expect(await isIn(admin)).toBe(false)
    expect(await isIn(cookieOf(answer))).toBe(true)
  })
})

describe('the last administrator', () => {
  const send = async (path: string, fields: Record<string, unknown>) =>
    it.post(`/accounts/${adminId}${path}`, { ...fields, _version: await versionOf(adminId) }, admin)

  test('cannot be disabled, lose the role or get an end; the message is at the field', async () => {
    await invited({ username: 'calon', roles: 'admin' })
    await person('sementara', ['admin'], { validUntil: '2018-12-31' })
    const disabled = await send('/state', { state: 'disabled' })
    expect(disabled.statusCode).toBe(422)
    expect(disabled.body).toContain('id="state-error"')
    const roles = await send('', { name: 'Utama', roles: 'staff' })
    expect(roles.statusCode).toBe(422)
    expect(roles.body).toContain('id="roles-error"')
    const until = await send('', { name: 'Utama', roles: 'admin', validUntil: '2019-01-01' })
    expect(until.body).toContain('id="validUntil-error"')
    expect(await isIn(admin)).toBe(true)
  })

  test('may go once there is another', async () => {
    await person('kedua', ['admin'])
    expect((await send('/state', { state: 'disabled' })).statusCode).toBe(303)
    expect(await isIn(admin)).toBe(false)
  })

  test('of two who disable each other at once, one stays', async () => {
    const second = await person('kedua', ['admin'])
    const cookie = await signIn('kedua')
    const off = async (id: number, by: string) =>
      it.post(`/accounts/${id}/state`, { state: 'disabled', _version: 1 }, by)
    await Promise.all([off(second, admin), off(adminId, cookie)])
    const rows = await it.connection.db
      .selectFrom('account')
      .select('id')
      .where('state', '=', 'active')
      .execute()
    expect(rows).toHaveLength(1)
  })
})

describe('the own page', () => {
  test('shows the devices, and ends one or all others', async () => {
    await person('maria', ['staff'])
    const agent = 'Mozilla/5.0 (Linux; Android 8.0) AppleWebKit/537.36 Chrome/69.0 Mobile Safari'
    const [here, there, third] = [
      await signIn('maria'),
      await signIn('maria'),
      await signIn('maria'),
    ]
    await it.connection.db
      .updateTable('webSession')
      .set({ agent })
      .where('accountId', '<>', adminId)
      .execute()
    const page = await it.get('/account', here)
    expect(page.body).toContain('Chrome di Android')
    expect(page.body).not.toContain(here.split('=')[1])
    const refs = [...page.body.matchAll(/name="session" value="([0-9a-f]{16})"/g)].map(([, r]) => r)
    expect(refs).toHaveLength(2)
    await it.post('/account/sessions', { session: refs[0] }, here)
    expect([await isIn(there), await isIn(third)].filter(Boolean)).toHaveLength(1)
    await it.post('/account/sessions', { session: 'others' }, here)
    expect([await isIn(there), await isIn(third)]).toEqual([false, false])
    expect(await isIn(here)).toBe(true)
    expect(await isIn(admin)).toBe(true)
  })

  test('the session of somebody else cannot be ended', async () => {
    const cookie = await it.signIn(['staff'])
    const row = await it.connection.db
      .selectFrom('webSession')
      .select('tokenHash')
      .where('accountId', '=', adminId)
      .executeTakeFirstOrThrow()
    await it.post('/account/sessions', { session: row.tokenHash.slice(0, 16) }, cookie)
    for (const session of ['%', '', 'x', '________________']) {
      const answer = await it.post('/account/sessions', { session }, cookie)
      expect(answer.statusCode).toBe(422)
    }
    expect(await isIn(admin)).toBe(true)
  })
})

describe('the access log', () => {
  test('holds sign-ins good and bad, refusals, exports, roles, settings; and tells them in words', async () => {
    const id = await person('maria', ['staff'])
    const maria = await signIn('maria')
    await it.post('/sign-in', { username: 'maria', password: 'keliru' })
    await it.get('/accounts', maria)
    const by = { ...it.by, actorName: 'Maria' }
    await logAccess(it.connection.db, 'export', by, { file: 'grand-design.xlsx', internal: true })
    const roles = { name: 'Maria', roles: 'planner', _version: await versionOf(id) }
    await it.post(`/accounts/${id}`, roles, admin)
    await it.post('/sign-out', {}, maria)
    const rows = await it.connection.db.selectFrom('accessLog').select('kind').distinct().execute()
    const kinds = rows.map(({ kind }) => kind)
    for (const kind of ['signIn', 'signInRefused', 'refusal', 'export', 'role']) {
      expect(kinds).toContain(kind)
    }
    const page = await it.get('/accounts/log', admin)
    expect(page.body).toMatch(/Tidak berwenang.*Mengelola akun.*GET \/accounts/s)
    expect(page.body).toContain('Perencana')
    expect(page.body).toContain('grand-design.xlsx, dengan nama penilai')
  })

  test('each kind of act leaves one line, which the page tells in words', async () => {
    await it.close()
    it = await testApp({ config: { baseUrl: 'https://rancang.contoh.go.id' } })
    await person('admin.utama', ['admin'])
    admin = await signIn('admin.utama')
    const id = await person('maria', ['staff'])
    const opdId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata'))
    const staff = await it.signIn(['staff'])
    const notes = it.connection.file
    const changed = async (path: string, fields: Record<string, unknown>) =>
      it.post(`/accounts/${id}${path}`, { ...fields, _version: await versionOf(id) }, admin)
    const government = await it.connection.db
      .selectFrom('government')
      .selectAll()
      .executeTakeFirstOrThrow()
    const { id: _, uid, version, createdAt, updatedAt, example, ...identity } = government
    const link = () =>
      it.connection.db.selectFrom('accessLink').select('id').where('purpose', '=', 'opd')
    const acts: [kind: string, told: string, act: () => Promise<unknown> | unknown][] = [
      ['signIn', '', () => signIn('maria')],
      ['signInRefused', 'Kata sandi tidak cocok', () => signIn('maria', 'keliru')],
      ['signOut', '', async () => it.post('/sign-out', {}, await it.signIn(['staff']))],
      ['reset', 'Orang maria', () => changed('/link', {})],
      ['sessions', 'Orang maria', () => changed('/sessions', {})],
      ['role', 'Perencana', () => changed('', { name: 'Maria', roles: 'planner' })],
      ['account', 'Maria dinonaktifkan', () => changed('/state', { state: 'disabled' })],
      ['account', 'Maria diaktifkan kembali', () => changed('/state', { state: 'active' })],
      ['refusal', 'GET /accounts', () => it.get('/accounts', staff)],
      ['invite', '1 tautan OPD', () => it.post('/opd/links', { opdId: 'all' }, staff)],
      ['invite', 'Tautan Dinas Pariwisata', () => it.post('/opd/links', { opdId }, staff)],
      [
        'sessions',
        'Tautan Dinas Pariwisata diakhiri',
        async () => {
          const { id: of } = await link().executeTakeFirstOrThrow()
          return it.post(`/opd/links/${of}/end`, { what: 'link' }, staff)
        },
      ],
      [
        'settings',
        'Masa berlaku dan narahubung tautan OPD',
        () => it.post('/opd/links/settings', { days: '5' }, staff),
      ],
      [
        'settings',
        'Standar kesiapan',
        () =>
          it.post(
            '/settings/standards',
            { kbpsPerUser: '1', minKbps: '2', usersPerPc: '1' },
            admin,
          ),
      ],
      [
        'settings',
        'Identitas pemerintah daerah',
        () =>
          it.post(
            '/settings/government',
            { ...identity, capital: 'Ruteng', _version: version },
            admin,
          ),
      ],
      [
        'settings',
        'Penandatangan',
        () =>
          it.post(
            '/settings/signatories',
            { role: 'Kepala', office: 'Diskominfo', holdsAs: 'definitif' },
            admin,
          ),
      ],
      ['settings', 'Data contoh dihapus', () => it.post('/settings/example/removal', {}, admin)],
      ['export', 'rancang.xlsx', () => leaveNote(notes, 'export', { file: 'rancang.xlsx' })],
      ['backup', 'malam.sqlite', () => leaveNote(notes, 'backup', { file: 'malam.sqlite' })],
    ]
    for (const [kind, told, act] of acts) {
      const before = (await logged(kind)).length
      await act()
      await takeNotes(it.connection.db, notes)
      const after = await logged(kind)
      expect([kind, told, after.length]).toEqual([kind, told, before + 1])
      const page = await it.get(`/accounts/log?kind=${kind}`, admin)
      expect(page.body).toContain(told)
    }
  }, 60_000)

  test('the acts of scripts wait beside the database, are taken once, and nonsense is left out', async () => {
    const { file, db } = it.connection
    leaveNote(file, 'backup', { file: 'satu.sqlite' }, it.clock.now)
    appendFileSync(notesOf(file), 'bukan catatan\n{"kind":"x"}\n')
    leaveNote(file, 'export', { file: 'dua.xlsx', internal: false }, it.clock.now)
    const before = readFileSync(notesOf(file))
    await takeNotes(db, file)
    // the process ended after saving, before the file was removed
    writeFileSync(`${notesOf(file)}-taken`, before)
    await takeNotes(db, file)
    await takeNotes(db, file)
    const by = { actorName: 'Baris perintah' }
    expect(await logged('backup')).toEqual([{ ...by, about: { file: 'satu.sqlite' } }])
    expect(await logged('export')).toEqual([
      { ...by, about: { file: 'dua.xlsx', internal: false } },
    ])
    expect(existsSync(notesOf(file))).toBe(false)
  })

  test('a script asks for a link for a new password, which the server makes once', async () => {
    const { file, db } = it.connection
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [inProject('dist', 'scripts', 'reset-link.js'), ...args], {
        env: { ...process.env, BASE_URL: 'https://rancang.test', DATABASE_URL: file },
        encoding: 'utf8',
      })
    const done = run('Admin.Utama')
    expect(done.stderr).toBe('')
    const [, token = ''] = /https:\/\/rancang\.test\/invite\/([\w-]{43})\n/.exec(done.stdout) ?? []
    const note = readFileSync(notesOf(file), 'utf8')
    expect(note).not.toContain(token)
    it.clock.now = new Date()
    expect((await accept(token, fresh)).statusCode).toBe(410)
    await takeNotes(db, file, { reset: makeAskedLink })
    // the process may have ended before the file was removed: it is taken twice, the link is one
    appendFileSync(notesOf(file), note)
    await takeNotes(db, file, { reset: makeAskedLink })
    const told = {
      actorName: 'Baris perintah',
      about: { account: adminId, name: 'Orang admin.utama' },
    }
    expect(await logged('reset')).toEqual([told])
    // and once more after others were taken: it stands in nobody's way
    leaveNote(file, 'backup', { file: 'tiga.sqlite' })
    await takeNotes(db, file, { reset: makeAskedLink })
    appendFileSync(notesOf(file), note)
    await takeNotes(db, file, { reset: makeAskedLink })
    expect(existsSync(notesOf(file))).toBe(false)
    expect(await logged('reset')).toEqual([told])
    expect((await accept(token, fresh)).statusCode).toBe(303)
    expect((await accept(token, fresh)).statusCode).toBe(410)
    expect(await isIn(await signIn('admin.utama', fresh))).toBe(true)
    expect(run('siapa.ini').status).toBe(1)
    expect(run().status).toBe(2)
    await db.updateTable('account').set({ state: 'disabled' }).where('id', '=', adminId).execute()
    expect(run('admin.utama')).toMatchObject({ status: 1, stdout: '' })
    appendFileSync(notesOf(file), note.replace(/"tokenHash":"../, '"tokenHash":"00'))
    await takeNotes(db, file, { reset: makeAskedLink })
    expect(await logged('reset')).toEqual([told])
  }, 30_000)

  test('is narrowed by kind and by days of the government, 50 lines a page', async () => {
    const log = (kind: string, at: string, actorName: string) =>
      it.connection.db
        .insertInto('accessLog')
        .values({ kind, at, actorName, accountId: null, linkId: null, about: '{}' })
        .execute()
    await log('export', '2018-09-12T15:59:59.000Z', 'Malam Tanggal Dua Belas')
    await log('export', '2018-09-12T16:00:00.000Z', 'Awal Tanggal Tiga Belas')
    await log('signOut', '2018-09-13T15:59:59.999Z', 'Akhir Tanggal Tiga Belas')
    await log('export', '2018-09-13T16:00:00.000Z', 'Awal Tanggal Empat Belas')
    const { body } = await it.get('/accounts/log?from=2018-09-13&until=2018-09-13', admin)
    expect(body).toContain('Awal Tanggal Tiga Belas')
    expect(body).toContain('Akhir Tanggal Tiga Belas')
    expect(body).not.toContain('Malam Tanggal Dua Belas')
    expect(body).not.toContain('Awal Tanggal Empat Belas')
    const exports = await it.get('/accounts/log?kind=export&from=2018-09-13', admin)
    expect(exports.body).not.toContain('Akhir Tanggal Tiga Belas')
    for (let n = 0; n < 60; n += 1) await log('import', '2018-09-01T00:00:00.000Z', `Baris ${n}.`)
    const first = await it.get('/accounts/log?kind=import', admin)
    expect(first.body.match(/Baris \d+\./g)).toHaveLength(50)
    const second = await it.get('/accounts/log?kind=import&page=2', admin)
    expect(second.body.match(/Baris \d+\./g)).toHaveLength(10)
    for (const odd of ['kind=x', 'from=2018-02-31', 'until=x', 'page=-1', 'from=0000-00-00']) {
      expect((await it.get(`/accounts/log?${odd}`, admin)).statusCode).toBe(200)
    }
  })

  test('a flood of refusals is one line a minute for each actor and route', async () => {
    const staff = await it.signIn(['staff'])
    const planner = await it.signIn(['planner'])
    for (let n = 0; n < 40; n += 1) await it.get('/accounts', staff)
    await it.get('/accounts/log', staff)
    await it.get('/accounts', planner)
    expect(await logged('refusal')).toHaveLength(3)
    pass(1 / 60)
    await it.get('/accounts', staff)
    expect(await logged('refusal')).toHaveLength(4)
  })

  test('a refusal is noted by its route, never by an address that may hold a secret', async () => {
    const secret = 's3cret'.repeat(6)
    const headers = { host: 'rancang.test', origin: 'http://jahat.example' }
    await it.app.inject({ method: 'POST', url: `/invite/${secret}`, headers })
    const [row] = await logged('refusal')
    expect(row).toMatchObject({ actorName: '', about: { route: '/invite/:token', method: 'POST' } })
    expect(JSON.stringify(row)).not.toContain(secret)
  })
})
