import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formPost, type TestApp, testApp } from '../testing/app.ts'

let it: TestApp
let staff: string

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
})
afterEach(() => it.close())

const dinas = {
  name: 'Dinas Pariwisata dan Kebudayaan',
  kind: 'dinas',
  shortName: 'Dispar',
  headTitle: 'Kepala Dinas Pariwisata dan Kebudayaan',
}

describe('the register of OPD', () => {
  test('a new OPD is in the list and has its page', async () => {
    const saved = await it.post('/opd', dinas, staff)
    expect(saved.statusCode).toBe(303)
    const shown = await it.get(saved.headers.location as string, staff)
    expect(shown.body).toContain('Dinas Pariwisata dan Kebudayaan')
    expect((await it.get('/opd?q=dispar', staff)).body).toContain('Dinas Pariwisata dan Kebudayaan')
    expect((await it.get('/opd?q=tidakada', staff)).body).not.toContain('Dinas Pariwisata')
  })

  test('a name left empty is a message at its field and keeps what was typed', async () => {
    const answer = await it.post('/opd', { ...dinas, name: ' ' }, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Isi nama OPD.')
    expect(answer.body).toContain('value="Dispar"')
    expect(await count()).toBe(0)
  })

  test('a code used twice is a field error', async () => {
    await it.post('/opd', { ...dinas, code: '1.02' }, staff)
    const answer = await it.post('/opd', { ...dinas, name: 'Dinas Kesehatan', code: '1.02' }, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="code-error"')
  })

  test('the same form sent five times at once makes one row and five equal answers', async () => {
    const form = formPost('/opd', { ...dinas, _key: 'kunci-ulang-1' }, staff)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => it.app.inject(form)))
    expect(new Set(answers.map((a) => `${a.statusCode} ${a.headers.location}`)).size).toBe(1)
    expect(await count()).toBe(1)
    const other = await it.post('/opd', { ...dinas, name: 'Lain', _key: 'kunci-ulang-1' }, staff)
    expect(other.statusCode).toBe(409)
  })

  test('two people change different fields: both are kept; the same field: a conflict', async () => {
    const at = (await it.post('/opd', dinas, staff)).headers.location as string
    await it.post(at, { ...dinas, contactName: 'Maria', _version: 1 }, staff)
    const second = await it.post(at, { ...dinas, headName: 'Yohanes', _version: 1 }, staff)
    expect(second.statusCode).toBe(303)
    const row = await it.connection.db.selectFrom('opd').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ contactName: 'Maria', headName: 'Yohanes', version: 3 })

    const clash = await it.post(at, { ...dinas, contactName: 'Petrus', _version: 1 }, staff)
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Punya Anda: Petrus. Tersimpan: Maria.')
    expect(clash.body).toContain('value="Petrus"')
    const knowingly = await it.post(
      at,
      { ...dinas, contactName: 'Petrus', headName: 'Yohanes', _version: 3 },
      staff,
    )
    expect(knowingly.statusCode).toBe(303)
  })

  test('an OPD with an office cannot be removed, an empty one can, with its duties', async () => {
    const at = (await it.post('/opd', dinas, staff)).headers.location as string
    await it.post(`${at}/duties`, { text: 'Pengembangan destinasi', verified: '1' }, staff)
    const done = await it.post(`${at}/removal`, { _version: 1 }, staff)
    expect(done.headers.location).toBe('/opd')
    expect(await count()).toBe(0)
    const events = await it.connection.db
      .selectFrom('event')
      .select(['entity', 'action'])
      .where('action', '=', 'remove')
      .execute()
    expect(events.map((event) => event.entity)).toEqual(['opdDuty', 'opd'])
  })

  test('a unit stands under its OPD, has kinds of its own and no units', async () => {
    const at = (await it.post('/opd', dinas, staff)).headers.location as string
    const id = Number(at.split('/').pop())
    const unit = { name: 'UPTD Destinasi', kind: 'uptd' }
    const made = (await it.post(`/opd?parent=${id}`, unit, staff)).headers.location as string
    expect((await it.get(made, staff)).body).toContain('Unit dari Dinas Pariwisata')
    expect((await it.get(at, staff)).body).toContain('UPTD Destinasi')
    expect((await it.post('/opd', unit, staff)).statusCode).toBe(422)
    expect((await it.post(`/opd?parent=${id}`, { ...unit, kind: 'dinas' }, staff)).statusCode).toBe(
      422,
    )
    const changed = await it.post(made, { ...unit, kind: 'puskesmas', _version: 1 }, staff)
    expect(changed.statusCode).toBe(303)
    const below = Number(made.split('/').pop())
    expect((await it.get(`/opd/new?parent=${below}`, staff)).statusCode).toBe(404)
    const removal = await it.get(`${at}/removal`, staff)
    expect(removal.body).toContain('1 unit')
    expect((await it.get(`${made}/removal`, staff)).body).toContain('Hapus unit')
  })

  test('completeness counts what is recorded and leads to what is missing', async () => {
    const full = { ...dinas, headName: 'Yohanes', contactName: 'Maria' }
    const at = (await it.post('/opd', full, staff)).headers.location as string
    await it.post(`${at}/duties`, { text: 'Pengembangan destinasi' }, staff)
    const office = { kind: 'main', name: 'Kantor Dinas', isHead: '1' }
    const location = (await it.post(`${at}/locations`, office, staff)).headers.location as string
    const before = (await it.get(at, staff)).body
    expect(before).toContain(`href="${location}/internet/new"`)
    expect(before).toContain(`href="${location}/devices/new"`)
    await it.post(`${location}/internet`, { asOf: '2018-09-14', line: '1', available: 'no' }, staff)
    await it.post(`${location}/devices`, { asOf: '2018-09-14', none: '1' }, staff)
    const people = { asOf: '2018-09-14', pns: '40', pppk: '0', other: '3', computerUsers: '20' }
    await it.post(`${at}/people`, people, staff)
    for (const part of ['applications', 'proposals'])
      await it.post(`${at}/answers`, { part }, staff)
    expect((await it.get('/opd', staff)).body).toContain('8 dari 10')
    const after = (await it.get(at, staff)).body
    expect(after).not.toContain(`href="${location}/internet/new"`)
    expect(after).toContain('Anggaran TIK tahun ini dan tahun depan')
  })

  test('a representative sees the own OPD and no other', async () => {
    const mine = (await it.post('/opd', dinas, staff)).headers.location as string
    const other = (await it.post('/opd', { ...dinas, name: 'Dinas Kesehatan' }, staff)).headers
      .location as string
    const rep = await it.signIn(['opd'], [Number(mine.split('/').pop())])
    expect((await it.get(mine, rep)).statusCode).toBe(200)
    expect((await it.get(other, rep)).statusCode).toBe(404)
    expect((await it.get('/opd', rep)).body).not.toContain('Dinas Kesehatan')
    expect((await it.get('/opd?q=kesehatan', rep)).body).not.toContain('Dinas Kesehatan')
  })

  test('someone not signed in is sent to the sign-in page', async () => {
    const answer = await it.get('/opd')
    expect(answer.headers.location).toBe('/sign-in?next=%2Fopd')
  })

  async function count() {
    const { n } = await it.connection.db
      .selectFrom('opd')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return n
  }
})

describe('the list of government affairs', () => {
  const kominfo = { code: '2.16', name: 'Kominfo', grouping: 'obligatory', source: 'UU 23/2014' }

  test('is edited, dated with its source, and offered by the form of an OPD', async () => {
    await it.post('/opd/affairs', { ...kominfo, verifiedOn: '14/09/2018' }, staff)
    const list = await it.get('/opd/affairs', staff)
    expect(list.body).toContain('14 September 2018')
    const twice = await it.post('/opd/affairs', { ...kominfo, name: 'Lain' }, staff)
    expect(twice.body).toContain('id="code-error"')
    const wrong = await it.post('/opd/affairs', { ...kominfo, code: 'II.16' }, staff)
    expect(wrong.statusCode).toBe(422)
    const { code: _, ...named } = { ...kominfo, name: 'Komunikasi dan Informatika' }
    await it.post('/opd/affairs/1', { ...named, _version: 1 }, staff)
    const offered = (await it.get('/opd/new', staff)).body
    expect(offered).toContain('2.16 Komunikasi dan Informatika')
    expect((await it.get('/opd/affairs/1', staff)).body).toContain('Kominfo')
  })

  test('loses a row only while nobody chose it, and says who did, units as units', async () => {
    await it.post('/opd/affairs', kominfo, staff)
    await it.post('/opd', { ...dinas, affairs: '2.16' }, staff)
    await it.post('/opd?parent=1', { name: 'UPTD Arsip', kind: 'uptd', affairs: '2.16' }, staff)
    const asked = await it.get('/opd/affairs/1/removal', staff)
    expect(asked.body).toContain('<li>1 OPD: <a')
    expect(asked.body).toContain('<li>1 unit: <a')
    expect(asked.body).not.toContain('name="_version"')
    const refused = await it.post('/opd/affairs/1/removal', { _version: 1 }, staff)
    expect(refused.statusCode).toBe(422)
    await it.post('/opd/2', { name: 'UPTD Arsip', kind: 'uptd', _version: 1 }, staff)
    await it.post('/opd/1', { ...dinas, _version: 1 }, staff)
    const done = await it.post('/opd/affairs/1/removal', { _version: 1 }, staff)
    expect(done.statusCode).toBe(303)
    expect((await it.get('/history/removed', staff)).body).toContain('Kominfo')
  })
})
