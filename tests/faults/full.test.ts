import { describe, expect, test } from 'vitest'
import { verifyHistory } from '../../src/db/verify.ts'
import { type TestApp, testApp } from '../../src/testing/app.ts'
import { make } from '../../src/testing/make.ts'
import { contents } from '../support.ts'

const pages = (it: TestApp, name: 'page_count' | 'max_page_count', to?: number) =>
  Number(it.connection.raw.pragma(to ? `${name} = ${to}` : name, { simple: true }))

/** No page more than there are: the engine answers as on a full disk. */
function fill(it: TestApp): void {
  pages(it, 'max_page_count', pages(it, 'page_count'))
}

function makeRoom(it: TestApp): void {
  pages(it, 'max_page_count', 1_000_000)
}

describe('the disk is full', () => {
  test('saving says so and keeps what was typed, reading goes on, later it works again', async () => {
    const it = await testApp()
    const staff = await it.signIn(['staff'])
    const opdId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
    fill(it)

    let saved = 0
    let refused = 0
    const fields = (n: number) => ({
      name: `Kantor ${n}`,
      kind: 'kantor',
      note: `catatan ${n} ${'x'.repeat(900)}`,
    })
    for (let n = 0; n < 200; n += 1) {
      const before = contents(it)
      const answer = await it.post('/opd', fields(n), staff)
      if (answer.statusCode === 303) {
        saved += 1
        continue
      }
      refused += 1
      expect(answer.statusCode).toBe(507)
      expect(answer.body).toContain('Penyimpanan komputer tempat Rancang berjalan penuh')
      expect(answer.body).toContain(`Kantor ${n}`)
      expect(answer.body).toContain(`catatan ${n} `)
      expect(contents(it)).toEqual(before)
      expect(it.connection.raw.inTransaction).toBe(false)
      if (refused > 20) break
    }
    expect(refused).toBeGreaterThan(20)

    it.clock.now = new Date(it.clock.now.getTime() + 10 * 60_000)
    for (const url of ['/', '/opd', `/opd/${opdId}`, '/proposals', '/ranking', '/health']) {
      expect((await it.get(url, staff)).statusCode, url).toBe(200)
    }
    const count = () =>
      it.connection.raw.prepare("select count(*) from opd where name like 'Kantor %'").pluck().get()
    expect(count()).toBe(saved)

    makeRoom(it)
    expect((await it.post('/opd', fields(1000), staff)).statusCode).toBe(303)
    expect(count()).toBe(saved + 1)
    expect(it.connection.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(verifyHistory(it.connection.raw).breaks).toEqual([])
    await it.close()
  }, 60_000)

  test('what is no form of ours is answered with a page that says so', async () => {
    const it = await testApp()
    const staff = await it.signIn(['staff'])
    const opdId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
    fill(it)
    let answer = await it.post(`/opd/${opdId}/answers`, { part: 'applications' }, staff)
    for (let n = 0; n < 300 && answer.statusCode === 303; n += 1) {
      answer = await it.post('/opd', { name: `K${n}${'y'.repeat(100)}`, kind: 'kantor' }, staff)
    }
    expect(answer.statusCode).toBe(507)
    const denied = await it.post('/sign-in', { username: 'siapa', password: 'entah siapa itu' })
    expect([303, 422, 507]).toContain(denied.statusCode)
    expect(denied.body).not.toContain('SQLITE')
    await it.close()
  }, 60_000)
})
