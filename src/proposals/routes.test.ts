import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendRow, insertRow } from '../db/write.ts'
import { formPost, type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { nextNumber } from './saving.ts'

let it: TestApp
let staff: string
let planner: string
let opd: number
let duty: number
let office: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  planner = await it.signIn(['planner'])
  ;({ opd, duty, office } = await anOpd('Dinas Pariwisata dan Kebudayaan'))
})
afterEach(() => it.close())

describe('the form of a proposal', () => {
  test('a draft needs a title and nothing else, and has no number', async () => {
    const saved = await it.post('/proposals', { opdId: opd, title: 'Aplikasi Wisata' }, staff)
    expect(saved.statusCode).toBe(303)
    expect(await stored()).toMatchObject({ state: 'draft', number: null, cameBy: 'staff' })
    const untitled = await it.post('/proposals', { opdId: opd, title: ' ' }, staff)
    expect(untitled.statusCode).toBe(422)
    expect(untitled.body).toContain('Isi nama usulan.')
  })

  test('handing in lists exactly what is missing, keeps what was typed and saves nothing', async () => {
    const { problem, users, ...rest } = complete()
    const answer = await it.post('/proposals', { ...rest, intent: 'submit' }, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Ada 2 hal yang perlu diperbaiki')
    expect(answer.body).toContain('id="problem-error"')
    expect(answer.body).toContain('id="users-error"')
    expect(answer.body).toContain('Usulan belum diajukan; isian Anda masih di halaman ini.')
    expect(answer.body).toContain('Wisatawan menemukan tempat')
    expect(await count()).toBe(0)
  })

  test('a complete one is handed in with the number of the local year', async () => {
    it.clock.now = new Date('2018-12-31T17:00:00.000Z')
    staff = await it.signIn(['staff'])
    const saved = await it.post('/proposals', { ...complete(), intent: 'submit' }, staff)
    expect(saved.statusCode).toBe(303)
    expect(await stored()).toMatchObject({ state: 'submitted', number: 'U-2019-001' })
    const shown = await it.get(saved.headers.location as string, staff)
    expect(shown.body).toContain('U-2019-001')
    expect(shown.body).toContain('Menjalankan tupoksi: Pengembangan destinasi.')
  })

  test('twenty handed in at once get twenty numbers', async () => {
    const posts = Array.from({ length: 20 }, (_, n) =>
      it.post('/proposals', { ...complete(), title: `Usulan ${n}`, intent: 'submit' }, staff),
    )
    for (const answer of await Promise.all(posts)) expect(answer.statusCode).toBe(303)
    const rows = await it.connection.db.selectFrom('proposal').select('number').execute()
    const numbers = rows.map((row) => row.number).toSorted()
    expect(numbers).toEqual(
      Array.from({ length: 20 }, (_, n) => `U-2018-${String(n + 1).padStart(3, '0')}`),
    )
  })

  test('a number taken in work that fails is not lost, one given is not given again', async () => {
    await expect(
      it.write(async (trx) => {
        await nextNumber(trx, 2018)
        throw new Error('fails')
      }),
    ).rejects.toThrow('fails')
    expect(await it.write((trx) => nextNumber(trx, 2018))).toBe('U-2018-001')
    expect(await it.write((trx) => nextNumber(trx, 2018))).toBe('U-2018-002')
    expect(await it.write((trx) => nextNumber(trx, 2019))).toBe('U-2019-001')
  })

  test('the same form sent five times at once makes one row', async () => {
    const fields = { ...complete(), intent: 'submit', _key: 'kunci-usulan-1' }
    const form = formPost('/proposals', fields, staff)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => it.app.inject(form)))
    expect(new Set(answers.map((a) => `${a.statusCode} ${a.headers.location}`)).size).toBe(1)
    expect(await count()).toBe(1)
  })

  test('an unknown cost with figures, and a highest below the lowest, are refused at the place', async () => {
    const both = { ...complete(), costUnknown: '1', costHigh: '300.000.000' }
    const answer = await it.post('/proposals', both, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="costUnknown-error"')
    const turned = { ...complete(), costLow: '300.000.000', costHigh: '35.000.000' }
    const second = await it.post('/proposals', turned, staff)
    expect(second.body).toContain('id="costHigh-error"')
    expect(second.body).toContain('value="35.000.000"')
    const range = { ...complete(), costLow: '35.000.000', costHigh: 'Rp 300.000.000' }
    await it.post('/proposals', range, staff)
    expect(await stored()).toMatchObject({ costLow: 35_000_000, costHigh: 300_000_000 })
  })

  test('a duty typed in is kept as not verified; chosen and typed at once is refused', async () => {
    const { dutyId, ...rest } = complete()
    const typed = { ...rest, dutyText: 'Promosi wisata', intent: 'submit' }
    const saved = await it.post('/proposals', typed, staff)
    const shown = await it.get(saved.headers.location as string, staff)
    expect(shown.body).toContain('belum diverifikasi')
    const both = await it.post('/proposals', { ...typed, dutyId }, staff)
    expect(both.statusCode).toBe(422)
    expect(both.body).toContain('id="dutyText-error"')
  })

  test('an OPD without recorded duties is asked to type one, at that field', async () => {
    const bare = await it.write((trx) => make.opd(trx, it.by, 'Badan Baru'))
    const { dutyId, locations, ...rest } = complete()
    const answer = await it.post('/proposals', { ...rest, opdId: bare, intent: 'submit' }, staff)
    expect(answer.body).toContain('id="dutyText-error"')
    expect(answer.body).not.toContain('href="#dutyId"')
  })

  test.each(['dutyId', 'locations', 'wayNationalId'])('a foreign %s is refused', async (field) => {
    const other = await anOpd('Dinas Kesehatan')
    const foreign = { dutyId: other.duty, locations: other.office, wayNationalId: 999 }[field]
    const form = { ...complete(), way: 'national', [field]: foreign }
    const answer = await it.post('/proposals', form, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="${field}-error"`)
    expect(await count()).toBe(0)
  })

  test('an open session is kept with what was recorded in it; a closed one is refused', async () => {
    const session = await it.write((trx) => insertRow(trx, 'fgdSession', aSession('open'), it.by))
    const page = await it.get(`/proposals/new?opd=${opd}&session=${session}`, staff)
    expect(page.body).toContain(`name="fgdSessionId" value="${session}"`)
    await it.post('/proposals', { ...complete(), fgdSessionId: session }, staff)
    expect(await stored()).toMatchObject({ fgdSessionId: session, cameBy: 'fgd' })

    const closed = await it.write((trx) => insertRow(trx, 'fgdSession', aSession('closed'), it.by))
    const answer = await it.post('/proposals', { ...complete(), fgdSessionId: closed }, staff)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).not.toContain('name="fgdSessionId"')
    expect(await count()).toBe(1)
  })

  test('two people change different fields: both are kept; the same field: a conflict', async () => {
    const at = await handIn()
    await it.post(at, { ...edited(), rpjmd: 'Kunjungan naik', _version: 1 }, staff)
    const second = { ...edited(), contactTitle: 'Kepala Bidang', _version: 1 }
    expect((await it.post(at, second, staff)).statusCode).toBe(303)
    expect(await stored()).toMatchObject({
      rpjmd: 'Kunjungan naik',
      contactTitle: 'Kepala Bidang',
      number: 'U-2018-001',
    })
    const clash = await it.post(at, { ...edited(), rpjmd: 'Lain', _version: 1 }, staff)
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Punya Anda: Lain. Tersimpan: Kunjungan naik.')
  })

  test('what was handed in keeps the answers it needs', async () => {
    const at = await handIn()
    const answer = await it.post(at, { ...edited(), problem: '', _version: 1 }, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="problem-error"')
  })

  test('whatever is typed is shown as text', async () => {
    const evil = '<script>alert(1)</script>"\'&'
    const texts = ['title', 'problem', 'purpose', 'dutyText', 'rpjmd', 'dataNote', 'integration']
    const more = ['wayNote', 'contactName', 'contactTitle', 'contactPhone', 'letterNo']
    const { dutyId, ...rest } = complete()
    const filled = Object.fromEntries([...texts, ...more].map((field) => [field, evil]))
    const saved = await it.post('/proposals', { ...rest, ...filled, intent: 'submit' }, staff)
    const at = saved.headers.location as string
    const wrong = await it.post('/proposals', { ...rest, ...filled, costLow: evil }, staff)
    for (const url of [
      at,
      `${at}/edit`,
      '/proposals',
      `/proposals?q=${encodeURIComponent(evil)}`,
    ]) {
      const { body, statusCode } = await it.get(url, staff)
      expect(statusCode).toBe(200)
      expect(body).not.toContain('<script>alert')
    }
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).not.toContain('<script>alert')
  })
})

describe('the states', () => {
  test('from handing in to the result, each with what it needs', async () => {
    const at = await handIn()
    const version = async () => (await stored()).version
    const go = async (fields: object, cookie = staff) =>
      it.post(`${at}/state`, { ...fields, _version: await version() }, cookie)

    expect((await go({ to: 'returned' })).body).toContain('Tulis apa yang perlu dilengkapi.')
    expect((await go({ to: 'returned', note: 'Sebut angka' })).statusCode).toBe(303)
    expect((await it.get(at, staff)).body).toContain('Catatan: Sebut angka.')
    expect((await it.get(`${at}/edit`, staff)).body).toContain('<p>Sebut angka</p>')
    expect((await go({ to: 'submitted' })).statusCode).toBe(303)
    expect(await stored()).toMatchObject({ number: 'U-2018-001', stateNote: null })
    expect((await go({ to: 'under_review' })).statusCode).toBe(303)
    expect((await go({ to: 'reviewed', reviewResult: 'ok' })).statusCode).toBe(409)
    expect((await go({ to: 'reviewed' }, planner)).body).toContain('Pilih hasil telaah.')
    expect((await go({ to: 'reviewed', reviewResult: 'noted' }, planner)).statusCode).toBe(422)
    const result = { to: 'reviewed', reviewResult: 'ok', reviewWay: 'share' }
    expect((await go(result, planner)).statusCode).toBe(303)
    expect((await it.get(at, staff)).body).toContain('disarankan: berbagi pakai dengan OPD lain.')
    const late = await it.post(
      at,
      { ...edited(), intent: 'save', _version: 1 },
      await it.signIn(['opd'], [opd]),
    )
    expect(late.body).toContain('untuk disalin')
    expect(late.body).not.toContain('<li>save')
    expect((await go({ to: 'withdrawn' })).body).toContain('Tulis alasan penarikan')
    expect((await go({ to: 'withdrawn', note: 'Diminta OPD' })).statusCode).toBe(303)
    expect((await go({ to: 'submitted' })).statusCode).toBe(409)
    expect((await it.get(`${at}/edit`, staff)).statusCode).toBe(404)
  })

  test('a draft that lacks answers is not handed in by its button', async () => {
    const saved = await it.post('/proposals', { opdId: opd, title: 'Draf' }, staff)
    const at = saved.headers.location as string
    const answer = await it.post(`${at}/state`, { to: 'submitted', _version: 1 }, staff)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('6 dari 8 isian wajib belum ada')
  })

  test('two moves at once: the second is told that it changed', async () => {
    const at = await handIn()
    await it.post(`${at}/state`, { to: 'under_review', _version: 1 }, staff)
    const late = { to: 'returned', note: 'Sebut angka', _version: 1 }
    const answer = await it.post(`${at}/state`, late, staff)
    expect(answer.statusCode).toBe(409)
    expect(await stored()).toMatchObject({ state: 'under_review' })
    const unreadable = { to: 'submitted', note: 'x'.repeat(5000), _version: 1 }
    const gone = await it.post(`${at}/state`, unreadable, staff)
    expect(gone.statusCode).toBe(409)
    expect(gone.body).toContain('class="errors"')
  })

  test('a draft can be removed, what was handed in cannot', async () => {
    const saved = await it.post('/proposals', { opdId: opd, title: 'Draf' }, staff)
    const draft = saved.headers.location as string
    expect((await it.post(`${draft}/removal`, { _version: 1 }, staff)).statusCode).toBe(303)
    const at = await handIn()
    const page = (await it.get(`${at}/removal`, staff)).body
    expect(page).toContain('tarik usulan ini')
    expect(page).not.toContain(`action="${at}/removal"`)
    expect((await it.post(`${at}/removal`, { _version: 1 }, staff)).statusCode).toBe(409)
    expect(await count()).toBe(1)
  })

  test('a check is settled with a reason, and settled anew', async () => {
    const at = await handIn()
    const bare = await it.post(`${at}/checks`, { check: 'national', result: 'met' }, staff)
    expect(bare.statusCode).toBe(422)
    expect(bare.body).toContain('id="note-error"')
    const met = { check: 'national', result: 'met', note: 'Sudah dibandingkan' }
    expect((await it.post(`${at}/checks`, met, staff)).statusCode).toBe(303)
    const shown = await it.get(at, staff)
    expect(shown.body).toContain('Tidak ada aplikasi nasional untuk fungsi ini')
    expect(shown.body).toContain('14 September 2018')
    const not = { ...met, result: 'not', note: 'Ternyata SRIKANDI', _version: 1 }
    await it.post(`${at}/checks`, not, staff)
    const unmet = (await it.get(at, staff)).body
    expect(unmet).toContain('Fungsi ini dilayani aplikasi nasional.')
    expect(unmet).toMatch(/Diperiksa [^,]+, 14 September 2018\./)
    for (const check of ['duty', 'internet']) {
      const answer = { check, result: 'not', note: `Dilihat: ${check}` }
      expect((await it.post(`${at}/checks`, answer, staff)).statusCode, check).toBe(303)
      const told = (await it.get(at, staff)).body
        .split('<li>')
        .find((li) => li.includes(answer.note))
      expect(told?.match(/14 September 2018/g), `who settled ${check}, told once`).toHaveLength(1)
    }
    const none = { check: 'national', result: 'none', note: 'Ditarik', _version: 2 }
    expect((await it.post(`${at}/checks`, none, staff)).statusCode).toBe(422)
    const back = `${at}/checks/1/removal`
    expect((await it.get(`${at}/checks?check=national`, staff)).body).toContain(`href="${back}"`)
    expect((await it.get(back, staff)).body).toContain('Ternyata SRIKANDI')
    expect((await it.post(back, { _version: 2 }, staff)).statusCode).toBe(303)
    expect((await it.get(at, staff)).body).toContain(
      'Belum diperiksa: ada tidaknya aplikasi nasional',
    )
  })

  test('what is searched for in both lists is settled about, and hidden from an OPD without access', async () => {
    const at = await handIn()
    const id = Number(at.split('/').pop())
    const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Lain'))
    const twin = await it.write((trx) =>
      make.proposal(trx, it.by, other, 'Peta Wisata Bahari', { purpose: 'Peta lokasi selam.' }),
    )
    const page = await it.get(`${at}/checks?check=similar&q=bahari+peta`, staff)
    expect(page.body).toContain(`value="proposal:${twin}"`)
    expect(page.body).toContain('Peta lokasi selam.')
    expect((await it.get(`${at}/checks?check=similar&q=bahari+bukan`, staff)).body).not.toContain(
      `value="proposal:${twin}"`,
    )
    await it.write((trx) =>
      make.proposal(trx, it.by, other, 'Nilai Siswa', { purpose: 'Berwisata.' }),
    )
    const proposed = (await it.get(`${at}/checks?check=similar`, staff)).body
    expect(proposed).toContain(`value="proposal:${twin}"`)
    expect(proposed).not.toContain('Nilai Siswa')
    const said = { check: 'similar', result: 'not', note: 'Fungsi peta Bahari sama.' }
    for (const about of [`proposal:${id}`, 'proposal:9999', 'national:1', `opd:${other}`]) {
      const refused = await it.post(`${at}/checks`, { ...said, about }, staff)
      expect(refused.statusCode, about).toBe(422)
    }
    const saved = await it.post(`${at}/checks`, { ...said, about: `proposal:${twin}` }, staff)
    expect(saved.statusCode).toBe(303)
    expect((await it.get(at, staff)).body).toContain('Sama dengan Peta Wisata Bahari.')
    const rep = await it.signIn(['opd'], [opd])
    const own = (await it.get(at, rep)).body
    expect(own).toContain('Sudah ada yang sama.')
    expect(own).not.toContain('Bahari')
  })

  test('the same title at another OPD asks for a comparison, unnamed to whoever may not see it', async () => {
    const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Lain'))
    await it.write((trx) => make.proposal(trx, it.by, other, String(complete().title)))
    const at = await handIn()
    expect((await it.get(at, staff)).body).toContain('milik Dinas Lain. Bandingkan.')
    const rep = await it.signIn(['opd'], [opd])
    const own = (await it.get(at, rep)).body
    expect(own).toContain('Ada yang serupa di OPD lain.')
    expect(own).not.toContain('Dinas Lain')
  })
})

describe('the list', () => {
  test('narrows by what stands in the address and shows it as chips', async () => {
    await handIn()
    const named = { title: 'Draf Arsip', costLow: 1 }
    await it.post('/proposals', { ...complete(), ...named }, staff)
    const has = async (query: string, title: string) =>
      (await it.get(`/proposals?${query}`, staff)).body.includes(`>${title}</a>`)
    expect(await has('q=wisata', 'Aplikasi Wisata')).toBe(true)
    expect(await has('q=wisata', 'Draf Arsip')).toBe(false)
    expect(await has('q=u-2018-1', 'Aplikasi Wisata')).toBe(true)
    expect(await has('standing=draft', 'Draf Arsip')).toBe(true)
    expect(await has('standing=draft', 'Aplikasi Wisata')).toBe(false)
    expect(await has('cost=none', 'Draf Arsip')).toBe(false)
    expect(await has('platform=ios', 'Aplikasi Wisata')).toBe(false)
    expect(await has(`opd=${opd}&platform=web`, 'Aplikasi Wisata')).toBe(true)
    for (const sort of ['number', 'title', 'opd', 'cost', 'nonsense']) {
      expect((await it.get(`/proposals?sort=${sort}&dir=desc`, staff)).statusCode).toBe(200)
    }
  })

  test('says the decision in force instead of the state', async () => {
    const at = await handIn()
    const proposalId = Number(at.split('/').pop())
    await it.write((trx) => appendRow(trx, 'decision', postponed(proposalId), it.by))
    expect((await it.get('/proposals', staff)).body).toContain('Ditunda')
    expect((await it.get('/proposals?standing=submitted', staff)).body).toContain('0 usulan')
    expect((await it.get('/proposals?standing=postponed', staff)).body).toContain('1 usulan')
  })
})

describe('a representative', () => {
  test('hands in for the own OPD, and sees and touches no other', async () => {
    const other = await anOpd('Dinas Kesehatan')
    const rep = await it.signIn(['opd'], [other.opd])
    const at = await handIn()
    for (const url of [at, `${at}/edit`, `${at}/removal`, `/proposals/new?opd=${opd}`]) {
      expect((await it.get(url, rep)).statusCode).toBe(404)
    }
    for (const [url, fields] of [
      [at, { ...edited(), _version: 1 }],
      [`${at}/state`, { to: 'withdrawn', _version: 1 }],
      [`${at}/removal`, { _version: 1 }],
      ['/proposals', complete()],
    ] as const) {
      expect((await it.post(url, fields, rep)).statusCode).toBe(404)
    }
    const settling = { check: 'duty', result: 'met', note: 'x' }
    expect((await it.post(`${at}/checks`, settling, rep)).statusCode).toBe(403)
    expect((await it.get('/proposals', rep)).body).not.toContain('Aplikasi Wisata')
    expect((await it.get('/proposals?q=wisata', rep)).body).not.toContain('U-2018-001')
    expect((await it.get('/proposals/new', rep)).body).toContain('name="title"')
  })

  test('edits and withdraws until the review begins', async () => {
    const rep = await it.signIn(['opd'], [opd])
    const saved = await it.post('/proposals', { ...complete(), intent: 'submit' }, rep)
    const at = saved.headers.location as string
    expect(await stored()).toMatchObject({ cameBy: 'link' })
    expect((await it.get(`${at}/edit`, rep)).statusCode).toBe(200)
    await it.post(`${at}/state`, { to: 'under_review', _version: 1 }, staff)
    expect((await it.get(`${at}/edit`, rep)).statusCode).toBe(404)
    const late = await it.post(`${at}/state`, { to: 'withdrawn', _version: 2 }, rep)
    expect(late.statusCode).toBe(409)
    expect((await it.get(at, rep)).body).toContain('Ditelaah')
  })
})

/** All eight answers of the form, and some more. */
function complete() {
  return {
    opdId: opd,
    title: 'Aplikasi Wisata',
    problem: 'Wisatawan sulit menemukan tempat dan angkutan.',
    purpose: 'Wisatawan menemukan tempat dalam satu aplikasi.',
    dutyId: duty,
    users: ['g2c'],
    platforms: ['android', 'web'],
    locations: [office],
    contactName: 'Maria Goreti',
  }
}

/** The same as it is sent for a proposal that exists. */
function edited() {
  const { opdId: _, ...answers } = complete()
  return { ...answers, cameBy: 'staff' }
}

async function handIn(): Promise<string> {
  const saved = await it.post('/proposals', { ...complete(), intent: 'submit' }, staff)
  return saved.headers.location as string
}

async function anOpd(name: string) {
  return it.write(async (trx) => {
    const id = await make.opd(trx, it.by, name)
    const text = 'Pengembangan destinasi'
    const item = { opdId: id, seq: 1, text, legalBasis: null, verified: 1 as const }
    const place = {
      opdId: id,
      kind: 'main',
      name: 'Kantor induk',
      nameKey: 'kantor induk',
      address: null,
      district: null,
      isHead: 1 as const,
      computerUsers: null,
      signal: null,
      power: null,
      powerOutHours: null,
      serverRoom: null,
      note: null,
    }
    return {
      opd: id,
      duty: await insertRow(trx, 'opdDuty', item, it.by),
      office: await insertRow(trx, 'location', place, it.by),
    }
  })
}

function aSession(state: string) {
  return {
    title: 'FGD Identifikasi',
    stage: null,
    heldOn: '2018-09-14',
    endsOn: null,
    starts: '09:30',
    ends: null,
    venue: null,
    organiser: null,
    chair: null,
    moderator: null,
    noteTaker: null,
    invitationNo: null,
    invitationOn: null,
    state,
    openedAt: null,
    closedAt: null,
    reopenedReason: null,
    note: null,
  }
}

function postponed(proposalId: number) {
  return {
    proposalId,
    outcome: 'postponed',
    phaseId: null,
    place: null,
    nationalId: null,
    redirectTo: null,
    level: 'dinas',
    fgdSessionId: null,
    decidedBy: null,
    office: 'Kepala Dinas',
    holdsAs: 'definitif',
    decidedOn: '2018-09-14',
    document: null,
    reason: 'Menunggu data',
    lookAgainOn: null,
    computedRank: null,
    computedScore: null,
    correctsId: null,
    example: null,
  }
}

async function stored() {
  return it.connection.db
    .selectFrom('proposal')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

async function count() {
  const rows = await it.connection.db.selectFrom('proposal').select('id').execute()
  return rows.length
}
