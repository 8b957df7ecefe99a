import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { assess, scoreOf } from '../ranking/assess.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let staff: string
let rep: string
let opdId: number
let otherId: number
let office: number
let elsewhere: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  opdId = await it.write((trx) => make.opd(trx, it.by, 'Kecamatan Macang Pacar'))
  otherId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
  rep = await it.signIn(['opd'], [opdId])
  office = await newOffice(opdId, 'Kantor Camat')
  elsewhere = await newOffice(otherId, 'Puskesmas Rahasia')
})
afterEach(() => it.close())

const whole = {
  kind: 'internet',
  text: 'Sambungan satelit',
  quantity: '2',
  reason: 'Belum ada internet',
  cost: '48.000.000',
  fund: 'dak',
  year: '2018',
  state: 'planned',
  note: 'Menunggu BAKTI',
}

const rows = () =>
  it.connection.db.selectFrom('infrastructureNeed').selectAll().orderBy('id').execute()

async function added(fields: Record<string, unknown> = {}, cookie = staff): Promise<string> {
  const answer = await it.post('/needs', { opdId, ...whole, ...fields }, cookie)
  expect([answer.statusCode, answer.body]).toEqual([303, ''])
  return String(answer.headers.location)
}

describe('an infrastructure need', () => {
  test('keeps every field that is typed, and shows it', async () => {
    const proposal = await it.write((trx) => make.proposal(trx, it.by, opdId, 'Surat Camat'))
    const at = await added({ locationId: office, proposals: [proposal] })
    expect((await rows())[0]).toMatchObject({
      ...whole,
      quantity: 2,
      cost: 48_000_000,
      year: 2018,
      locationId: office,
      opdId,
    })
    const { body } = await it.get(at, staff)
    for (const text of ['Sambungan satelit', 'Belum ada internet', '48.000.000', 'DAK', '2018']) {
      expect(body).toContain(text)
    }
    for (const text of ['Direncanakan', 'Menunggu BAKTI', 'Kantor Camat', 'Surat Camat']) {
      expect(body).toContain(text)
    }
    expect((await it.get(`${at}/edit`, staff)).body).toContain('value="48.000.000"')
    expect((await it.get(`/proposals/${proposal}`, staff)).body).toContain('Menunggu infrastruktur')
  })

  test('needs a kind and a text; an unknown cost has no amount', async () => {
    const answer = await it.post('/needs', { opdId, costUnknown: '1', cost: '5' }, staff)
    expect(answer.statusCode).toBe(422)
    for (const field of ['kind', 'text']) expect(answer.body).toContain(`id="${field}-error"`)
    const both = { opdId, ...whole, costUnknown: '1' }
    expect((await it.post('/needs', both, staff)).body).toContain('id="costUnknown-error"')
    expect((await it.post('/needs', {}, staff)).statusCode).toBe(422)
    expect(await rows()).toEqual([])
  })

  test('a gap of the inventory becomes one with a button, filled in', async () => {
    await it.post(
      `/locations/${office}/internet`,
      { asOf: '2018-09-01', line: '1', available: 'no' },
      staff,
    )
    await it.post(`/locations/${office}/devices`, { asOf: '2018-09-01', '0.good': '1' }, staff)
    const page = await it.get(`/locations/${office}`, staff)
    expect(page.body).toContain(`/needs/new?location=${office}&amp;kind=internet`)
    expect(page.body).toContain(`/needs/new?location=${office}&amp;kind=device`)
    const asked = await it.get(`/needs/new?location=${office}&kind=internet`, staff)
    expect(asked.body).toContain('Sambungan internet 10 Mbps untuk Kantor Camat')
    expect(asked.body).toContain('adalah 10 Mbps, sekarang 0 Mbps.')
    expect(asked.body).toMatch(/id="quantity"[^>]*value="1"/)
    const form = await it.get(`/needs/new?location=${office}&kind=device`, staff)
    expect(form.body).toContain('PC atau laptop untuk Kantor Camat')
    expect(form.body).toMatch(/value="device" checked/)
    expect(form.body).toContain('name="quantity" type="text" inputmode="numeric"')
    expect(form.body).toMatch(/id="quantity"[^>]*value="4"/)
    expect(form.body).toContain(`<option value="${office}" selected>`)
    await added({ locationId: office })
    const now = await it.get(`/locations/${office}`, staff)
    expect(now.body).toContain('Sudah dicatat sebagai kebutuhan')
    expect(now.body).not.toContain('kind=internet')
    expect((await it.get('/inventory', staff)).body).toContain('Jadikan kebutuhan')
  })

  test('the internet check leads to it where there is none, and saving leads back', async () => {
    const proposal = await it.write((trx) => make.proposal(trx, it.by, opdId, 'Surat Camat'))
    const record = `/locations/${office}/internet/new`
    expect((await it.get(`/proposals/${proposal}`, staff)).body).toContain(record)
    const none = { asOf: '2018-09-01', line: '1', available: 'no' }
    await it.post(`/locations/${office}/internet`, none, staff)
    const href = `/needs/new?location=${office}&kind=internet&proposal=${proposal}`
    const page = (await it.get(`/proposals/${proposal}`, staff)).body
    expect(page).toContain(href.replaceAll('&', '&amp;'))
    const form = (await it.get(href, staff)).body
    expect(form).toMatch(new RegExp(`value="${proposal}" checked`))
    const fields = { opdId, ...whole, locationId: office, proposals: [proposal] }
    const answer = await it.post('/needs', { ...fields, forProposal: proposal }, staff)
    expect(answer.headers.location).toBe(`/proposals/${proposal}#checks`)
    expect((await it.get(`/proposals/${proposal}`, staff)).body).not.toContain('/needs/new')
    expect((await it.get('/needs', staff)).body).toContain('1 usulan menunggunya')
  })

  test('the list is filtered and sums what is known', async () => {
    await added()
    await added({ kind: 'power', text: 'Panel surya', cost: '', costUnknown: '1', year: '2020' })
    const list = await it.get('/needs', staff)
    expect(list.body).toContain('2 kebutuhan, perkiraan Rp\u00a048.000.000')
    expect(list.body).toContain('1 belum ada perkiraan biaya')
    const found = async (query: string) => (await it.get(`/needs?${query}`, staff)).body
    expect(await found('kind=power')).not.toContain('Sambungan satelit')
    expect(await found('year=2018')).not.toContain('Panel surya')
    expect(await found('state=met')).toContain('Tidak ada kebutuhan yang cocok')
    expect(await found('q=satelit')).not.toContain('Panel surya')
    expect(await found(`opd=${otherId}`)).toContain('Tidak ada kebutuhan yang cocok')
  })

  test('stands on the roadmap by its year, unless it was dropped', async () => {
    await added()
    await added({ text: 'Radio', state: 'dropped' })
    const { body } = await it.get('/roadmap', staff)
    expect(body).toContain('Kebutuhan infrastruktur menurut tahun')
    expect(body).toContain('Sambungan satelit')
    expect(body).not.toContain('Radio')
  })

  test('is changed and removed', async () => {
    const at = await added()
    await it.post(at, { ...whole, quantity: '3', _version: 1 }, staff)
    expect((await rows())[0]).toMatchObject({ quantity: 3, version: 2 })
    expect((await it.get(`${at}/removal`, staff)).body).toContain('Sambungan satelit')
    const done = await it.post(`${at}/removal`, { _version: 2 }, staff)
    expect(done.headers.location).toBe('/needs')
    expect(await rows()).toEqual([])
  })

  test('recorded from an open session leads back there', async () => {
    const row = { title: 'FGD', heldOn: '2018-09-14', state: 'open' }
    const session = await it.write((trx) => insertRow(trx, 'fgdSession', row, it.by))
    const form = await it.get(`/needs/new?opd=${opdId}&session=${session}`, staff)
    expect(form.body).toContain(`name="fgdSessionId" value="${session}"`)
    expect(await added({ fgdSessionId: session })).toBe(`/fgd/${session}?opd=${opdId}#opd`)
    expect((await rows())[0]?.fgdSessionId).toBe(session)
  })
})

describe('the wall between OPD', () => {
  test('a representative reaches only the own, and points to nothing of another', async () => {
    const foreign = await added({ opdId: otherId, text: 'Rahasia Dinkes' })
    const theirs = await it.write((trx) => make.proposal(trx, it.by, otherId, 'Usulan Rahasia'))
    expect((await it.get('/needs', rep)).body).not.toContain('Rahasia Dinkes')
    expect((await it.get(foreign, rep)).statusCode).toBe(404)
    expect((await it.post(foreign, { ...whole, _version: 1 }, rep)).statusCode).toBe(404)
    expect((await it.post(`${foreign}/removal`, { _version: 1 }, rep)).statusCode).toBe(404)
    expect((await it.post('/needs', { ...whole, opdId: otherId }, rep)).statusCode).toBe(404)
    expect((await it.get(`/needs/new?location=${elsewhere}`, rep)).statusCode).toBe(404)
    expect((await it.get(`/needs/new?opd=${otherId}`, rep)).statusCode).toBe(404)
    const wrong = { ...whole, opdId, locationId: elsewhere, proposals: [theirs] }
    for (const cookie of [rep, staff]) {
      const refused = await it.post('/needs', wrong, cookie)
      expect(refused.body).toContain('id="locationId-error"')
      expect(refused.body).toContain('id="proposals-error"')
      expect(refused.body).not.toContain('Rahasia')
    }
  })

  test('what becomes of it is for the office to say; a planned one is no longer the OPD’s', async () => {
    const at = await added({}, rep)
    expect((await rows())[0]?.state).toBe('recorded')
    expect((await it.get(`${at}/edit`, rep)).body).not.toContain('name="state"')
    expect((await it.post(at, { ...whole, _version: 1 }, rep)).statusCode).toBe(303)
    expect((await rows())[0]?.state).toBe('recorded')
    await it.post(at, { ...whole, _version: 1 }, staff)
    expect((await rows())[0]?.state).toBe('planned')
    expect((await it.get(`${at}/edit`, rep)).statusCode).toBe(404)
    expect((await it.post(`${at}/removal`, { _version: 2 }, rep)).statusCode).toBe(404)
  })
})

describe('the internet check', () => {
  const checkOf = async (id: number) =>
    scoreOf(await assess(it.context.db, everything), id)?.checks.internet

  test('planned while the OPD was about to remove it: it stays, and the reason is told', async () => {
    const at = await added({ state: 'recorded' }, rep)
    const id = Number(at.split('/').at(-1))
    const planning = it.post(at, { ...whole, opdId: undefined, _version: 1 }, staff)
    const removing = it.post(`${at}/removal`, { _version: 2 }, rep)
    expect((await planning).statusCode).toBe(303)
    expect([404, 409]).toContain((await removing).statusCode)
    expect(await rows()).toMatchObject([{ id, state: 'planned' }])
  })

  test('counts internet that is planned for the location before the phase', async () => {
    const proposal = await it.write(async (trx) => {
      await insertRow(trx, 'internetAccess', noInternet(office), it.by)
      const id = await make.proposal(trx, it.by, opdId, 'Surat Camat')
      const phase = await make.phase(trx, it.by, 1, [2019, 2020])
      await trx.insertInto('decision').values(decided(id, phase)).execute()
      return id
    })
    expect(await checkOf(proposal)).toMatchObject({ result: 'not' })

    const at = await added({ locationId: office, state: 'recorded' })
    expect(await checkOf(proposal)).toMatchObject({ result: 'not' })
    await it.post(at, { ...whole, locationId: office, _version: 1 }, staff)
    expect(await checkOf(proposal)).toMatchObject({
      result: 'met',
      key: 'check.internet.planned',
      params: { tahun: 2018, kebutuhan: 'Sambungan satelit', tahap: 'Tahap 1' },
    })
    const { body } = await it.get(`/proposals/${proposal}`, staff)
    expect(body).toContain('Direncanakan tersedia 2018 (Sambungan satelit), sebelum Tahap 1.')

    await it.post(at, { ...whole, locationId: office, year: '2019', _version: 2 }, staff)
    expect(await checkOf(proposal)).toMatchObject({ result: 'not' })
    expect((await it.get(`/proposals/${proposal}`, staff)).body).toContain('Belum ada internet di')
  })

  test('is not moved by a need of another kind or place', async () => {
    const proposal = await it.write(async (trx) => {
      await insertRow(trx, 'internetAccess', noInternet(office), it.by)
      return make.proposal(trx, it.by, opdId, 'Surat Camat')
    })
    await added({ locationId: office, kind: 'power' })
    await added({})
    await added({ opdId: otherId, locationId: elsewhere })
    expect(await checkOf(proposal)).toMatchObject({ result: 'not' })
    await added({ locationId: office })
    expect(await checkOf(proposal)).toMatchObject({ result: 'met' })
  })
})

function newOffice(of: number, name: string): Promise<number> {
  const row = { opdId: of, kind: 'main', name, nameKey: name.toLowerCase(), isHead: 1 as const }
  return it.write((trx) => insertRow(trx, 'location', { ...row, computerUsers: 10 }, it.by))
}

const noInternet = (locationId: number) => ({
  locationId,
  asOf: '2018-09-01',
  line: 1,
  available: 'no',
})

const decided = (proposalId: number, phaseId: number) => ({
  uid: 'uji-penetapan',
  proposalId,
  phaseId,
  outcome: 'accepted',
  level: 'dinas',
  office: 'Kepala Dinas',
  holdsAs: 'definitif',
  decidedOn: '2018-09-14',
  reason: 'Uji',
  recordedAt: it.by.at,
  actorName: 'Uji',
})
