import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { phases } from './queries.ts'

let it: TestApp
let planner: string

beforeEach(async () => {
  it = await testApp()
  planner = await it.signIn(['planner'])
})
afterEach(() => it.close())

const add = (fields: Record<string, unknown>) => it.post('/roadmap/phases', fields, planner)
const first = { name: 'Tahap 1', yearFrom: 2019, yearTo: 2019, ceiling: 'Rp 1.750.000.000' }
const stored = async () =>
  (await phases(it.context.db)).map(({ seq, name, yearFrom, yearTo }) => [
    seq,
    name,
    yearFrom,
    yearTo,
  ])

describe('the phases', () => {
  test('their order is that of their years, whichever was entered first', async () => {
    await add({ name: 'Tahap 2', yearFrom: 2020, yearTo: 2021, capacity: 6 })
    expect((await add(first)).statusCode).toBe(303)
    expect(await stored()).toEqual([
      [1, 'Tahap 1', 2019, 2019],
      [2, 'Tahap 2', 2020, 2021],
    ])
    const page = (await it.get('/roadmap/phases', planner)).body
    expect(page).toContain('Rp\u00a01.750.000.000')
    expect(page).toContain('Belum diketahui')
  })

  test.each([
    ['name', { ...first, name: '' }],
    ['yearFrom', { ...first, yearFrom: '' }],
    ['yearTo', { ...first, yearTo: 2018 }],
    ['ceiling', { ...first, ceiling: 'banyak' }],
    ['capacity', { ...first, capacity: -1 }],
  ])('%s is refused where it is wrong', async (field, fields) => {
    const answer = await add(fields)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="${field}-error"`)
    expect(await stored()).toEqual([])
  })

  test('two phases share no year', async () => {
    await add(first)
    const answer = await add({ name: 'Tahap 2', yearFrom: 2018, yearTo: 2020 })
    expect(answer.body).toContain('Tahunnya bertumpuk dengan Tahap 1 (2019 sampai 2019).')
  })

  test('one moved earlier trades place and years with the one before it', async () => {
    await add(first)
    await add({ name: 'Tahap 2', yearFrom: 2020, yearTo: 2021 })
    const [, second] = await phases(it.context.db)
    const at = `/roadmap/phases/${second?.id}`
    const moved = await it.post(`${at}/move`, { towards: 'up', _version: 1 }, planner)
    expect(moved.statusCode).toBe(303)
    expect(await stored()).toEqual([
      [1, 'Tahap 2', 2019, 2019],
      [2, 'Tahap 1', 2020, 2021],
    ])
    const change = { name: 'Tahap 1', yearFrom: 2019, yearTo: 2019, _version: 4 }
    expect((await it.post(at, change, planner)).statusCode).toBe(303)
  })

  test('one that a decision names stays, and the page says what hangs on it', async () => {
    await add(first)
    const [phase] = await phases(it.context.db)
    const at = `/roadmap/phases/${phase?.id}/removal`
    await it.write(async (trx) => {
      const opdId = await make.opd(trx, it.by, 'Dinas Kesehatan')
      const proposalId = await make.proposal(trx, it.by, opdId, 'Antrean Puskesmas')
      await appendRow(trx, 'decision', { ...decided, proposalId, phaseId: phase?.id ?? 0 }, it.by)
    })
    expect((await it.get(at, planner)).body).toContain('disebut dalam 1 penetapan')
    const refused = await it.post(at, { _version: 1 }, planner)
    expect(refused.statusCode).toBe(409)
    expect(await stored()).toHaveLength(1)

    await add({ name: 'Tahap 2', yearFrom: 2020, yearTo: 2021 })
    const [, free] = await phases(it.context.db)
    await it.post(`/roadmap/phases/${free?.id}/removal`, { _version: 1 }, planner)
    expect(await stored()).toHaveLength(1)
  })

  test('the roadmap shows a decided proposal in its phase, with its cost left open', async () => {
    await add(first)
    const [phase] = await phases(it.context.db)
    await it.write(async (trx) => {
      const opdId = await make.opd(trx, it.by, 'Dinas Kesehatan')
      const proposalId = await make.proposal(trx, it.by, opdId, 'Antrean Puskesmas')
      await make.proposal(trx, it.by, opdId, 'Belum Dinilai')
      await appendRow(trx, 'decision', { ...decided, proposalId, phaseId: phase?.id ?? 0 }, it.by)
    })
    const { body } = await it.get('/roadmap', planner)
    expect(body).toContain('Terpakai Rp\u00a00 dari pagu Rp\u00a01.750.000.000.')
    expect(body).toContain('1 usulan belum ada perkiraan biaya dan belum dihitung.')
    expect(body.indexOf('Antrean Puskesmas')).toBeLessThan(body.indexOf('Belum dapat ditempatkan'))
    expect(body.indexOf('Belum Dinilai')).toBeGreaterThan(body.indexOf('Belum dapat ditempatkan'))
  })

  test('staff look, planners change, others see nothing of it', async () => {
    const staff = await it.signIn(['staff'])
    expect((await it.get('/roadmap/phases', staff)).statusCode).toBe(200)
    expect((await it.get('/roadmap/phases/new', staff)).statusCode).toBe(403)
    expect((await it.post('/roadmap/phases', first, staff)).statusCode).toBe(403)
    for (const role of ['opd', 'assessor', 'reader'] as const) {
      expect((await it.get('/roadmap', await it.signIn([role], [])))?.statusCode).toBe(403)
    }
  })
})

describe('a move by hand', () => {
  let proposalId: number
  let ids: number[]

  beforeEach(async () => {
    await add(first)
    await add({ name: 'Tahap 2', yearFrom: 2020, yearTo: 2021 })
    ids = (await phases(it.context.db)).map((each) => each.id)
    proposalId = await it.write(async (trx) => {
      const opdId = await make.opd(trx, it.by, 'Dinas Kesehatan')
      return make.proposal(trx, it.by, opdId, 'Antrean Puskesmas')
    })
  })
  const at = () => `/roadmap/proposals/${proposalId}/placement`
  const moveTo = (phaseId: number | '', reason = 'Menunggu gedung baru.') =>
    it.post(at(), { phaseId, reason }, planner)

  test('is kept with its reason, followed by others, and shown on the roadmap', async () => {
    expect((await it.get(at(), planner)).body).toContain('Belum di tahap mana pun')
    expect((await moveTo(ids[1] ?? 0)).statusCode).toBe(303)
    const { body } = await it.get('/roadmap', planner)
    expect(body).toContain('menurut hitungan belum di tahap mana pun: Menunggu gedung baru.')
    expect(body).toContain('Dipindahkan perencana')

    expect((await moveTo('', 'Gedungnya sudah ada.')).statusCode).toBe(303)
    expect((await it.get('/roadmap', planner)).body).not.toContain('Dipindahkan perencana')
    const kept = await it.connection.db.selectFrom('placement').selectAll().execute()
    expect(kept.map((each) => each.phaseId)).toEqual([ids[1], null])
    expect(() => it.connection.raw.exec('delete from placement')).toThrow('append-only')
    expect((await it.get(at(), planner)).body).toContain('Gedungnya sudah ada.')
  })

  test('needs a reason and another place', async () => {
    expect((await moveTo(ids[0] ?? 0, '')).body).toContain('id="reason-error"')
    expect((await moveTo('')).body).toContain('id="phaseId-error"')
    expect((await moveTo(999)).body).toContain('id="phaseId-error"')
    await moveTo(ids[0] ?? 0)
    expect((await moveTo(ids[0] ?? 0)).statusCode).toBe(422)
  })

  test('is not for one that an official decided on, nor for staff', async () => {
    await moveTo(ids[1] ?? 0)
    await it.write((trx) =>
      appendRow(trx, 'decision', { ...decided, proposalId, phaseId: ids[0] ?? 0 }, it.by),
    )
    expect((await moveTo('')).statusCode).toBe(409)
    expect((await it.get(at(), planner)).body).toContain('sudah ditetapkan pejabat')
    const { body } = await it.get('/roadmap', planner)
    expect(body).not.toContain('Dipindahkan perencana')
    expect((await it.get(at(), await it.signIn(['staff']))).statusCode).toBe(403)
  })

  test('a phase that was moved into is not removed', async () => {
    await moveTo(ids[1] ?? 0)
    const removal = `/roadmap/phases/${ids[1]}/removal`
    expect((await it.get(removal, planner)).body).toContain('pernah dipindahkan ke tahap ini')
    expect((await it.post(removal, { _version: 1 }, planner)).statusCode).toBe(409)
  })
})

const decided = {
  outcome: 'accepted',
  place: 1,
  nationalId: null,
  redirectTo: null,
  level: 'fgd',
  fgdSessionId: null,
  decidedBy: null,
  office: 'Kepala Seksi E-Government',
  holdsAs: 'definitif',
  decidedOn: '2018-09-14',
  document: null,
  reason: 'Ditindaklanjuti sekarang.',
  lookAgainOn: null,
  computedRank: null,
  computedScore: null,
  correctsId: null,
  example: null,
}
