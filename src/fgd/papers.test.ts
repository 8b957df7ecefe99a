import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow, updateRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { readEdition } from './editions.ts'

let it: TestApp
let staff: string
let tourism: number
let health: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  tourism = await it.write((trx) =>
    make.opd(trx, it.by, 'Dinas Pariwisata', { contactPhone: '081234567890' }),
  )
  health = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
})
afterEach(() => it.close())

const plan = {
  title: 'FGD Aplikasi',
  heldOn: '2018-09-14',
  starts: '09:30',
  venue: 'Aula Dinas Kesehatan',
  invitationNo: '005/214/IX/2018',
  invitationOn: '2018-09-10',
}

async function opened(more: Record<string, string> = {}): Promise<string> {
  const made = await it.post('/fgd', { ...plan, ...more }, staff)
  const at = String(made.headers.location).replace(/\/invited$/, '')
  await it.post(`${at}/invited`, { invited: [tourism, health], _version: 1 }, staff)
  await move(at, { to: 'open' })
  return at
}

async function move(at: string, fields: Record<string, string>) {
  const { version } = await session()
  const answer = await it.post(`${at}/state`, { _version: version, ...fields }, staff)
  expect(answer.statusCode, answer.body.match(/class="error"[^<]*<[^<]*/)?.[0]).toBe(303)
}

const session = () =>
  it.connection.db.selectFrom('fgdSession').selectAll().executeTakeFirstOrThrow()

const editions = () =>
  it.connection.db.selectFrom('sessionRecord').selectAll().orderBy('edition').execute()

async function recorded(at: string) {
  const person = {
    '0.name': 'Maria Goreti',
    '0.position': 'Kepala Bidang',
    '0.opdId': tourism,
    '0.presentAs': 'mewakili',
    '0.employment': 'pns',
    '0.nip': '197001011995032001',
  }
  await it.post(`${at}/attendance`, person, staff)
  await it.post(
    `${at}/minutes`,
    { kind: 'input', text: 'Perlu aplikasi wisata.', opdId: tourism },
    staff,
  )
  await it.post(`${at}/items`, { kind: 'agreement', text: 'Aplikasi wisata dahulu.' }, staff)
  await it.post(
    `${at}/follow-ups`,
    { text: 'Menyusun rancangan', who: 'Kasubag', opdId: tourism },
    staff,
  )
}

describe('the official record', () => {
  test('is a draft until the closing, then says what stood then, whatever changes later', async () => {
    const at = await opened()
    await recorded(at)
    const draft = (await it.get(`${at}/record`, staff)).body
    expect(draft).toContain('Konsep')
    expect(draft).toContain('pukul 10.00 sampai dengan ……… WITA')

    it.clock.now = new Date('2018-09-14T04:15:00.000Z')
    await move(at, { to: 'closed' })
    const [first] = await editions()
    expect(first?.sha256).toBe(
      createHash('sha256')
        .update(first?.document ?? '')
        .digest('hex'),
    )
    const page = (await it.get(`${at}/record`, staff)).body
    for (const text of [
      'PEMERINTAH KABUPATEN MANGGARAI BARAT',
      'Jumat, tanggal empat belas bulan September tahun dua ribu delapan belas',
      'pukul 10.00 sampai dengan 12.15 WITA',
      'berdasarkan undangan Nomor 005/214/IX/2018 tanggal 10 September 2018',
      'Diundang 2 OPD, hadir 1 OPD; seluruhnya 1 orang',
      'Tidak hadir: Dinas Kesehatan.',
      'Aplikasi wisata dahulu.',
      'Menyusun rancangan',
      'Kasubag, Dinas Pariwisata',
      'Lampiran V. Dokumentasi',
      'per 14 September 2018 pukul 12.15 WITA',
      first?.sha256 ?? '',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).not.toContain('Konsep')
    expect(page).not.toMatch(/197001011995032001|081234567890/)

    await it.write((trx) =>
      updateRow(trx, 'opd', tourism, 1, { name: 'Dinas Pariwisata Baru' }, it.by),
    )
    const later = (await it.get(`${at}/record`, staff)).body
    expect(later).toBe(page)
    const workspace = (await it.get(at, staff)).body
    expect(workspace).toContain('people-name">Dinas Pariwisata<')
    expect(workspace).not.toContain('people-name">Dinas Pariwisata Baru<')
  })

  test('lists the OPD and their proposals by the names that it writes', async () => {
    const at = await opened()
    const { id } = await session()
    // by its short name, and by when it was proposed, the other would come first
    await it.write(async (trx) => {
      await updateRow(trx, 'opd', health, 1, { shortName: 'Zona Sehat' }, it.by)
      for (const opdId of [tourism, health]) {
        await make.proposal(trx, it.by, opdId, `Usulan ${opdId}`, { fgdSessionId: id })
      }
    })
    // a draft is no proposal yet: it is asked for before the closing, and the record leaves it out
    await it.write((trx) =>
      make.proposal(trx, it.by, health, 'Masih konsep', { fgdSessionId: id, state: 'draft' }),
    )
    expect((await it.get(`${at}/state?to=closed`, staff)).body).toContain('berupa draf')
    await move(at, { to: 'closed' })
    const [{ document = '' } = {}] = await editions()
    const { opds, proposals } = JSON.parse(document)
    const byName = ['Dinas Kesehatan', 'Dinas Pariwisata']
    expect(opds.map((row: { name: string }) => row.name)).toEqual(byName)
    expect(proposals.map((row: { opd: string }) => row.opd)).toEqual(byName)
  })

  test('reopened with a reason it gets a correction beside the first; the first stays', async () => {
    const at = await opened()
    await recorded(at)
    it.clock.now = new Date('2018-09-14T04:15:00.000Z')
    await move(at, { to: 'closed' })
    it.clock.now = new Date('2018-09-18T01:00:00.000Z')
    staff = await it.signIn(['staff'])
    await move(at, { to: 'open', reason: 'Satu catatan tertinggal' })
    await it.post(`${at}/minutes`, { kind: 'reply', text: 'Dicatat sebagai usulan.' }, staff)
    expect((await it.get(at, staff)).body).toContain('Dicatat setelah sesi')
    await move(at, { to: 'closed' })

    const [first, second, ...more] = await editions()
    expect(more).toEqual([])
    expect(first?.document).not.toContain('Dicatat sebagai usulan.')
    expect(JSON.parse(second?.document ?? '')).toMatchObject({
      edition: 2,
      session: { closedAt: '2018-09-14T04:15:00.000Z', reopenedReason: 'Satu catatan tertinggal' },
      minutes: [{ late: false }, { text: 'Dicatat sebagai usulan.', late: true }],
    })
    const page = (await it.get(`${at}/record`, staff)).body
    expect(page).toContain('(perbaikan ke-1)')
    expect(page).toContain('Dicatat sebagai usulan. (dicatat setelah sesi)')
    expect((await it.get(`${at}/record?edition=1`, staff)).body).not.toContain('perbaikan ke-1')
  })

  test('corrected after the offices went to a successor it still says what the OPD had', async () => {
    const office = await it.write(async (trx) => {
      const location = { kind: 'kantor', name: 'Kantor Pariwisata', nameKey: 'kantor pariwisata' }
      return insertRow(trx, 'location', { ...location, opdId: tourism, isHead: 1 }, it.by)
    })
    const at = await opened()
    await move(at, { to: 'closed' })
    await it.write(async (trx) => {
      const heir = await make.opd(trx, it.by, 'Dinas Kebudayaan dan Pariwisata')
      await updateRow(trx, 'location', office, 1, { opdId: heir }, it.by)
      await updateRow(trx, 'opd', tourism, 1, { validUntil: '2018-09-16' }, it.by)
    })
    it.clock.now = new Date('2018-09-18T01:00:00.000Z')
    staff = await it.signIn(['staff'])
    await move(at, { to: 'open', reason: 'Satu catatan tertinggal' })
    await move(at, { to: 'closed' })
    const [, second] = await editions()
    const { opds } = JSON.parse(second?.document ?? '')
    expect(opds).toContainEqual(
      expect.objectContaining({
        name: 'Dinas Pariwisata',
        offices: [expect.objectContaining({ name: 'Kantor Pariwisata' })],
      }),
    )
  })

  test('cannot be changed, and is not shown when it was', async () => {
    const at = await opened()
    await move(at, { to: 'closed' })
    const { raw } = it.connection
    expect(() => raw.exec("update session_record set document = '{}'")).toThrow('append-only')
    expect(() => raw.exec('delete from session_record')).toThrow('append-only')
    raw.exec('drop trigger session_record_no_update')
    raw.exec("update session_record set document = replace(document, 'FGD', 'GDF')")
    const { id } = await session()
    expect((await readEdition(it.context.db, id, 1))?.document).toBeUndefined()
    const page = (await it.get(`${at}/record`, staff)).body
    expect(page).toContain('tidak utuh')
    expect(page).not.toContain('GDF')
    expect((await it.post(`${at}/removal`, { _version: 4 }, staff)).statusCode).toBe(422)
  })

  test('gets its number after the closing; every page names it, and nothing gets out of the text', async () => {
    const at = await opened()
    await move(at, { to: 'closed' })
    const { version } = await session()
    const number = '555/"};body{display:none}'
    await it.post(`${at}/record/number`, { recordNo: number, _version: version }, staff)
    const foot = await it.get(`${at}/record/pages.css`, staff)
    expect(foot.headers['content-type']).toContain('text/css')
    expect(foot.body).toContain('counter(pages)')
    expect(foot.body).not.toContain('display:none')
    expect(foot.body.match(/"/g)).toHaveLength(12)
    expect((await it.get(`${at}/record`, staff)).body).toContain('555/&quot;}')
    const opd = await it.signIn(['opd'], [tourism])
    for (const path of [
      'record',
      'record/pages.css',
      'attendance/sheet',
      'minutes/sheet',
      'missing',
    ])
      expect((await it.get(`${at}/${path}`, opd)).statusCode, path).toBe(403)
  })
})

describe('the real time', () => {
  test('of a session typed in later is that of its days', async () => {
    it.clock.now = new Date('2018-09-20T01:00:00.000Z')
    staff = await it.signIn(['staff'])
    const made = await it.post('/fgd', { ...plan, ends: '12:15', endsOn: '2018-09-15' }, staff)
    const at = String(made.headers.location).replace(/\/invited$/, '')
    const asked = (await it.get(`${at}/state?to=open`, staff)).body
    expect(asked).toContain('value="2018-09-14"')
    expect(asked).toContain('value="09:30"')
    await move(at, { to: 'open', onDay: '2018-09-14', at: '09.35' })
    expect((await it.get(`${at}/state?to=closed`, staff)).body).toContain('value="2018-09-15"')
    const wrong = async (fields: Record<string, string>) =>
      (await it.post(`${at}/state`, { _version: 2, to: 'closed', ...fields }, staff)).body
    expect(await wrong({ onDay: '2018-09-16', at: '10.00' })).toContain('di luar hari sesi')
    expect(await wrong({ onDay: '2018-09-14', at: '09.30' })).toContain('sebelum waktu buka')
    expect(await wrong({ onDay: '2018-09-20', at: '23.00' })).toContain('belum tiba')
    expect(await wrong({ onDay: '2018-09-15' })).toContain('Isi jamnya')
    await move(at, { to: 'closed', onDay: '2018-09-15', at: '12.15' })
    expect(await session()).toMatchObject({
      openedAt: '2018-09-14T01:35:00.000Z',
      closedAt: '2018-09-15T04:15:00.000Z',
    })
    expect((await it.get(`${at}/record`, staff)).body).toContain(
      'delapan belas sampai dengan hari Sabtu, tanggal lima belas',
    )
  })
})

describe('the other papers', () => {
  test('the attendance list has the invited and ten empty rows before, NIP but no telephone', async () => {
    const at = await opened()
    await recorded(at)
    const sheet = (await it.get(`${at}/attendance/sheet`, staff)).body
    expect(sheet.match(/<tr class="blank">/g)).toHaveLength(11)
    expect(sheet).toContain('197001011995032001')
    expect(sheet).toContain('Dinas Kesehatan')
    expect(sheet).not.toContain('081234567890')
    await move(at, { to: 'closed' })
    expect((await it.get(`${at}/attendance/sheet`, staff)).body).not.toContain('class="blank"')
    expect((await it.get(`${at}/minutes/sheet`, staff)).body).toContain('Perlu aplikasi wisata.')
  })

  test('the closing says what is missing and from whom; the letter asks one OPD for it', async () => {
    const at = await opened()
    const closing = (await it.get(`${at}/state?to=closed`, staff)).body
    for (const text of ['Daftar hadir masih kosong.', 'Notulen masih kosong.', 'Tidak hadir (2):'])
      expect(closing).toContain(text)
    const letter = (await it.get(`${at}/missing?opd=${health}&due=2018-09-28`, staff)).body
    expect(letter).toContain('menindaklanjuti FGD Aplikasi tanggal 14 September 2018')
    expect(letter).toContain('28 September 2018')
    expect(letter).toContain('Formulir kertas dapat diminta')
    expect(letter).not.toContain('081234567890')
    const again = await it.get(`${at}/missing?opd=${health}&before=2018-09-10`, staff)
    expect(again.body).toContain('Menyambung pesan kami tanggal 10 September 2018')
  })

  test('the form of an OPD has what is known, the sheet asks to confirm it; neither has a telephone', async () => {
    await it.write((trx) =>
      insertRow(
        trx,
        'opdDuty',
        { opdId: tourism, seq: 1, text: 'Promosi wisata', legalBasis: null, verified: 1 },
        it.by,
      ),
    )
    await it.write(async (trx) => {
      const answers = { way: 'build', dutyText: 'Promosi' }
      const proposalId = await make.proposal(trx, it.by, tourism, 'Aplikasi Wisata', answers)
      const joint = { proposalId, opdId: health, part: 'joint' }
      return trx.insertInto('proposalOpd').values(joint).execute()
    })
    const form = (await it.get(`/opd/${tourism}/form`, staff)).body
    for (const text of ['Formulir Pendataan Dinas Pariwisata', 'Promosi wisata', 'Aplikasi Wisata'])
      expect(form).toContain(text)
    expect(form).toContain('<span class="box">×</span>Membangun baru')
    expect(form).toContain('Dedicated / Broadband')
    const sheet = (await it.get(`/opd/${tourism}/confirmation-sheet`, staff)).body
    expect(sheet).toContain('Saya menyatakan data Dinas Pariwisata di atas benar')
    expect(sheet).toContain('1 usulan diajukan')
    for (const paper of [form, sheet]) expect(paper).not.toContain('081234567890')
    const own = await it.get(`/opd/${tourism}/form`, await it.signIn(['opd'], [tourism]))
    expect(own.body).toContain('Dinas Kesehatan (peran')
    const other = await it.signIn(['opd'], [health])
    expect((await it.get(`/opd/${tourism}/form`, other)).statusCode).toBe(404)
    expect((await it.get(`/opd/${tourism}/confirmation-sheet`, other)).statusCode).toBe(404)
  })
})
