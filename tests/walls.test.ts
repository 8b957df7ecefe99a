import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Action, can, policy, type Role, roles } from '../src/domain/access.ts'
import { formPost, origin, type SentFile, type TestApp, uploadPost } from '../src/testing/app.ts'
import { emblemPng } from '../src/testing/emblem.ts'
import { openLink } from '../src/testing/portal.ts'
import { actions, addressOf, contents, exampleApp, pages } from './support.ts'

let it: TestApp
const cookies = {} as Record<Role, string>
let other: number
/** A phone that came by the link of the representative's OPD. */
let phone: string

beforeAll(async () => {
  it = await exampleApp()
  const db = it.connection.db
  const opds = await db
    .selectFrom('proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .select('proposal.opdId')
    .distinct()
    .where('opd.parentId', 'is', null)
    .orderBy('proposal.opdId')
    .limit(2)
    .execute()
  const own = opds[0]?.opdId ?? 0
  other = opds[1]?.opdId ?? 0
  for (const role of roles) cookies[role] = await it.signIn([role], role === 'opd' ? [own] : [])
  phone = await openLink(it, own)
}, 60_000)
afterAll(() => it.close())

const actorWith = (role: Role) =>
  ({ kind: 'person', accountId: 0, name: '', username: '', roles: [role], opdIds: [] }) as const

describe('who may open what', () => {
  test('every route stands in the policy, and every row of the policy opens something', () => {
    expect(it.app.routeTable.length).toBeGreaterThan(60)
    const used = new Set(it.app.routeTable.map((route) => route.access))
    const asked: Action[] = ['cost.view', 'fgd.private', 'rating.named']
    expect(
      Object.keys(policy).filter((a) => !used.has(a as Action) && !asked.includes(a as Action)),
    ).toEqual([])
  })

  test('a route without access keeps the server from starting', async () => {
    await expect(async () => {
      it.app.get('/tanpa-izin', async () => 'x')
    }).rejects.toThrow()
  })

  test('each role is let in or refused as the table says, on every page', async () => {
    for (const route of pages(it)) {
      const url = await addressOf(it.connection.db, route.url)
      if (!url) continue
      for (const role of roles) {
        const answer = await it.get(url, cookies[role])
        const allowed = can(actorWith(role), route.access)
        if (!allowed) expect([role, url, answer.statusCode]).toEqual([role, url, 403])
        else expect([role, url, answer.statusCode]).not.toEqual([role, url, 403])
        expect(answer.statusCode, `${role} ${url}`).toBeLessThan(500)
      }
    }
  }, 120_000)

  test('no spelling of a path opens what its own spelling does not', async () => {
    for (const route of pages(it)) {
      if (can({ kind: 'guest' }, route.access)) continue
      const url = await addressOf(it.connection.db, route.url)
      if (!url || url === '/') continue
      const spellings = [
        `/${url}`,
        `${url}/`,
        `${url};x=1`,
        url.replace('/', '/%2e/'),
        url.toUpperCase(),
        `${url}%2f`,
        url.replaceAll('/', '//'),
      ]
      for (const spelling of spellings) {
        const answer = await it.get(spelling)
        expect([303, 400, 404], `${spelling} ${answer.statusCode}`).toContain(answer.statusCode)
        const head = await it.app.inject({ method: 'HEAD', url: spelling })
        expect([303, 400, 404], `HEAD ${spelling} ${head.statusCode}`).toContain(head.statusCode)
      }
    }
  }, 60_000)

  test('a link is let in or refused as the table says, on every page', async () => {
    const actor = { ...actorWith('opd'), accountId: null, linkId: 1 }
    for (const route of pages(it)) {
      const url = await addressOf(it.connection.db, route.url)
      if (!url) continue
      const { statusCode } = await it.get(url, phone)
      if (!can(actor, route.access)) expect([url, statusCode]).toEqual([url, 403])
      else expect([url, statusCode]).not.toEqual([url, 403])
      expect(statusCode, url).toBeLessThan(500)
    }
  }, 60_000)

  test.each([
    ['a representative', () => cookies.opd],
    ['a phone with the link of an OPD', () => phone],
  ] as const)(
    '%s reaches no record of another OPD, on any route',
    async (_, cookieOf) => {
      const before = contents(it)
      const cookie = cookieOf()
      const scope = { all: false, opdIds: [other] } as const
      for (const route of it.app.routeTable) {
        if (!/:/.test(route.url) || route.url.includes('*')) continue
        if (!can(actorWith('opd'), route.access)) continue
        const url = await addressOf(it.connection.db, route.url, scope)
        if (!url || /^\/(setup|invite|o)\b/.test(url)) continue
        if (url.startsWith('/fgd') && cookie !== phone) continue
        // what is published is read by everybody
        if (url.startsWith('/publications')) continue
        const answer =
          route.method === 'POST'
            ? await it.post(url, { _version: 1 }, cookie)
            : await it.app.inject({ method: route.method as 'GET', url, headers: { cookie } })
        expect([403, 404], `${route.method} ${url} ${answer.statusCode}`).toContain(
          answer.statusCode,
        )
      }
      expect(contents(it)).toEqual(before)
    },
    60_000,
  )

  test('no page of a representative or a link shows the name of another office or proposal', async () => {
    const { db } = it.connection
    const titles = await db
      .selectFrom('proposal')
      .select('title')
      .where('opdId', '=', other)
      .execute()
    const places = await db
      .selectFrom('location')
      .select('name')
      .where('opdId', '=', other)
      .execute()
    const secrets = [...titles.map((row) => row.title), ...places.map((row) => row.name)]
    expect(secrets.length).toBeGreaterThan(1)
    for (const route of pages(it)) {
      if (!can(actorWith('opd'), route.access) || route.access === 'fgd.view') continue
      const url = route.url.includes(':') ? undefined : route.url
      if (!url) continue
      for (const cookie of [cookies.opd, phone]) {
        const { body } = await it.get(url, cookie)
        expect(
          secrets.filter((secret) => body.includes(secret)),
          url,
        ).toEqual([])
      }
    }
  }, 60_000)
})

describe('who may post', () => {
  test('a post without our own Origin is refused on every route, and changes nothing', async () => {
    const before = contents(it)
    for (const route of actions(it)) {
      const url = (await addressOf(it.connection.db, route.url)) ?? route.url.replace(/:\w+/g, '1')
      const { headers, ...form } = formPost(url, {}, cookies.admin)
      const foreign = [
        {},
        { origin: 'null' },
        { origin: 'http://jahat.example' },
        { origin: `${origin}:8080` },
        { referer: 'http://jahat.example/x' },
      ]
      for (const header of foreign) {
        const { origin: _, ...rest } = headers as Record<string, string>
        const answer = await it.app.inject({ ...form, headers: { ...rest, ...header } })
        expect([url, JSON.stringify(header), answer.statusCode]).toEqual([
          url,
          JSON.stringify(header),
          403,
        ])
      }
    }
    expect(contents(it)).toEqual(before)
  }, 60_000)

  test('such a refusal is a page in the language of the person, and is noted', async () => {
    const { headers, ...form } = formPost('/opd', {}, `${cookies.staff}; rancang_language=en`)
    const answer = await it.app.inject({ ...form, headers: { ...headers, origin: 'null' } })
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toContain('You may not open this page')
    const noted = await it.connection.db.selectFrom('accessLog').select('about').execute()
    expect(noted.map(({ about }) => about).join()).toContain('"route":"/opd"')
  })

  test('looking at every page changes nothing', async () => {
    const before = contents(it)
    for (const route of pages(it)) {
      const url = await addressOf(it.connection.db, route.url)
      if (url) for (const role of roles) await it.get(url, cookies[role])
    }
    expect(contents(it)).toEqual(before)
  }, 120_000)

  test('only url-encoded forms are read, whatever the spelling of the content type', async () => {
    const types = [
      'text/plain',
      'application/json',
      'application/json;charset=utf-8',
      'multipart/form-data; boundary=x',
      'APPLICATION/JSON',
      'application/x-www-form-urlencodedx',
      'text/html',
      'application/xml',
      'application/x-www-form-urlencoded, application/json',
      '*/*',
      'application/',
      '',
      ' ',
      'application/ld+json',
      'application\t/json',
    ]
    for (const route of actions(it)) {
      const url = (await addressOf(it.connection.db, route.url)) ?? route.url.replace(/:\w+/g, '1')
      for (const type of types) {
        const answer = await it.app.inject({
          method: 'POST',
          url,
          headers: {
            cookie: cookies.staff,
            origin,
            host: new URL(origin).host,
            'content-type': type,
          },
          payload: '{"name":"x","_key":"abcdefgh12345"}',
        })
        expect([400, 403, 404, 410, 415, 422], `${url} ${type} ${answer.statusCode}`).toContain(
          answer.statusCode,
        )
      }
    }
  }, 120_000)

  test('a form with files from elsewhere is refused on every route, and nonsense in one is never a 5xx', async () => {
    const before = contents(it, ['access_log'])
    const png = (name: string, bytes: Uint8Array): SentFile => ({ name, type: 'image/png', bytes })
    const file = png('lambang.png', emblemPng())
    const bodies = [
      [['emblem', png('../../lambang.png', Buffer.from('<svg onload=alert(1)>'))]],
      [
        ['_version', '1'],
        ['emblem', png('\u0000'.repeat(300), new Uint8Array())],
      ],
      [
        ['__proto__', file],
        ['_key', 'abcdefgh12345'],
        ['_version', file],
      ],
      [['name', 'x'.repeat(10_000)], ...Array.from({ length: 20 }, () => ['emblem', 'x'] as const)],
    ] as const
    for (const route of actions(it)) {
      const url = (await addressOf(it.connection.db, route.url)) ?? route.url.replace(/:\w+/g, '1')
      const right = await uploadPost(
        url,
        [
          ['_version', '1'],
          ['emblem', file],
        ],
        cookies.admin,
      )
      const headers = { ...right.headers, origin: 'http://jahat.example' }
      expect((await it.app.inject({ ...right, headers })).statusCode, url).toBe(403)
      for (const body of bodies) {
        const { statusCode } = await it.app.inject(await uploadPost(url, body, cookies.admin))
        expect([400, 403, 404, 410, 413, 415, 422], `${url} ${statusCode}`).toContain(statusCode)
      }
    }
    expect(contents(it, ['access_log'])).toEqual(before)
  }, 120_000)

  test('every form answers nonsense with a 4xx, never with a 5xx, and saves nothing', async () => {
    const but = ['web_session', 'account', 'throttle', 'access_log', 'request_key']
    const before = contents(it, but)
    const columns = (
      it.connection.raw
        .prepare(
          "select distinct p.name from sqlite_schema s join pragma_table_info(s.name) p where s.type = 'table'",
        )
        .pluck()
        .all() as string[]
    ).map((name) => name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase()))
    const bodies: Record<string, unknown>[] = [
      {},
      Object.fromEntries(columns.slice(0, 150).map((name) => [name, '1'])),
      Object.fromEntries(columns.slice(0, 150).map((name) => [name, "'; drop table opd; --"])),
      {
        name: 'x'.repeat(10_000),
        title: 'x'.repeat(10_000),
        text: '\u0000',
        role: 'admin',
        state: 'reviewed',
      },
      { _key: 'abcdefgh', _version: '-1', name: ['a', 'b'], title: '\ud800', opdId: '99999999999' },
      {
        name: '<script>alert(1)</script>',
        kind: '=1+1',
        asOf: '2018-02-31',
        costHigh: '-5',
        __proto__: 'x',
        constructor: 'x',
      },
    ]
    // forms that are a button alone, complete without an answer, stand with those that have no key
    const exempt = [
      '/scoring/rounds/:id/proposals',
      '/sign-out',
      '/language',
      '/sign-in',
      '/report/grand-design.xlsx',
      '/settings/example/removal',
    ]
    for (const route of actions(it)) {
      if (exempt.includes(route.url)) continue
      const url = (await addressOf(it.connection.db, route.url)) ?? route.url.replace(/:\w+/g, '1')
      for (const role of ['staff', 'planner', 'admin', 'opd'] as const) {
        for (const body of bodies) {
          const answer = await it.post(url, body, cookies[role])
          const sent = `${role} ${url} ${JSON.stringify(body).slice(0, 80)} ${answer.statusCode}`
          // a form in which nothing need be answered may go on, but then it has changed nothing
          const untouched = Object.keys(body).length === 0 && answer.statusCode === 303
          expect(untouched || answer.statusCode >= 400, sent).toBe(true)
          expect(answer.statusCode, sent).toBeLessThan(500)
        }
      }
    }
    expect(contents(it, but)).toEqual(before)
  }, 180_000)

  test('a body over 64 KB is 413, too many fields are 413', async () => {
    for (const route of actions(it).slice(0, 20)) {
      const url = (await addressOf(it.connection.db, route.url)) ?? route.url.replace(/:\w+/g, '1')
      const large = await it.post(url, { name: 'x'.repeat(70_000) }, cookies.staff)
      expect([413, 403], url).toContain(large.statusCode)
      const many = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`f${n}`, '']))
      const answer = await it.post(url, many, cookies.staff)
      expect([413, 403], url).toContain(answer.statusCode)
    }
  })
})

describe('what every answer carries', () => {
  test('the same security headers on every page, also on what is not found or refused', async () => {
    const urls = ['/tidak-ada', '/assets/app.css', '/assets/tidak-ada.css', '/health', '/sign-in']
    for (const route of pages(it)) {
      const url = await addressOf(it.connection.db, route.url)
      if (url) urls.push(url)
    }
    for (const url of urls) {
      const { headers } = await it.get(url, cookies.admin)
      expect(headers['content-security-policy'], url).toContain("default-src 'none'")
      expect(headers['content-security-policy'], url).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy'], url).not.toMatch(/unsafe|upgrade-insecure/)
      expect(headers['x-content-type-options'], url).toBe('nosniff')
      // the address of a page with a token is a secret: not even its path goes to the next page
      expect(headers['referrer-policy'], url).toBe(
        /^\/(setup|invite|o)\//.test(url) ? 'strict-origin' : 'same-origin',
      )
      expect(headers['permissions-policy'], url).toBeTruthy()
    }
  }, 60_000)

  test('no header that names a host or a proxy gets into a page', async () => {
    for (const url of ['/', '/opd', '/sign-in', '/report']) {
      const { body, headers } = await it.app.inject({
        url,
        headers: {
          cookie: cookies.admin,
          host: 'jahat.example',
          'x-forwarded-host': 'jahat.example',
          'x-forwarded-proto': 'https',
          forwarded: 'host=jahat.example',
        },
      })
      expect(`${body}${JSON.stringify(headers)}`, url).not.toContain('jahat.example')
    }
  })
})
