import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import * as decisions from './queries.ts'

let it: TestApp
let staff: string
let wisata: number
let suvenir: number
let surat: number
let first: number
let second: number
let opdId: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  await it.write(async (trx) => {
    opdId = await make.opd(trx, it.by, 'Dinas Pariwisata dan Kebudayaan')
    wisata = await make.proposal(trx, it.by, opdId, 'Aplikasi Wisata')
    suvenir = await make.proposal(trx, it.by, opdId, 'Aplikasi Suvenir dan Kuliner')
    surat = await make.proposal(trx, it.by, opdId, 'Surat Masuk', { state: 'draft', number: null })
    first = await make.phase(trx, it.by, 1, [2019, 2019])
    second = await make.phase(trx, it.by, 2, [2020, 2021])
  })
})
afterEach(() => it.close())

const act = {
  outcome: 'accepted',
  phase: 'next',
  level: 'fgd',
  office: 'Kepala Seksi E-Government',
  holdsAs: 'definitif',
  decidedOn: '2018-09-14',
  reason: 'Ditindaklanjuti sekarang.',
}

/** The fields of one ticked line. */
const line = (at: number, proposal: number, place?: number) => ({
  [`${at}.proposal`]: proposal,
  [`${at}.chosen`]: 1,
  [`${at}.place`]: place,
})

const decide = (fields: Record<string, unknown>, cookie = staff) =>
  it.post('/decisions', { ...act, ...fields }, cookie)

describe('recording a decision', () => {
  test('needs neither a rating nor a cost, and says so', async () => {
    const saved = await decide({ ...line(0, wisata, 1), phase: first })
    expect(saved.statusCode).toBe(303)
    const page = await it.get(saved.headers.location as string, staff)
    expect(page.body).toContain('Ditetapkan sebelum dinilai')
    expect(page.body).toContain('Ditetapkan Tahap 1 oleh Kepala Seksi E-Government')
    const [row] = await decisions.all(it.context.db, everything)
    expect(row).toMatchObject({
      computedRank: null,
      computedScore: null,
      place: 1,
      phase: 'Tahap 1',
      standing: 'inForce',
    })
    expect(await it.connection.db.selectFrom('event').select('entity').execute()).toContainEqual({
      entity: 'decision',
    })
  })

  test('may name a draft, and the next stage without saying which', async () => {
    expect((await decide(line(0, surat))).statusCode).toBe(303)
    const list = await it.get('/decisions?phase=next', staff)
    expect(list.body).toContain('Surat Masuk')
    expect(list.body).toContain('Tahap berikutnya, belum ditentukan')
  })

  test('several proposals under one document, each with its place', async () => {
    const fields = { ...line(0, wisata, 2), ...line(1, suvenir, 1), phase: first, document: 'BA 1' }
    const saved = await decide({ ...fields, '2.proposal': surat, '2.place': '' })
    expect(saved.headers.location).toBe('/decisions')
    const rows = await decisions.all(it.context.db, everything)
    expect(rows.map((row) => [row.proposalId, row.place, row.document]).sort()).toEqual([
      [wisata, 2, 'BA 1'],
      [suvenir, 1, 'BA 1'],
    ])
    const { body } = await it.get('/decisions', staff)
    expect(body.indexOf('Aplikasi Suvenir')).toBeLessThan(body.indexOf('Aplikasi Wisata'))

    const higher = { phase: first, level: 'kepala_daerah', office: 'Bupati', document: 'SK 1' }
    await decide({ ...line(0, surat, 1), ...higher })
    const after = (await it.get('/decisions', staff)).body
    expect(after, 'same place, higher level').toMatch(/Surat Masuk[\s\S]*Aplikasi Suvenir/)
    const later = { outcome: 'postponed', phase: '', document: 'BA 1', lookAgainOn: '2018-12-01' }
    await decide({ ...line(0, surat), ...later })
    const annex = (await it.get('/decisions/annex?document=BA%201', staff)).body
    expect(annex, 'with the day of the week').toMatch(/<dd>[A-Z][a-z]+, \d+ September 2018<\/dd>/)
    expect(annex).toContain('Ditinjau kembali 1 Desember 2018.')
    const decree = (await it.get('/decisions/annex?document=SK%201', staff)).body
    expect(decree, 'not under the name of an office').toMatch(/kop-office">BUPATI</)
  })

  test('says what is missing and keeps what was typed', async () => {
    const answer = await decide({ '0.proposal': wisata, '0.place': '', phase: '', office: '' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Centang sekurang-kurangnya satu usulan.')
    expect(answer.body).toContain('Isi jabatan yang memutuskan.')
    expect(answer.body).toContain('Ditindaklanjuti sekarang.')
    expect(await decisions.all(it.context.db, everything)).toEqual([])
  })

  test.each([
    ['phase', { phase: '' }],
    ['phase', { outcome: 'declined', phase: 'next' }],
    ['phase', { phase: 9999 }],
    ['nationalId', { outcome: 'redirected', phase: '' }],
    ['redirectTo', { redirectTo: 'SIMRS' }],
    ['lookAgainOn', { outcome: 'postponed', phase: '' }],
    ['lookAgainOn', { outcome: 'postponed', phase: '', lookAgainOn: '2018-09-14' }],
    ['decidedOn', { decidedOn: '2018-09-15' }],
    ['reason', { reason: ' ' }],
  ])('refuses %s for %j', async (field, fields) => {
    const answer = await decide({ ...line(0, wisata), ...fields })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="${field}-error"`)
  })

  test('refuses one place twice, a place without a phase and a place without a tick', async () => {
    const twice = await decide({ ...line(0, wisata, 1), ...line(1, suvenir, 1), phase: first })
    expect(twice.body).toContain('id="1.place-error"')
    expect((await decide(line(0, wisata, 1))).body).toContain('id="0.place-error"')
    const unticked = await decide({ ...line(0, wisata), '1.proposal': suvenir, '1.place': 2 })
    expect(unticked.body).toContain('id="1.place-error"')
  })

  test('redirects to one application, national or existing, and prepares for it once', async () => {
    const application = await it.write((trx) =>
      insertRow(trx, 'application', { opdId, name: 'SIMRS', nameKey: 'simrs' }, it.by),
    )
    const redirected = { ...line(0, wisata), outcome: 'redirected', phase: '' }
    const both = await decide({ ...redirected, applicationId: application, redirectTo: 'Lain' })
    expect(both.body).toContain('id="redirectTo-error"')
    expect((await decide({ ...redirected, applicationId: 999 })).statusCode).toBe(422)
    const saved = await decide({ ...redirected, applicationId: application })
    const page = await it.get(saved.headers.location as string, staff)
    expect(page.body).toContain('Dialihkan ke SIMRS (Dinas Pariwisata dan Kebudayaan)')
    const asked = () => it.connection.db.selectFrom('followUp').selectAll().execute()
    const text = (await asked()).map((each) => each.text)
    expect(text).toEqual([expect.stringContaining('Siapkan penggunaan SIMRS')])
    expect(page.body).toContain('Siapkan penggunaan SIMRS')
    await decide({ ...redirected, applicationId: application, level: 'kepala_daerah' })
    expect(await asked()).toHaveLength(1)
  })

  test('the list is narrowed and ticked without saving, and keeps what was ticked', async () => {
    const opened = await it.get('/decisions/new?q=suvenir', staff)
    expect(opened.body).not.toContain('Aplikasi Wisata')
    const found = await decide({
      ...line(0, wisata),
      q: 'suvenir',
      intent: 'find',
      office: 'Kepala',
    })
    expect(found.statusCode).toBe(200)
    expect(found.body).toMatch(/name="0.chosen" value="1" checked/)
    expect(found.body).toContain('Aplikasi Suvenir dan Kuliner')
    expect(found.body).not.toContain('Surat Masuk')
    expect(found.body).toContain('value="Kepala"')
    const ticked = await decide({ standing: 'submitted', intent: 'tick' })
    expect(ticked.body.match(/\.chosen" value="1" checked/g)).toHaveLength(2)
    expect(await decisions.all(it.context.db, everything)).toEqual([])
  })

  test('is listed under the OPD that take part, too', async () => {
    const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Perdagangan'))
    await it.write((trx) =>
      trx
        .insertInto('proposalOpd')
        .values({ proposalId: wisata, opdId: other, part: 'joint' })
        .execute(),
    )
    await decide(line(0, wisata))
    await decide(line(0, suvenir))
    const body = (await it.get(`/decisions?opd=${other}`, staff)).body
    expect(body).toContain('Aplikasi Wisata')
    expect(body).not.toContain('Aplikasi Suvenir')
  })

  test('a long list has pages that keep what was looked for and tell the group anew', async () => {
    const ids = await it.write(async (trx) => {
      const made: number[] = []
      for (let n = 1; n <= 51; n++) {
        made.push(await make.proposal(trx, it.by, opdId, `Usulan ke-${n}.`))
      }
      return made
    })
    await decide(Object.assign({}, ...ids.map((id, at) => line(at, id))))
    const { body } = await it.get('/decisions?q=ke&page=2', staff)
    expect(body.match(/Usulan ke-\d+\./g)).toHaveLength(1)
    expect(body).toContain('Halaman 2 dari 2')
    expect(body).toMatch(/class="phase-line"[\s\S]*Usulan ke-/)
    expect(body).toContain('q=ke&amp;')
  })

  test('is looked for under an OPD with the units under it', async () => {
    const parent = await it.write((trx) => make.opd(trx, it.by, 'Sekretariat Daerah'))
    const { opdId } = await it.connection.db
      .selectFrom('proposal')
      .select('opdId')
      .where('id', '=', wisata)
      .executeTakeFirstOrThrow()
    await it.connection.db
      .updateTable('opd')
      .set({ parentId: parent })
      .where('id', '=', opdId)
      .execute()
    const found = await decide({ opd: String(parent), intent: 'find' })
    expect(found.body).toContain('Aplikasi Wisata')
  })

  test('belongs to a session only while that is open', async () => {
    const fgdSessionId = await it.write(async (trx) => {
      const { id } = await trx
        .insertInto('fgdSession')
        .values({
          uid: 'sesi',
          version: 1,
          createdAt: it.by.at,
          updatedAt: it.by.at,
          example: null,
          title: 'FGD',
          stage: null,
          heldOn: '2018-09-14',
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
          state: 'open',
          openedAt: it.by.at,
          closedAt: null,
          reopenedReason: null,
          note: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    })
    const form = await it.get(`/decisions/new?proposal=${wisata}&session=${fgdSessionId}`, staff)
    expect(form.body).toContain(`name="fgdSessionId" value="${fgdSessionId}"`)
    expect(form.body).toMatch(/name="level" value="fgd" checked/)
    expect((await decide({ ...line(0, wisata), fgdSessionId })).statusCode).toBe(303)
    await it.write((trx) => trx.updateTable('fgdSession').set({ state: 'closed' }).execute())
    expect((await decide({ ...line(0, suvenir), fgdSessionId })).statusCode).toBe(409)
  })
})

describe('which decision is in force', () => {
  const force = async () =>
    (await decisions.inForce(it.context.db, everything)).get(wisata)?.outcome

  test('the newest of the highest level; a later one of a lower level is advice', async () => {
    const day = (decidedOn: string) => ({ ...line(0, wisata), decidedOn })
    await decide({ ...day('2018-09-01'), level: 'kepala_daerah' })
    await decide({ ...day('2018-09-10'), level: 'dinas', outcome: 'declined', phase: '' })
    expect(await force()).toBe('accepted')
    const redirected = { outcome: 'redirected', phase: '', redirectTo: 'SIMRS' }
    await decide({ ...day('2018-09-05'), level: 'kepala_daerah', ...redirected })
    expect(await force()).toBe('redirected')
    const all = await decisions.forProposal(it.context.db, everything, wisata)
    expect(all.map((row) => row.standing)).toEqual(['advice', 'inForce', 'earlier'])
    expect((await it.get('/decisions', staff)).body).not.toContain('Saran tingkat lebih rendah')
    expect((await it.get('/decisions?show=all', staff)).body).toContain(
      'Saran tingkat lebih rendah',
    )
  })

  test('a correction takes the corrected one out of force, once', async () => {
    const at = (await decide({ ...line(0, wisata), phase: first })).headers.location as string
    const correctsId = Number(at.split('/').pop())
    const form = await it.get(`/decisions/new?corrects=${correctsId}`, staff)
    expect(form.body).toContain('value="Kepala Seksi E-Government"')
    expect(form.body).toContain('Semula: “Ditindaklanjuti sekarang.”')
    expect(form.body).toContain('Sudah ditetapkan: Tahap 1')
    const fields = { ...line(0, wisata), phase: second, correctsId, reason: 'Salah tahap.' }
    const fixed = await decide(fields)
    expect(fixed.statusCode).toBe(303)
    expect((await it.get(at, staff)).body).toContain('Lihat penetapan penggantinya')
    const rows = await decisions.forProposal(it.context.db, everything, wisata)
    expect(rows.map((row) => [row.phase, row.standing])).toEqual([
      ['Tahap 2', 'inForce'],
      ['Tahap 1', 'corrected'],
    ])
    const again = await it.get(`/decisions/new?corrects=${correctsId}`, staff)
    expect(again.statusCode).toBe(409)
    expect(again.body).toContain('<h1>Tidak dapat dilakukan sekarang</h1>')
    expect((await decide(fields)).statusCode).toBe(409)
    expect((await decide({ ...fields, ...line(0, suvenir) })).statusCode).toBe(422)
  })

  test('the database itself refuses to change or remove a decision', async () => {
    await decide(line(0, wisata))
    const { db } = it.connection
    await expect(db.updateTable('decision').set({ reason: 'lain' }).execute()).rejects.toThrow()
    await expect(db.deleteFrom('decision').execute()).rejects.toThrow()
    const { rows } = await sql<{ reason: string }>`select reason from decision`.execute(db)
    expect(rows).toEqual([{ reason: act.reason }])
  })
})

describe('who may see decisions', () => {
  test('a representative, an assessor and a reader may not, nobody of them may record', async () => {
    const at = (await decide(line(0, wisata))).headers.location as string
    for (const role of ['opd', 'assessor', 'reader'] as const) {
      const cookie = await it.signIn([role], [opdId])
      for (const url of ['/decisions', at, '/decisions/new']) {
        expect((await it.get(url, cookie)).statusCode).toBe(403)
      }
      expect((await decide(line(0, suvenir), cookie)).statusCode).toBe(403)
    }
    expect((await it.get('/decisions')).statusCode).toBe(303)
    expect((await it.get('/decisions/999', staff)).statusCode).toBe(404)
  })
})
