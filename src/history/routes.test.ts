import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow, removeRow, updateRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let staff: string

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
})
afterEach(() => it.close())

const events = () => it.connection.db.selectFrom('event').selectAll().orderBy('id').execute()
const lastEvent = async () => (await events()).at(-1)
const opdOf = (id: number) =>
  it.connection.db.selectFrom('opd').selectAll().where('id', '=', id).executeTakeFirst()
const dinas = (name: string) => it.write((trx) => make.opd(trx, it.by, name))
const titin = { accountId: null, linkId: null, actorName: 'Titin', way: 'form' as const }
const byTitin = () => ({ ...titin, at: it.by.at })
const hidden = (body: string, name: string) =>
  body.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1]

async function office(opdId: number, name: string): Promise<number> {
  const saved = await it.post(
    `/opd/${opdId}/locations`,
    { ...emptyOffice, name, kind: 'main' },
    staff,
  )
  expect(saved.statusCode, saved.body.slice(0, 2000)).toBe(303)
  return Number(String(saved.headers.location).split('/').pop())
}
const emptyOffice = {
  address: 'Jalan Frans Nala',
  district: '',
  isHead: '1',
  computerUsers: '12',
  signal: '4g',
  power: 'full',
  powerOutHours: '',
  serverRoom: '',
  note: '',
  fgdSessionId: '',
}

describe('the history in words', () => {
  test('a speaker is told by name, there and after the removal', async () => {
    const plan = { title: 'FGD', heldOn: '2018-09-14' }
    await it.post('/fgd', plan, staff)
    const speaker = { kind: 'speaker', name: 'Dr. Rosalia', office: 'Universitas' }
    await it.post('/fgd/1/items', { ...speaker, text: 'Tata kelola' }, staff)
    const told = /Butir sesi (dicatat|dihapus)\s*(<[^>]*>)*Dr\. Rosalia/g
    expect((await it.get('/history', staff)).body.match(told)).toHaveLength(1)
    await it.post('/fgd/1/items/1/removal', { _version: 1 }, staff)
    expect((await it.get('/history', staff)).body.match(told)).toHaveLength(2)
  })

  test('the page of a record tells who changed which field, from what to what', async () => {
    const id = await dinas('Dinas Perikanan')
    await it.write((trx) =>
      updateRow(trx, 'opd', id, 1, { kind: 'badan', headName: 'Ibu Maria' }, byTitin()),
    )
    for (const url of [`/opd/${id}`, `/history/opd/${id}`, '/history']) {
      const { body, statusCode } = await it.get(url, staff)
      expect(statusCode, url).toBe(200)
      expect(body).toContain('OPD diubah: jenis, nama kepala')
      expect(body).toContain('Titin')
      expect(body).toContain('Ibu Maria')
      expect(body).toContain('Badan')
      expect(body).not.toContain('badan<')
      expect(body).not.toMatch(/nameKey|undefined|\[object/)
    }
  })

  test('what belongs to a record is told with it, also when it is removed', async () => {
    const id = await dinas('Dinas Perikanan')
    const dutyId = await it.write((trx) =>
      insertRow(
        trx,
        'opdDuty',
        { opdId: id, seq: 1, text: 'Membina nelayan', legalBasis: null, verified: 0 },
        it.by,
      ),
    )
    await it.write((trx) => removeRow(trx, 'opdDuty', dutyId, 1, it.by))
    const { body } = await it.get(`/history/opd/${id}`, staff)
    expect(body).toContain('Butir tupoksi dicatat')
    expect(body).toContain('Butir tupoksi dihapus')
    expect(body).toContain('Membina nelayan')
  })

  test('the list is narrowed by OPD, kind, person and day', async () => {
    const one = await dinas('Dinas Perikanan')
    const other = await dinas('Dinas Kesehatan')
    await it.write((trx) => updateRow(trx, 'opd', one, 1, { note: 'catatan ikan' }, byTitin()))
    const shows = async (query: string) => (await it.get(`/history?${query}`, staff)).body
    expect(await shows(`opd=${one}`)).toContain('catatan ikan')
    expect(await shows(`opd=${other}`)).not.toContain('catatan ikan')
    expect(await shows('kind=opd&person=Titin')).toContain('catatan ikan')
    expect(await shows('kind=location')).not.toContain('catatan ikan')
    expect(await shows('from=2018-09-14&until=2018-09-14')).toContain('catatan ikan')
    expect(await shows('until=2018-09-13')).toContain('Tidak ada perubahan yang cocok')
    expect((await it.get('/history?from=2018-02-31&kind=toString', staff)).statusCode).toBe(200)
  })
})

describe('who sees which history', () => {
  test('a representative sees only what happened to the own OPD', async () => {
    const mine = await dinas('Dinas Perikanan')
    const other = await dinas('Dinas Kesehatan')
    await it.write((trx) => updateRow(trx, 'opd', other, 1, { note: 'rahasia' }, it.by))
    const theirs = (await lastEvent())?.id
    const rep = await it.signIn(['opd'], [mine])
    expect((await it.get(`/history/opd/${mine}`, rep)).statusCode).toBe(200)
    expect((await it.get(`/history/opd/${other}`, rep)).statusCode).toBe(404)
    expect((await it.get(`/history/events/${theirs}`, rep)).statusCode).toBe(404)
    expect((await it.get('/history/government/1', rep)).statusCode).toBe(404)
    expect((await it.get('/history', rep)).statusCode).toBe(403)
    expect((await it.get('/history/removed', rep)).body).not.toContain('Kesehatan')
  })

  test('ratings and the names of assessors are for planners only', async () => {
    const accountEvents = (await events()).filter((event) => event.entity === 'account')
    expect(accountEvents.length).toBeGreaterThan(0)
    const id = await it.write((trx) =>
      insertRow(
        trx,
        'assessor',
        { name: 'Bapak Penilai', office: null, opdId: null, accountId: null },
        it.by,
      ),
    )
    const planner = await it.signIn(['planner'])
    const admin = await it.signIn(['admin'])
    expect((await it.get('/history', staff)).body).not.toContain('Bapak Penilai')
    expect((await it.get(`/history/assessor/${id}`, staff)).statusCode).toBe(404)
    expect((await it.get('/history', planner)).body).toContain('Bapak Penilai')
    expect((await it.get('/history', admin)).body).not.toContain('Bapak Penilai')
    expect((await it.get('/history', staff)).body).not.toContain('Akun dicatat')
    expect((await it.get('/history', admin)).body).toContain('Akun dicatat')
  })

  test('what is no record is not there', async () => {
    for (const path of ['opd/99', 'tidakada/1', 'constructor/1', 'opd/x', 'event/1']) {
      expect((await it.get(`/history/${path}`, staff)).statusCode, path).toBe(404)
    }
  })
})

describe('putting one field back', () => {
  test('the field gets what it held before, by a change of its own', async () => {
    const id = await dinas('Dinas Perikanan')
    await it.write((trx) =>
      updateRow(
        trx,
        'opd',
        id,
        1,
        { name: 'Dinas Ikan', nameKey: 'ikan', note: 'tetap' },
        byTitin(),
      ),
    )
    const url = `/history/events/${(await lastEvent())?.id}`
    const page = await it.get(url, staff)
    expect(page.body).toContain('Kembalikan isian ini')
    const saved = await it.post(
      url,
      { field: 'name', _version: hidden(page.body, '_version') },
      staff,
    )
    expect(saved.statusCode).toBe(303)
    expect(await opdOf(id)).toMatchObject({
      name: 'Dinas Perikanan',
      nameKey: 'dinas perikanan',
      note: 'tetap',
      version: 3,
    })
    expect(await lastEvent()).toMatchObject({ way: 'restore', action: 'update', rowVersion: 3 })
    expect((await it.get(url, staff)).body).toContain('Sama dengan sekarang')
  })

  test('a field that was changed since the page was opened is not overwritten', async () => {
    const id = await dinas('Dinas Perikanan')
    await it.write((trx) => updateRow(trx, 'opd', id, 1, { note: 'dua' }, it.by))
    const url = `/history/events/${(await lastEvent())?.id}`
    await it.write((trx) => updateRow(trx, 'opd', id, 2, { note: 'tiga' }, byTitin()))
    const answer = await it.post(url, { field: 'note', _version: 2 }, staff)
    expect(answer.statusCode).toBe(409)
    expect((await opdOf(id))?.note).toBe('tiga')
  })

  test('refused: for who may not edit it, for a field with rules of its own, and what does not fit', async () => {
    const id = await dinas('Dinas Perikanan')
    const proposal = await it.write((trx) => make.proposal(trx, it.by, id, 'Aplikasi Ikan'))
    await it.write((trx) =>
      updateRow(trx, 'proposal', proposal, 1, { state: 'withdrawn', purpose: 'Lain' }, it.by),
    )
    const url = `/history/events/${(await lastEvent())?.id}`
    const rep = await it.signIn(['opd'], [id])
    expect((await it.post(url, { field: 'state', _version: 2 }, staff)).statusCode).toBe(404)
    const walled = await it.post(url, { field: 'purpose', _version: 2 }, staff)
    expect(walled.statusCode).toBe(409)
    expect(walled.body).toContain('sudah tidak dapat diubah')

    await it.write((trx) =>
      updateRow(trx, 'opd', id, 1, { validUntil: '2018-01-01', validFrom: '2017-01-01' }, it.by),
    )
    await it.write((trx) => updateRow(trx, 'opd', id, 2, { validUntil: '2019-01-01' }, it.by))
    const changed = (await lastEvent())?.id
    await it.write((trx) => updateRow(trx, 'opd', id, 3, { validFrom: '2018-06-01' }, it.by))
    const unfit = await it.post(
      `/history/events/${changed}`,
      { field: 'validUntil', _version: 4 },
      staff,
    )
    expect(unfit.statusCode).toBe(409)
    expect(unfit.body).toContain('Berlaku mulai')
    const refused = await it.post(
      `/history/events/${changed}`,
      { field: 'validUntil', _version: 4 },
      rep,
    )
    expect(refused.body).toContain('tidak berwenang mengubah data ini')
    expect((await opdOf(id))?.validUntil).toBe('2019-01-01')
  })

  test('a speed does not come back beside "no internet", nor an end before the beginning', async () => {
    const locationId = await office(await dinas('Dinas Perikanan'), 'Kantor')
    const url = `/locations/${locationId}/internet`
    const line = { asOf: '2018-09-14', line: 1, available: 'yes', downKbps: '10' }
    const made = await it.post(url, line, staff)
    expect(made.statusCode, made.body.slice(0, 1500)).toBe(303)
    const row = await it.connection.db
      .selectFrom('internetAccess')
      .selectAll()
      .executeTakeFirstOrThrow()
    await it.write((trx) =>
      updateRow(trx, 'internetAccess', row.id, 1, { available: 'no', downKbps: null }, it.by),
    )
    const gone = `/history/events/${(await lastEvent())?.id}`
    expect((await it.post(gone, { field: 'downKbps', _version: 2 }, staff)).statusCode).toBe(409)
    expect((await it.post(gone, { field: 'available', _version: 2 }, staff)).statusCode).toBe(303)
    expect((await it.post(gone, { field: 'downKbps', _version: 3 }, staff)).statusCode).toBe(303)

    const plan = { title: 'FGD Uji', heldOn: '2018-09-20', starts: '09:00', ends: '12:00' }
    expect((await it.post('/fgd', plan, staff)).statusCode).toBe(303)
    const session = Number((await lastEvent())?.entityId)
    await it.write((trx) => updateRow(trx, 'fgdSession', session, 1, { ends: '15:00' }, it.by))
    const end = `/history/events/${(await lastEvent())?.id}`
    await it.write((trx) => updateRow(trx, 'fgdSession', session, 2, { starts: '13:00' }, it.by))
    expect((await it.post(end, { field: 'ends', _version: 3 }, staff)).statusCode).toBe(409)
  })

  test('an OPD does not put back what only the office may say', async () => {
    const opdId = await dinas('Dinas Perikanan')
    const rep = await it.signIn(['opd'], [opdId])
    const asked = { kind: 'internet', text: 'Serat optik', costUnknown: 1 }
    const made = await it.post('/needs', { opdId, ...asked }, rep)
    const url = String(made.headers.location)
    await it.post(url, { ...asked, state: 'planned', _version: 1 }, staff)
    await it.post(url, { ...asked, state: 'recorded', _version: 2 }, staff)
    const change = `/history/events/${(await lastEvent())?.id}`
    expect((await it.get(change, rep)).body).not.toContain('name="field"')
    expect((await it.post(change, { field: 'state', _version: 3 }, rep)).statusCode).toBe(409)

    const draft = await it.post('/proposals', { opdId, title: 'Aplikasi Ikan' }, rep)
    const page = String(draft.headers.location)
    await it.post(page, { title: 'Aplikasi Ikan', cameBy: 'letter', _version: 1 }, staff)
    const came = `/history/events/${(await lastEvent())?.id}`
    expect((await it.post(came, { field: 'cameBy', _version: 2 }, rep)).statusCode).toBe(409)
    expect((await it.post(came, { field: 'cameBy', _version: 2 }, staff)).statusCode).toBe(303)
    expect((await it.post(change, { field: 'state', _version: 3 }, staff)).statusCode).toBe(303)
  })

  test('a closed session keeps its minutes as they are', async () => {
    const { sessionId, minuteId } = await closedSession()
    await it.write((trx) => updateRow(trx, 'minute', minuteId, 1, { text: 'Dua' }, it.by))
    const changed = (await lastEvent())?.id
    await it.write((trx) => updateRow(trx, 'fgdSession', sessionId, 1, { state: 'closed' }, it.by))
    const answer = await it.post(
      `/history/events/${changed}`,
      { field: 'text', _version: 2 },
      staff,
    )
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Sesi sudah ditutup')
  })
})

describe('putting back what was removed', () => {
  test('an office comes back with its internet and devices, and its page works again', async () => {
    const id = await dinas('Dinas Perikanan')
    const place = await office(id, 'Kantor Dinas Perikanan')
    await it.post(
      `/locations/${place}/internet`,
      { ...emptyInternet, asOf: '2018-09-01', line: '1', available: 'yes', downKbps: '20' },
      staff,
    )
    const before = await inventoryOf(place)
    expect(before.internet).toHaveLength(1)
    const version = before.location?.version
    const gone = await it.post(`/locations/${place}/removal`, { _version: version }, staff)
    expect(gone.statusCode).toBe(303)
    const removal = (await lastEvent())?.id
    expect((await it.get(`/locations/${place}`, staff)).statusCode).toBe(404)

    const list = await it.get('/history/removed', staff)
    expect(list.body).toContain('Kantor Dinas Perikanan')
    expect(list.body).toContain('beserta 1 data lain')
    expect(list.body.match(/href="\/history\/removed\/\d+"/g)).toHaveLength(1)
    const page = await it.get(`/history/removed/${removal}`, staff)
    expect(page.body).toContain('20 Mbps')
    const saved = await it.post(`/history/removed/${removal}`, {}, staff)
    expect(saved.headers.location).toBe(`/locations/${place}`)
    const flash = saved.cookies.find(({ name }) => name === 'rancang_flash')?.value
    expect((await it.get(`/locations/${place}`, `${staff}; rancang_flash=${flash}`)).body).toMatch(
      /Lokasi kantor Kantor Dinas Perikanan[^<]* sudah dikembalikan/,
    )
    const after = await inventoryOf(place)
    const bare = (row: object | undefined) => ({ ...row, version: 0, updatedAt: '' })
    expect(bare(after.location)).toEqual(bare(before.location))
    expect(after.internet.map(bare)).toEqual(before.internet.map(bare))
    expect((await it.get('/history/removed', staff)).body).toContain('Tidak ada data yang dihapus')

    const twice = await it.post(`/history/removed/${removal}`, {}, staff)
    expect(twice.statusCode).toBe(409)
    expect(twice.body).toContain('Data ini sudah dikembalikan.')
    expect((await inventoryOf(place)).internet).toHaveLength(1)

    await it.post(`/locations/${place}/removal`, { _version: after.location?.version }, staff)
    const older = await it.post(`/history/removed/${removal}`, {}, staff)
    expect(older.statusCode).toBe(409)
    expect((await it.get(`/locations/${place}`, staff)).statusCode).toBe(404)
  })

  test('refused in words while its parent is gone, or its place is taken', async () => {
    const id = await dinas('Dinas Perikanan')
    const place = await office(id, 'Kantor Dinas Perikanan')
    await it.post(`/locations/${place}/removal`, { _version: 1 }, staff)
    const removal = (await lastEvent())?.id
    await office(id, 'Kantor Dinas Perikanan')
    const taken = await it.post(`/history/removed/${removal}`, {}, staff)
    expect(taken.statusCode).toBe(409)
    expect(taken.body).toContain('sudah dipakai data lain')

    const alone = await dinas('Dinas Kesehatan')
    const lost = await office(alone, 'Kantor Dinas Kesehatan')
    await it.post(`/locations/${lost}/removal`, { _version: 1 }, staff)
    const second = (await lastEvent())?.id
    await it.post(`/opd/${alone}/removal`, { _version: 1 }, staff)
    const orphan = await it.post(`/history/removed/${second}`, {}, staff)
    expect(orphan.statusCode).toBe(409)
    expect(orphan.body).toContain('Kembalikan data itu dahulu')
  })

  test('the answer "none" does not come back beside what was recorded since', async () => {
    const opdId = await dinas('Dinas Perikanan')
    const said = { part: 'applications', say: 'none' }
    await it.post(`/opd/${opdId}/portal/none`, said, staff)
    const made = await it.post('/applications', { opdId, name: 'SIM Ikan' }, staff)
    expect(made.statusCode).toBe(303)
    const gone = (await events()).findLast(
      ({ entity, action }) => entity === 'opdAnswer' && action === 'remove',
    )
    const answer = await it.post(`/history/removed/${gone?.id}`, {}, staff)
    expect(answer.statusCode).toBe(409)
    const answers = await it.connection.db.selectFrom('opdAnswer').select('id').execute()
    expect(answers).toEqual([])
  })

  test('accounts are not put back from here', async () => {
    const account = (await events()).find((event) => event.entity === 'account')
    await it.connection.db
      .deleteFrom('webSession')
      .where('accountId', '=', account?.entityId ?? 0)
      .execute()
    await it.write((trx) => removeRow(trx, 'account', account?.entityId ?? 0, 1, it.by))
    const admin = await it.signIn(['admin'])
    const removal = (await events()).findLast(({ action }) => action === 'remove')?.id
    const page = await it.get(`/history/removed/${removal}`, admin)
    expect(page.body).toContain('Tidak dapat dikembalikan dari sini')
    const answer = await it.post(`/history/removed/${removal}`, {}, admin)
    expect(answer.statusCode).toBe(409)
  })
})

const emptyInternet = Object.fromEntries(
  'provider service medium intranetKbps ownership costMonth fund lan wifi quality outageHours measuredOn measuredDownKbps measuredUpKbps latencyMs note fgdSessionId fromId'
    .split(' ')
    .map((name) => [name, '']),
)

async function inventoryOf(id: number) {
  const { db } = it.connection
  return {
    location: await db.selectFrom('location').selectAll().where('id', '=', id).executeTakeFirst(),
    internet: await db
      .selectFrom('internetAccess')
      .selectAll()
      .where('locationId', '=', id)
      .execute(),
  }
}

async function closedSession() {
  const sessionId = await it.write((trx) =>
    insertRow(
      trx,
      'fgdSession',
      {
        ...{ title: 'FGD', stage: null, heldOn: '2018-09-14', endsOn: null, starts: null },
        ...{ ends: null, venue: null, organiser: null, chair: null, moderator: null },
        ...{ noteTaker: null, invitationNo: null, invitationOn: null, state: 'open' },
        ...{ openedAt: it.by.at, closedAt: null, reopenedReason: null, note: null },
      },
      it.by,
    ),
  )
  const minute = { fgdSessionId: sessionId, seq: 1, at: null, opdId: null, speaker: null }
  const minuteId = await it.write((trx) =>
    insertRow(trx, 'minute', { ...minute, kind: 'input', text: 'Satu', answer: null }, it.by),
  )
  return { sessionId, minuteId }
}
