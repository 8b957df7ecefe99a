import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { readiness } from '../domain/readiness.ts'
import { formPost, type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import * as inventory from './queries.ts'

let it: TestApp
let staff: string
let opdId: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  opdId = await newOpd('Dinas Pariwisata dan Kebudayaan')
})
afterEach(() => it.close())

const office = { kind: 'main', name: 'Kantor Dinas, Labuan Bajo', isHead: '1' }
const internet = {
  asOf: '2018-09-14',
  line: '1',
  available: 'yes',
  downKbps: '20',
  provider: 'Telkom',
}

describe('offices', () => {
  test('one head office: a second is refused at the box, with the name of the first', async () => {
    await newOffice()
    const second = { ...office, name: 'Pusat Informasi Wisata' }
    const answer = await it.post(`/opd/${opdId}/locations`, second, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="isHead-error"')
    expect(answer.body).toContain('sudah tercatat: Kantor Dinas, Labuan Bajo')
    expect(answer.body).toContain('value="Pusat Informasi Wisata"')
  })

  test('a name used twice in one OPD is a message at the name', async () => {
    await newOffice()
    const again = { ...office, name: 'kantor dinas  LABUAN bajo', isHead: undefined }
    const answer = await it.post(`/opd/${opdId}/locations`, again, staff)
    expect(answer.body).toContain('id="name-error"')
  })

  test('a form whose record was removed meanwhile says so, and shows what was written', async () => {
    const at = await newOffice()
    await it.post(`${at}/removal`, { _version: 1 }, staff)
    const note = 'Pindah <ke> lantai dua.\nKunci di satpam.'
    const answer = await it.post(at, { ...office, note, _version: 1 }, staff)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('datanya dihapus orang lain')
    const [, written = ''] = answer.body.split('id="written-title"')
    expect(written).toContain('Kantor Dinas, Labuan Bajo')
    expect(written).toContain('Pindah &lt;ke&gt; lantai dua.\nKunci di satpam.')
    expect(written.match(/<li>/g)).toHaveLength(2)
    expect(written).toContain('href="/history/removed"')
  })

  test('removal takes the inventory with it, but not while a proposal names the office', async () => {
    const at = await newOffice()
    await it.post(`${at}/internet`, internet, staff)
    await it.post(`${at}/devices`, { asOf: '2018-09-14', none: '1' }, staff)
    expect((await it.get(`${at}/removal`, staff)).body).toContain(
      'Ikut terhapus</dt><dd>1 pendataan perangkat, 1 akses internet',
    )
    const proposal = await it.write((trx) => make.proposal(trx, it.by, opdId, 'Aplikasi Wisata'))
    const use = { proposalId: proposal, locationId: Number(at.split('/').pop()) }
    await it.connection.db.insertInto('proposalLocation').values(use).execute()
    const barred = (await it.get(`${at}/removal`, staff)).body
    expect(barred).toContain('1 usulan aplikasi: ')
    expect(barred).toContain(`<a href="/proposals/${proposal}">Aplikasi Wisata</a>`)
    expect(barred).not.toContain(`action="${at}/removal"`)
    // what another OPD has there is neither named nor counted
    const other = await newOpd('Dinas Kesehatan')
    const foreign = await it.write((trx) => make.proposal(trx, it.by, other, 'Rujukan Wisata'))
    await it.connection.db
      .insertInto('proposalLocation')
      .values({ ...use, proposalId: foreign })
      .execute()
    const own = await it.get(`${at}/removal`, await it.signIn(['opd'], [opdId]))
    expect(own.body).toContain('1 usulan aplikasi: <a')
    expect(own.body).toContain('<li>data yang tidak dapat Anda lihat')
    expect(own.body).not.toContain('2 usulan')
    expect(own.body).not.toContain('Rujukan Wisata')
    const used = await it.post(`${at}/removal`, { _version: 1 }, staff)
    expect(used.statusCode).toBe(422)
    expect(await rows('internetAccess')).toHaveLength(1)

    await it.connection.db.deleteFrom('proposalLocation').execute()
    const done = await it.post(`${at}/removal`, { _version: 1 }, staff)
    expect(done.headers.location).toBe(`/opd/${opdId}`)
    expect(await rows('location')).toHaveLength(0)
    expect(await rows('internetAccess')).toHaveLength(0)
  })
})

describe('the whole inventory', () => {
  test('two days are compared by an address, and the list is a file that says the same', async () => {
    const at = await newOffice()
    const id = at.split('/').pop()
    await it.post(`${at}/internet`, { ...internet, asOf: '2018-08-01', available: 'no' }, staff)
    await it.post(`${at}/internet`, internet, staff)
    const asked = 'tab=change&from=2018-09-01&as-of=2018-09-14'
    const page = (await it.get(`/inventory?${asked}`, staff)).body
    expect(page).toContain(
      'Keadaan per 1 September 2018 dibandingkan dengan keadaan per 14 September',
    )
    expect(page).toContain('0 → 20')
    expect(page).toContain('+20')
    expect(page).toContain('1 dari 1 lokasi berubah')
    expect(page).toContain(`<a href="/locations/${id}">`)
    expect(page).toContain(
      'href="/inventory/list.csv?as-of=2018-09-14&amp;tab=change&amp;from=2018-09-01"',
    )
    const earlier = (await it.get('/inventory?tab=change&from=2018-07-01&as-of=2018-09-14', staff))
      .body
    expect(earlier).toContain('Tidak dapat dibandingkan')
    expect(earlier).toContain('belum didata: 1 lokasi, lalu 0')

    const file = await it.get(`/inventory/list.csv?${asked}`, staff)
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.headers['content-disposition']).toContain('inventaris-change-2018-09-14.csv')
    expect(file.body).toContain('Dinas Pariwisata dan Kebudayaan;1;0;1;1;0;0;0;20;20;0;0;')
    const logged = await it.connection.db.selectFrom('accessLog').selectAll().execute()
    expect(logged.map((row) => row.kind)).toContain('export')
    const stranger = await it.signIn(['opd'], [await newOpd('Dinas Lain')])
    expect((await it.get(`/inventory/list.csv?${asked}`, stranger)).body).not.toContain(
      'Pariwisata',
    )
  })

  test('the locations are added up by OPD and by district, and lead to one of them', async () => {
    const at = await newOffice()
    await it.post(`${at}/internet`, { ...internet, downKbps: '4' }, staff)
    const page = (await it.get('/inventory?tab=opd', staff)).body
    expect(page).toContain('1 dari 1 lokasi')
    expect(page).toContain(`href="/inventory?opd=${opdId}"`)
    expect((await it.get(`/inventory?opd=${opdId}`, staff)).body).toContain('Kurang 6 Mbps')
    expect((await it.get('/inventory?tab=district', staff)).body).toContain(
      'Kecamatan belum dicatat',
    )
    for (const tab of ['offices', 'opd', 'district', 'devices']) {
      expect((await it.get(`/inventory/list.csv?tab=${tab}`, staff)).statusCode, tab).toBe(200)
    }
  })
})

describe('internet access by day', () => {
  test('a later day adds a row and is filled from the newest; the same day is an edit', async () => {
    const at = await newOffice()
    await it.post(
      `${at}/internet`,
      { ...internet, asOf: '2018-08-01', downKbps: '12,5', costMonth: '1500000' },
      staff,
    )
    const form = await it.get(`${at}/internet/new`, staff)
    expect(form.body).toContain('Isian terakhir per 1 Agustus 2018; ubah yang berubah.')
    expect(form.body).toContain('value="12,5"')
    expect(form.body).toContain('value="1.500.000"')

    await it.post(`${at}/internet`, { ...internet, fromId: 1, _version: 1 }, staff)
    expect(await rows('internetAccess')).toHaveLength(2)
    const same = { ...internet, downKbps: '30', fromId: 2, _version: 1 }
    expect((await it.post(`${at}/internet`, same, staff)).statusCode).toBe(303)
    const stored = await rows('internetAccess')
    expect(stored.map((row) => [row.asOf, row.downKbps])).toEqual([
      ['2018-08-01', 12_500],
      ['2018-09-14', 30_000],
    ])
  })

  test('a day someone else recorded meanwhile is a conflict, not an overwriting', async () => {
    const at = await newOffice()
    await it.post(`${at}/internet`, { ...internet, available: 'limited' }, staff)
    const answer = await it.post(`${at}/internet`, internet, staff)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Punya Anda: Ada. Tersimpan: Terbatas.')
    expect(answer.body).toContain('name="fromId" value="1"')
    const knowingly = { ...internet, fromId: 1, _version: 1 }
    expect((await it.post(`${at}/internet`, knowingly, staff)).statusCode).toBe(303)
    expect(await rows('internetAccess')).toHaveLength(1)
  })

  test('"none" is an answer; what is typed of a connection is then left out', async () => {
    const at = await newOffice()
    await it.post(`${at}/internet`, { ...internet, available: 'no', lan: 'part' }, staff)
    const [row] = await rows('internetAccess')
    expect(row).toMatchObject({ available: 'no', downKbps: null, provider: null, lan: 'part' })
    expect((await it.get(`/opd/${opdId}`, staff)).body).not.toContain('Akses internet: Kantor')
  })

  test('wrong figures and days are told at their fields, and what was typed is kept', async () => {
    const at = await newOffice()
    const wrong = {
      ...internet,
      downKbps: '2.048',
      outageHours: 'sering',
      measuredDownKbps: '14,2',
    }
    const answer = await it.post(`${at}/internet`, wrong, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="downKbps-error"')
    expect(answer.body).toContain('id="outageHours-error"')
    expect(answer.body).toContain('value="sering"')
    const unmeasured = { ...internet, measuredDownKbps: '14,2' }
    expect((await it.post(`${at}/internet`, unmeasured, staff)).body).toContain('measuredOn-error')
    const tomorrow = await it.post(`${at}/internet`, { ...internet, asOf: '2018-09-15' }, staff)
    expect(tomorrow.body).toContain('Tanggal ini belum tiba.')
    expect(await rows('internetAccess')).toHaveLength(0)
  })

  test('the same form sent five times at once makes one row', async () => {
    const at = await newOffice()
    const form = formPost(`${at}/internet`, { ...internet, _key: 'kunci-internet-1' }, staff)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => it.app.inject(form)))
    expect(new Set(answers.map((answer) => answer.headers.location))).toEqual(new Set([at]))
    expect(await rows('internetAccess')).toHaveLength(1)
  })
})

describe('devices by day', () => {
  test('only types that are there are kept; a new day is filled with the last counts', async () => {
    const at = await newOffice()
    const grid = { asOf: '2018-08-01', '0.good': '12', '0.major': '2', '0.oldestYear': '2011' }
    expect((await it.post(`${at}/devices`, { ...grid, '3.good': '0' }, staff)).statusCode).toBe(303)
    const [survey] = await inventory.deviceSurveys(it.context.db, everything, 1)
    expect(survey?.counts).toEqual([
      { type: 'pc', good: 12, minor: 0, major: 2, oldestYear: 2011, newestYear: null },
    ])
    const form = await it.get(`${at}/devices/new`, staff)
    expect(form.body).toMatch(/id="0\.good"[^>]*value="12"/)
    expect((await it.get(at, staff)).body).toContain('Tahun 2011')
  })

  test('"no devices" is an answer, and a count beside it is refused at its place', async () => {
    const at = await newOffice()
    const both = { asOf: '2018-09-14', none: '1', '1.minor': '3' }
    const answer = await it.post(`${at}/devices`, both, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="none-error"')
    expect(answer.body).toContain('id="1.minor-error"')
    expect(answer.body).toMatch(/id="1\.minor"[^>]*value="3"/)
    const nothing = await it.post(`${at}/devices`, { asOf: '2018-09-14' }, staff)
    expect(nothing.body).toContain('id="none-error"')
    await it.post(`${at}/devices`, { asOf: '2018-09-14', none: '1' }, staff)
    expect((await it.get(at, staff)).body).toContain('Sudah didata: tidak ada perangkat')
  })

  test('wrong years and counts are told at their cells', async () => {
    const at = await newOffice()
    const later = { asOf: '2018-09-14', '0.good': '1', '0.newestYear': '2019' }
    expect((await it.post(`${at}/devices`, later, staff)).body).toContain('id="0.newestYear-error"')
    const text = { asOf: '2018-09-14', '2.good': 'satu' }
    const answer = await it.post(`${at}/devices`, text, staff)
    expect(answer.body).toContain('id="2.good-error"')
    expect(answer.body).toContain('value="satu"')
  })

  test('a type left out of a later survey is gone, and an unseen survey is not overwritten', async () => {
    const at = await newOffice()
    await it.post(`${at}/devices`, { asOf: '2018-09-13', '0.good': '5', '1.good': '1' }, staff)
    await it.post(`${at}/devices`, { asOf: '2018-09-14', '0.good': '4' }, staff)
    const [latest] = await inventory.latestDevices(it.context.db, everything)
    expect(latest?.counts.map((count) => count.type)).toEqual(['pc'])
    const blind = { asOf: '2018-09-14', '0.good': '9' }
    const answer = await it.post(`${at}/devices`, blind, staff)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Pakai yang tersimpan')
    const [survey] = await inventory.latestDevices(it.context.db, everything)
    expect(survey?.counts).toMatchObject([{ type: 'pc', good: 4 }])
  })

  test('counts that collide are chosen between; a note that others wrote meanwhile stays', async () => {
    const at = await newOffice()
    await it.post(`${at}/devices`, { asOf: '2018-09-14', '0.good': '5', note: 'a' }, staff)
    const surveys = () =>
      it.connection.db.selectFrom('deviceSurvey').select(['id', 'note']).execute()
    const edit = `${at}/devices/${(await surveys())[0]?.id}`
    await it.post(edit, { asOf: '2018-09-14', '0.good': '6', note: 'a', _version: 1 }, staff)
    const mine = { asOf: '2018-09-14', '0.good': '7', note: 'a' }
    const told = await it.post(edit, { ...mine, _version: 1 }, staff)
    expect(told.statusCode).toBe(409)
    expect(told.body).toContain('name="_version" value="1"')
    const [, take = ''] = /name="_take.0" value="(mine:[^"]+)"/.exec(told.body) ?? []
    await it.post(edit, { asOf: '2018-09-14', '0.good': '6', note: 'b', _version: 2 }, staff)
    const again = await it.post(edit, { ...mine, _version: 1, '_take.0': take }, staff)
    expect(again.statusCode).toBe(303)
    expect(await surveys()).toMatchObject([{ note: 'b' }])
    const [survey] = await inventory.latestDevices(it.context.db, everything)
    expect(survey?.counts).toMatchObject([{ type: 'pc', good: 7 }])
  })
})

describe('employees and answers of an OPD', () => {
  test('a later day adds, the same day edits; empty is not zero', async () => {
    const people = { asOf: '2018-08-01', pns: '1.200', other: '0' }
    await it.post(`/opd/${opdId}/people`, people, staff)
    await it.post(`/opd/${opdId}/people`, { ...people, asOf: '2018-09-14', pns: '40' }, staff)
    const edit = { ...people, asOf: '2018-09-14', pns: '41', fromId: 2, _version: 1 }
    await it.post(`/opd/${opdId}/people`, edit, staff)
    expect(await rows('opdPeople')).toMatchObject([
      { pns: 1200, pppk: null, other: 0 },
      { pns: 41 },
    ])
  })

  test('"tidak mengusulkan" counts, is taken back, and is refused beside proposals', async () => {
    const said = await it.post(`/opd/${opdId}/answers`, { part: 'proposals' }, staff)
    expect(said.headers.location).toBe(`/opd/${opdId}#answers`)
    expect((await it.get('/opd', staff)).body).toContain('1 dari 10')
    await it.post(`/opd/${opdId}/answers/removal`, { part: 'proposals' }, staff)
    expect((await it.get('/opd', staff)).body).toContain('0 dari 10')
    await it.write((trx) => make.proposal(trx, it.by, opdId, 'Aplikasi Wisata'))
    const beside = await it.post(`/opd/${opdId}/answers`, { part: 'proposals' }, staff)
    expect(beside.statusCode).toBe(409)
    expect(beside.body).toContain('Sudah ada data yang tercatat')
    const wrong = await it.post(`/opd/${opdId}/answers`, { part: 'devices' }, staff)
    expect(wrong.statusCode).toBe(422)
  })
})

describe('in a session', () => {
  test('a form opened in an open session goes back to it and is kept as its own', async () => {
    const at = await newOffice()
    const session = await newSession('open')
    const form = await it.get(`${at}/internet/new?session=${session}`, staff)
    expect(form.body).toContain(`name="fgdSessionId" value="${session}"`)
    const saved = await it.post(`${at}/internet`, { ...internet, fgdSessionId: session }, staff)
    expect(saved.headers.location).toBe(`/fgd/${session}?opd=${opdId}#opd`)
    expect(await rows('internetAccess')).toMatchObject([{ fgdSessionId: session }])
  })

  test('a session that is not open is told, and the form lets go of it', async () => {
    const at = await newOffice()
    const session = await newSession('closed')
    const form = await it.get(`${at}/internet/new?session=${session}`, staff)
    expect(form.body).toContain('name="fgdSessionId" value=""')
    const late = await it.post(`${at}/internet`, { ...internet, fgdSessionId: session }, staff)
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Sesi FGD itu sedang tidak berlangsung.')
    expect(late.body).toContain('name="fgdSessionId" value=""')
    expect(await rows('internetAccess')).toHaveLength(0)
  })
})

describe('who may', () => {
  test('a representative records for the own OPD; another OPD is not there', async () => {
    const mine = await newOffice()
    const otherId = await newOpd('Dinas Kesehatan')
    const rep = await it.signIn(['opd'], [otherId])
    const own = await it.post(`/opd/${otherId}/locations`, { ...office, name: 'Kantor' }, rep)
    expect(own.statusCode).toBe(303)
    expect((await it.get(own.headers.location as string, rep)).statusCode).toBe(200)
    for (const path of ['', '/edit', '/removal', '/internet/new', '/devices/new']) {
      expect((await it.get(mine + path, rep)).statusCode).toBe(404)
    }
    expect((await it.post(`${mine}/internet`, internet, rep)).statusCode).toBe(404)
    expect(
      (await it.post(`${mine}/devices`, { asOf: '2018-09-14', none: '1' }, rep)).statusCode,
    ).toBe(404)
    expect((await it.post(`/opd/${opdId}/people`, { asOf: '2018-09-14' }, rep)).statusCode).toBe(
      404,
    )
    expect((await it.post(`/opd/${opdId}/answers`, { part: 'proposals' }, rep)).statusCode).toBe(
      404,
    )
    expect((await it.get('/inventory', rep)).body).not.toContain('Labuan Bajo')
    expect((await it.get('/inventory?q=pariwisata', rep)).body).not.toContain('Kantor Dinas')
  })

  test('a row of another office is not under this one', async () => {
    const mine = await newOffice()
    await it.post(`${mine}/internet`, internet, staff)
    const other = await newOffice({ ...office, name: 'Kedua', isHead: undefined })
    expect((await it.get(`${mine}/internet/1`, staff)).statusCode).toBe(200)
    expect((await it.get(`${other}/internet/1`, staff)).statusCode).toBe(404)
    expect((await it.post(`${other}/internet/1/removal`, { _version: 1 }, staff)).statusCode).toBe(
      404,
    )
  })
})

describe('across OPD', () => {
  test('below the standard first, counts by state, filters and an earlier day', async () => {
    const good = await newOffice({
      ...office,
      name: 'Alfa',
      computerUsers: '4',
      district: 'Komodo',
    })
    await it.post(`${good}/internet`, { ...internet, asOf: '2018-09-01' }, staff)
    await it.post(`${good}/devices`, { asOf: '2018-09-01', '0.good': '2' }, staff)
    const none = await newOffice({ ...office, name: 'Beta', isHead: undefined, district: 'Lembor' })
    await it.post(`${none}/internet`, { ...internet, asOf: '2018-09-10', available: 'no' }, staff)
    const page = await it.get('/inventory', staff)
    expect(page.body.indexOf('Beta')).toBeLessThan(page.body.indexOf('Alfa'))
    expect(page.body).toContain('2 lokasi, 1 di bawah standar')
    expect((await it.get('/inventory?state=no', staff)).body).not.toContain('Alfa')
    expect((await it.get('/inventory?district=Komodo', staff)).body).not.toContain('Beta</a>')
    const earlier = await it.get('/inventory?as-of=2018-09-05&state=unrecorded', staff)
    expect(earlier.body).toContain('Beta')
  })

  test('readinessInputs, hand-worked: two lines, the newest survey, the users of the only office', async () => {
    const at = await newOffice({ ...office, powerOutHours: '1,5' })
    const line = { ...internet, asOf: '2018-09-01', lan: 'part', outageHours: '6' }
    await it.post(`${at}/internet`, { ...line, asOf: '2018-08-01', downKbps: '100' }, staff)
    await it.post(
      `${at}/internet`,
      { ...line, measuredOn: '2018-08-30', measuredDownKbps: '14,2' },
      staff,
    )
    await it.post(
      `${at}/internet`,
      { ...line, line: '2', downKbps: '2', wifi: 'all', outageHours: '2' },
      staff,
    )
    await it.post(`${at}/devices`, { asOf: '2018-08-01', '0.good': '50' }, staff)
    const counts = { '0.good': '3', '1.good': '2', '1.major': '9', '3.good': '7' }
    await it.post(`${at}/devices`, { asOf: '2018-09-01', ...counts }, staff)
    await it.post(`/opd/${opdId}/people`, { asOf: '2018-09-01', computerUsers: '20' }, staff)

    const [facts] = await inventory.readinessInputs(it.context.db, everything)
    expect(facts).toMatchObject({
      locationId: 1,
      computerUsers: 20,
      internet: 'yes',
      measuredKbps: 14_200,
      goodComputers: 5,
      lan: 'part',
      wifi: 'all',
      internetOutageHours: 2,
      powerOutageHours: 1.5,
      internetOn: '2018-09-01',
    })
    // a: 14,2 of 20 Mbps ½; b: 5 of 10 ½; c: Wi-Fi everywhere 1; d: 2 + 6,5 hours ½; J = 2,5
    const result = facts && readiness([facts])
    expect(result).toMatchObject({ complete: true, j: 2.5, level: 3 })

    const [before] = await inventory.readinessInputs(it.context.db, everything, '2018-08-15')
    expect(before).toMatchObject({
      statedKbps: 100_000,
      goodComputers: 50,
      computerUsers: undefined,
    })
    await newOffice({ ...office, name: 'Kedua', isHead: undefined })
    const [shared] = await inventory.readinessInputs(it.context.db, everything)
    expect(shared?.computerUsers).toBeUndefined()
  })
})

type Table = 'location' | 'internetAccess' | 'opdPeople'

function rows(table: Table) {
  return it.connection.db.selectFrom(table).selectAll().orderBy('id').execute() as Promise<
    Record<string, unknown>[]
  >
}

async function newOffice(fields: Record<string, unknown> = office): Promise<string> {
  const saved = await it.post(`/opd/${opdId}/locations`, fields, staff)
  return saved.headers.location as string
}

async function newOpd(name: string): Promise<number> {
  const saved = await it.post('/opd', { name, kind: 'dinas' }, staff)
  return Number(String(saved.headers.location).split('/').pop())
}

function newSession(state: string): Promise<number> {
  const empty = {
    stage: null,
    endsOn: null,
    starts: null,
    ends: null,
    venue: null,
    organiser: null,
    chair: null,
    moderator: null,
    noteTaker: null,
    invitationNo: null,
    invitationOn: null,
    openedAt: null,
    closedAt: null,
    reopenedReason: null,
    note: null,
  }
  const session = { ...empty, title: 'FGD Laporan Antara', heldOn: '2018-09-14', state }
  return it.write((trx) => insertRow(trx, 'fgdSession', session, it.by))
}
