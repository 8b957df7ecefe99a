import { connect as dial } from 'node:net'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../scripts/seeded.ts'
import { formPost, type TestApp, testApp, uploadPost } from '../src/testing/app.ts'
import { emblemPng } from '../src/testing/emblem.ts'

let it: TestApp
let port: number
let cookie: string
let admin: string

beforeAll(async () => {
  it = await testApp()
  cookie = await it.signIn(['staff'])
  admin = await it.signIn(['admin'])
  port = Number(new URL(await it.app.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(() => it.close())

/** Sends raw bytes; answers the statuses of whatever comes back within a moment. */
function send(bytes: Buffer): Promise<number[]> {
  return new Promise((done) => {
    const socket = dial(port, '127.0.0.1')
    let answer = ''
    const end = () => {
      socket.destroy()
      done([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)))
    }
    socket.setTimeout(120, end)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', end)
    socket.on('close', end)
    socket.end(bytes)
  })
}

function bytesOf({ url, headers, payload }: InjectOptions): Buffer {
  const body = Buffer.from(payload as string | Buffer)
  const all = { ...headers, 'content-length': body.length, connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`POST ${url} HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}

async function whole(): Promise<Buffer[]> {
  const emblem = { name: 'lambang.png', type: 'image/png', bytes: emblemPng() }
  const get = (path: string) =>
    Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: rancang.test\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    )
  return [
    bytesOf(formPost('/opd', { name: 'Dinas Kesehatan', kind: 'dinas' }, cookie)),
    bytesOf(
      await uploadPost(
        '/settings/emblem',
        [
          ['_version', '1'],
          ['emblem', emblem],
        ],
        admin,
      ),
    ),
    get('/opd?q=dinas&page=1'),
    get('/proposals?q=%E0%A4%A'),
    get(`/opd?q=${'x'.repeat(9000)}`),
    Buffer.from(
      `POST /opd HTTP/1.1\r\nHost: rancang.test\r\nOrigin: http://rancang.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    ),
  ]
}

function mutate(request: Buffer, random: () => number): Buffer {
  const bytes = Buffer.from(request)
  const changes = 1 + Math.floor(random() * 6)
  for (let n = 0; n < changes; n += 1) {
    const at = Math.floor(random() * bytes.length)
    bytes[at] = Math.floor(random() * 256)
  }
  return random() < 0.2 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes
}

describe('malformed requests', () => {
  test('3,000 mutated requests: never a 5xx, and the server answers afterwards', async () => {
    const random = seeded(2018)
    const seeds = await whole()
    const faults: number[] = []
    for (let n = 0; n < 3000; n += 60) {
      const batch = Array.from({ length: 60 }, (_, k) =>
        mutate(seeds[(n + k) % seeds.length] as Buffer, random),
      )
      const answers = await Promise.all(batch.map(send))
      faults.push(...answers.flat().filter((status) => status >= 500))
    }
    expect(faults).toEqual([])
    expect((await it.get('/health')).statusCode).toBe(200)
  }, 90_000)

  test('bad percent-encoding and odd query strings are answered', async () => {
    for (const url of [
      '/opd?q=%',
      '/opd?q=%ff%fe',
      '/opd?page=-1',
      '/opd?page=1e9',
      '/opd?q[]=x',
      '/opd?q=a&q=b',
      '/opd/%00',
      '/opd/1%2f2',
      '/opd/999999999999999999',
      '/opd/0x1',
    ]) {
      const answer = await it.get(url, cookie)
      expect(answer.statusCode, url).toBeLessThan(500)
    }
  })

  test('an address that cannot be read is a page that is not there', async () => {
    for (const url of ['/%', '/opd/%ff', '/opd/%E0%A4%A?q=1']) {
      for (const hand of [cookie, '']) {
        const answer = await it.get(url, hand)
        expect(answer.statusCode, url).toBe(404)
        expect(answer.body, url).toContain('<h1>Halaman tidak ditemukan</h1>')
        expect(answer.headers['content-security-policy'], url).toBeDefined()
      }
    }
  })

  test('a message cookie that nobody set is answered like none', async () => {
    const messages = [{ key: '__proto__' }, { key: 'constructor' }, { key: 'a.b', params: null }]
    for (const message of [...messages, { key: 'form.tooSmall', params: null }, [], 1]) {
      const value = Buffer.from(JSON.stringify(message)).toString('base64url')
      const answer = await it.get('/sign-in', `rancang_flash=${value}`)
      expect(answer.statusCode, JSON.stringify(message)).toBe(200)
    }
  })
})
