import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { everything } from '../domain/access.ts'
import { yogyakarta, yogyakartaCriteria } from '../domain/yogyakarta.ts'
import { assess } from '../ranking/assess.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { makeAssessor, makeOpd, makeProposal, makeRound, rate } from '../testing/scoring.ts'
import { insertDefaultSet } from './default-set.ts'

let it: TestApp
let planner: string
beforeEach(async () => {
  it = await testApp()
  planner = await it.signIn(['planner'])
})
afterEach(() => it.close())

const idFrom = (location: unknown) => Number(String(location).match(/\d+(?=[^\d]*$)/)?.[0])
const post = (path: string, fields: Record<string, unknown> = {}) => it.post(path, fields, planner)
const page = async (path: string) => (await it.get(path, planner)).body

const criterion = (code: string, fields: Record<string, unknown> = {}) => ({
  code,
  name: `Kriteria ${code}`,
  shortName: code,
  question: '',
  '0.value': '0',
  '0.anchor': 'Tidak ada',
  '1.value': '25%',
  '1.anchor': 'Sebagian',
  '2.value': '1',
  '2.anchor': 'Seluruhnya',
  ...fields,
})

async function newSet(fields: Record<string, unknown> = {}) {
  return idFrom((await post('/scoring/sets', { name: 'Set uji', ...fields })).headers.location)
}

async function filledSet() {
  const setId = await newSet()
  await post(`/scoring/sets/${setId}/criteria`, criterion('A'))
  await post(`/scoring/sets/${setId}/criteria`, criterion('B'))
  const rows = await it.connection.db.selectFrom('criterion').selectAll().orderBy('seq').execute()
  return { setId, criteria: rows.filter((row) => row.setId === setId).map((row) => row.id) }
}

const weights = (ids: readonly number[], values: readonly unknown[]) =>
  Object.fromEntries(
    ids.flatMap((id, at) => [
      [`${at}.criterionId`, id],
      [`${at}.value`, values[at]],
    ]),
  )

async function newWeighting(
  setId: number,
  ids: readonly number[],
  values: readonly unknown[],
  method = 'direct',
) {
  const fields = { name: 'Bobot', method, ...weights(ids, values) }
  return post(`/scoring/sets/${setId}/weightings`, fields)
}

const adoption = { adoptedOn: '2018-09-14', adoptedBy: 'Kepala Dinas' }

describe('a criteria set', () => {
  test('is written as a draft, put in order, and frozen for good', async () => {
    const { setId, criteria } = await filledSet()
    const [a, b] = criteria
    const levels = await it.connection.db
      .selectFrom('criterionLevel')
      .selectAll()
      .where('criterionId', '=', a ?? 0)
      .orderBy('level')
      .execute()
    expect(levels.map((each) => each.value)).toEqual([0, 0.25, 1])

    await post(`/scoring/sets/${setId}/criteria/${b}/order`, { up: '1' })
    expect(await page(`/scoring/sets/${setId}`)).toMatch(/Kriteria B[\s\S]*Kriteria A/)
    const changed = criterion('A', { name: 'Diubah', _version: 2, '2.value': '0,5' })
    expect((await post(`/scoring/sets/${setId}/criteria/${a}`, changed)).statusCode).toBe(303)
    const frozen = await post(`/scoring/sets/${setId}/freezing`, { _version: 1 })
    expect(frozen.statusCode).toBe(303)

    const before = await method()
    const routes: [string, Record<string, unknown>][] = [
      [`/scoring/sets/${setId}`, { name: 'Lain', _version: 2 }],
      [`/scoring/sets/${setId}/removal`, { _version: 2 }],
      [`/scoring/sets/${setId}/freezing`, { _version: 2 }],
      [`/scoring/sets/${setId}/criteria`, criterion('C')],
      [`/scoring/sets/${setId}/criteria/${a}`, { ...changed, _version: 3 }],
      [`/scoring/sets/${setId}/criteria/${a}/removal`, { _version: 3 }],
      [`/scoring/sets/${setId}/criteria/${a}/order`, { up: '1' }],
    ]
    for (const [path, fields] of routes) {
      expect((await post(path, fields)).statusCode, path).toBe(409)
    }
    for (const path of ['edit', 'freezing', 'criteria/new', `criteria/${a}`]) {
      const { statusCode } = await it.get(`/scoring/sets/${setId}/${path}`, planner)
      expect(statusCode, path).toBe(409)
    }
    expect(await method()).toEqual(before)
  })

  test('is not frozen with one criterion, one level or equal values', async () => {
    const setId = await newSet()
    const freeze = () => post(`/scoring/sets/${setId}/freezing`, { _version: 1 })
    await post(`/scoring/sets/${setId}/criteria`, criterion('A'))
    expect((await freeze()).body).toContain('sekurang-kurangnya dua kriteria')
    const single = { '1.value': '', '1.anchor': '', '2.value': '', '2.anchor': '' }
    await post(`/scoring/sets/${setId}/criteria`, criterion('B', single))
    expect((await freeze()).body).toContain('B memerlukan sekurang-kurangnya dua tingkat')
    const b = idFrom(await onlyCriterion(setId, 'B'))
    const equal = criterion('B', { _version: 1, '0.value': '1', '1.value': '1' })
    await post(`/scoring/sets/${setId}/criteria/${b}`, equal)
    expect((await freeze()).body).toContain('Nilai tingkat pada B semuanya sama')
  })

  test('tells what is wrong with a level', async () => {
    const setId = await newSet()
    const wrong = async (fields: Record<string, unknown>) =>
      (await post(`/scoring/sets/${setId}/criteria`, criterion('A', fields))).body
    expect(await wrong({ '1.value': '25' })).toContain('Isi nilai 0 sampai 1')
    expect(await wrong({ '1.value': '', '1.anchor': '' })).toContain('secara berurutan')
    expect(await wrong({ '1.anchor': '' })).toContain('Isi uraian tingkat ini')
    expect(await wrong({ derived: '1' })).toContain('tepat 5 tingkat')
    expect(await wrong({ code: '' })).toContain('Isi kode kriteria')
    expect(await it.connection.db.selectFrom('criterion').selectAll().execute()).toEqual([])
  })

  test('a frozen set is copied with its weights, and the copy may be changed', async () => {
    const { setId } = await it.write((trx) => insertDefaultSet(trx, it.by))
    expect(await page(`/scoring/sets/new?from=${setId}`)).toContain('Kriteria awal Rancang')
    const copy = await newSet({ name: 'Salinan', basedOnId: setId })
    const show = await page(`/scoring/sets/${copy}`)
    expect(show).toContain('Kriteria awal Rancang')
    expect(show).toContain('Urgensi')
    const row = await it.connection.db
      .selectFrom('weighting')
      .selectAll()
      .where('setId', '=', copy)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'draft', method: 'direct' })
    const twin = await post('/scoring/sets', { name: 'salinan' })
    expect(twin.body).toContain('Set dengan nama ini sudah ada')
    const [first] = await criteriaOf(copy)
    const gone = await post(`/scoring/sets/${copy}/criteria/${first}/removal`, { _version: 1 })
    expect(gone.statusCode).toBe(303)
    expect(await page(`/scoring/weightings/${row.id}`)).toContain('Jumlah bobot 80')
    expect((await post(`/scoring/sets/${copy}/removal`, { _version: 1 })).statusCode).toBe(303)
    expect(await criteriaOf(setId)).toHaveLength(7)
  })

  test('the Yogyakarta pattern is made once, and says what it scores', async () => {
    const made = await post('/scoring/sets/preset', { pattern: 'yogyakarta' })
    const setId = idFrom(made.headers.location)
    const again = await post('/scoring/sets/preset', { pattern: 'yogyakarta' })
    expect(idFrom(again.headers.location)).toBe(setId)
    const show = await page(`/scoring/sets/${setId}`)
    expect(show).toContain(yogyakarta.origin)
    expect(show).toContain('kemiripan dan berbagi pakai di dalam jumlah skor')
    expect(show).toContain('80 atau lebih: dilanjutkan')
    expect(show).not.toContain('{dinas}')
    expect(await criteriaOf(setId)).toHaveLength(8)
    expect((await post(`/scoring/sets/${setId}/freezing`, { _version: 1 })).statusCode).toBe(303)
    const { id } = await it.connection.db
      .selectFrom('weighting')
      .select('id')
      .executeTakeFirstOrThrow()
    const adopted = await post(`/scoring/weightings/${id}/adoption`, { ...adoption, _version: 1 })
    expect(adopted.statusCode).toBe(303)
    const ids = await criteriaOf(setId)
    await it.write(async (trx) => {
      const opdId = await makeOpd(trx, it.by)
      const proposals = [await makeProposal(trx, it.by, opdId)]
      const assessors = [await makeAssessor(trx, it.by)]
      const roundId = await makeRound(trx, it.by, { setId, proposals, assessors })
      const at = { roundId, proposalId: proposals[0] ?? 0, assessorId: assessors[0] ?? 0 }
      await rate(
        trx,
        it.by,
        at,
        ids,
        yogyakartaCriteria.map(() => 1),
      )
    })
    const { ranked } = await assess(it.connection.db, everything)
    expect(ranked[0]?.score).toBeCloseTo(25, 9)
  })
})

describe('weights', () => {
  test('typed ones add up to 100, and the message stands at the sum', async () => {
    const { setId, criteria } = await filledSet()
    const short = await newWeighting(setId, criteria, ['60', '39,5'])
    expect(short.statusCode).toBe(422)
    expect(short.body).toContain('Jumlah bobot 99,5; seharusnya 100.')
    expect((await newWeighting(setId, criteria, ['100', '0'])).statusCode).toBe(422)
    const part = await newWeighting(setId, criteria.slice(0, 1), ['100'])
    expect(part.statusCode).toBe(422)
    expect((await newWeighting(setId, criteria, ['60,5', '39,5'])).statusCode).toBe(303)
  })

  test('by order they are computed; each place is used once', async () => {
    const { setId, criteria } = await filledSet()
    const twice = await newWeighting(setId, criteria, [1, 1], 'ranked')
    expect(twice.body).toContain('setiap nomor 1 sampai 2 satu kali')
    const made = await newWeighting(setId, criteria, [2, 1], 'ranked')
    const id = idFrom(made.headers.location)
    expect(await weightsOf(id)).toEqual([25, 75])
    expect(await page(`/scoring/weightings/${id}/edit`)).toMatch(/value="2"[\s\S]*value="1"/)
    const direct = { name: 'Bobot', method: 'direct', ...weights(criteria, ['40', '60']) }
    await post(`/scoring/weightings/${id}`, { ...direct, _version: 1 })
    expect(await weightsOf(id)).toEqual([40, 60])
    expect((await post(`/scoring/weightings/${id}/removal`, { _version: 2 })).statusCode).toBe(303)
  })

  test('are adopted for a frozen set only, by name and date, and then stay', async () => {
    const { setId, criteria } = await filledSet()
    const id = idFrom((await newWeighting(setId, criteria, ['60', '40'])).headers.location)
    const adopt = () => post(`/scoring/weightings/${id}/adoption`, { ...adoption, _version: 1 })
    expect((await adopt()).statusCode).toBe(409)
    await post(`/scoring/sets/${setId}/freezing`, { _version: 1 })
    expect(await page(`/scoring/sets/${setId}`)).toContain('Tetapkan satu bobot')
    const blank = { adoptedOn: '', adoptedBy: '', _version: 1 }
    expect((await post(`/scoring/weightings/${id}/adoption`, blank)).statusCode).toBe(422)
    expect((await adopt()).statusCode).toBe(303)
    expect(await page(`/scoring/weightings/${id}`)).toContain('Kepala Dinas')
    const change = { name: 'Lain', method: 'direct', ...weights(criteria, ['50', '50']) }
    for (const [path, fields] of [
      ['', change],
      ['/removal', {}],
      ['/adoption', adoption],
    ] as const) {
      const sent = await post(`/scoring/weightings/${id}${path}`, { ...fields, _version: 2 })
      expect(sent.statusCode, path).toBe(409)
    }
    const barred = await it.get(`/scoring/weightings/${id}/edit`, planner)
    expect(barred.statusCode).toBe(409)
    expect(barred.body).toContain(`href="/scoring/weightings/${id}">Kembali</a>`)
  })

  test('adopting others changes scores but no rating; two can be compared and chosen', async () => {
    const { setId, criteria } = await filledSet()
    const one = idFrom((await newWeighting(setId, criteria, ['80', '20'])).headers.location)
    const other = idFrom((await newWeighting(setId, criteria, ['20', '80'])).headers.location)
    await post(`/scoring/sets/${setId}/freezing`, { _version: 1 })
    await post(`/scoring/weightings/${one}/adoption`, { ...adoption, _version: 1 })
    const [strong, weak] = await it.write(async (trx) => {
      const opdId = await makeOpd(trx, it.by)
      const proposals = [
        await makeProposal(trx, it.by, opdId, { title: 'Kuat di A' }),
        await makeProposal(trx, it.by, opdId, { title: 'Kuat di B' }),
      ]
      const assessorId = await makeAssessor(trx, it.by)
      const parts = { setId, proposals, assessors: [assessorId] }
      const roundId = await makeRound(trx, it.by, parts)
      for (const [at, proposalId] of proposals.entries()) {
        const levels = at === 0 ? [3, 1] : [1, 3]
        await rate(trx, it.by, { roundId, proposalId, assessorId }, criteria, levels)
      }
      return proposals
    })
    const order = async () =>
      (await assess(it.connection.db, everything)).ranked.map((each) => [each.id, each.score])
    expect(await order()).toEqual([
      [strong, 80],
      [weak, 20],
    ])
    const compared = await page(`/scoring/weightings/compare?a=${one}&b=${other}`)
    expect(compared).toContain('2 dari 2 usulan berpindah peringkat')
    expect(compared).toContain('naik 1')
    expect(compared).toContain('turun 1')

    const ratings = await stored()
    it.clock.now = new Date('2018-09-14T02:05:00.000Z')
    await post(`/scoring/weightings/${other}/adoption`, { ...adoption, _version: 1 })
    expect((await order()).map(([id]) => id)).toEqual([weak, strong])
    it.clock.now = new Date('2018-09-14T02:10:00.000Z')
    expect(await page(`/scoring/weightings/${one}/in-force`)).toContain('Penilaian tidak berubah')
    expect((await post(`/scoring/weightings/${one}/in-force`, { sure: '1' })).statusCode).toBe(303)
    expect((await order()).map(([id]) => id)).toEqual([strong, weak])
    expect(await stored()).toEqual(ratings)
  })

  test('a criterion that is removed leaves the other weights as they were typed', async () => {
    const { setId, criteria } = await filledSet()
    const id = idFrom((await newWeighting(setId, criteria, ['60', '40'])).headers.location)
    await post(`/scoring/sets/${setId}/criteria/${criteria[1]}/removal`, { _version: 1 })
    expect(await page(`/scoring/weightings/${id}`)).toContain('jumlahnya belum 100')
    expect(await page(`/scoring/weightings/${id}/edit`)).toMatch(/name="0.value" value="60"/)
  })

  test('weightings of two sets, or of a draft, are not compared', async () => {
    const { weightingId } = await it.write((trx) => insertDefaultSet(trx, it.by))
    const { setId, criteria } = await filledSet()
    const id = idFrom((await newWeighting(setId, criteria, ['60', '40'])).headers.location)
    const compare = (a: number, b: number) =>
      it.get(`/scoring/weightings/compare?a=${a}&b=${b}`, planner)
    expect((await compare(weightingId, id)).statusCode).toBe(404)
    expect((await compare(id, id)).statusCode).toBe(404)
    expect(await page('/scoring/weightings/compare')).toContain('Belum ada set kriteria')
    await post(`/scoring/sets/${setId}/freezing`, { _version: 1 })
    const two = await compare(weightingId, id)
    expect(two.statusCode).toBe(422)
    expect(two.body).toContain('Pilih dua bobot dari set kriteria yang sama.')
  })
})

describe('who may', () => {
  test('staff see sets and weights but change none', async () => {
    const { setId, weightingId } = await it.write((trx) => insertDefaultSet(trx, it.by))
    const staff = await it.signIn(['staff'])
    for (const path of ['/scoring/sets', `/scoring/sets/${setId}`]) {
      expect((await it.get(path, staff)).statusCode).toBe(200)
    }
    expect((await it.get(`/scoring/weightings/${weightingId}`, staff)).statusCode).toBe(200)
    for (const path of [
      '/scoring/sets',
      '/scoring/sets/preset',
      `/scoring/sets/${setId}/in-force`,
    ]) {
      expect((await it.post(path, { name: 'X' }, staff)).statusCode).toBe(403)
    }
  })
})

async function criteriaOf(setId: number): Promise<number[]> {
  const rows = await it.connection.db
    .selectFrom('criterion')
    .select('id')
    .where('setId', '=', setId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.id)
}

async function onlyCriterion(setId: number, code: string): Promise<string> {
  const row = await it.connection.db
    .selectFrom('criterion')
    .select('id')
    .where('setId', '=', setId)
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  return String(row.id)
}

async function weightsOf(weightingId: number): Promise<number[]> {
  const rows = await it.connection.db
    .selectFrom('weight')
    .select('value')
    .where('weightingId', '=', weightingId)
    .orderBy('criterionId')
    .execute()
  return rows.map((row) => row.value)
}

/** Everything that a frozen set is made of. */
async function method() {
  const { db } = it.connection
  return {
    sets: await db.selectFrom('criterionSet').selectAll().execute(),
    criteria: await db.selectFrom('criterion').selectAll().execute(),
    levels: await db.selectFrom('criterionLevel').selectAll().execute(),
  }
}

function stored() {
  return it.connection.db.selectFrom('rating').selectAll().orderBy('id').execute()
}
