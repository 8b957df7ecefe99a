import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let staff: string
let planner: string
let tourism: number
let trade: number
let roads: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  planner = await it.signIn(['planner'])
  await it.write(async (trx) => {
    tourism = await make.opd(trx, it.by, 'Dinas Pariwisata')
    trade = await make.opd(trx, it.by, 'Dinas Perdagangan')
    roads = await make.opd(trx, it.by, 'Dinas Pekerjaan Umum')
  })
})
afterEach(() => it.close())

const proposed = (opdId: number, title: string, number: string) =>
  it.write((trx) => make.proposal(trx, it.by, opdId, title, { number, ...answered }))

const answered = {
  problem: 'Lambat.',
  purpose: 'Cepat.',
  dutyText: 'Melayani.',
  contactName: 'Maria',
}

/** Saves a proposal with its title and more fields, as it is stored now. */
async function save(id: number, fields: Record<string, unknown>, cookie = staff) {
  const row = await it.connection.db
    .selectFrom('proposal')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { title, costHigh } = row
  const typed = { title, ...answered, users: 'g2c', platforms: 'web', costHigh: costHigh ?? '' }
  return it.post(`/proposals/${id}`, { ...typed, ...fields, _version: row.version }, cookie)
}

const listed = (table: 'proposalOpd' | 'proposalRequires' | 'proposalCost', id: number) =>
  it.connection.db.selectFrom(table).selectAll().where('proposalId', '=', id).execute()

describe('further OPD', () => {
  test('are stored with their part and shown; the joint one sees the proposal, and changes nothing', async () => {
    const id = await proposed(tourism, 'Wisata', 'U-2018-101')
    const further = {
      '0.furtherOpd': trade,
      '0.part': 'joint',
      '3.furtherOpd': roads,
      '3.part': 'data',
    }
    expect((await save(id, further)).statusCode).toBe(303)
    expect(await listed('proposalOpd', id)).toEqual(
      expect.arrayContaining([
        { proposalId: id, opdId: trade, part: 'joint' },
        { proposalId: id, opdId: roads, part: 'data' },
      ]),
    )
    const theirs = await it.signIn(['opd'], [trade])
    const page = await it.get(`/proposals/${id}`, theirs)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Dinas Perdagangan (pengusul bersama)')
    expect((await it.get('/proposals', theirs)).body).toContain('Wisata')
    expect((await it.get(`/proposals/${id}/edit`, theirs)).statusCode).toBe(404)
    expect((await save(id, {}, theirs)).statusCode).toBe(404)
    const others = await it.signIn(['opd'], [await it.write((t) => make.opd(t, it.by, 'Lain'))])
    expect((await it.get(`/proposals/${id}`, others)).statusCode).toBe(404)
  })

  test.each([
    ['0.furtherOpd', { '0.part': 'joint' }],
    ['0.part', { '0.furtherOpd': 2 }],
    ['1.furtherOpd', { '0.furtherOpd': 2, '0.part': 'user', '1.furtherOpd': 2, '1.part': 'data' }],
    ['0.furtherOpd', { '0.furtherOpd': 1, '0.part': 'joint' }],
    ['0.furtherOpd', { '0.furtherOpd': 999, '0.part': 'joint' }],
    ['0.part', { '0.furtherOpd': 2, '0.part': 'lead' }],
  ])('%s is refused where it is wrong', async (field, fields) => {
    const id = await proposed(tourism, 'Wisata', 'U-2018-101')
    expect([tourism, trade]).toEqual([1, 2])
    const answer = await save(id, fields)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="${field}-error"`)
    expect(await listed('proposalOpd', id)).toEqual([])
  })
})

describe('prerequisites', () => {
  let first: number
  let second: number
  let third: number
  beforeEach(async () => {
    first = await proposed(tourism, 'Wisata', 'U-2018-101')
    second = await proposed(trade, 'Pasar', 'U-2018-102')
    third = await proposed(roads, 'Jalan', 'U-2018-103')
  })

  test('are named by number or title, shown on both pages, several at once', async () => {
    const typed = { '0.requires': 'u-2018-102 · Pasar', '1.requires': 'jalan' }
    expect((await save(first, typed)).statusCode).toBe(303)
    expect((await listed('proposalRequires', first)).map((each) => each)).toEqual([
      { proposalId: first, requiredId: second },
      { proposalId: first, requiredId: third },
    ])
    const page = (await it.get(`/proposals/${first}`, staff)).body
    expect(page).toContain('U-2018-102 · Pasar')
    expect((await it.get(`/proposals/${second}`, staff)).body).toContain('U-2018-101 · Wisata')
    const form = (await it.get(`/proposals/${first}/edit`, staff)).body
    expect(form).toContain('value="U-2018-103 · Jalan"')
  })

  test('one that would wait for itself is refused with the way round', async () => {
    await save(first, { '0.requires': 'U-2018-102' })
    await save(second, { '0.requires': 'U-2018-103' })
    const answer = await save(third, { '0.requires': 'U-2018-101' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('U-2018-103 → U-2018-101 → U-2018-102 → U-2018-103')
    expect(answer.body).toContain('id="0.requires-error"')
    for (const typed of ['U-2018-103', 'U-2018-999', 'tidak ada']) {
      expect((await save(third, { '0.requires': typed })).statusCode, typed).toBe(422)
    }
  })

  test('an OPD names its own, and what it cannot see stays without being told', async () => {
    await save(first, { '0.requires': 'U-2018-102' })
    const own = await it.signIn(['opd'], [tourism])
    const page = (await it.get(`/proposals/${first}`, own)).body
    expect(page).toContain('1 usulan OPD lain')
    expect(page).not.toContain('U-2018-102')
    expect((await it.get(`/proposals/${first}/edit`, own)).body).not.toContain('Pasar')
    expect((await save(first, {}, own)).statusCode).toBe(303)
    expect(await listed('proposalRequires', first)).toHaveLength(1)
    expect((await save(first, { '0.requires': 'U-2018-103' }, own)).statusCode).toBe(422)
  })
})

describe('costs by year', () => {
  test('are stored, summed, and become the upper estimate', async () => {
    const id = await proposed(tourism, 'Wisata', 'U-2018-101')
    const years = {
      '0.costYear': 2020,
      '0.costAmount': 'Rp 60.000.000',
      '1.costYear': 2021,
      '1.costAmount': '40.000.000',
    }
    expect((await save(id, years)).statusCode).toBe(303)
    expect(await listed('proposalCost', id)).toMatchObject([
      { year: 2020, amount: 60_000_000 },
      { year: 2021, amount: 40_000_000 },
    ])
    const page = (await it.get(`/proposals/${id}`, staff)).body
    expect(page).toContain('Jumlah Rp\u00a0100.000.000')
    const off = await save(id, { ...years, costHigh: '90.000.000' })
    expect(off.statusCode).toBe(422)
    expect(off.body).toContain('id="costHigh-error"')
  })

  test.each([
    ['0.costYear', { '0.costAmount': 1000 }],
    ['0.costAmount', { '0.costYear': 2020 }],
    [
      '1.costYear',
      { '0.costYear': 2020, '0.costAmount': 1, '1.costYear': 2020, '1.costAmount': 2 },
    ],
    ['costUnknown', { '0.costYear': 2020, '0.costAmount': 1, costUnknown: 1 }],
    ['costLow', { '0.costYear': 2020, '0.costAmount': 1, costLow: 5 }],
  ])('%s is refused where it is wrong', async (field, fields) => {
    const id = await proposed(tourism, 'Wisata', 'U-2018-101')
    const answer = await save(id, fields)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="${field}-error"`)
  })
})

describe('merging', () => {
  let source: number
  let target: number
  let other: number
  beforeEach(async () => {
    source = await proposed(tourism, 'Wisata', 'U-2018-101')
    target = await proposed(trade, 'Pasar', 'U-2018-102')
    other = await proposed(roads, 'Jalan', 'U-2018-103')
  })
  const merge = (into: string, reason = 'Fungsinya sama.', cookie = planner, version = 1) =>
    it.post(`/proposals/${source}/merge`, { target: into, reason, _version: version }, cookie)
  const versionOf = async (id: number) => {
    const query = it.connection.db.selectFrom('proposal').select('version').where('id', '=', id)
    return (await query.executeTakeFirstOrThrow()).version
  }

  test('the proposers become joint ones at the target, and the row stays and points on', async () => {
    await save(source, { '0.furtherOpd': roads, '0.part': 'user', '0.requires': 'U-2018-103' })
    const answer = await merge('U-2018-102', 'Sama.', planner, await versionOf(source))
    expect(answer.statusCode).toBe(303)
    expect(await listed('proposalOpd', target)).toEqual([
      { proposalId: target, opdId: tourism, part: 'joint' },
      { proposalId: target, opdId: roads, part: 'user' },
    ])
    expect(await listed('proposalRequires', target)).toEqual([
      { proposalId: target, requiredId: other },
    ])
    const page = (await it.get(`/proposals/${source}`, planner)).body
    expect(page).toContain('Digabung ke U-2018-102')
    expect((await it.get('/proposals', planner)).body).toContain('Digabung ke U-2018-102')
    expect((await it.get('/ranking?list=aside', planner)).body).toContain('Wisata')
    expect((await it.get(`/proposals/${target}`, planner)).body).toContain('U-2018-101 · Wisata')
    const proposer = await it.signIn(['opd'], [tourism])
    expect((await it.get(`/proposals/${target}`, proposer)).statusCode).toBe(200)
    expect((await merge('U-2018-103')).statusCode).toBe(404)
  })

  test.each([
    ['target', '', 'Sama.'],
    ['target', 'U-2018-101', 'Sama.'],
    ['target', 'U-2018-999', 'Sama.'],
    ['reason', 'U-2018-102', ''],
  ])('%s is refused where it is wrong', async (field, into, reason) => {
    const answer = await merge(into, reason)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="${field}-error"`)
  })

  test('is refused where the target would come to wait for itself', async () => {
    await save(other, { '0.requires': 'U-2018-101' })
    await save(target, { '0.requires': 'U-2018-103' })
    const answer = await merge('U-2018-102')
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('U-2018-102 → U-2018-103 → U-2018-102')
  })

  test('is the planner’s alone, and only of what was seen', async () => {
    expect((await merge('U-2018-102', 'Sama.', staff)).statusCode).toBe(403)
    await save(source, { problem: 'Lebih lambat.', title: 'Wisata Bahari' })
    const page = await it.get(`/proposals/${source}`, staff)
    expect(page.body).not.toContain(`/proposals/${source}/merge`)
  })
})
