import { afterEach, beforeEach, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let staff: string
let opdId: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  opdId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata dan Kebudayaan'))
})
afterEach(() => it.close())

const rows = () => it.connection.db.selectFrom('opdBudget').selectAll().orderBy('id').execute()
const save = (fields: Record<string, unknown>) => it.post(`/opd/${opdId}/budgets`, fields, staff)

test('a budget of this and of the next year completes part 9; 0 says "not budgeted"', async () => {
  const lacks = async () =>
    (await it.get(`/opd/${opdId}`, staff)).body.includes('Anggaran TIK tahun ini dan')
  expect(await lacks()).toBe(true)
  await save({ year: '2018', amount: 'Rp 75.000.000', document: 'dpa' })
  expect(await lacks()).toBe(true)
  await save({ year: '2019', amount: '0' })
  expect(await lacks()).toBe(false)
  const { body } = await it.get(`/opd/${opdId}`, staff)
  expect(body).toContain('Rp\u00a075.000.000')
  expect(body).toContain('Tidak dianggarkan')
  expect(body).toContain('DPA')
})

test('opened in a session, a budget and the head lead back to it', async () => {
  const row = { title: 'FGD', heldOn: '2018-09-14', state: 'open' }
  const session = await it.write((trx) => insertRow(trx, 'fgdSession', row, it.by))
  const opened = `name="fgdSessionId" value="${session}"`
  const back = `/fgd/${session}?opd=${opdId}#opd`
  const asked = (path: string) => it.get(`/opd/${opdId}/${path}?session=${session}`, staff)
  expect((await asked('budgets/new')).body).toContain(opened)
  const budget = await save({ year: '2018', amount: '0', fgdSessionId: session })
  expect(budget.headers.location).toBe(back)
  expect((await asked('edit')).body).toContain(opened)
  const head = { name: 'Dinas Pariwisata dan Kebudayaan', kind: 'dinas', headName: 'Fransiska J.' }
  const fields = { ...head, fgdSessionId: session, _version: 1 }
  expect((await it.post(`/opd/${opdId}`, fields, staff)).headers.location).toBe(back)
})

test('a year once, an amount that is one; changed and removed', async () => {
  await save({ year: '2018', amount: '75000000' })
  expect((await save({ year: '2018', amount: '5' })).body).toContain(
    'Anggaran tahun 2018 sudah dicatat.',
  )
  const wrong = await save({ amount: 'banyak' })
  expect(wrong.statusCode).toBe(422)
  for (const field of ['year', 'amount']) expect(wrong.body).toContain(`id="${field}-error"`)
  const at = `/opd/${opdId}/budgets/1`
  expect((await it.get(at, staff)).body).toContain('value="75.000.000"')
  await it.post(at, { year: '2018', amount: '80.000.000', document: 'rka', _version: 1 }, staff)
  expect((await rows())[0]).toMatchObject({ amount: 80_000_000, document: 'rka' })
  expect((await it.post(`${at}/removal`, { _version: 2 }, staff)).statusCode).toBe(303)
  expect(await rows()).toEqual([])
})

test('a representative records for the own OPD alone', async () => {
  const otherId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
  await it.post(`/opd/${otherId}/budgets`, { year: '2018', amount: '1' }, staff)
  const rep = await it.signIn(['opd'], [opdId])
  const own = await it.post(`/opd/${opdId}/budgets`, { year: '2018', amount: '2' }, rep)
  expect(own.statusCode).toBe(303)
  const foreign = `/opd/${otherId}/budgets`
  expect((await it.post(foreign, { year: '2019', amount: '2' }, rep)).statusCode).toBe(404)
  expect((await it.get(`${foreign}/1`, rep)).statusCode).toBe(404)
  // the id of another OPD's budget below the own OPD leads nowhere
  expect((await it.get(`/opd/${opdId}/budgets/1`, rep)).statusCode).toBe(404)
  expect((await it.post(`/opd/${opdId}/budgets/1/removal`, { _version: 1 }, rep)).statusCode).toBe(
    404,
  )
})
