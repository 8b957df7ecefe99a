import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendRow, insertRow, updateRow } from '../db/write.ts'
import { insertDefaultSet } from '../scoring/default-set.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { type HomeFacts, overviewOf } from './overview.ts'

let it: TestApp
let staff: string

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
})
afterEach(() => it.close())

/** n of m of every link of the chain, as the page says them. */
async function chain(): Promise<Record<string, string>> {
  const { body } = await it.get('/', staff)
  const links = body.split('<li class="chain-link').slice(1)
  return Object.fromEntries(
    links.map((link) => {
      const name = /<h2 class="chain-name"><a [^>]*>([^<]+)/.exec(link)?.[1] ?? ''
      const [, n, m] = /<b>(\d+)<\/b> <span>dari (\d+)/.exec(link) ?? []
      return [name, `${n}/${m}${link.startsWith(' is-') && / is-now"/.test(link) ? ' now' : ''}`]
    }),
  )
}

const office = {
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

const access = {
  line: 1,
  provider: null,
  service: null,
  medium: null,
  intranetKbps: null,
  ownership: null,
  costMonth: null,
  fund: null,
  lan: null,
  wifi: null,
  quality: null,
  outageHours: null,
  measuredOn: null,
  measuredDownKbps: null,
  measuredUpKbps: null,
  latencyMs: null,
  note: null,
  fgdSessionId: null,
}

const decision = {
  outcome: 'accepted',
  phaseId: null,
  place: null,
  nationalId: null,
  redirectTo: null,
  level: 'fgd',
  fgdSessionId: null,
  decidedBy: null,
  office: 'Kepala Dinas',
  holdsAs: 'definitif',
  decidedOn: '2018-09-14',
  document: null,
  reason: 'Perlu.',
  lookAgainOn: null,
  computedRank: null,
  computedScore: null,
  correctsId: null,
  example: null,
}

describe('home', () => {
  test('an empty installation shows the first steps, no zeros', async () => {
    const { body } = await it.get('/', staff)
    expect(body).toContain('Langkah pertama')
    expect(body).toContain('href="/opd/new"')
    expect(body).not.toContain('chain-link')
  })

  test('the chain counts what the database holds, and one link waits', async () => {
    await it.write(async (trx) => {
      const [parks, health] = [
        await make.opd(trx, it.by, 'Dinas Pariwisata'),
        await make.opd(trx, it.by, 'Dinas Kesehatan'),
      ]
      await make.opd(trx, it.by, 'Dinas Lama', { validUntil: '2017-12-31' })
      const unit = await make.opd(trx, it.by, 'UPTD Taman', { parentId: parks })
      for (const opdId of [parks, health]) {
        const duty = { opdId, seq: 1, text: 'Tugas', legalBasis: null, verified: 0 as const }
        await insertRow(trx, 'opdDuty', duty, it.by)
      }
      const head = await insertRow(trx, 'location', { ...office, opdId: parks }, it.by)
      const far = await insertRow(
        trx,
        'location',
        { ...office, opdId: unit, name: 'Taman', nameKey: 'taman' },
        it.by,
      )
      for (const locationId of [head, far]) {
        const line = { ...access, locationId, downKbps: 8000 }
        await insertRow(
          trx,
          'internetAccess',
          { ...line, asOf: '2018-09-01', available: 'yes' },
          it.by,
        )
        await insertRow(
          trx,
          'internetAccess',
          { ...line, asOf: '2018-09-10', available: 'limited' },
          it.by,
        )
        await insertRow(
          trx,
          'deviceSurvey',
          { locationId, asOf: '2018-09-10', note: null, fgdSessionId: null },
          it.by,
          {
            counts: [
              { type: 'pc', good: 3, minor: 2, major: 1, oldestYear: null, newestYear: null },
            ],
          },
        )
      }
      const wisata = await make.proposal(trx, it.by, parks, 'Aplikasi Wisata')
      await make.proposal(trx, it.by, parks, 'Aplikasi Taman', { opdId: unit })
      await make.proposal(trx, it.by, health, 'Draf', { state: 'draft', number: null })
      await appendRow(trx, 'decision', { ...decision, proposalId: wisata }, it.by)
    })
    expect(await chain()).toEqual({
      OPD: '2/2',
      FGD: '0/2 now',
      Inventaris: '1/2',
      Usulan: '1/2',
      Penilaian: '0/2',
      Penetapan: '1/2',
      Pengumuman: '0/1',
      Laporan: '1/7',
    })
    const { body } = await it.get('/', staff)
    expect(body).toContain('Terbatas, 1 OPD')
    expect(body).toContain('Belum dicatat, 1 OPD')
    expect(body).toContain('Hitungan dari 2 dari 2 lokasi')
    expect(body).toMatch(/data-label="Baik">6<.*data-label="Ringan">4<.*data-label="Berat">2</s)
    expect(body).not.toContain('Dinas Lama')

    // each link leads to the rows that it counts as missing
    const lacking = { opd: [], fgd: ['Kesehatan', 'Pariwisata'], inventory: ['Kesehatan'] }
    for (const [key, names] of Object.entries({ ...lacking, proposals: ['Kesehatan'] })) {
      const [, rows = ''] = (await it.get(`/?lacks=${key}`, staff)).body.split('id="waiting"')
      const found = [...rows.matchAll(/row-title"><a [^>]*>Dinas (\w+)/g)].map(([, name]) => name)
      expect(found, key).toEqual(names)
      expect(body.includes(`href="/?lacks=${key}#waiting"`) || names.length === 0, key).toBe(
        key !== 'fgd',
      )
    }
    expect(body).toContain('href="/decisions/new?standing=waiting"')
    const { body: forAdmin } = await it.get('/', await it.signIn(['admin']))
    expect(forAdmin, 'who does not decide').not.toContain('/decisions/new')
    expect(body, 'who does not publish').not.toContain('/publications/new')
    const { body: forPlanner } = await it.get('/', await it.signIn(['planner']))
    expect(forPlanner).toContain('href="/publications/new">1 penetapan belum diumumkan')
    const { body: toDecide } = await it.get('/decisions/new?standing=waiting', staff)
    expect(toDecide).toContain('Aplikasi Taman')
    expect(toDecide).toContain('1 dari 3 usulan tampil')
  })

  test('the ten first are those of the ranking, with their decisions', async () => {
    await it.write(async (trx) => {
      const opdId = await make.opd(trx, it.by, 'Dinas Pariwisata')
      const ids: number[] = []
      for (const n of Array.from({ length: 12 }).keys()) {
        ids.push(await make.proposal(trx, it.by, opdId, `Usulan ke-${n + 1}.`))
      }
      const { setId } = await insertDefaultSet(trx, it.by)
      const criteria = await trx
        .selectFrom('criterion')
        .select('id')
        .where('setId', '=', setId)
        .execute()
      const person = { name: 'Maria', office: null, opdId: null, accountId: null }
      const assessorId = await insertRow(trx, 'assessor', person, it.by)
      const round = { setId, name: 'P1', fgdSessionId: null, state: 'open', due: null, minimum: 1 }
      const roundId = await insertRow(trx, 'round', round, it.by, {
        proposals: ids,
        tasks: criteria.map(({ id }) => ({ assessorId, criterionId: id })),
      })
      for (const [at, proposalId] of ids.entries()) {
        for (const { id: criterionId } of criteria) {
          const level = at < 11 ? 5 - Math.floor(at / 3) : 1
          const rating = { roundId, proposalId, criterionId, assessorId, level, note: 'Ya.' }
          await insertRow(trx, 'rating', rating, it.by)
        }
      }
      await appendRow(trx, 'decision', { ...decision, proposalId: ids[0] ?? 0 }, it.by)
      const costs = { costHigh: 60, runningCost: 7, costUnknown: 0 as const }
      for (const each of ids) await updateRow(trx, 'proposal', each, 1, costs, it.by)
      await make.phase(trx, it.by, 1, [2019, 2019], { ceiling: 120 })
      await make.phase(trx, it.by, 2, [2020, 2020], { ceiling: 50 })
    })
    const { body } = await it.get('/', staff)
    expect(body).toContain('Lihat semua 12 usulan')
    expect(body.match(/class="scorebar"/g)).toHaveLength(10)
    expect(body).toContain('Usulan ke-1.')
    expect(body).not.toContain('Usulan ke-12.')
    expect(body).toContain('100,0')
    expect(body).toContain('Tahap berikutnya')
    const costs = body.slice(body.indexOf('id="phases-title"'), body.indexOf('id="devices-title"'))
    expect(costs).toMatch(/#phase-1"[\s\S]*2 usulan[\s\S]*Rp\s120[\s\S]*Rp\s120/)
    expect(costs).toMatch(
      /#phase-2"[\s\S]*0 usulan[\s\S]*Rp\s14[\s\S]*lanjutan Rp\s14[\s\S]*Rp\s50/,
    )
  })

  test('completeness of every OPD counts ten parts, whoever lacks most first', async () => {
    await it.write(async (trx) => {
      const known = { headName: 'Kepala', contactName: 'Penghubung' }
      const health = await make.opd(trx, it.by, 'Dinas Kesehatan', known)
      await insertRow(trx, 'location', { ...office, opdId: health }, it.by)
      await make.opd(trx, it.by, 'Dinas Pariwisata')
    })
    const { body } = await it.get('/', staff)
    const panel = body.slice(body.indexOf('id="waiting"'))
    expect(panel).toContain('2 dari 2 OPD belum lengkap')
    expect(panel).toMatch(/Dinas Pariwisata[\s\S]*0 dari 10[\s\S]*Dinas Kesehatan[\s\S]*2 dari 10/)
    expect(panel).toMatch(/Dinas Kesehatan[\s\S]*Belum ada: Tupoksi/)
  })

  test('roles that may not see all get the ways to what they may do, nothing of others', async () => {
    const [mine] = await it.write(async (trx) => {
      const own = await make.opd(trx, it.by, 'Dinas Pariwisata')
      const other = await make.opd(trx, it.by, 'Dinas Kesehatan')
      await make.proposal(trx, it.by, own, 'Aplikasi Wisata')
      await make.proposal(trx, it.by, other, 'Rahasia Kesehatan')
      return [own]
    })
    for (const roles of [['opd', 'assessor'], ['assessor'], ['reader']] as const) {
      const { body, statusCode } = await it.get('/', await it.signIn(roles, [mine]))
      expect(statusCode).toBe(200)
      expect(body).not.toContain('Kesehatan')
      expect(body).not.toContain('chain-link')
      expect(body.includes('Dinas Pariwisata')).toBe(roles[0] === 'opd')
      expect(body.includes('1 usulan tercatat')).toBe(roles[0] === 'opd')
    }
    const own = await it.get('/', await it.signIn(['opd'], [mine]))
    expect(own.headers.location).toBe('/o')
    expect((await it.get('/')).headers.location).toBe('/sign-in?next=%2F')
  })
})

test('exactly one link waits, and where nothing does it is the report', () => {
  const opd = { id: 1, name: 'A', shortName: null, headName: null, headTitle: null }
  const facts: HomeFacts = {
    opds: [{ ...opd, contactName: null, example: null }],
    counts: new Map(),
    duties: [{ opdId: 1, n: 1 }],
    answers: [],
    locations: [{ id: 5, opdId: 1, isHead: 1, ownId: 1 }],
    internet: [{ locationId: 5, available: 'no', downKbps: null }],
    surveys: [{ locationId: 5 }],
    devices: [],
    proposals: [{ id: 9, opdId: 1, state: 'submitted' }],
    present: [{ opdId: 1 }],
    sessions: [{ id: 1 }],
    decided: new Set([9]),
    published: new Set([9]),
    ranked: 1,
    incomplete: 0,
  }
  const waits = (more: Partial<HomeFacts>) => {
    const { chain, now } = overviewOf({ ...facts, ...more })
    expect(chain.filter((link) => link.isNow)).toEqual([now])
    return now.key
  }
  expect(waits({})).toBe('report')
  expect(waits({ published: new Set() })).toBe('publications')
  expect(waits({ decided: new Set() })).toBe('decisions')
  expect(waits({ ranked: 0 })).toBe('scoring')
  expect(waits({ surveys: [], ranked: 0 })).toBe('inventory')
  expect(waits({ duties: [] })).toBe('opd')
})
