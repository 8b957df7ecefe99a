import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect } from '../db/connect.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { paths } from '../web/paths.ts'
import { TooSlow, workshop } from '../workshop.ts'
import { exportTo } from './tasks.ts'

/** A worker that waits to be told what happens. */
type Held = {
  out: string
  tell(n: number, of: number, sheet: string): void
  finish(): void
  fail(error: unknown): void
}

let it: TestApp
let held: Held[]
let planner: string

/** A shop whose workbooks are written when the test says so; the figures never come. */
const heldShop = (patience = 50) =>
  workshop((task, signal, onStep) => {
    const { kind, out } = task.data as { kind: string; out: string }
    if (kind === 'contents') return Promise.reject(new Error('not here'))
    return new Promise((resolve, reject) => {
      writeFileSync(out, 'half')
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      held.push({
        out,
        tell: (n, of, sheet) => onStep({ n, of, sheet }),
        finish: () => {
          writeFileSync(out, 'whole')
          resolve(undefined)
        },
        fail: reject,
      })
    })
  }, patience)

beforeEach(async () => {
  held = []
  it = await testApp({ shop: heldShop() })
  planner = await it.signIn(['planner'])
})
afterEach(() => it.close())

const start = (cookie: string, fields = {}) => it.post(paths.reportFile(), fields, cookie)

/** Starts an export and leaves the answer alone: it comes when the patience of the page is over. */
async function started(cookie: string, fields = {}): Promise<{ answer: ReturnType<typeof start> }> {
  const before = held.length
  const answer = start(cookie, fields)
  await vi.waitFor(() => expect(held.length).toBe(before + 1), { timeout: 10_000, interval: 1 })
  return { answer }
}

const pageOf = async (answer: ReturnType<typeof start>) =>
  String((await answer).headers.location ?? '')

const logged = async () =>
  (
    await it.connection.db
      .selectFrom('accessLog')
      .select('actorName')
      .where('kind', '=', 'export')
      .execute()
  ).length

async function untilEnded(page: string, cookie: string): Promise<string> {
  for (let n = 0; n < 2_000; n += 1) {
    const { body } = await it.get(page, cookie)
    if (!body.includes('data-renew')) return body
    await turn()
  }
  throw new Error('it goes on')
}

test('one that takes long is told of in words, can be left and come back to, and is for its owner alone', async () => {
  const page = await pageOf((await started(planner)).answer)
  expect(page).toMatch(/^\/report\/exports\/[\w-]{22}$/)
  const [work] = held
  expect((await it.get(page, planner)).body).toContain('Membaca data')
  work?.tell(7, 22, 'Perangkat')
  const shown = (await it.get(page, planner)).body
  expect(shown).toContain('Menyusun lembar 7 dari 22: Perangkat')
  expect(shown).toContain('Segarkan')
  expect((await it.get('/report', planner)).body).toContain('Menyusun lembar 7 dari 22')
  expect((await it.get(`${page}/file`, planner)).statusCode).toBe(303)

  expect(statSync(dirname(work?.out ?? '')).mode & 0o777).toBe(0o700)
  work?.finish()
  expect(await untilEnded(page, planner)).toContain('Siap diunduh, 1 kB')
  expect(await logged()).toBe(0)
  const file = await it.get(`${page}/file`, planner)
  expect(file.body).toBe('whole')
  expect(file.headers['content-disposition']).toContain('grand-design-manggarai-barat-2018-09-14')
  expect(await logged()).toBe(1)
  expect((await it.get('/report', planner)).body).toContain(`${page}/file`)

  const other = await it.signIn(['planner'])
  for (const url of [page, `${page}/file`]) {
    expect((await it.get(url, other)).statusCode, url).toBe(404)
  }
  expect((await it.post(`${page}/removal`, {}, other)).statusCode).toBe(404)
  expect((await it.get('/report', other)).body).not.toContain(page)
  expect((await it.get(`${page}/file`)).statusCode).toBe(303)
  expect(existsSync(work?.out ?? '')).toBe(true)
})

test('two at once are written one after the other; a button pressed twice is one, a third is refused', async () => {
  const first = (await started(planner, { _key: 'satu' })).answer
  const twice = start(planner, { _key: 'satu' })
  const second = start(planner, { _key: 'dua' })
  const page = await pageOf(first)
  expect(await pageOf(twice)).toBe(page)
  const waiting = await pageOf(second)
  expect(held).toHaveLength(1)
  expect((await it.get(waiting, planner)).body).toContain('Menunggu giliran')
  const third = await start(planner, { _key: 'tiga' })
  expect(third.statusCode).toBe(409)
  expect(third.body).toContain('Dua buku kerja Anda masih disusun')

  held[0]?.finish()
  await untilEnded(page, planner)
  expect(held).toHaveLength(2)
  held[1]?.finish()
  await untilEnded(waiting, planner)
})

test('one that is soon there is answered at once', async () => {
  await it.close()
  it = await testApp({ shop: heldShop(10_000) })
  planner = await it.signIn(['planner'])
  const { answer } = await started(planner)
  held[0]?.finish()
  expect((await answer).statusCode).toBe(200)
  expect((await answer).body).toBe('whole')
  expect(await logged()).toBe(1)
})

test('a cancelled one leaves nothing, running or waiting, and the next has its turn', async () => {
  const running = await pageOf((await started(planner)).answer)
  const other = await it.signIn(['staff'])
  const waiting = await pageOf(start(other))
  const last = await pageOf(start(await it.signIn(['staff'])))
  const cancelled = await it.post(`${waiting}/removal`, {}, other)
  expect(cancelled.headers.location).toBe('/report')
  expect((await it.post(`${running}/removal`, {}, planner)).statusCode).toBe(303)
  expect(existsSync(held[0]?.out ?? '')).toBe(false)
  const gone = await it.get(running, planner)
  expect(gone.statusCode).toBe(404)
  expect(gone.body).toContain('Susun lagi dari halaman Laporan')
  expect(held).toHaveLength(2)
  expect(last).toContain(held[1]?.out.split('/').at(-1)?.replace('.xlsx', ''))
  expect(await logged()).toBe(0)
})

describe('one that failed says what to do, and leaves nothing', () => {
  const coded = (code: string) => Object.assign(new Error(code), { code })
  test.each([
    ['a full disk', coded('ENOSPC'), 'Minta pengelola mengosongkan ruang'],
    ['too slow', new TooSlow(), 'melewati dua menit'],
    ['too large', coded('ERR_WORKER_OUT_OF_MEMORY'), 'Data terlalu besar'],
    ['a fault', new Error('x'), 'sampaikan nomor'],
  ])('%s', async (_, error, said) => {
    const { answer } = await started(planner)
    held[0]?.fail(error)
    const page = await pageOf(answer)
    const { body } = await it.get(page, planner)
    expect(body).toContain(said)
    expect(body).toContain('Susun lagi')
    expect(existsSync(held[0]?.out ?? '')).toBe(false)
    expect(await logged()).toBe(0)
    expect((await it.post(`${page}/removal`, {}, planner)).statusCode).toBe(303)
    expect((await it.get('/report', planner)).body).not.toContain(page)
  })
})

describe('a finished file is deleted', () => {
  let out: string
  beforeEach(async () => {
    const { answer } = await started(planner, { internal: '1' })
    held[0]?.finish()
    await answer
    out = held[0]?.out ?? ''
    expect(existsSync(out)).toBe(true)
  })
  /** Any page of the report looks after what is over, whoever opens it. */
  const look = async () => it.get('/report', await it.signIn(['staff']))

  test('an hour after it was finished', async () => {
    it.clock.now = new Date(it.clock.now.getTime() + 3_599_000)
    await look()
    expect(existsSync(out)).toBe(true)
    it.clock.now = new Date(it.clock.now.getTime() + 1_000)
    await look()
    expect(existsSync(out)).toBe(false)
  })

  test('when its owner signs out', async () => {
    await it.post('/sign-out', {}, planner)
    await look()
    expect(existsSync(out)).toBe(false)
  })

  test('when its owner may no longer have it', async () => {
    const db = it.connection.db
    await db
      .updateTable('accountRole')
      .set({ role: 'staff' })
      .where('role', '=', 'planner')
      .execute()
    await look()
    expect(existsSync(out)).toBe(false)
  })

  test('when the server stops, also while one is being written', async () => {
    const { answer } = await started(planner)
    expect(held).toHaveLength(2)
    await it.close()
    await answer.catch(() => undefined)
    expect(existsSync(dirname(out))).toBe(false)
    it = await testApp()
  })

  test('with those of a process that was killed, when the next one begins', async () => {
    const dead = join(tmpdir(), 'rancang-report-99999999-abcdef')
    mkdirSync(dead, { recursive: true })
    await it.close()
    it = await testApp({ shop: heldShop() })
    await started(await it.signIn(['planner']))
    expect(readdirSync(tmpdir())).not.toContain('rancang-report-99999999-abcdef')
  })
})

test('the workbook is read through a connection that cannot write, in one transaction, and is for its owner alone', async () => {
  const seen: unknown[] = []
  const watched: typeof connect = (file, options) => {
    const connection = connect(file, options)
    const { raw } = connection
    const prepare = raw.prepare.bind(raw)
    raw.prepare = ((text: string) => {
      if (text.startsWith('select "') || text.startsWith('select ('))
        seen.push([raw.readonly, raw.inTransaction])
      return prepare(text)
    }) as typeof raw.prepare
    return connection
  }
  const out = join(tmpdir(), `hanya-baca-${process.pid}.xlsx`)
  const job = { databaseFile: it.connection.file, out, at: it.by.at, internal: false, madeBy: null }
  await exportTo(job, watched)
  expect(statSync(out).mode & 0o777).toBe(0o600)
  expect(seen.length).toBeGreaterThan(20)
  expect(seen.filter((each) => JSON.stringify(each) !== '[true,true]')).toEqual([])
})
