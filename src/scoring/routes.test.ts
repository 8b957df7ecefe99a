import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyHistory } from '../db/verify.ts'
import { updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { defaultCriteria } from '../domain/criteria.ts'
import { assess, scoreOf } from '../ranking/assess.ts'
import { formPost, type TestApp, testApp } from '../testing/app.ts'
import { makeAssessor, makeOffice, makeOpd, makeProposal, makeRound } from '../testing/scoring.ts'
import { writeDerived } from './closing.ts'
import { insertDefaultSet } from './default-set.ts'
import { insertSet } from './insert-set.ts'

let it: TestApp
let planner: string
let setId: number
let criteria: number[]
let opdId: number

beforeEach(async () => {
  it = await testApp()
  planner = await it.signIn(['planner'])
  await it.write(async (trx) => {
    ;({ setId } = await insertDefaultSet(trx, it.by))
    const rows = await trx.selectFrom('criterion').select('id').orderBy('seq').execute()
    criteria = rows.map((row) => row.id)
    opdId = await makeOpd(trx, it.by, 'Dinas Kesehatan')
  })
})
afterEach(() => it.close())

describe('assessors', () => {
  test('a person without an account is added, changed and removed', async () => {
    await it.post('/scoring/assessors', { name: 'Maria Goreti', opdId }, planner)
    const page = (await it.get('/scoring/assessors', planner)).body
    expect(page).toContain('Maria Goreti')
    expect(page).toContain('Tanpa akun')
    const twice = await it.post('/scoring/assessors', { name: 'maria goreti', opdId }, planner)
    expect(twice.statusCode).toBe(422)
    expect(twice.body).toContain('sudah ada')
    const { id } = await it.connection.db
      .selectFrom('assessor')
      .select('id')
      .executeTakeFirstOrThrow()
    const edit = { name: 'Maria G.', office: 'Camat', _version: 1 }
    expect((await it.post(`/scoring/assessors/${id}`, edit, planner)).statusCode).toBe(303)
    await it.post(`/scoring/assessors/${id}/removal`, { _version: 2 }, planner)
    expect((await it.get('/scoring/assessors', planner)).body).not.toContain('Maria')
  })

  test('staff see them but do not change them', async () => {
    const staff = await it.signIn(['staff'])
    expect((await it.get('/scoring/assessors', staff)).statusCode).toBe(200)
    expect((await it.post('/scoring/assessors', { name: 'X' }, staff)).statusCode).toBe(403)
  })
})

describe('a round', () => {
  test('takes every submitted proposal and goes from prepared to open only with enough assessors', async () => {
    const { assessorId } = await it.write(async (trx) => {
      await makeProposal(trx, it.by, opdId)
      await makeProposal(trx, it.by, opdId, { state: 'draft', number: null, submittedAt: null })
      return { assessorId: await makeAssessor(trx, it.by) }
    })
    const typed = {
      name: 'Putaran pertama',
      minimum: 2,
      '0.assessorId': assessorId,
      '0.criteria': criteria,
    }
    expect((await it.get('/scoring/rounds/new', planner)).body).toContain('Siapa menilai apa')
    const made = await it.post('/scoring/rounds', typed, planner)
    const at = made.headers.location as string
    expect(await proposalsOf(at)).toBe(1)

    const thin = await it.post(`${at}/state`, { to: 'open', _version: 1 }, planner)
    expect(thin.statusCode).toBe(422)
    expect(thin.body).toContain('sekurang-kurangnya 2 penilai')
    expect((await it.post(at, { ...typed, minimum: 1, _version: 1 }, planner)).statusCode).toBe(303)
    expect((await it.post(`${at}/state`, { to: 'open', _version: 2 }, planner)).statusCode).toBe(
      303,
    )
    expect((await it.post(`${at}/removal`, { _version: 3 }, planner)).statusCode).toBe(409)
    for (const path of ['/scoring', at, `${at}/edit`, `${at}/state`]) {
      expect((await it.get(path, planner)).statusCode).toBe(200)
    }
  })

  test('later proposals are added with one button, those left out stay out', async () => {
    const [kept, left] = await it.write(async (trx) => [
      await makeProposal(trx, it.by, opdId),
      await makeProposal(trx, it.by, opdId),
    ])
    it.clock.now = new Date('2018-09-14T03:00:00.000Z')
    const typed = { name: 'Putaran', minimum: 1, without: left }
    const at = (await it.post('/scoring/rounds', typed, planner)).headers.location as string
    expect(await proposalsOf(at)).toBe(1)
    const later = { ...it.by, at: '2018-09-14T04:00:00.000Z' }
    await it.write((trx) => makeProposal(trx, later, opdId))
    expect((await it.get(at, planner)).body).toContain('Tambahkan 1 usulan baru')
    await it.post(`${at}/proposals`, {}, planner)
    expect(await proposalsOf(at)).toBe(2)
    expect(kept).toBeGreaterThan(0)
  })

  test('closing writes the derived level with its arithmetic, reopening takes it away', async () => {
    const { roundId, proposalId } = await opened({ ready: true })
    const close = await it.post(
      `/scoring/rounds/${roundId}/state`,
      { to: 'closed', _version: 1 },
      planner,
    )
    expect(close.statusCode).toBe(303)
    const [written] = await ratings()
    expect(written).toMatchObject({ proposalId, criterionId: criteria[3], level: 5 })
    expect(written?.note).toMatch(/^Dihitung dari inventaris.*Tingkat 5: bandwidth 1, perangkat 1/)
    expect(written?.note).toContain('data per 2 September 2018')
    await it.post(`/scoring/rounds/${roundId}/state`, { to: 'open', _version: 2 }, planner)
    expect(await ratings()).toEqual([])
  })

  async function proposalsOf(at: string) {
    const roundId = Number(at.split('/').pop())
    const rows = await it.connection.db
      .selectFrom('roundProposal')
      .select('proposalId')
      .where('roundId', '=', roundId)
      .execute()
    return rows.length
  }
})

describe('a signed sheet', () => {
  test('is typed in, changed and emptied cell by cell', async () => {
    const { at, row } = await opened()
    const saved = await it.post(at, row({ levels: [4, 3] }), planner)
    expect(saved.statusCode).toBe(303)
    expect((await ratings()).map((each) => each.level)).toEqual([4, 3])
    const changed = row({ levels: [5, ''], seen: [4, 3] })
    expect((await it.post(at, changed, planner)).statusCode).toBe(303)
    expect((await ratings()).map((each) => each.level)).toEqual([5])
    const ways = await it.connection.db
      .selectFrom('event')
      .select(['action', 'way'])
      .where('entity', '=', 'rating')
      .execute()
    expect(ways.map((each) => each.action).toSorted()).toEqual([
      'insert',
      'insert',
      'remove',
      'update',
    ])
    expect(ways.every((each) => each.way === 'grid')).toBe(true)
  })

  test('a wrong cell has its message, everything typed is kept and nothing is saved', async () => {
    const { at, row } = await opened()
    const answer = await it.post(at, row({ levels: [4, 9] }), planner)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(`id="0.c${criteria[1]}-error"`)
    expect(answer.body).toContain('“9” bukan tingkat. Isi angka 1 sampai 5.')
    expect(answer.body).toMatch(new RegExp(`name="0.c${criteria[0]}" value="4"`))
    expect(answer.body).toMatch(new RegExp(`name="0.c${criteria[1]}" value="9"`))
    expect(await ratings()).toEqual([])
  })

  test('the same sheet sent five times at once is written once', async () => {
    const { at, row } = await opened()
    const form = formPost(at, { ...row({ levels: [4] }), _key: 'kunci-lembar-1' }, planner)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => it.app.inject(form)))
    expect(new Set(answers.map((each) => each.statusCode))).toEqual(new Set([303]))
    expect(await ratings()).toHaveLength(1)
  })

  test('two typists: other cells are kept, the same cell is a conflict that can be settled', async () => {
    const { at, row, assessorId } = await opened()
    await it.post(at, row({ levels: [4] }), planner)
    const other = await it.post(at, row({ levels: ['', 2] }), planner)
    expect(other.statusCode).toBe(303)
    expect((await ratings()).map((each) => each.level)).toEqual([4, 2])

    const clash = await it.post(at, row({ levels: [1] }), planner)
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Punya Anda: 1. Tersimpan: 4.')
    expect(clash.body).toMatch(new RegExp(`name="0.c${criteria[0]}" value="1"`))
    const [, seen] = /name="0\.seen" value="([^"]*)"/.exec(clash.body) ?? []
    const knowingly = { ...row({ levels: [1] }), '0.seen': seen }
    expect((await it.post(at, knowingly, planner)).statusCode).toBe(303)
    expect((await ratings()).map((each) => each.level)).toEqual([1, 2])

    const asked = (await it.get(`/scoring/assessors/${assessorId}/removal`, planner)).body
    expect(asked, 'one proposal, named once').toMatch(/2 nilai: <a [^>]*>[^<]+<\/a><\/li>/)
  })

  test('another level than the derived one needs a note', async () => {
    const { at, row, proposalId } = await opened({ ready: true })
    const levels = [4, 4, 4, 2, 4, 4, 4]
    const bare = await it.post(at, row({ levels }), planner)
    expect(bare.statusCode).toBe(422)
    expect(bare.body).toContain('id="0.note-error"')
    const noted = await it.post(at, row({ levels, note: 'Listrik padam tiap sore' }), planner)
    expect(noted.statusCode).toBe(303)
    const k4 = (await ratings()).find((each) => each.criterionId === criteria[3])
    expect(k4).toMatchObject({ level: 2, note: 'Listrik padam tiap sore' })
    expect((await it.get(at, planner)).body).toContain('value="Listrik padam tiap sore"')
    expect(scoreOf(await assess(it.context.db, everything), proposalId)?.rank).toBe(1)
  })

  test('a note without any level is refused at the note', async () => {
    const { at, row } = await opened()
    const answer = await it.post(at, row({ levels: [], note: 'Bagus' }), planner)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Isi tingkatnya dahulu')
  })

  test('a closed round takes nothing and keeps what was typed', async () => {
    const { at, row, roundId } = await opened()
    await it.post(`/scoring/rounds/${roundId}/state`, { to: 'closed', _version: 1 }, planner)
    const answer = await it.post(at, row({ levels: [4], note: 'Catatan saya' }), planner)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Putaran ini sudah ditutup')
    expect(answer.body).toContain('value="Catatan saya"')
    expect(await ratings()).toEqual([])
    expect((await it.get(at, planner)).body).toContain('penilaian hanya dapat dilihat')
  })

  test('an assessor of the proposing OPD has no cells, and none are taken', async () => {
    const { at, row } = await opened({ own: true })
    const page = (await it.get(at, planner)).body
    expect(page).toContain('Berasal dari OPD pengusul, tidak menilai')
    expect(page).not.toContain(`name="0.c${criteria[0]}"`)
    expect((await it.post(at, row({ levels: [4] }), planner)).statusCode).toBe(409)
    expect(await ratings()).toEqual([])
  })

  test('an absent assessor is excused with a reason, once', async () => {
    const { at, roundId, assessorId, proposalId } = await opened()
    const typed = { assessorId, proposalId, reason: 'Sakit' }
    const saved = await it.post(`/scoring/rounds/${roundId}/recusals`, typed, planner)
    expect(saved.statusCode).toBe(303)
    expect((await it.get(at, planner)).body).toContain('Berhalangan: Sakit')
    const again = await it.post(`/scoring/rounds/${roundId}/recusals`, typed, planner)
    expect(again.statusCode).toBe(422)
    const { id, title } = await it.connection.db
      .selectFrom('recusal')
      .innerJoin('proposal', 'proposal.id', 'recusal.proposalId')
      .select(['recusal.id', 'proposal.title'])
      .executeTakeFirstOrThrow()
    expect((await it.get(`/history/recusal/${id}`, planner)).body).toContain(`Riwayat ${title}`)
    const gone = `/scoring/rounds/${roundId}/recusals/${id}/removal`
    expect((await it.post(gone, { _version: 1 }, planner)).statusCode).toBe(303)
    expect((await it.get(at, planner)).body).not.toContain('Berhalangan')
  })

  test('a task or a proposal with ratings stays in the round', async () => {
    const { at, row, roundId, assessorId, proposalId } = await opened()
    await it.post(at, row({ levels: [4] }), planner)
    const typed = { name: 'Putaran', minimum: 1, _version: 1, '0.assessorId': assessorId }
    const page = `/scoring/rounds/${roundId}`
    const dropped = await it.post(page, { ...typed, '0.criteria': criteria.slice(1) }, planner)
    expect(dropped.body).toContain('sudah ada penilaiannya')
    const without = { ...typed, '0.criteria': criteria, without: proposalId }
    expect((await it.post(page, without, planner)).body).toContain('tidak dapat dikeluarkan')
  })

  test('besides staff and planners only the assessor whose sheet it is opens it', async () => {
    const { at, row, assessorId, proposalId } = await opened()
    expect((await it.get(at, await it.signIn(['reader']))).statusCode).toBe(403)
    const other = await it.signIn(['assessor'])
    expect((await it.get(at, other)).statusCode).toBe(404)
    expect((await it.post(at, row({ levels: [4] }), other)).statusCode).toBe(404)
    expect((await it.get('/scoring', other)).body).not.toContain('Lembar penilaian saya')
    expect(await ratings()).toEqual([])

    const mine = await it.signIn(['assessor'])
    const { id: accountId } = await it.connection.db
      .selectFrom('account')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    await it.write((trx) => updateRow(trx, 'assessor', assessorId, 1, { accountId }, it.by))
    const start = (await it.get('/scoring', mine)).body
    expect(start).toContain(at)
    expect(start).toContain('Isi lembar penilaian Anda')
    expect(start, 'which is for who enters them').not.toContain('lembar bertanda tangan')
    const sheet = await it.get(at, mine)
    expect(sheet.body).toContain('Ketik tingkat menurut penilaian Anda')
    // what the office lacks is private to the OPD
    expect(sheet.body).not.toMatch(/belum didata|Tanpa internet/)
    expect((await it.post(at, row({ levels: [4] }), mine)).statusCode).toBe(303)
    expect(await ratings()).toMatchObject([{ proposalId, assessorId, level: 4 }])
    for (const closed of ['/ranking', '/scoring/assessors', `/proposals/${proposalId}`]) {
      expect((await it.get(closed, mine)).statusCode).toBe(403)
    }
  })
})

describe('an absent assessor who is replaced', () => {
  test('is rated for by the other, on those proposals and criteria alone', async () => {
    const { roundId, assessorId, proposalId, other } = await replaced()
    const page = (await it.get(`/scoring/rounds/${roundId}`, planner)).body
    expect(page).toContain('Berhalangan: Maria, digantikan Yosef')
    const at = `/scoring/rounds/${roundId}/ratings/${other}`
    const sheet = (await it.get(at, planner)).body
    expect(sheet).toContain('Posyandu')
    expect(sheet).not.toContain('Puskesmas')
    const levels = criteria.map(() => 4)
    expect((await it.post(at, rowOf(proposalId, levels), planner)).statusCode).toBe(303)
    const { ranked } = await assess(it.connection.db, everything)
    expect(ranked.map((each) => [each.id, each.score])).toEqual([[proposalId, 75]])
    expect(ranked[0]?.evaluation.excused).toEqual([
      { assessorId, own: false, reason: 'Sakit', replacedBy: other },
    ])
    const forged = await it.post(at, rowOf(proposalId + 1, levels), planner)
    expect(forged.statusCode).toBe(409)
    const own = `/scoring/rounds/${roundId}/ratings/${assessorId}`
    expect((await it.post(own, rowOf(proposalId, levels), planner)).statusCode).toBe(409)
    const detail = (await it.get(`/proposals/${proposalId}`, planner)).body
    expect(detail).toContain('Berhalangan: Maria, digantikan Yosef')
  })

  test('keeps the record once the other has rated', async () => {
    const { roundId, proposalId, other } = await replaced()
    const drop = async () => {
      const { id, version } = await it.connection.db
        .selectFrom('recusal')
        .selectAll()
        .executeTakeFirstOrThrow()
      const path = `/scoring/rounds/${roundId}/recusals/${id}/removal`
      return it.post(`${path}?group=1`, { _version: version }, planner)
    }
    const at = `/scoring/rounds/${roundId}/ratings/${other}`
    await it.post(at, rowOf(proposalId, [4]), planner)
    const refused = await drop()
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain('Penggantinya sudah menilai')
    const without = { name: 'Putaran', minimum: 1, _version: 1 }
    const untasked = await it.post(`/scoring/rounds/${roundId}`, without, planner)
    expect(untasked.body).toContain('sudah ada penilaiannya')
    const emptied = { ...rowOf(proposalId, []), '0.seen': `4${','.repeat(criteria.length - 1)}|` }
    expect((await it.post(at, emptied, planner)).statusCode).toBe(303)
    expect((await drop()).statusCode).toBe(303)
  })

  test('is not replaced by themselves or by somebody of the proposing OPD', async () => {
    const { roundId, assessorId, proposalId } = await replaced()
    const from = await it.write((trx) => makeAssessor(trx, it.by, 'Dari OPD', opdId))
    const typed = { assessorId, proposalId: proposalId + 1, reason: 'Sakit' }
    const path = `/scoring/rounds/${roundId}/recusals`
    const self = await it.post(path, { ...typed, replacedById: assessorId }, planner)
    expect(self.body).toContain('orang yang berhalangan itu sendiri')
    const own = await it.post(path, { ...typed, replacedById: from }, planner)
    expect(own.body).toContain('berasal dari OPD pengusul')
    const all = { assessorId, everywhere: '1', reason: 'Cuti', replacedById: from }
    expect((await it.post(path, all, planner)).statusCode).toBe(303)
    const rows = await it.connection.db.selectFrom('recusal').selectAll().orderBy('id').execute()
    expect(rows.map((row) => [row.proposalId, row.replacedById === null])).toEqual([
      [proposalId, false],
      [proposalId + 1, true],
    ])
    expect((await it.post(path, all, planner)).body).toContain('Tidak ada lagi usulan')
  })

  /** A round of two proposals and one assessor, who is absent from the first and replaced there. */
  async function replaced() {
    const made = await it.write(async (trx) => {
      const proposalId = await makeProposal(trx, it.by, opdId, { title: 'Posyandu' })
      const second = await makeProposal(trx, it.by, opdId, { title: 'Puskesmas' })
      const assessorId = await makeAssessor(trx, it.by, 'Maria')
      const other = await makeAssessor(trx, it.by, 'Yosef')
      const parts = { setId, proposals: [proposalId, second], assessors: [assessorId] }
      return { proposalId, assessorId, other, roundId: await makeRound(trx, it.by, parts) }
    })
    const { roundId, other: replacedById, ...at } = made
    const typed = { ...at, replacedById, reason: 'Sakit' }
    const saved = await it.post(`/scoring/rounds/${roundId}/recusals`, typed, planner)
    expect(saved.statusCode).toBe(303)
    return made
  }

  function rowOf(proposalId: number, levels: readonly number[]): Record<string, unknown> {
    return {
      '0.proposalId': proposalId,
      '0.seen': `${','.repeat(criteria.length - 1)}|`,
      '0.note': levels.length > 3 ? 'Dinilai di tempat' : '',
      ...Object.fromEntries(criteria.map((id, at) => [`0.c${id}`, levels[at] ?? ''])),
    }
  }
})

describe('several rounds', () => {
  test('a second one on the same set takes over only when it is chosen', async () => {
    const first = await opened()
    const asked = (await it.get('/scoring/rounds/new', planner)).body
    expect(asked).toContain(`name="setId" value="${setId}"`)
    const typed = {
      name: 'Putaran kedua',
      setId,
      minimum: 1,
      '0.assessorId': first.assessorId,
      '0.criteria': criteria,
    }
    const at = (await it.post('/scoring/rounds', typed, planner)).headers.location as string
    expect((await it.get(`${at}/in-force`, planner)).statusCode).toBe(409)
    expect((await it.get(`${at}/state`, planner)).body).toContain('Peringkat sekarang dihitung')
    await it.post(`${at}/state`, { to: 'open', _version: 1 }, planner)
    const inForce = async () => (await assess(it.connection.db, everything)).round?.name
    expect(await inForce()).toBe('Putaran uji')
    it.clock.now = new Date('2018-09-14T02:05:00.000Z')
    expect((await it.post(`${at}/in-force`, { sure: '1' }, planner)).statusCode).toBe(303)
    expect(await inForce()).toBe('Putaran kedua')
    const overview = (await it.get('/scoring', planner)).body
    expect(overview).toContain('Putaran uji')
    expect(overview).toContain('Berlaku')
  })

  test('choosing another set says that its proposals are not rated yet; the ratings stay', async () => {
    const { at, row } = await opened()
    await it.post(at, row({ levels: [4] }), planner)
    const other = await it.write(async (trx) => {
      const set = { name: 'Lain', origin: null, basedOnId: null, pattern: null }
      const weighting = { name: 'Bobot', state: 'adopted' } as const
      const frozen = { ...set, state: 'frozen' } as const
      return insertSet(trx, frozen, defaultCriteria, weighting, it.by)
    })
    const path = `/scoring/sets/${other.setId}/in-force`
    expect((await it.get(path, planner)).body).toContain('tampak belum dinilai')
    expect((await it.post(path, { sure: '1' }, planner)).statusCode).toBe(303)
    const now = await assess(it.connection.db, everything)
    expect([now.set?.name, now.round]).toEqual(['Lain', undefined])
    expect(await ratings()).toHaveLength(1)
  })

  test('closing says how many proposals stay incomplete, also of a round not in force', async () => {
    const first = await opened()
    const page = (await it.get(`/scoring/rounds/${first.roundId}/state`, planner)).body
    expect(page).toContain('1 dari 1 usulan belum lengkap dinilai.')
    expect(page, 'and which').toContain(`href="/proposals/${first.proposalId}#score"`)
    await opened()
    const still = (await it.get(`/scoring/rounds/${first.roundId}/state`, planner)).body
    expect(still).toContain('1 dari 1 usulan belum lengkap dinilai.')
  })
})

describe('the paper sheet', () => {
  test('has a box for every criterion, the computed level, the anchors and room to sign', async () => {
    const { roundId, assessorId } = await opened({ ready: true })
    const page = (await it.get(`/scoring/rounds/${roundId}/sheets/${assessorId}`, planner)).body
    expect(page.match(/<td class="mid">/g)).toHaveLength(7)
    expect(page).toContain('PEMERINTAH KABUPATEN MANGGARAI BARAT')
    expect(page).toContain('(5)')
    expect(page).toContain('class="sign-room"')
    expect(page).toContain('Tidak ada butir tupoksi yang dapat ditunjuk')
    expect((await it.get(`/scoring/rounds/${roundId}/sheets/999`, planner)).statusCode).toBe(404)
    const reader = await it.signIn(['reader'])
    const path = `/scoring/rounds/${roundId}/sheets/${assessorId}`
    expect((await it.get(path, reader)).statusCode).toBe(403)
  })

  test('shuts the row of the own OPD', async () => {
    const { roundId, assessorId } = await opened({ own: true })
    const page = (await it.get(`/scoring/rounds/${roundId}/sheets/${assessorId}`, planner)).body
    expect(page).not.toContain('<td class="mid">')
  })
})

test('closing a round of 300 proposals by three assessors is quick', async () => {
  const { roundId } = await it.write(async (trx) => {
    await makeOffice(trx, it.by, opdId, true)
    const proposals: number[] = []
    for (let n = 0; n < 300; n += 1) proposals.push(await makeProposal(trx, it.by, opdId))
    const assessors: number[] = []
    for (let n = 0; n < 3; n += 1) assessors.push(await makeAssessor(trx, it.by))
    return { roundId: await makeRound(trx, it.by, { setId, proposals, assessors }) }
  })
  const began = performance.now()
  const note = () => ({ level: 4, note: 'Tingkat 4.' })
  const method = { criteria: [{ id: criteria[3] ?? 0, derived: true }] }
  const n = await it.write((trx) => writeDerived(trx, roundId, method, note, it.by))
  const took = performance.now() - began
  expect(n).toBe(900)
  expect(verifyHistory(it.connection.raw).breaks).toEqual([])
  expect(took).toBeLessThan(2000)
})

/** An open round of one proposal and one assessor, and how a row of its sheet is posted. */
async function opened(options: { ready?: boolean; own?: boolean } = {}) {
  const made = await it.write(async (trx) => {
    if (options.ready) await makeOffice(trx, it.by, opdId, true)
    const proposalId = await makeProposal(trx, it.by, opdId)
    const assessorId = await makeAssessor(trx, it.by, undefined, options.own ? opdId : null)
    const parts = { setId, proposals: [proposalId], assessors: [assessorId] }
    return { proposalId, assessorId, roundId: await makeRound(trx, it.by, parts) }
  })
  const row = (typed: {
    levels: (number | '')[]
    seen?: (number | '')[]
    note?: string
  }): Record<string, unknown> => ({
    '0.proposalId': made.proposalId,
    '0.seen': `${criteria.map((_, at) => typed.seen?.[at] ?? '').join(',')}|`,
    '0.note': typed.note ?? '',
    ...Object.fromEntries(criteria.map((id, at) => [`0.c${id}`, typed.levels[at] ?? ''])),
  })
  return { ...made, at: `/scoring/rounds/${made.roundId}/ratings/${made.assessorId}`, row }
}

function ratings() {
  return it.connection.db.selectFrom('rating').selectAll().orderBy('criterionId').execute()
}
