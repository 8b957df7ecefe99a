import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Tx } from '../db/schema.ts'
import { appendRow, insertRow, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { insertDefaultSet } from '../scoring/default-set.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import {
  makeAssessor,
  makeOffice,
  makeOpd,
  makeProposal,
  makeRound,
  rate,
} from '../testing/scoring.ts'
import { assess, scoreOf } from './assess.ts'

let it: TestApp
beforeEach(async () => {
  it = await testApp()
})
afterEach(() => it.close())

const now = () => assess(it.context.db, everything)

describe('the published sample of weighted scoring', () => {
  // primeessays.com: weights in per cent; marks out of 100 are levels with a value of their own.
  const weights = [10, 25, 25, 15, 10, 15]
  const marks = [
    [90, 70, 90, 90, 90, 50],
    [90, 80, 70, 70, 80, 90],
    [90, 20, 50, 60, 60, 90],
    [90, 10, 20, 50, 50, 50],
  ]

  test('scores and ranks come out as printed, whatever order the ratings came in', async () => {
    for (const order of [marks, marks.toReversed()]) {
      const app = await testApp()
      const ids = await app.write((trx) => publishedRound(trx, order, app))
      const { ranked } = await assess(app.context.db, everything)
      const scores = ranked.map((each) => each.score)
      for (const [at, score] of [79, 78.5, 55, 36.5].entries()) {
        expect(scores[at]).toBeCloseTo(score, 9)
      }
      expect(ranked.map((each) => each.rank)).toEqual([1, 2, 3, 4])
      const first = order.indexOf(marks[0] ?? [])
      expect(ranked[0]?.id).toBe(ids[first])
      await app.close()
    }
  })

  async function publishedRound(trx: Tx, rows: number[][], app: TestApp) {
    const { by } = app
    const set = { name: 'Contoh', origin: null, basedOnId: null, state: 'frozen', frozenAt: by.at }
    const setId = await insertRow(trx, 'criterionSet', set, by)
    const values = [...new Set(marks.flat())].toSorted((a, b) => a - b)
    const levels = values.map((mark) => ({ level: mark, value: mark / 100, anchor: `${mark}` }))
    const criteria: number[] = []
    for (const at of weights.keys()) {
      const code = `C${at + 1}`
      const texts = { code, name: code, shortName: code, question: null, derived: 0 as const }
      criteria.push(await insertRow(trx, 'criterion', { setId, seq: at, ...texts }, by, { levels }))
    }
    await insertRow(
      trx,
      'weighting',
      {
        setId,
        name: 'Contoh',
        method: 'direct',
        state: 'adopted',
        adoptedOn: null,
        adoptedBy: null,
        office: null,
        document: null,
      },
      by,
      { weights: criteria.map((criterionId, at) => ({ criterionId, value: weights[at] ?? 0 })) },
    )
    const opdId = await makeOpd(trx, by)
    const assessorId = await makeAssessor(trx, by)
    const proposals: number[] = []
    for (const _ of rows) proposals.push(await makeProposal(trx, by, opdId))
    const roundId = await makeRound(trx, by, { setId, proposals, assessors: [assessorId] })
    for (const [at, row] of rows.entries()) {
      await rate(trx, by, { roundId, proposalId: proposals[at] ?? 0, assessorId }, criteria, row)
    }
    return proposals
  }
})

describe('the default set', () => {
  let setId: number
  let criteria: number[]
  let opdId: number

  beforeEach(async () => {
    await it.write(async (trx) => {
      ;({ setId } = await insertDefaultSet(trx, it.by))
      const rows = await trx.selectFrom('criterion').select('id').orderBy('seq').execute()
      criteria = rows.map((row) => row.id)
      opdId = await makeOpd(trx, it.by)
    })
  })

  const all = (level: number) => criteria.map(() => level)

  /** Proposals rated by some assessors; `null` leaves a cell empty. */
  async function rated(
    levels: (number | null)[][],
    options: { assessors?: (number | null)[]; minimum?: number; opds?: number[] } = {},
  ) {
    return it.write(async (trx) => {
      const assessors: number[] = []
      for (const from of options.assessors ?? [null]) {
        assessors.push(await makeAssessor(trx, it.by, undefined, from))
      }
      const proposals: number[] = []
      for (const [at] of levels.entries()) {
        proposals.push(await makeProposal(trx, it.by, options.opds?.[at] ?? opdId))
      }
      const parts = { setId, proposals, assessors, minimum: options.minimum ?? 1 }
      const roundId = await makeRound(trx, it.by, parts)
      for (const [at, row] of levels.entries()) {
        for (const assessorId of assessors) {
          const where = { roundId, proposalId: proposals[at] ?? 0, assessorId }
          await rate(trx, it.by, where, criteria, row)
        }
      }
      return { roundId, proposals, assessors }
    })
  }

  test('loading the set twice makes one set', async () => {
    const again = await it.write((trx) => insertDefaultSet(trx, it.by))
    expect(again.setId).toBe(setId)
    const { criteria: loaded } = await now()
    expect(loaded.map((each) => each.weight)).toEqual([0.2, 0.2, 0.15, 0.15, 0.1, 0.1, 0.1])
    expect(loaded.every((each) => each.levels.length === 5)).toBe(true)
  })

  test('equal scores share a rank and the next one is skipped', async () => {
    const { proposals } = await rated([all(2), all(5), all(3), all(3)])
    const { ranked, total } = await now()
    expect(ranked.map((each) => each.rank)).toEqual([1, 2, 2, 4])
    expect(ranked[0]).toMatchObject({ id: proposals[1], score: 100 })
    expect(total).toBe(4)
    expect(ranked[0]?.contributions?.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 9)
  })

  test('what is not complete is never ranked and says what is missing', async () => {
    const gap = criteria.map((_, at) => (at === 1 ? null : 4))
    const { proposals } = await rated([all(4), gap, criteria.map(() => null)])
    const { ranked, incomplete } = await now()
    expect(ranked.map((each) => each.id)).toEqual([proposals[0]])
    expect(incomplete.map((each) => each.evaluation.state)).toEqual(['incomplete', 'unrated'])
    expect(incomplete[0]?.evaluation.rated).toBe(6)
    expect(incomplete.every((each) => each.rank === undefined)).toBe(true)
  })

  test('below the minimum a score is provisional and not ranked', async () => {
    await rated([all(4)], { minimum: 2 })
    const { ranked, incomplete } = await now()
    expect(ranked).toEqual([])
    expect(incomplete[0]?.evaluation).toMatchObject({
      state: 'provisional',
      thinnest: { count: 1, needed: 2 },
    })
  })

  test('a proposal more changes no other score', async () => {
    const { roundId, proposals, assessors } = await rated([all(4), all(2)])
    const before = (await now()).ranked.map((each) => [each.id, each.score])
    await it.write(async (trx) => {
      const extra = await makeProposal(trx, it.by, opdId)
      const lists = { proposals: [...proposals, extra] }
      await updateRow(trx, 'round', roundId, 1, {}, it.by, lists)
      const at = { roundId, proposalId: extra, assessorId: assessors[0] ?? 0 }
      await rate(trx, it.by, at, criteria, all(3))
    })
    const after = await now()
    expect(after.total).toBe(3)
    for (const [id, score] of before) expect(scoreOf(after, Number(id))?.score).toBe(score)
  })

  test('an assessor of the proposing OPD is excused, and one recorded as absent too', async () => {
    const { roundId, proposals, assessors } = await rated([all(3)], {
      assessors: [opdId, null, null],
      minimum: 2,
    })
    const [own, , absent] = assessors
    expect(scoreOf(await now(), proposals[0] ?? 0)?.evaluation.excused).toEqual([
      { assessorId: own, own: true, reason: 'own' },
    ])
    await it.write((trx) =>
      insertRow(
        trx,
        'recusal',
        { roundId, assessorId: absent ?? 0, proposalId: proposals[0] ?? 0, reason: 'Sakit' },
        it.by,
      ),
    )
    const { evaluation } = scoreOf(await now(), proposals[0] ?? 0) ?? {}
    expect(evaluation?.excused).toHaveLength(2)
    expect(evaluation?.state).toBe('provisional')
  })

  test('the readiness of the inventory stands in for K4 until an assessor gives another', async () => {
    await it.write((trx) => makeOffice(trx, it.by, opdId, true))
    const withoutK4 = criteria.map((_, at) => (at === 3 ? null : 1))
    const { roundId, proposals, assessors } = await rated([withoutK4])
    const first = scoreOf(await now(), proposals[0] ?? 0)
    expect(first?.readiness).toMatchObject({ complete: true, level: 5, asOf: '2018-09-02' })
    expect(first?.score).toBeCloseTo(15, 9)

    await it.write((trx) =>
      insertRow(
        trx,
        'rating',
        {
          roundId,
          proposalId: proposals[0] ?? 0,
          assessorId: assessors[0] ?? 0,
          criterionId: criteria[3] ?? 0,
          level: 3,
          note: 'Listrik sering padam',
        },
        it.by,
      ),
    )
    expect(scoreOf(await now(), proposals[0] ?? 0)?.score).toBeCloseTo(7.5, 9)
  })

  test('an inventory with gaps leaves K4 missing, never 0', async () => {
    await it.write((trx) => makeOffice(trx, it.by, opdId))
    const { proposals } = await rated([criteria.map((_, at) => (at === 3 ? null : 5))])
    const { incomplete } = await now()
    expect(incomplete[0]).toMatchObject({ id: proposals[0], readiness: { complete: false } })
    expect(incomplete[0]?.evaluation.missing).toEqual([{ criterionId: criteria[3], lacks: 1 }])
  })

  test('the redirected and the withdrawn stand aside; the postponed keeps its rank', async () => {
    const { proposals } = await rated([all(5), all(4), all(3)])
    const decide = (proposalId: number, outcome: string) =>
      it.write((trx) =>
        appendRow(
          trx,
          'decision',
          {
            proposalId,
            outcome,
            phaseId: null,
            place: null,
            nationalId: null,
            redirectTo: outcome === 'redirected' ? 'SRIKANDI' : null,
            level: 'dinas',
            fgdSessionId: null,
            decidedBy: null,
            office: 'Kepala Dinas',
            holdsAs: 'definitif',
            decidedOn: '2018-09-14',
            document: null,
            reason: 'Uji',
            lookAgainOn: null,
            computedRank: null,
            computedScore: null,
            correctsId: null,
            example: null,
          },
          it.by,
        ),
      )
    await decide(proposals[0] ?? 0, 'redirected')
    await decide(proposals[1] ?? 0, 'postponed')
    const { ranked, aside } = await now()
    expect(ranked.map((each) => [each.id, each.rank])).toEqual([
      [proposals[1], 1],
      [proposals[2], 2],
    ])
    expect(aside.map((each) => each.id)).toEqual([proposals[0]])
    expect(aside[0]?.score).toBe(100)
  })

  test('a scope sees its own with the ranks of the whole, and no names', async () => {
    const other = await it.write((trx) => makeOpd(trx, it.by))
    await rated([all(5), all(3)], { opds: [opdId, other] })
    const narrow = await assess(it.context.db, { all: false, opdIds: [other] })
    expect(narrow.ranked.map((each) => [each.opdId, each.rank])).toEqual([[other, 2]])
    expect(narrow).toMatchObject({ total: 2, assessors: [] })
    const none = await assess(it.context.db, { all: false, opdIds: [] })
    expect(none.ranked).toEqual([])
  })

  test('the same revision is computed once', async () => {
    await rated([all(3)])
    expect((await now()).ranked).toBe((await now()).ranked)
  })

  test('the page shows order, exceptions and what is missing', async () => {
    await rated([all(5), criteria.map(() => null)])
    const cookie = await it.signIn(['planner'])
    const page = (await it.get('/ranking', cookie)).body
    expect(page).toContain('100,0')
    expect(page).toContain('Belum ada data')
    const missing = (await it.get('/ranking?list=incomplete', cookie)).body
    expect(missing).toContain('Belum dinilai')
    expect((await it.get('/ranking?opd=999999', cookie)).body).not.toContain('100,0')
    expect((await it.get('/ranking', await it.signIn(['opd'], [opdId]))).statusCode).toBe(403)
  })
})
