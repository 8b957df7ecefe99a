import { afterEach, beforeEach, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { openLink } from '../testing/portal.ts'

let it: TestApp
let staff: string
let parentId: number
let unitId: number
let otherId: number
let proposals: { own: number; below: number; other: number }

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  await it.write(async (trx) => {
    const { by } = it
    parentId = await make.opd(trx, by, 'Dinas Kesehatan')
    unitId = await make.opd(trx, by, 'Puskesmas Labuan Bajo', { kind: 'puskesmas', parentId })
    otherId = await make.opd(trx, by, 'Dinas Perhubungan')
    proposals = {
      own: await make.proposal(trx, by, parentId, 'Data kesehatan'),
      below: await make.proposal(trx, by, unitId, 'Antrean puskesmas'),
      other: await make.proposal(trx, by, otherId, 'Tiket kapal'),
    }
    const budget = { year: 2018, document: null }
    await insertRow(trx, 'opdBudget', { ...budget, opdId: parentId, amount: 100_000_000 }, by)
    await insertRow(trx, 'opdBudget', { ...budget, opdId: unitId, amount: 25_000_000 }, by)
    const people = { pppk: 0, other: null, ictStaff: null, ictTrained: null, fgdSessionId: null }
    for (const [id, asOf, pns] of [
      [parentId, '2018-09-14', 70],
      [unitId, '2017-01-02', 500],
      [unitId, '2018-09-14', 12],
    ] as const) {
      const day = { ...people, opdId: id, asOf, pns, computerUsers: pns - 5 }
      await insertRow(trx, 'opdPeople', day, by)
    }
  })
})
afterEach(() => it.close())

test('the page of an OPD adds up what its units have', async () => {
  const { body } = await it.get(`/opd/${parentId}`, staff)
  const table = body.slice(body.indexOf('id="units-title"'), body.indexOf('</table>'))
  expect(table).toContain('Puskesmas Labuan Bajo')
  expect(table).toContain('Rp\u00a0125.000.000')
  expect(table).toMatch(/data-label="Pegawai"><b>82<\/b>/)
  expect(table).toMatch(/data-label="Pemakai komputer"><b>72<\/b>/)
  expect(table).toMatch(/<b>2 dari 20<\/b>/)
  expect((await it.get('/opd', staff)).body).toContain('2 dari 20')
  const unit = await it.get(`/opd/${unitId}`, staff)
  expect(unit.body).not.toContain('id="units-title"')
})

test('lists of an OPD hold what its units have, lists of a unit only its own', async () => {
  for (const path of ['/proposals', '/ranking?list=incomplete']) {
    const at = (id: number) => `${path}${path.includes('?') ? '&' : '?'}opd=${id}`
    const above = await it.get(at(parentId), staff)
    expect(above.body, path).toContain('Data kesehatan')
    expect(above.body, path).toContain('Antrean puskesmas')
    expect(above.body, path).not.toContain('Tiket kapal')
    const below = await it.get(at(unitId), staff)
    expect(below.body, path).toContain('Antrean puskesmas')
    expect(below.body, path).not.toContain('Data kesehatan')
  }
})

test('the history of a unit tells its kind in the word of a unit', async () => {
  const { body } = await it.get(`/history/opd/${unitId}`, staff)
  expect(body).toContain('Puskesmas')
  expect(body).not.toMatch(/word\.\w+\./)
})

test('what cannot be removed says by kind and number what hangs on it', async () => {
  const sent = await it.post(`/opd/${parentId}/removal`, { _version: 1 }, staff)
  expect(sent.statusCode).toBe(422)
  for (const kind of ['1 unit', '1 anggaran TIK', '1 usulan aplikasi']) {
    expect(sent.body).toContain(`<li>${kind}: <a`)
  }
})

test('a decision about what a unit proposes is found under its OPD', async () => {
  const act = {
    outcome: 'accepted',
    phase: 'next',
    level: 'fgd',
    office: 'Kepala Seksi',
    holdsAs: 'definitif',
  }
  const line = { '0.proposal': proposals.below, '0.chosen': 1 }
  const fields = {
    ...act,
    ...line,
    decidedOn: '2018-09-14',
    reason: 'Menunggu.',
  }
  expect((await it.post('/decisions', fields, staff)).statusCode).toBe(303)
  const found = async (id: number) => (await it.get(`/decisions?opd=${id}`, staff)).body
  expect(await found(parentId)).toContain('Antrean puskesmas')
  expect(await found(otherId)).not.toContain('Antrean puskesmas')
})

test('who speaks for an OPD reaches its units; who speaks for a unit reaches only the unit', async () => {
  const above = await it.signIn(['opd'], [parentId])
  const below = await it.signIn(['opd'], [unitId])
  const status = async (id: number, cookie: string) =>
    (await it.get(`/proposals/${id}`, cookie)).statusCode
  for (const cookie of [above, await openLink(it, parentId)]) {
    expect(await status(proposals.own, cookie)).toBe(200)
    expect(await status(proposals.below, cookie)).toBe(200)
    expect(await status(proposals.other, cookie)).toBe(404)
    expect((await it.get(`/opd/${unitId}`, cookie)).statusCode).toBe(200)
  }
  for (const cookie of [below, await openLink(it, unitId)]) {
    expect(await status(proposals.own, cookie)).toBe(404)
    expect(await status(proposals.below, cookie)).toBe(200)
    expect((await it.get(`/opd/${parentId}`, cookie)).statusCode).toBe(404)
  }
})
