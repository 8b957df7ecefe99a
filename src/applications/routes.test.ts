import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let staff: string
let tourism: number
let trade: number
let national: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  await it.write(async (trx) => {
    tourism = await make.opd(trx, it.by, 'Dinas Pariwisata dan Kebudayaan')
    trade = await make.opd(trx, it.by, 'Dinas Perdagangan')
    const row = { function: 'Pengaduan', owner: 'KemenPANRB', class: 'A', source: null }
    const named = { name: 'SP4N-LAPOR!', nameKey: 'sp4n lapor', verifiedOn: null }
    national = await insertRow(trx, 'nationalApplication', { ...row, ...named }, it.by)
  })
})
afterEach(() => it.close())

const whole = {
  name: 'SIMWIS',
  description: 'Sistem informasi wisata',
  function: 'Mendata objek wisata',
  output: 'Daftar objek wisata',
  platforms: ['web', 'android'],
  url: 'https://wisata.contoh.example/masuk',
  useState: 'unused',
  plan: 'replace',
  class: 'C',
  users: ['g2c', 'g2e'],
  licence: 'owned',
  sourceHeld: 'partly',
  language: 'PHP 5',
  framework: 'CodeIgniter',
  database: 'MySQL',
  developer: 'vendor',
  builtYear: '2014',
  hosting: 'opd',
  yearlyCost: 'Rp 12.500.000',
  contactName: 'Rofina Contoh',
  contactTitle: 'Kepala Seksi Data',
  contactPhone: '0812-3456-7890',
  note: 'Berkas cadangan di OPD',
}

const rows = () => it.connection.db.selectFrom('application').selectAll().orderBy('id').execute()

async function added(fields: Record<string, unknown>, cookie = staff): Promise<string> {
  const answer = await it.post('/applications', { opdId: tourism, ...fields }, cookie)
  expect([answer.statusCode, answer.body]).toEqual([303, ''])
  return String(answer.headers.location)
}

describe('an application that exists', () => {
  test('keeps every field that is typed, and shows it', async () => {
    const at = await added({
      ...whole,
      userOpds: [trade],
      nationalApplicationId: national,
      '0.with': `n${national}`,
      '1.name': 'SIKD Kementerian',
    })
    const { platforms: _, users: __, ...columns } = whole
    expect((await rows())[0]).toMatchObject({
      ...columns,
      builtYear: 2014,
      yearlyCost: 12_500_000,
      nationalApplicationId: national,
      opdId: tourism,
    })
    const { body } = await it.get(at, staff)
    const shown = [
      ...[whole.name, whole.description, whole.function, whole.output, whole.language],
      ...[whole.framework, whole.database, whole.contactName, whole.contactTitle, whole.note],
      ...['Android, Web', 'Aktif, tidak digunakan', 'Diganti', 'Masyarakat (G2C)', 'Pihak ketiga'],
      ...['Server di OPD', 'Milik pemerintah daerah', '12.500.000', 'Dinas Perdagangan'],
      ...['SP4N-LAPOR!; SIKD Kementerian', whole.contactPhone],
    ]
    for (const text of shown) expect(body).toContain(text)
    expect(body).toContain(`<a href="${whole.url}">`)
    const form = await it.get(`${at}/edit`, staff)
    expect(form.body).toContain('value="12.500.000"')
    expect(form.body).toContain('value="SIKD Kementerian"')
    const change = { ...whole, hosting: 'cloud', output: 'Rekap', _version: 1 }
    expect((await it.post(at, change, staff)).statusCode).toBe(303)
    // the history calls a field as its form does
    expect((await it.get(at, staff)).body).toContain('luaran, lokasi server')
  })

  test('needs an owner and a name, and only an http address', async () => {
    const answer = await it.post('/applications', { url: 'javascript:alert(1)' }, staff)
    expect(answer.statusCode).toBe(422)
    for (const field of ['opdId', 'name', 'url'])
      expect(answer.body).toContain(`id="${field}-error"`)
    const twice = { opdId: tourism, name: 'X', '0.with': `n${national}`, '0.name': 'Y' }
    expect((await it.post('/applications', twice, staff)).body).toContain('id="0.name-error"')
    expect(await rows()).toEqual([])
  })

  test('an address that got in past the form is shown as text, never as a link', async () => {
    const at = await added({ name: 'Lama' })
    await it.connection.db.updateTable('application').set({ url: 'javascript:alert(1)' }).execute()
    const { body } = await it.get(at, staff)
    expect(body).toContain('javascript:alert(1)')
    expect(body).not.toContain('href="javascript')
  })

  test('doubles are shown with their owner, not refused', async () => {
    await added({ name: 'Buku Tamu' })
    const at = await added({ name: 'BUKU  tamu', opdId: trade })
    const list = await it.get('/applications', staff)
    expect(list.body).toContain('Nama sama dengan aplikasi Dinas Pariwisata dan Kebudayaan')
    expect((await it.get(at, staff)).body).toContain('Nama yang sama tercatat di OPD lain')
  })

  test('is changed, keeps what others changed meanwhile, and tells a collision', async () => {
    const at = await added(whole)
    await it.post(at, { ...whole, plan: 'keep', _version: 1 }, staff)
    const merged = await it.post(at, { ...whole, useState: 'dead', _version: 1 }, staff)
    expect(merged.statusCode).toBe(303)
    expect((await rows())[0]).toMatchObject({ plan: 'keep', useState: 'dead' })
    const collides = await it.post(at, { ...whole, plan: 'stop', _version: 1 }, staff)
    expect(collides.statusCode).toBe(409)
    expect(collides.body).toContain('id="plan-error"')
  })

  test('takes the answer "none" back, fills part 7, and bars its OPD from being removed', async () => {
    await it.post(`/opd/${tourism}/answers`, { part: 'applications' }, staff)
    await added({ name: 'SIMWIS' })
    expect(await it.connection.db.selectFrom('opdAnswer').selectAll().execute()).toEqual([])
    const { body } = await it.get(`/opd/${tourism}`, staff)
    expect(body).not.toContain('Aplikasi yang ada, atau jawaban')
    expect((await it.get(`/opd/${tourism}/removal`, staff)).body).toContain('1 aplikasi')
    expect((await it.post(`/opd/${tourism}/removal`, { _version: 1 }, staff)).statusCode).toBe(422)
  })

  test('is removed, but not while a proposal would extend it or another is connected', async () => {
    const at = await added({ name: 'SIMWIS' })
    const id = Number(at.split('/').pop())
    const other = await added({ name: 'Peta Wisata', '0.with': `a${id}` })
    const barred = (await it.get(`${at}/removal`, staff)).body
    expect(barred).toContain('1 aplikasi yang ada: ')
    expect(barred).toContain(`<a href="${other}">Peta Wisata</a>`)
    expect((await it.post(`${at}/removal`, { _version: 1 }, staff)).statusCode).toBe(422)
    await it.post(other, { name: 'Peta Wisata', _version: 1 }, staff)
    const done = await it.post(`${at}/removal`, { _version: 1 }, staff)
    expect(done.headers.location).toBe('/applications')
    expect(await rows()).toHaveLength(1)
  })

  test('tells its OPD that something bars its removal, but no decision before it is published', async () => {
    const at = await added({ name: 'SIMWIS' })
    const proposal = await it.write((trx) => make.proposal(trx, it.by, trade, 'Aplikasi Pasar'))
    const act = { outcome: 'redirected', applicationId: at.split('/').pop(), level: 'fgd' }
    const said = { office: 'Kepala Seksi', holdsAs: 'definitif', decidedOn: '2018-09-14' }
    const of = { '0.proposal': proposal, '0.chosen': 1, reason: 'Pakai SIMWIS.' }
    expect((await it.post('/decisions', { ...act, ...said, ...of }, staff)).statusCode).toBe(303)
    expect((await it.get(`${at}/removal`, staff)).body).toContain('1 penetapan')
    const own = await it.signIn(['opd'], [tourism])
    const asked = (await it.get(`${at}/removal`, own)).body
    expect(asked).not.toContain('enetapan')
    expect(asked).toContain('<li>data yang tidak dapat Anda lihat')
    expect(asked).not.toContain(`action="${at}/removal"`)
    const refused = await it.post(`${at}/removal`, { _version: 1 }, own)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).not.toContain('enetapan')
  })

  test('recorded from an open session leads back there, and belongs to it', async () => {
    const session = await it.write((trx) => openSession(trx))
    const form = await it.get(`/applications/new?opd=${tourism}&session=${session}`, staff)
    expect(form.body).toContain(`name="fgdSessionId" value="${session}"`)
    expect(await added({ name: 'SIMWIS', fgdSessionId: session })).toBe(
      `/fgd/${session}?opd=${tourism}#opd`,
    )
    expect((await rows())[0]?.fgdSessionId).toBe(session)
  })
})

describe('the list', () => {
  test('is searched and filtered, with counts by use; 50 a page', async () => {
    await it.write(async (trx) => {
      for (let n = 0; n < 60; n += 1) {
        const use = n < 10 ? 'used' : null
        await simple(trx, tourism, `Aplikasi ${n}`, { useState: use, class: n < 5 ? 'B' : 'C' })
      }
    })
    const titles = async (query: string) =>
      [...(await it.get(`/applications?${query}`, staff)).body.matchAll(/row-title/g)].length
    expect(await titles('')).toBe(50)
    expect(await titles('page=2')).toBe(10)
    expect(await titles('page=99')).toBe(10)
    expect(await titles('use=used')).toBe(10)
    expect(await titles('use=unrecorded')).toBe(50)
    expect(await titles('class=B&use=used')).toBe(5)
    expect(await titles('q=aplikasi+42')).toBe(1)
    expect(await titles(`opd=${trade}`)).toBe(0)
    expect(await titles('platform=ios')).toBe(0)
    expect((await it.get('/applications', staff)).body).toContain('10 dari 60')
  })
})

describe('the wall between OPD', () => {
  test('a representative sees and changes only the own, and points to nothing of another', async () => {
    const rep = await it.signIn(['opd'], [tourism])
    const foreign = await added({ name: 'Rahasia Dagang', opdId: trade })
    const id = Number(foreign.split('/').pop())
    expect((await it.get('/applications', rep)).body).not.toContain('Rahasia Dagang')
    expect((await it.get(foreign, rep)).statusCode).toBe(404)
    expect((await it.post(foreign, { name: 'X', _version: 1 }, rep)).statusCode).toBe(404)
    expect((await it.post(`${foreign}/removal`, { _version: 1 }, rep)).statusCode).toBe(404)
    expect((await it.post('/applications', { opdId: trade, name: 'X' }, rep)).statusCode).toBe(404)
    const pointing = { opdId: tourism, name: 'Wisata', '0.with': `a${id}` }
    const refused = await it.post('/applications', pointing, rep)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('id="0.with-error"')
    expect(refused.body).not.toContain('Rahasia Dagang')
  })

  test('a connection that the office recorded stays, without its name', async () => {
    const rep = await it.signIn(['opd'], [tourism])
    const foreign = await added({ name: 'Rahasia Dagang', opdId: trade })
    const id = Number(foreign.split('/').pop())
    const own = await added({ name: 'Wisata', '0.with': `a${id}` })
    const form = await it.get(`${own}/edit`, rep)
    expect(form.body).toContain('Aplikasi OPD lain')
    expect(form.body + (await it.get(own, rep)).body).not.toContain('Rahasia Dagang')
    const kept = { name: 'Wisata Baru', '0.with': `a${id}`, _version: 1 }
    expect((await it.post(own, kept, rep)).statusCode).toBe(303)
    expect(await it.connection.db.selectFrom('integration').selectAll().execute()).toHaveLength(1)
  })

  test('ids that lead nowhere are refused at their field', async () => {
    const wrong = { opdId: tourism, name: 'X', userOpds: [9999], nationalApplicationId: 9999 }
    const answer = await it.post('/applications', { ...wrong, '3.with': 'n9999' }, staff)
    for (const field of ['userOpds', 'nationalApplicationId', '3.with']) {
      expect(answer.body).toContain(`id="${field}-error"`)
    }
    expect((await it.post('/applications', { opdId: 9999, name: 'X' }, staff)).statusCode).toBe(404)
  })

  test('the way "extend" takes an application that the writer may see', async () => {
    const rep = await it.signIn(['opd'], [tourism])
    const own = Number((await added({ name: 'SIMWIS' })).split('/').pop())
    const foreign = Number((await added({ name: 'Rahasia', opdId: trade })).split('/').pop())
    const proposal = { opdId: tourism, title: 'SIMWIS baru', way: 'extend' }
    const refused = await it.post('/proposals', { ...proposal, wayApplicationId: foreign }, rep)
    expect(refused.statusCode).toBe(422)
    const saved = await it.post('/proposals', { ...proposal, wayApplicationId: own }, rep)
    const at = String(saved.headers.location)
    expect((await it.get(at, rep)).body).toContain(`<a href="/applications/${own}">SIMWIS</a>`)
    const byOffice = await it.post(
      at,
      { ...proposal, opdId: undefined, wayApplicationId: foreign, _version: 1 },
      staff,
    )
    expect(byOffice.statusCode).toBe(303)
    const { body } = await it.get(at, rep)
    expect(body).toContain('Aplikasi OPD lain')
    expect(body).not.toContain('Rahasia')
    const other = {
      ...proposal,
      opdId: undefined,
      way: 'build',
      wayApplicationId: own,
      _version: 2,
    }
    expect((await it.post(at, other, staff)).body).toContain('id="wayApplicationId-error"')
  })
})

describe('national applications', () => {
  test('are added, changed with the day of verification, and removed while nothing names them', async () => {
    const fields = { name: 'SIASN', function: 'Kepegawaian', owner: 'BKN', class: 'A' }
    const done = await it.post(
      '/applications/national',
      { ...fields, verifiedOn: '14/09/2018' },
      staff,
    )
    expect(done.headers.location).toBe('/applications/national')
    const list = await it.get('/applications/national', staff)
    expect(list.body).toContain('14 September 2018')
    expect(list.body).toContain('Perlu verifikasi')
    expect((await it.get('/applications/national?q=kepegawaian', staff)).body).not.toContain('SP4N')
    const lines = { ...fields, function: 'Satu\nDua', verifiedOn: '2018-09-14', _version: 1 }
    expect((await it.post('/applications/national/2', lines, staff)).statusCode).toBe(303)
    expect((await it.get('/applications/national', staff)).body).toMatch(
      /class="said">Satu\r?\nDua/,
    )
    const later = { ...fields, verifiedOn: '2018-09-15', _version: 2 }
    expect((await it.post('/applications/national/2', later, staff)).body).toContain(
      'verifiedOn-error',
    )
    const twice = await it.post('/applications/national', { ...fields, name: 'siasn' }, staff)
    expect(twice.body).toContain('id="name-error"')
    await added({ name: 'SIMPEG', nationalApplicationId: 2 })
    expect(
      (await it.post('/applications/national/2/removal', { _version: 2 }, staff)).statusCode,
    ).toBe(422)
    expect(
      (await it.post(`/applications/national/${national}/removal`, { _version: 1 }, staff))
        .statusCode,
    ).toBe(303)
  })

  test('are read by representatives, changed by the office alone', async () => {
    const rep = await it.signIn(['opd'], [tourism])
    expect((await it.get('/applications/national', rep)).statusCode).toBe(200)
    expect((await it.get('/applications/national/new', rep)).statusCode).toBe(403)
    expect(
      (await it.post(`/applications/national/${national}`, { _version: 1 }, rep)).statusCode,
    ).toBe(403)
  })
})

type Trx = Parameters<Parameters<TestApp['write']>[0]>[0]

function simple(trx: Trx, opdId: number, name: string, more: Record<string, unknown> = {}) {
  const row = { opdId, fgdSessionId: null, name, nameKey: name.toLowerCase(), ...more }
  return insertRow(trx, 'application', row, it.by)
}

function openSession(trx: Trx): Promise<number> {
  const row = { title: 'FGD', heldOn: '2018-09-14', state: 'open' }
  return insertRow(trx, 'fgdSession', row, it.by)
}
