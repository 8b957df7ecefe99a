import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { formPost, type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import * as sessions from './queries.ts'

let it: TestApp
let staff: string
let tourism: number
let health: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  tourism = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata dan Kebudayaan'))
  health = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
})
afterEach(() => it.close())

const plan = {
  title: 'FGD Identifikasi Infrastruktur dan Aplikasi',
  stage: 'Laporan Antara',
  heldOn: '2018-09-14',
  starts: '09:30',
  venue: 'Aula Dinas Kesehatan, Labuan Bajo',
  note: 'Konsumsi 45 orang',
}
const maria = {
  '0.name': 'Maria Goreti',
  '0.position': 'Kepala Bidang Promosi',
  '0.presentAs': 'mewakili',
  '0.employment': 'pns',
  '0.nip': '19700101 199503 2 001',
}
const input = { kind: 'input', text: 'Wisatawan perlu satu aplikasi.', speaker: 'Maria Goreti' }

describe('a session', () => {
  test('is planned, opened, recorded, closed, refuses changes, and is reopened with a reason', async () => {
    const at = await planned()
    await it.post(`${at}/invited`, { invited: [tourism, health], _version: 1 }, staff)
    expect((await it.post(`${at}/minutes`, input, staff)).statusCode).toBe(409)

    await move(at, { to: 'open' })
    expect(await session(at)).toMatchObject({ state: 'open', openedAt: '2018-09-14T02:00:00.000Z' })
    await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    await it.post(`${at}/minutes`, { ...input, opdId: tourism, at: '10.05' }, staff)
    await it.post(`${at}/items`, { kind: 'agreement', text: 'Aplikasi wisata dahulu.' }, staff)
    await it.post(`${at}/follow-ups`, { text: 'Surat ke OPD', due: '2018-09-13' }, staff)
    const page = (await it.get(`${at}?opd=${tourism}`, staff)).body
    expect(page).toContain('<b>1</b> dari 2 OPD hadir')
    for (const text of ['Maria Goreti', 'Wisatawan perlu', 'Aplikasi wisata dahulu.', '10.05 WITA'])
      expect(page).toContain(text)
    expect(page).toContain('Lewat tenggat')

    it.clock.now = new Date('2018-09-14T04:15:00.000Z')
    await move(at, { to: 'closed' })
    expect(await session(at)).toMatchObject({
      state: 'closed',
      closedAt: it.clock.now.toISOString(),
    })
    const late = await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Sesi sudah ditutup')
    expect(late.body).toContain('value="Maria Goreti"')
    const note = await it.post(`${at}/minutes`, { ...input, text: 'Tertinggal' }, staff)
    expect(note.statusCode).toBe(409)
    expect(note.body).toContain('Tertinggal')
    expect((await it.post(at, { ...plan, _version: 4 }, staff)).statusCode).toBe(409)

    expect((await it.post(`${at}/state`, { to: 'open', _version: 4 }, staff)).statusCode).toBe(422)
    it.clock.now = new Date('2018-09-18T01:00:00.000Z')
    staff = await it.signIn(['staff'])
    await move(at, { to: 'open', reason: 'Daftar hadir Dinas Kesehatan tertinggal' })
    expect((await it.get(at, staff)).body).toContain('Daftar hadir Dinas Kesehatan tertinggal')
    await it.post(`${at}/attendance`, { ...maria, '0.opdId': health }, staff)
    await move(at, { to: 'closed' })
    expect(await session(at)).toMatchObject({
      state: 'closed',
      closedAt: '2018-09-14T04:15:00.000Z',
    })
    expect(await count('attendance')).toBe(2)
  })

  test('a move that its state does not allow is refused, and so is a second closing', async () => {
    const at = await planned()
    expect((await it.post(`${at}/state`, { to: 'closed' }, staff)).statusCode).toBe(409)
    expect((await it.get(`${at}/state?to=closed`, staff)).statusCode).toBe(404)
    expect((await it.post(`${at}/state`, { to: 'finished' }, staff)).statusCode).toBe(422)
    await move(at, { to: 'cancelled' })
    expect((await it.post(`${at}/state`, { to: 'cancelled' }, staff)).statusCode).toBe(409)
    const refused = await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    expect(refused.statusCode).toBe(409)
    expect(await count('attendance')).toBe(0)
  })

  test('wrong answers are told at their place and keep what was typed', async () => {
    const wrong = await it.post('/fgd', { ...plan, title: '', endsOn: '2018-09-13' }, staff)
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('id="title-error"')
    expect(wrong.body).toContain('value="Laporan Antara"')
    const before = await it.post('/fgd', { ...plan, ends: '08.00' }, staff)
    expect(before.body).toContain('id="ends-error"')

    const at = await planned()
    const rows = {
      ...maria,
      '0.opdId': tourism,
      '1.name': 'Yohanes',
      '1.nip': '123',
      '1.presentAs': 'pendamping',
      '2.name': '',
      '2.presentAs': 'pendamping',
    }
    const grid = await it.post(`${at}/attendance`, rows, staff)
    expect(grid.statusCode).toBe(422)
    expect(grid.body).toContain('id="1.nip-error"')
    expect(grid.body).toContain('value="19700101 199503 2 001"')
    expect(await count('attendance')).toBe(0)
    const nobody = await it.post(`${at}/attendance`, { '0.opdId': tourism }, staff)
    expect(nobody.body).toContain('Isi nama orang yang hadir.')
    expect((await it.post(`${at}/attendance`, {}, staff)).body).toContain(
      'Isi sekurang-kurangnya satu orang.',
    )
    const unknown = await it.post(`${at}/attendance`, { ...maria, '0.opdId': 999 }, staff)
    expect(unknown.body).toContain('id="0.opdId-error"')
    const nip = { ...maria, '0.employment': 'non_asn', '0.opdId': tourism }
    expect((await it.post(`${at}/attendance`, nip, staff)).body).toContain(
      'id="0.employment-error"',
    )
    expect((await it.post(`${at}/invited`, { invited: 999 }, staff)).statusCode).toBe(422)
  })

  test('over two days tells of a note on which it was, and puts the days in order', async () => {
    const oneDay = await planned()
    await move(oneDay, { to: 'open' })
    expect((await it.get(oneDay, staff)).body).not.toContain('name="onDay"')
    const at = await planned({ endsOn: '2018-09-15' })
    await move(at, { to: 'open' })
    expect((await it.get(at, staff)).body).toMatch(/name="onDay"[^>]*value="2018-09-14"/)
    // people sign on each of the days
    const lists = (await it.get(`${at}/attendance/sheet`, staff)).body
    for (const day of ['Jumat, 14 September', 'Sabtu, 15 September']) expect(lists).toContain(day)
    expect(lists.match(/<h1/g)).toHaveLength(2)
    const second = { ...input, text: 'Pagi kedua', onDay: '2018-09-15', at: '08.30' }
    const first = { ...input, text: 'Sore pertama', onDay: '2018-09-14', at: '15.00' }
    for (const note of [second, first]) {
      expect((await it.post(`${at}/minutes`, note, staff)).statusCode).toBe(303)
    }
    const outside = await it.post(`${at}/minutes`, { ...input, onDay: '2018-09-16' }, staff)
    expect(outside.body).toContain('id="onDay-error"')
    const sheet = (await it.get(`${at}/minutes/sheet`, staff)).body
    const order = ['Jumat, 14 September', 'Sore pertama', 'Sabtu, 15 September', 'Pagi kedua']
    const places = order.map((text) => sheet.indexOf(text, sheet.indexOf('<tbody>')))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  test('one form sent twice makes one row; several people come in one form', async () => {
    const at = await planned()
    const rows = {
      ...maria,
      '0.opdId': tourism,
      '1.name': 'Budi',
      '1.institution': 'Universitas Nusa Cendana',
      '1.presentAs': 'narasumber',
      '1.spokesman': '1',
    }
    const twice = formPost(`${at}/attendance`, { ...rows, _key: 'kunci-hadir-1' }, staff)
    const answers = await Promise.all([1, 2].map(() => it.app.inject(twice)))
    expect(answers.map((answer) => answer.statusCode)).toEqual([303, 303])
    expect(await count('attendance')).toBe(2)
    const stored = await it.connection.db.selectFrom('attendance').select('nip').execute()
    expect(stored.map((row) => row.nip)).toEqual(['197001011995032001', null])
  })

  test('two people change different fields of the plan, and the same one', async () => {
    const at = await planned()
    await it.post(at, { ...plan, chair: 'Kepala Dinas', _version: 1 }, staff)
    const other = await it.post(at, { ...plan, moderator: 'Ibu Yohana', _version: 1 }, staff)
    expect(other.statusCode).toBe(303)
    expect(await session(at)).toMatchObject({ chair: 'Kepala Dinas', moderator: 'Ibu Yohana' })
    const clash = await it.post(at, { ...plan, chair: 'Sekretaris', _version: 1 }, staff)
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Tersimpan: Kepala Dinas')
    const invited = await it.post(`${at}/invited`, { invited: tourism, _version: 1 }, staff)
    expect(invited.statusCode).toBe(303)
    await it.post(`${at}/invited`, { all: '1', _version: 4 }, staff)
    expect(await sessions.invitedIds(it.context.db, idIn(at))).toEqual([tourism, health])
  })

  test('is removed with its plan, but not once it holds records', async () => {
    const at = await planned()
    await it.post(`${at}/items`, { kind: 'speaker', name: 'Dr. Budi' }, staff)
    await it.post(`${at}/items`, { kind: 'agenda', text: 'Pembukaan' }, staff)
    await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    expect((await it.get(`${at}/removal`, staff)).body).toContain('<li>1 kehadiran: ')
    const refused = await it.post(`${at}/removal`, { _version: 1 }, staff)
    expect(refused.statusCode).toBe(422)
    const person = await it.connection.db.selectFrom('attendance').select('id').executeTakeFirst()
    await it.post(`${at}/attendance/${person?.id}/removal`, { _version: 1 }, staff)
    expect((await it.post(`${at}/removal`, { _version: 1 }, staff)).headers.location).toBe('/fgd')
    expect(await count('fgdSession')).toBe(0)
    expect(await count('sessionItem')).toBe(0)
  })

  test('speakers and agreements are put in order, changed and removed', async () => {
    const at = await planned()
    for (const name of ['Satu', 'Dua', 'Tiga'])
      await it.post(`${at}/items`, { kind: 'speaker', name }, staff)
    const ids = (
      await it.connection.db.selectFrom('sessionItem').select('id').orderBy('id').execute()
    ).map((r) => r.id)
    await it.post(`${at}/items/${ids[2]}/order`, { up: '1' }, staff)
    expect(await names()).toEqual(['Satu', 'Tiga', 'Dua'])
    await it.post(`${at}/items/${ids[0]}`, { kind: 'speaker', name: 'Kesatu', _version: 1 }, staff)
    await it.post(`${at}/items/${ids[1]}/removal`, { _version: 2 }, staff)
    expect(await names()).toEqual(['Kesatu', 'Tiga'])

    async function names() {
      const rows = await it.connection.db
        .selectFrom('sessionItem')
        .select('name')
        .orderBy('seq')
        .execute()
      return rows.map((row) => row.name)
    }
  })

  test('after an agreement or a follow-up the OPD that is being heard stays chosen', async () => {
    const at = await planned()
    await it.post(`${at}/invited`, { invited: [tourism, health], _version: 1 }, staff)
    await move(at, { to: 'open' })
    const page = (await it.get(`${at}?opd=${tourism}`, staff)).body
    const agreed = `${at}/items?opd=${tourism}`
    expect(page).toContain(`action="${agreed}"`)
    const answer = await it.post(agreed, { kind: 'agreement', text: 'Dicatat.' }, staff)
    expect(answer.headers.location).toBe(`${at}?opd=${tourism}#agreements`)
    const followed = await it.post(`${at}/follow-ups?opd=${tourism}`, { text: 'Surat' }, staff)
    expect(followed.headers.location).toBe(`${at}?opd=${tourism}#follow-ups`)
  })

  test('the OPD being heard and the forms of its data say what is still lacking, and lead there', async () => {
    const at = await planned()
    await it.post(`${at}/invited`, { invited: [tourism, health], _version: 1 }, staff)
    await move(at, { to: 'open' })
    const [session, name] = [`session=${idIn(at)}`, 'Masih belum diisi untuk']
    const people = `href="/opd/${tourism}/people/new?${session}">Pegawai</a>`
    const applications = `href="/applications/new?opd=${tourism}&amp;${session}">Aplikasi yang ada</a>`
    const page = (await it.get(`${at}?opd=${tourism}`, staff)).body
    for (const part of [name, people, applications]) expect(page).toContain(part)
    const form = (await it.get(`/opd/${tourism}/people/new?${session}`, staff)).body
    expect(form).toContain(applications)
    expect(form).not.toContain(people)
    const next = (await it.get(`/applications/new?opd=${tourism}&${session}`, staff)).body
    expect(next).toContain(people)
    expect(next).not.toContain(applications)
    const alone = (await it.get(`/opd/${tourism}/budgets/new`, staff)).body
    expect(alone).toContain(`href="/opd/${tourism}/people/new">Pegawai</a>`)
    expect((await it.get('/applications/new', staff)).body).not.toContain(name)
  })

  test('a note of the minutes is of an OPD only where its own input is asked for', async () => {
    const at = await planned()
    await it.post(`${at}/invited`, { invited: [tourism, health], _version: 1 }, staff)
    await move(at, { to: 'open' })
    const chosen = `<option value="${tourism}" selected`
    const page = (await it.get(`${at}?opd=${tourism}`, staff)).body
    expect(page).not.toContain(chosen)
    expect(page).toContain(`href="${at}?opd=${tourism}&amp;note=opd#minute-new"`)
    const asked = (await it.get(`${at}?opd=${tourism}&note=opd`, staff)).body
    expect(asked).toContain(chosen)
    expect(asked).toContain('<option value="input" selected')
  })

  test('what is recorded from the workspace leads back to it, and says with a link what was saved', async () => {
    const at = await planned()
    await it.post(`${at}/invited`, { invited: [tourism, health], _version: 1 }, staff)
    await move(at, { to: 'open' })
    const page = (await it.get(`${at}?opd=${tourism}`, staff)).body
    for (const action of ['/applications', '/needs']) expect(page).toContain(`action="${action}"`)
    const carried = { fgdSessionId: idIn(at), opdId: tourism }
    const office = { kind: 'main', name: 'Kantor Dinas', isHead: '1', fgdSessionId: idIn(at) }
    const titled = { ...carried, title: 'Aplikasi Wisata', intent: 'save' }
    const sent: [string, Record<string, unknown>, string][] = [
      ['/applications', { ...carried, name: 'SIMWIS' }, 'Tersimpan: SIMWIS.'],
      ['/needs', { ...carried, kind: 'power', text: 'Panel surya' }, 'Tersimpan: Panel surya.'],
      [`/opd/${tourism}/locations`, office, 'Tersimpan: Kantor Dinas.'],
      ['/proposals', titled, 'Draf tersimpan.'],
    ]
    for (const [url, fields, said] of sent) {
      const answer = await it.post(url, fields, staff)
      expect(answer.headers.location, url).toBe(`${at}?opd=${tourism}#opd`)
      const flash = answer.cookies.find((each) => each.name === 'rancang_flash')?.value
      const next = (await it.get(`${at}?opd=${tourism}`, `${staff}; rancang_flash=${flash}`)).body
      expect(next, url).toMatch(
        new RegExp(`role="status"[^]*${said}[^]* <a href="/[a-z]+/1">Lihat</a>`),
      )
    }
    const proposal = await it.write((trx) => make.proposal(trx, it.by, tourism, 'Peta Wisata'))
    const decided = await it.post(
      '/decisions',
      {
        outcome: 'postponed',
        level: 'fgd',
        office: 'Kepala Dinas',
        holdsAs: 'definitif',
        decidedOn: '2018-09-14',
        lookAgainOn: '2019-01-01',
        reason: 'Menunggu data.',
        fgdSessionId: idIn(at),
        '0.proposal': proposal,
        '0.chosen': '1',
      },
      staff,
    )
    expect(decided.headers.location).toBe(`${at}?opd=${tourism}#opd`)
  })

  test('speakers of the plan are offered to the attendance list, once', async () => {
    const at = await planned()
    const speaker = { kind: 'speaker', name: 'Dr. Rosalia', office: 'Universitas' }
    await it.post(`${at}/items`, speaker, staff)
    expect((await it.get(`${at}/attendance`, staff)).body).toContain('Ambil 1 narasumber')
    const filled = (await it.get(`${at}/attendance?with=speakers`, staff)).body
    expect(filled).toContain('value="Dr. Rosalia"')
    expect(filled).toContain('value="Universitas"')
    expect(filled).toContain('<option value="narasumber" selected>')
    const row = {
      '0.name': 'dr rosalia',
      '0.institution': 'Universitas',
      '0.presentAs': 'narasumber',
    }
    await it.post(`${at}/attendance`, row, staff)
    expect((await it.get(`${at}/attendance`, staff)).body).not.toContain('Ambil 1 narasumber')
    expect((await it.get(`${at}/attendance?with=speakers`, staff)).body).not.toContain(
      'value="Dr. Rosalia"',
    )
  })

  test('a follow-up may be told done after the session, its wording not changed', async () => {
    const at = await planned()
    await move(at, { to: 'open' })
    await it.post(`${at}/follow-ups`, { text: 'Surat ke OPD', opdId: tourism }, staff)
    await move(at, { to: 'closed' })
    const row = `${at}/follow-ups/1`
    expect((await it.get(row, staff)).body).toContain('hanya keadaannya')
    expect((await it.post(row, { text: 'Lain', _version: 1 }, staff)).statusCode).toBe(409)
    expect((await it.post(`${row}/progress`, { state: 'late' }, staff)).statusCode).toBe(422)
    await it.post(`${row}/progress`, { state: 'done', _version: 1 }, staff)
    const stored = await it.connection.db.selectFrom('followUp').selectAll().executeTakeFirst()
    expect(stored).toMatchObject({ text: 'Surat ke OPD', state: 'done', doneOn: '2018-09-14' })
  })
})

describe('who sees what of a session', () => {
  test('while it is open, a decision is recorded from beside the proposal', async () => {
    const at = await planned()
    const proposal = await it.write((trx) =>
      make.proposal(trx, it.by, tourism, 'Aplikasi Wisata', { fgdSessionId: idIn(at) }),
    )
    const form = `/decisions/new?session=${idIn(at)}&amp;proposal=${proposal}`
    expect((await it.get(`${at}?opd=${tourism}`, staff)).body).not.toContain(form)
    await move(at, { to: 'open' })
    expect((await it.get(`${at}?opd=${tourism}`, staff)).body).toContain(form)
    const reader = await it.signIn(['reader'])
    expect((await it.get(`${at}?opd=${tourism}`, reader)).body).not.toContain('/decisions/new')
  })

  test('a reader sees the session, but no NIP, note, draft or inventory, and changes nothing', async () => {
    const at = await planned()
    await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    const fgdSessionId = idIn(at)
    await it.write(async (trx) => {
      await make.proposal(trx, it.by, tourism, 'Aplikasi Wisata', {
        fgdSessionId,
        costHigh: 987_654_321,
      })
      await make.proposal(trx, it.by, health, 'Draf Rahasia', {
        fgdSessionId,
        state: 'draft',
        number: null,
      })
      await insertRow(
        trx,
        'location',
        {
          opdId: tourism,
          kind: 'main',
          name: 'Kantor Induk',
          nameKey: 'kantor induk',
          address: null,
          district: null,
          isHead: 1,
          computerUsers: null,
          signal: null,
          power: null,
          powerOutHours: null,
          serverRoom: null,
          note: null,
        },
        it.by,
      )
    })
    for (const cookie of [await it.signIn(['reader']), await it.signIn(['opd'], [health])]) {
      const page = await it.get(`${at}?opd=${tourism}`, cookie)
      expect(page.statusCode).toBe(200)
      for (const told of ['Maria Goreti', 'Aplikasi Wisata']) expect(page.body).toContain(told)
      for (const kept of [
        '19700101',
        'Konsumsi',
        '987.654.321',
        'Kantor Induk',
        `/opd/${tourism}"`,
        'Catat',
      ])
        expect(page.body).not.toContain(kept)
      expect((await it.get(`${at}/attendance`, cookie)).statusCode).toBe(403)
      expect((await it.get(`${at}/attendance/1`, cookie)).statusCode).toBe(403)
      expect((await it.post(`${at}/minutes`, input, cookie)).statusCode).toBe(403)
      expect((await it.post(`${at}/state`, { to: 'open' }, cookie)).statusCode).toBe(403)
    }
    expect((await it.get(at, await it.signIn(['reader']))).body).not.toContain('Draf Rahasia')
    expect((await it.get(at, await it.signIn(['opd'], [health]))).body).toContain('Draf Rahasia')
    expect((await it.get(at)).headers.location).toContain('/sign-in')
    const admin = await it.signIn(['admin'])
    expect((await it.get(`${at}/attendance`, admin)).body).toContain('197001011995032001')
    expect((await it.post(`${at}/attendance`, maria, admin)).statusCode).toBe(403)
  })

  test('what belongs to another session is not found under this one', async () => {
    const at = await planned()
    await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    const other = await planned()
    expect((await it.get(`${other}/attendance/1`, staff)).statusCode).toBe(404)
    expect(
      (await it.post(`${other}/attendance/1/removal`, { _version: 1 }, staff)).statusCode,
    ).toBe(404)
  })

  test('the workbook gets everything but the NIP', async () => {
    const at = await planned()
    await it.post(`${at}/attendance`, { ...maria, '0.opdId': tourism }, staff)
    const [told] = await sessions.reportSessions(it.context.db)
    expect(told?.attendance).toHaveLength(1)
    expect(JSON.stringify(told)).not.toContain('197001011995032001')
    expect(await sessions.counts(it.context.db)).toEqual({ all: 1, open: 0, closed: 0 })
    expect(await sessions.openSessions(it.context.db)).toEqual([])
  })
})

async function planned(more: Record<string, string> = {}): Promise<string> {
  const saved = await it.post('/fgd', { ...plan, ...more }, staff)
  expect(saved.statusCode).toBe(303)
  return String(saved.headers.location).replace('/invited', '')
}

async function move(at: string, fields: Record<string, string>) {
  const { version } = await session(at)
  expect((await it.get(`${at}/state?to=${fields.to}`, staff)).statusCode).toBe(200)
  const moved = await it.post(`${at}/state`, { ...fields, _version: version }, staff)
  expect(moved.statusCode).toBe(303)
}

function idIn(at: string): number {
  return Number(at.split('/').pop())
}

function session(at: string) {
  return it.connection.db
    .selectFrom('fgdSession')
    .selectAll()
    .where('id', '=', idIn(at))
    .executeTakeFirstOrThrow()
}

async function count(table: 'attendance' | 'fgdSession' | 'sessionItem') {
  return (await it.connection.db.selectFrom(table).select('id').execute()).length
}
