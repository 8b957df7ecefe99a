import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendRow, updateRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { openLink } from '../testing/portal.ts'
import { publishNow } from '../testing/publish.ts'

let it: TestApp
let planner: string
let tourism: number
let health: number
let sights: number
let queue: number
let phase: number

beforeEach(async () => {
  it = await testApp()
  planner = await it.signIn(['planner'])
  await it.write(async (trx) => {
    tourism = await make.opd(trx, it.by, 'Dinas Pariwisata')
    health = await make.opd(trx, it.by, 'Dinas Kesehatan')
    sights = await make.proposal(trx, it.by, tourism, 'Aplikasi Wisata')
    queue = await make.proposal(trx, it.by, health, 'Antrean Puskesmas')
    phase = await make.phase(trx, it.by, 1, [2019, 2020])
  })
})
afterEach(() => it.close())

type Decided = { outcome?: string; phaseId?: number | null; reason?: string; level?: string }

const decide = (proposalId: number, more: Decided = {}) =>
  it.write((trx) =>
    appendRow(
      trx,
      'decision',
      {
        proposalId,
        outcome: 'accepted',
        phaseId: phase,
        place: null,
        nationalId: null,
        redirectTo: null,
        level: 'dinas',
        fgdSessionId: null,
        decidedBy: 'Paulus Rangga',
        office: 'Kepala Dinas',
        holdsAs: 'definitif',
        decidedOn: '2018-09-14',
        document: 'SK 9/2018',
        reason: 'Alasan penetapan wisata.',
        lookAgainOn: null,
        computedRank: null,
        computedScore: null,
        correctsId: null,
        example: null,
        ...more,
      },
      it.by,
    ),
  )

const digestOf = (body: string) => /name="digest" value="(\w+)"/.exec(body)?.[1] ?? ''

async function publish(fields: Record<string, unknown> = {}) {
  const page = await it.get('/publications/new', planner)
  const digest = digestOf(page.body)
  return it.post('/publications', { publishedOn: '2018-09-14', digest, ...fields }, planner)
}

describe('publishing', () => {
  test('is refused while nothing is decided', async () => {
    expect((await it.get('/publications/new', planner)).body).toContain('Belum ada usulan yang')
    const refused = await it.post('/publications', { publishedOn: '2018-09-14' }, planner)
    expect(refused.statusCode).toBe(409)
    expect(await it.connection.db.selectFrom('publication').selectAll().execute()).toEqual([])
  })

  test('shows beforehand what will be seen, what is left out, and what has no phase', async () => {
    await decide(sights, { phaseId: null })
    const { body } = await it.get('/publications/new', planner)
    expect(body).toContain('1 usulan ditetapkan tanpa tahap')
    expect(body).toContain('Alasan penetapan wisata.')
    expect(body).toMatch(/Antrean Puskesmas[\s\S]*belum ditetapkan/)
    expect(body).not.toContain('SK 9/2018')
  })

  test('needs a day that has come, and what was seen', async () => {
    await decide(sights)
    expect((await publish({ publishedOn: '' })).body).toContain('Isi tanggal.')
    expect((await publish({ publishedOn: '2018-09-15' })).body).toContain('belum tiba')
    expect((await publish({ digest: 'x' })).statusCode).toBe(409)
    const { body } = await it.get('/publications/new', planner)
    await decide(queue)
    const stale = await publish({ digest: digestOf(body) })
    expect(stale.statusCode).toBe(409)
    expect(stale.body).toContain('Ada yang berubah sejak daftar ini dibuka')
    expect((await publish()).statusCode).toBe(303)
  })

  test('is told to all; an OPD is told its own score, nobody a name or the document', async () => {
    await decide(sights)
    await decide(queue, { outcome: 'postponed', phaseId: null, reason: 'Menunggu internet.' })
    const document = 'Pengumuman Nomor 5/2018'
    await publish({ document, note: 'Terima kasih.' })
    const link = await openLink(it, tourism)
    const readers = [link]
    for (const role of ['opd', 'reader', 'assessor', 'staff'] as const) {
      readers.push(await it.signIn([role], role === 'opd' ? [tourism] : []))
    }
    for (const cookie of readers) {
      const { body } = await it.get('/publications', cookie)
      for (const text of [
        'Hasil diumumkan 14 September 2018. Yang terlihat: usulan, OPD, tahap, dan alasan.',
        document,
        'Terima kasih.',
        'Aplikasi Wisata',
        'Antrean Puskesmas',
        'Menunggu internet.',
        'Tahap 1 (2019–2020)',
      ]) {
        expect(body).toContain(text)
      }
      expect(body).not.toContain('Paulus')
      expect(body).not.toContain('SK 9/2018')
      const [found, none] = await Promise.all(
        ['q=antrean', `opd=${health}&phase=1`].map((query) =>
          it.get(`/publications?${query}`, cookie),
        ),
      )
      expect(found?.body).toContain('1 dari 2 usulan')
      expect(none?.body).toContain('Tidak ada usulan yang cocok')
      const sheet = await it.get('/publications/1/sheet', cookie)
      expect(sheet.statusCode, sheet.body).toBe(200)
      expect(sheet.body).toContain('PENGUMUMAN')
    }
    expect((await it.get('/o', link)).body).toContain('Lihat hasil semua OPD (2 usulan)')
  })
})

describe('before publishing, an OPD', () => {
  test('is told that its proposal is decided, and nothing else', async () => {
    await decide(sights)
    const seen = async () => {
      const all = []
      for (const cookie of [await openLink(it, tourism), await it.signIn(['opd'], [tourism])]) {
        for (const url of [
          '/o',
          `/proposals/${sights}`,
          '/proposals',
          '/proposals?standing=undisclosed',
          `/history/proposal/${sights}`,
          '/publications',
        ])
          all.push((await it.get(url, cookie)).body)
      }
      return all.join('')
    }
    const before = await seen()
    expect(before).toContain('Sudah ditetapkan, belum diumumkan')
    expect(before).toContain('1 usulan Anda sudah ditetapkan; hasilnya belum diumumkan.')
    for (const hidden of [
      'Tahap 1',
      'Alasan penetapan',
      'Paulus',
      'SK 9/2018',
      'Ditetapkan Tahap',
    ]) {
      expect(before).not.toContain(hidden)
    }
    const rep = await it.signIn(['opd'], [tourism])
    for (const outcome of ['accepted', 'redirected', 'postponed', 'declined']) {
      const { body } = await it.get(`/proposals?standing=${outcome}`, rep)
      expect(body).not.toContain('Aplikasi Wisata')
    }
    await it.write((trx) => publishNow(trx, it.by))
    expect(await seen()).toContain('Alasan penetapan wisata.')
  })

  test('keeps reading what was published while a later decision is not', async () => {
    await decide(sights)
    await it.write((trx) => publishNow(trx, it.by))
    await decide(sights, { outcome: 'declined', phaseId: null, reason: 'Rahasia.', level: 'tim' })
    const rep = await it.signIn(['opd'], [tourism])
    for (const url of ['/o', `/proposals/${sights}`]) {
      const { body } = await it.get(url, rep)
      expect(body).toContain('Alasan penetapan wisata.')
      expect(body).not.toContain('Rahasia.')
    }
  })
})

describe('a publication', () => {
  test('stays what it was: later changes are in the next one, and told beforehand', async () => {
    await decide(sights)
    await publish()
    await it.write((trx) => updateRow(trx, 'phase', phase, 1, { name: 'Tahap Baru' }, it.by))
    await decide(queue)
    const reader = await it.signIn(['reader'])
    expect((await it.get('/publications', reader)).body).toContain('Tahap 1 (2019–2020)')
    const { body } = await it.get('/publications/new', planner)
    expect(body).toContain('Yang berubah sejak pengumuman 14 September 2018')
    expect(body).toMatch(
      /open><summary>[\s\S]*?Baru: 1 usulan[\s\S]*?Antrean Puskesmas \(Dinas Kesehatan\)/,
    )
    expect(body).toMatch(/Hasil atau tahapnya berubah: 1 usulan[\s\S]*?Aplikasi Wisata \(Dinas/)
    await publish()
    expect((await it.get('/publications', reader)).body).toContain('Tahap Baru')
    const earlier = (await it.get('/publications/1', reader)).body
    expect(earlier).toContain('sudah digantikan')
    expect(earlier).not.toContain('Tahap Baru')
    const { raw } = it.connection
    expect(() => raw.exec("update publication_item set reason = 'x'")).toThrow('append-only')
    expect(() => raw.exec('delete from publication')).toThrow('append-only')
  })

  test('a long list is read by page, and checked beforehand group by group', async () => {
    const ids = await it.write(async (trx) => {
      const made: number[] = []
      for (let n = 1; n <= 51; n++) {
        made.push(await make.proposal(trx, it.by, health, `Usulan ke-${n}.`))
      }
      return made
    })
    await decide(sights)
    await publish()
    for (const id of ids) await decide(id, { outcome: 'postponed', phaseId: null })
    const { body } = await it.get('/publications/new', planner)
    expect(body).toMatch(/<details class="more"><summary>[\s\S]*?Baru: 51 usulan/)
    expect(body).toMatch(/<details class="more fold"><summary>[\s\S]*?Ditunda[\s\S]*?51 usulan/)
    expect(body).not.toMatch(/class="phase-line"/)
    await publish()
    const second = (await it.get('/publications?page=2&phase=postponed', planner)).body
    expect(second.match(/Usulan ke-\d+\./g)).toEqual(['Usulan ke-51.'])
    expect(second).toContain('Halaman 2 dari 2')
    expect(second).toContain('phase=postponed&amp;page=1')
  })

  test('is withdrawn with a reason; then nothing is in force', async () => {
    await decide(sights)
    await publish()
    await publish()
    const at = '/publications/2/withdrawal'
    const gone = { publishedOn: '2018-09-14' }
    expect((await it.post(at, gone, planner)).body).toContain('Isi alasan')
    expect((await it.get('/publications/1/withdrawal', planner)).statusCode).toBe(404)
    const old = await it.post('/publications/1/withdrawal', { ...gone, note: 'x' }, planner)
    expect(old.statusCode).toBe(409)
    const note = 'Daftar keliru memuat usulan yang belum dibahas.'
    expect((await it.post(at, { ...gone, note }, planner)).statusCode).toBe(303)
    const rep = await it.signIn(['opd'], [tourism])
    const { body } = await it.get('/publications', rep)
    expect(body).toContain(note)
    expect(body).not.toContain('Alasan penetapan')
    expect((await it.get('/publications/2', rep)).statusCode).toBe(404)
    expect((await it.get('/publications/2/sheet', rep)).statusCode).toBe(404)
    expect((await it.get('/publications/2', planner)).statusCode).toBe(200)
    expect((await it.get('/o', rep)).body).toContain('belum diumumkan')
    expect((await it.post(at, { ...gone, note }, planner)).statusCode).toBe(404)
    await publish()
    expect((await it.get('/publications', rep)).body).toContain('Alasan penetapan wisata.')
  })

  test('is made and withdrawn by planners only', async () => {
    await decide(sights)
    await publish()
    for (const role of ['admin', 'staff', 'assessor', 'reader'] as const) {
      const cookie = await it.signIn([role])
      expect((await it.get('/publications/new', cookie)).statusCode).toBe(403)
      expect((await it.post('/publications/1/withdrawal', {}, cookie)).statusCode).toBe(403)
    }
  })
})
