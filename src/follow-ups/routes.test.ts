import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendRow, insertRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { publishNow } from '../testing/publish.ts'

let it: TestApp
let staff: string
let opd: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  opd = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata'))
})
afterEach(() => it.close())

const only = () => it.connection.db.selectFrom('followUp').selectAll().executeTakeFirstOrThrow()

test('a follow-up of no session is added, moved, late by its day, changed and removed', async () => {
  await it.post('/follow-ups', { text: 'Surat ke OPD', opdId: opd, due: '2018-09-13' }, staff)
  const board = (await it.get('/follow-ups', staff)).body
  expect(board).toContain('Lewat tenggat')
  const { id } = await only()
  expect((await it.get('/follow-ups?state=late', staff)).body).toContain('Surat ke OPD')
  expect((await it.get('/follow-ups?state=open', staff)).body).not.toContain('Surat ke OPD')

  const back = '/follow-ups?state=done'
  const done = { state: 'done', back, _version: 1 }
  const moved = await it.post(`/follow-ups/${id}/progress`, done, staff)
  expect(moved.headers.location).toBe(back)
  expect(await only()).toMatchObject({ state: 'done', doneOn: '2018-09-14' })
  const away = { state: 'open', back: '//evil.example', _version: 2 }
  const kept = await it.post(`/follow-ups/${id}/progress`, away, staff)
  expect(kept.headers.location).toBe('/follow-ups')
  const late = await it.post(`/follow-ups/${id}/progress`, { state: 'late', _version: 3 }, staff)
  expect(late.statusCode).toBe(422)

  await it.post(`/follow-ups/${id}`, { text: 'Surat kedua', _version: 3 }, staff)
  expect(await only()).toMatchObject({ text: 'Surat kedua', opdId: null, due: null })
  await it.post(`/follow-ups/${id}/removal`, { _version: 4 }, staff)
  expect((await it.get('/follow-ups', staff)).body).not.toContain('Surat kedua')
})

test('fifty a page, the not done first; filters narrow it', async () => {
  await it.write(async (trx) => {
    for (let n = 1; n <= 60; n += 1) {
      const state = n <= 5 ? 'done' : 'open'
      const rest = { fgdSessionId: null, opdId: n === 60 ? opd : null, who: null, doneOn: null }
      const row = { text: `Butir ${n}.`, due: null, proposalId: null, state, ...rest }
      await insertRow(trx, 'followUp', row, it.by)
    }
  })
  const first = (await it.get('/follow-ups', staff)).body
  expect(first).toContain('60 tindak lanjut')
  expect(first).not.toContain('Butir 1.')
  expect((await it.get('/follow-ups?page=2', staff)).body).toContain('Butir 1.')
  const found = (await it.get(`/follow-ups?opd=${opd}&session=none`, staff)).body
  expect(found).toContain('Butir 60.')
  expect(found).not.toContain('Butir 59.')
  expect((await it.get('/follow-ups?q=butir%2042', staff)).body).toContain('1 tindak lanjut')
})

test('a proposal redirected makes a follow-up; an OPD sees its own and those of sessions only', async () => {
  const proposal = await it.write((trx) => make.proposal(trx, it.by, opd, 'Aplikasi Pengaduan'))
  await it.write((trx) =>
    appendRow(
      trx,
      'decision',
      {
        proposalId: proposal,
        outcome: 'redirected',
        phaseId: null,
        place: null,
        nationalId: null,
        redirectTo: 'SP4N-LAPOR!',
        level: 'dinas',
        fgdSessionId: null,
        decidedBy: null,
        office: 'Kepala Dinas',
        holdsAs: 'definitif',
        decidedOn: '2018-09-14',
        document: 'SK 12/2018',
        reason: 'Sudah dilayani.',
        lookAgainOn: null,
        computedRank: null,
        computedScore: null,
        correctsId: null,
        example: null,
      },
      it.by,
    ),
  )
  const form = (await it.get(`/follow-ups/new?proposal=${proposal}`, staff)).body
  expect(form).toContain('Siapkan penggunaan SP4N-LAPOR! untuk “Aplikasi Pengaduan”')
  await it.post('/follow-ups', { text: 'Akun LAPOR', opdId: opd, proposalId: proposal }, staff)
  expect((await it.get('/follow-ups', staff)).body).toContain('Aplikasi Pengaduan')
  const unknown = await it.post('/follow-ups', { text: 'x', proposalId: 999 }, staff)
  expect(unknown.statusCode).toBe(422)

  const own = await it.signIn(['opd'], [opd])
  expect((await it.get('/follow-ups', own)).body).not.toContain('LAPOR')
  await it.write((trx) => publishNow(trx, it.by))
  expect((await it.get('/follow-ups', own)).body).toContain('Akun LAPOR')
  const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Kesehatan'))
  const stranger = await it.signIn(['opd'], [other])
  const empty = (await it.get('/follow-ups', stranger)).body
  expect(empty).not.toContain('Akun LAPOR')
  expect(empty, 'nor is it told that there are some').toContain('Belum ada tindak lanjut')

  const annex = (await it.get('/decisions/annex?document=SK%2012%2F2018', staff)).body
  for (const text of [
    'SK 12/2018',
    'Aplikasi Pengaduan',
    'Dialihkan',
    'SP4N-LAPOR!',
    'Kepala Dinas',
  ])
    expect(annex).toContain(text)
  expect(annex).not.toContain('Konsep')
  expect((await it.get('/decisions/annex?document=lain', staff)).statusCode).toBe(404)
  const draft = (await it.get('/decisions/annex', staff)).body
  expect(draft).toContain('Konsep')
  expect(draft, 'each document is offered').toMatch(/<option value="SK 12\/2018">SK 12\/2018 \(/)
  expect(draft, 'the day is written by hand').toContain(', ………………</p>')
})
