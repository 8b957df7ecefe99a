import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { openLink, person } from '../testing/portal.ts'

let it: TestApp
let staff: string
let dinas: number

beforeEach(async () => {
  it = await testApp({ config: { baseUrl: 'https://rancang.contoh.go.id' } })
  staff = await it.signIn(['staff'])
  dinas = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata'))
})
afterEach(() => it.close())

const events = () => it.connection.db.selectFrom('event').selectAll().orderBy('id').execute()

/** Makes links by the form and reads the addresses off the cards. */
async function makeLinks(fields: Record<string, unknown> = {}) {
  const made = await it.post('/opd/links', { opdId: 'all', ...fields }, staff)
  const sheet = await it.get(made.headers.location as string, staff)
  const tokens = [...sheet.body.matchAll(/\/o\/([\w-]{43})<\/b>/g)].map(([, token = '']) => token)
  return { made, sheet, tokens }
}

async function open(token: string, who: Record<string, unknown> = person, cookie = '') {
  const answer = await it.post(`/o/${token}`, who, cookie)
  return { answer, cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '' }
}

describe('the link of an OPD', () => {
  test('looking changes nothing; answering opens it on several phones', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    const [token = ''] = tokens
    const sessions = () => it.connection.db.selectFrom('webSession').selectAll().execute()
    const before = await sessions()
    const shown = await it.get(`/o/${token}`)
    expect(shown.statusCode).toBe(200)
    expect(shown.body).toContain('Selamat datang, perwakilan Dinas Pariwisata. Siapa yang mengisi?')
    expect(shown.headers['referrer-policy']).toBe('strict-origin')
    expect(shown.body).not.toContain(`<title>${token}`)
    expect(await sessions()).toEqual(before)

    const first = await open(token)
    expect(first.answer.headers.location).toBe('/o')
    const second = await open(token, { name: 'Yosef', position: 'Sekretaris' })
    for (const { cookie } of [first, second]) {
      expect((await it.get('/o', cookie)).body).toContain('Dinas Pariwisata')
    }
    expect((await it.get('/', first.cookie)).headers.location).toBe('/o')
  })

  test('the token is in no row, no log and no header of the next page', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    const [token = ''] = tokens
    const { cookie } = await open(token)
    const page = await it.get('/o', cookie)
    expect(page.body + JSON.stringify(page.headers)).not.toContain(token)
    const { raw } = it.connection
    const names = raw.prepare("select name from sqlite_schema where type = 'table'").pluck().all()
    for (const name of names) {
      expect(JSON.stringify(raw.prepare(`select * from ${name}`).all())).not.toContain(token)
    }
  })

  test('a name and a position are asked for', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    const { answer } = await open(tokens[0] ?? '', { name: 'Maria', position: ' ' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Isi jabatan.')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('the ninth phone is told to ask staff; ended phones make room', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    const [token = ''] = tokens
    const opened = await Promise.all(
      Array.from({ length: 12 }, (_, n) => open(token, { name: `Orang ${n}`, position: 'Staf' })),
    )
    expect(opened.filter(({ answer }) => answer.statusCode === 303)).toHaveLength(8)
    const refused = opened.find(({ answer }) => answer.statusCode === 422)
    expect(refused?.answer.body).toContain('sudah terbuka di 8 ponsel')
    const inside = opened.find(({ answer }) => answer.statusCode === 303)
    expect((await open(token, person, inside?.cookie)).answer.statusCode).toBe(303)

    const list = await it.get('/opd/links', staff)
    const [, link, ref] =
      /\/opd\/links\/(\d+)\/end[\s\S]*?name="phone" value="(\w+)"/.exec(list.body) ?? []
    await it.post(`/opd/links/${link}/end`, { what: 'phone', phone: ref }, staff)
    expect((await open(token)).answer.statusCode).toBe(303)
  })

  test('ended by staff, the next request of every phone is refused', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    const [token = ''] = tokens
    const phones = [await open(token), await open(token)]
    const link = await it.connection.db.selectFrom('accessLink').select('id').executeTakeFirst()
    await it.post(`/opd/links/${link?.id}/end`, { what: 'link' }, staff)
    for (const { cookie } of phones) {
      expect((await it.get('/o', cookie)).statusCode).toBe(410)
      const deeper = await it.get(`/opd/${dinas}/portal`, cookie)
      expect(deeper.headers.location).toBe('/o')
      const told = await it.get('/o', cookie)
      expect(told.body).toContain('Tautan sudah tidak berlaku')
      // whoever has an account is not kept from it by an old link
      expect(told.body).toContain('href="/sign-in"')
      expect((await it.get('/sign-in', cookie)).statusCode).toBe(200)
      expect(told.body).toContain('Hubungi')
      expect((await it.post(`/opd/${dinas}/portal/duties`, { text: 'x' }, cookie)).statusCode).toBe(
        303,
      )
    }
    const over = await it.get(`/o/${token}`)
    expect(over.statusCode).toBe(410)
    expect(over.body).toContain('Tautan sudah tidak berlaku')
    expect((await open(token)).answer.statusCode).toBe(410)
    expect(await it.connection.db.selectFrom('opdDuty').selectAll().execute()).toEqual([])
  })

  test('a page that is not for a link is refused in words for whoever has no account', async () => {
    const refused = await it.get('/accounts', await openLink(it, dinas))
    expect(refused.statusCode).toBe(403)
    expect(refused.body).toContain('Tautan OPD hanya membuka halaman dan data OPD itu sendiri.')
    expect(refused.body).not.toContain('Peran akun')
    expect((await it.get('/accounts', staff)).body).toContain('Peran akun Anda')
  })

  test('one phone ended leaves the others', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    const one = await open(tokens[0] ?? '', { name: 'Satu', position: 'Staf' })
    it.clock.now = new Date(it.clock.now.getTime() + 1000)
    const two = await open(tokens[0] ?? '', { name: 'Dua', position: 'Staf' })
    const list = (await it.get('/opd/links', staff)).body
    const at = list.indexOf('<b>Satu</b>')
    const [, link, ref] =
      /\/opd\/links\/(\d+)\/end[\s\S]*?name="phone" value="(\w+)"/.exec(list.slice(at)) ?? []
    await it.post(`/opd/links/${link}/end`, { what: 'phone', phone: ref }, staff)
    const ended = await it.get('/o', one.cookie)
    expect(ended.statusCode).toBe(410)
    expect(ended.body).toContain('Sesi di ponsel ini sudah berakhir')
    expect((await it.get('/o', two.cookie)).statusCode).toBe(200)
  })

  test('after its last day it answers 410, and its phones are out', async () => {
    await it.post(
      '/opd/links/settings',
      { days: '3', contactName: 'Maria Goreti', contactPhone: '0385 1' },
      staff,
    )
    const { tokens, sheet } = await makeLinks({ opdId: dinas })
    expect(sheet.body).toContain('Berlaku sampai 17 September 2018')
    const { cookie } = await open(tokens[0] ?? '')
    it.clock.now = new Date('2018-09-17T15:58:00.000Z')
    expect((await it.get('/o', cookie)).statusCode).toBe(200)
    it.clock.now = new Date('2018-09-17T16:00:00.000Z')
    expect((await it.get('/o', cookie)).statusCode).toBe(410)
    const over = await it.get(`/o/${tokens[0]}`)
    expect(over.statusCode).toBe(410)
    expect(over.body).toContain('Maria Goreti, 0385 1')
  })

  test('an unknown token is 410, whatever it looks like', async () => {
    for (const token of ['x', 'x'.repeat(43), '..%2f', "'", 'x'.repeat(99)]) {
      expect((await it.get(`/o/${token}`)).statusCode, token).toBe(410)
      expect((await it.post(`/o/${token}`, person)).statusCode, token).toBe(410)
    }
  })

  test('a made-up cookie with the number of a link tells nothing of that link', async () => {
    await makeLinks({ opdId: dinas })
    const link = await it.connection.db
      .selectFrom('accessLink')
      .select('id')
      .executeTakeFirstOrThrow()
    const told = async (id: number) => {
      const forged = [`${id}.x`, `${id}.x.y`].map((value) => `rancang_session=${value}`)
      return Promise.all(forged.map(async (cookie) => (await it.get('/o', cookie)).body))
    }
    const unknown = await told(999_999)
    expect(await told(link.id)).toEqual(unknown)
    await it.post(`/opd/links/${link.id}/end`, { what: 'link' }, staff)
    expect(await told(link.id)).toEqual(unknown)
  })

  test('a link has no password, no account pages, no sessions of the hall', async () => {
    const cookie = await openLink(it, dinas)
    expect((await it.post('/language', { locale: 'en' }, cookie)).statusCode).toBe(303)
    for (const url of ['/password', '/fgd', '/accounts', '/opd/links', '/scoring', '/ranking']) {
      expect((await it.get(url, cookie)).statusCode, url).toBe(403)
    }
    const page = (await it.get('/opd', cookie)).body
    expect(page).not.toContain('class="side"')
    expect(page).toContain('href="/o"')
  })

  test('three people of one OPD are three editors', async () => {
    const { tokens } = await makeLinks({ opdId: dinas })
    for (const name of ['Ani', 'Budi', 'Cici']) {
      const { cookie } = await open(tokens[0] ?? '', { name, position: 'Staf' })
      await it.post(`/opd/${dinas}/portal/duties`, { text: `Tugas ${name}` }, cookie)
    }
    const written = (await events()).filter((event) => event.entity === 'opdDuty')
    expect(written.map((event) => [event.actorName, event.way])).toEqual([
      ['Ani, Staf', 'link'],
      ['Budi, Staf', 'link'],
      ['Cici, Staf', 'link'],
    ])
    expect(written.every((event) => event.linkId !== null && event.accountId === null)).toBe(true)
  })

  test('another person goes on with the phone under another name', async () => {
    const cookie = await openLink(it, dinas)
    await it.post('/o/person', { name: 'Dewi', position: 'Bendahara' }, cookie)
    expect((await it.get('/o', cookie)).body).toContain('Anda mengisi sebagai Dewi, Bendahara.')
  })

  test('saving leads back to the card, of a unit too; from an account to where it is listed', async () => {
    const people = { asOf: '2018-09-14', pns: '4' }
    const budget = { year: '2018', amount: '0' }
    const led = async (cookie: string, at: string, fields: Record<string, string>) =>
      (await it.post(`/opd/${dinas}/${at}`, fields, cookie)).headers.location
    const cookie = await openLink(it, dinas)
    expect(await led(cookie, 'people', people)).toBe('/o#people')
    expect(await led(cookie, 'budgets', budget)).toBe('/o#budget')
    const used = { opdId: String(dinas), name: 'SIMPEG' }
    const asked = { opdId: String(dinas), kind: 'power', text: 'Genset' }
    const at = async (path: string, fields: Record<string, string>) =>
      (await it.post(path, fields, cookie)).headers.location
    expect(await at('/applications', used)).toBe('/o#applications')
    expect(await at('/needs', asked)).toBe('/o#needs')
    const card = (await it.get('/o', cookie)).body
    for (const id of ['people', 'budget', 'applications', 'needs'])
      expect(card).toContain(`id="${id}"`)
    const unit = await it.write((trx) =>
      make.opd(trx, it.by, 'Puskesmas', { kind: 'puskesmas', parentId: dinas }),
    )
    const ofUnit = await it.post(`/opd/${unit}/budgets`, budget, cookie)
    expect(ofUnit.headers.location).toBe(`/opd/${unit}/portal#budget`)
    const next = { ...budget, year: '2019' }
    expect(await led(staff, 'budgets', next)).toBe(`/opd/${dinas}#budget`)
  })

  test('leaving the phone ends its session and says how to come back', async () => {
    const cookie = await openLink(it, dinas)
    const left = await it.post('/sign-out', {}, cookie)
    expect(left.headers.location).toBe('/o')
    expect((await it.get('/o', cookie)).body).toContain('Pindai lagi kode pada kartu OPD Anda')
  })
})

describe('making links', () => {
  test('for all OPD at once: one card, one address and one message each', async () => {
    await it.write(async (trx) => {
      await make.opd(trx, it.by, 'Dinas Kesehatan')
      await make.opd(trx, it.by, 'Bagian Umum', { parentId: dinas })
      await make.opd(trx, it.by, 'Kantor Lama', { validUntil: '2017-12-31' })
    })
    const { tokens, sheet } = await makeLinks({ due: '2018-09-28' })
    expect(new Set(tokens).size).toBe(2)
    expect(sheet.body).toContain('data:image/svg')
    expect(sheet.body).toContain('paling lambat 28 September 2018')
    expect(sheet.body).toContain('Data ditunggu paling lambat 28 September 2018.')
    expect(sheet.body).not.toContain('Bagian Umum')
  })

  test('the cards are shown for 15 minutes, to the one who made them', async () => {
    const { made } = await makeLinks({ opdId: dinas })
    const at = made.headers.location as string
    expect((await it.get(at, staff)).statusCode).toBe(200)
    expect((await it.get(at, await it.signIn(['staff']))).statusCode).toBe(404)
    it.clock.now = new Date(it.clock.now.getTime() + 15 * 60_000)
    expect((await it.get(at, staff)).statusCode).toBe(404)
  })

  test('older links of the OPD end only when that is asked', async () => {
    const first = await makeLinks({ opdId: dinas })
    await makeLinks({ opdId: dinas })
    expect((await it.get(`/o/${first.tokens[0]}`)).statusCode).toBe(200)
    await makeLinks({ opdId: dinas, endOld: '1' })
    expect((await it.get(`/o/${first.tokens[0]}`)).statusCode).toBe(410)
  })

  test('a message after an earlier day reminds of the first one', async () => {
    const again = 'Menyambung pesan kami tanggal 14 September 2018, izin mengingatkan kembali.'
    expect((await makeLinks({ opdId: dinas })).sheet.body).not.toContain('Menyambung')
    expect((await makeLinks({ opdId: dinas })).sheet.body).not.toContain('Menyambung')
    it.clock.now = new Date('2018-09-20T02:00:00.000Z')
    staff = await it.signIn(['staff'])
    expect((await makeLinks({ opdId: dinas })).sheet.body).toContain(again)
  })

  test('without a public address the card asks for the paper form', async () => {
    const bare = await testApp()
    try {
      await bare.write((trx) => make.opd(trx, bare.by, 'Dinas Pariwisata'))
      const cookie = await bare.signIn(['staff'])
      const made = await bare.post('/opd/links', { opdId: 'all' }, cookie)
      const { body } = await bare.get(made.headers.location as string, cookie)
      expect(body).toContain('Formulir kertas dapat diminta kepada kami.')
      expect(body).not.toContain('/o/')
      expect(await bare.connection.db.selectFrom('accessLink').selectAll().execute()).toEqual([])
    } finally {
      await bare.close()
    }
  })

  test('nobody but staff and planners makes links', async () => {
    for (const role of ['admin', 'assessor', 'reader', 'opd'] as const) {
      const cookie = await it.signIn([role], [dinas])
      expect((await it.post('/opd/links', { opdId: dinas }, cookie)).statusCode, role).toBe(403)
    }
  })
})

describe('the page of one OPD', () => {
  test('an account with one OPD comes to it, one with several chooses', async () => {
    const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
    const one = await it.signIn(['opd'], [dinas])
    expect((await it.get('/', one)).headers.location).toBe('/o')
    expect((await it.get('/o', one)).body).toContain('Dinas Pariwisata')
    const several = await it.signIn(['opd'], [dinas, other])
    const chooser = (await it.get('/o', several)).body
    expect(chooser).toContain(`/opd/${dinas}/portal`)
    expect(chooser).toContain(`/opd/${other}/portal`)
    expect((await it.get('/o', staff)).headers.location).toBe('/')
  })

  test('what is known is still right: today gets a row with the same answers', async () => {
    const cookie = await openLink(it, dinas)
    const made = await it.post(
      `/opd/${dinas}/locations`,
      { name: 'Kantor induk', kind: 'main', isHead: '1' },
      cookie,
    )
    const office = Number((made.headers.location as string).split('/').at(-1))
    const line = { available: 'limited', asOf: '2018-08-01', line: '1', downKbps: '20' }
    await it.post(`/locations/${office}/internet`, line, cookie)
    const second = { available: 'yes', asOf: '2018-08-02', line: '2', downKbps: '5' }
    await it.post(`/locations/${office}/internet`, second, cookie)
    const counts = { asOf: '2018-08-01', '0.type': 'pc', '0.good': '3' }
    const devices = await it.post(
      `/locations/${office}/devices`,
      { asOf: counts.asOf, none: '1' },
      cookie,
    )
    expect(devices.statusCode).toBe(303)
    await it.post(
      `/opd/${dinas}/people`,
      { asOf: '2018-08-01', pns: '12', pppk: '0', other: '3', computerUsers: '8' },
      cookie,
    )

    const at = `/opd/${dinas}/portal/same`
    for (const part of ['internet', 'devices', 'people']) {
      const again = await it.post(at, { part, locationId: office }, cookie)
      expect(again.statusCode).toBe(303)
      await it.post(at, { part, locationId: office }, cookie)
    }
    const { db } = it.connection
    const lines = await db.selectFrom('internetAccess').selectAll().orderBy('id').execute()
    expect(lines.map((row) => [row.asOf, row.line, row.available, row.downKbps])).toEqual([
      ['2018-08-01', 1, 'limited', 20_000],
      ['2018-08-02', 2, 'yes', 5_000],
      ['2018-09-14', 1, 'limited', 20_000],
      ['2018-09-14', 2, 'yes', 5_000],
    ])
    expect(await db.selectFrom('deviceSurvey').select('asOf').execute()).toHaveLength(2)
    const people = await db.selectFrom('opdPeople').selectAll().orderBy('id').execute()
    expect(people.map((row) => [row.asOf, row.pns])).toEqual([
      ['2018-08-01', 12],
      ['2018-09-14', 12],
    ])
    expect((await it.get('/o', cookie)).body).not.toContain('Masih benar')
  })

  test('"still right" for the office of another OPD changes nothing', async () => {
    const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
    const made = await it.post(`/opd/${other}/locations`, { name: 'Kantor', kind: 'main' }, staff)
    const office = Number((made.headers.location as string).split('/').at(-1))
    await it.post(
      `/locations/${office}/internet`,
      { available: 'no', asOf: '2018-08-01', line: '1' },
      staff,
    )
    const cookie = await openLink(it, dinas)
    await it.post(`/opd/${dinas}/portal/same`, { part: 'internet', locationId: office }, cookie)
    expect(await it.connection.db.selectFrom('internetAccess').selectAll().execute()).toHaveLength(
      1,
    )
  })

  test('identity: two people at once, different fields kept, the same field a conflict', async () => {
    const one = await openLink(it, dinas)
    const two = await openLink(it, dinas, { name: 'Budi', position: 'Staf' })
    const at = `/opd/${dinas}/portal/identity`
    await it.post(at, { headName: 'Yohanes', _version: 1 }, one)
    const other = await it.post(at, { contactName: 'Maria', headName: '', _version: 1 }, two)
    expect(other.statusCode).toBe(303)
    const clash = await it.post(at, { headName: 'Petrus', contactName: 'Maria', _version: 1 }, two)
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Petrus')
  })

  test('"none" is an answer, and taken back', async () => {
    const cookie = await openLink(it, dinas)
    const at = `/opd/${dinas}/portal/none`
    await it.post(at, { part: 'applications', say: 'none' }, cookie)
    expect((await it.get('/o', cookie)).body).toContain('Anda menyatakan: tidak memiliki aplikasi.')
    await it.post(at, { part: 'applications', say: 'back' }, cookie)
    expect((await it.get('/o', cookie)).body).not.toContain('Anda menyatakan')
    await it.write((trx) => make.proposal(trx, it.by, dinas, 'Aplikasi Wisata'))
    const late = await it.post(at, { part: 'proposals', say: 'none' }, cookie)
    expect(late.statusCode).toBe(409)
  })

  test('proposals: what is asked, what is not, and why', async () => {
    await it.write(async (trx) => {
      const at = '2018-09-01T01:00:00.000Z'
      await make.proposal(trx, it.by, dinas, 'Yang Ditelaah', {
        state: 'under_review',
        stateAt: at,
      })
      await make.proposal(trx, it.by, dinas, 'Yang Dikembalikan', {
        state: 'returned',
        stateNote: 'Sebut jumlah pengguna.',
        problem: 'Antre lama',
      })
    })
    const cookie = await openLink(it, dinas)
    const { body } = await it.get('/o', cookie)
    expect(body).toContain('Ditelaah sejak 1 September 2018.')
    expect(body).toContain('Tidak ada yang perlu Anda lakukan.')
    expect(body).toContain('Catatan: Sebut jumlah pengguna.')
    expect(body).toContain('Lengkapi dan ajukan kembali')
    expect(body).not.toContain('Isi masalah saat ini.')
    expect(body).toContain('Isi tujuan dan manfaat.')
  })
})

describe('the word of an OPD that its data are right', () => {
  const at = () => `/opd/${dinas}/portal/confirmation`
  const confirmations = () =>
    it.connection.db.selectFrom('opdConfirmation').selectAll().orderBy('id').execute()

  test('refused while required parts are missing, unless a note says why', async () => {
    const cookie = await openLink(it, dinas)
    const refused = await it.post(at(), {}, cookie)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('Masih ada bagian wajib yang belum lengkap.')
    expect(await confirmations()).toEqual([])
    const done = await it.post(at(), { note: 'Kantor baru pindah.' }, cookie)
    expect(done.statusCode).toBe(303)
    expect(await confirmations()).toMatchObject([
      { ...{ name: 'Maria Goreti', position: 'Kasubbag Perencanaan' }, asOf: '2018-09-14' },
    ])
    const { body } = await it.get('/o', cookie)
    expect(body).toContain('Dinyatakan benar per 14 September 2018 oleh Maria Goreti')
    expect(body).toContain('Belum ada yang berubah sejak konfirmasi.')
  })

  test('what changed since is counted: answers of this OPD, each once, not the deeds of staff', async () => {
    const cookie = await openLink(it, dinas)
    const [proposal, other] = await it.write(async (trx) => [
      await make.proposal(trx, it.by, dinas, 'Aplikasi Wisata'),
      await make.opd(trx, it.by, 'Dinas Kesehatan'),
    ])
    await it.post(at(), { note: 'Belum lengkap.' }, cookie)
    const identity = `/opd/${dinas}/portal/identity`
    await it.post(identity, { headName: 'Yohanes', _version: 1 }, cookie)
    await it.post(identity, { headName: 'Yohana', contactName: 'Maria', _version: 2 }, cookie)
    await it.post(`/proposals/${proposal}/state`, { to: 'under_review', _version: 1 }, staff)
    await it.post(`/opd/${other}/portal/duties`, { text: 'Bukan milik dinas ini' }, staff)
    expect((await it.get('/o', cookie)).body).toContain('Berubah sejak konfirmasi: 2 isian.')
    await it.post(at(), { note: 'Sudah diperbarui.' }, cookie)
    expect(await confirmations()).toHaveLength(2)
    expect((await it.get('/o', cookie)).body).toContain('Belum ada yang berubah sejak konfirmasi.')
  })

  test('part 10 of completeness is done with it', async () => {
    const gap = 'Konfirmasi data oleh OPD'
    expect((await it.get(`/opd/${dinas}`, staff)).body).toContain(gap)
    await it.post(at(), { note: 'Sementara.' }, await openLink(it, dinas))
    expect((await it.get(`/opd/${dinas}`, staff)).body).not.toContain(gap)
  })

  test('from an account the one who speaks is named, as on a paper that staff types in', async () => {
    const nameless = await it.post(at(), { note: 'x' }, staff)
    expect(nameless.statusCode).toBe(422)
    expect(nameless.body).toContain('Isi nama.')
    const said = { name: 'Yohanes', position: 'Kepala Dinas', note: 'Menurut formulir kertas.' }
    expect((await it.post(at(), said, staff)).statusCode).toBe(303)
    expect(await confirmations()).toMatchObject([{ name: 'Yohanes', position: 'Kepala Dinas' }])
  })

  test('the database changes and deletes none', async () => {
    await it.post(at(), { note: 'x' }, await openLink(it, dinas))
    const { raw } = it.connection
    expect(() => raw.exec("update opd_confirmation set note = 'y'")).toThrow('append-only')
    expect(() => raw.exec('delete from opd_confirmation')).toThrow('append-only')
  })
})
