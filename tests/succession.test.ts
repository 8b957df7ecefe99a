import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seeded } from '../scripts/seeded.ts'
import { everything } from '../src/domain/access.ts'
import { assess } from '../src/ranking/assess.ts'
import type { TestApp } from '../src/testing/app.ts'
import { formsOf } from './html-forms.ts'
import { exampleApp } from './support.ts'

let it: TestApp
let staff: string
let oldId: number
let sessionId: number

beforeEach(async () => {
  it = await exampleApp()
  it.clock.now = new Date('2018-12-03T02:00:00.000Z')
  staff = await it.signIn(['staff', 'planner'])
  oldId = await idOf('Dinas Perindustrian, Perdagangan, Koperasi dan UKM')
  const session = await it.connection.db
    .selectFrom('proposal')
    .select('fgdSessionId')
    .where('opdId', '=', oldId)
    .where('fgdSessionId', 'is not', null)
    .executeTakeFirstOrThrow()
  sessionId = session.fgdSessionId ?? 0
}, 60_000)
afterEach(() => it.close())

const idOf = async (name: string) =>
  (
    await it.connection.db
      .selectFrom('opd')
      .select('id')
      .where('name', '=', name)
      .where('validUntil', 'is', null)
      .executeTakeFirstOrThrow()
  ).id

const change = {
  startsOn: '2018-12-01',
  document: 'Perda Nomor 9 Tahun 2018',
  '0.name': 'Dinas Perindustrian dan Perdagangan',
  '0.kind': 'dinas',
  '1.name': 'Dinas Koperasi, Usaha Kecil dan Menengah',
  '1.kind': 'dinas',
}

/** The screen of the assignment as a browser would send it, untouched. */
async function screen(): Promise<[string, string][]> {
  const page = await it.get(
    `/opd/${oldId}/succession/assignment?${new URLSearchParams(change)}`,
    staff,
  )
  const form = formsOf(page.body).find(({ action }) => action === `/opd/${oldId}/succession`)
  return form?.fields ?? []
}

/** What must be as it was, whoever owns it now. */
async function sums() {
  const { db } = it.connection
  const count = async (table: (typeof handed)[number]) =>
    (await db.selectFrom(table).select('id').orderBy('id').execute()).map((row) => row.id)
  const assessment = await assess(it.context.db, everything)
  return {
    rows: Object.fromEntries(
      await Promise.all(handed.map(async (table) => [table, await count(table)] as const)),
    ),
    devices: await db
      .selectFrom('deviceCount')
      .select((eb) => eb.fn.sum<number>('good').as('good'))
      .execute(),
    proposals: await db
      .selectFrom('proposal')
      .select(['id', 'number', 'title', 'state', 'costHigh', 'mergedIntoId'])
      .orderBy('id')
      .execute(),
    budgets: await db.selectFrom('opdBudget').select(['year', 'amount']).orderBy('id').execute(),
    scores: assessment.ranked.map(({ id, score, rank }) => [id, score, rank]),
    incomplete: assessment.incomplete.map(({ id }) => id).sort(),
    decisions: await db.selectFrom('decision').selectAll().orderBy('id').execute(),
  }
}

const handed = [
  'location',
  'internetAccess',
  'deviceSurvey',
  'application',
  'infrastructureNeed',
  'opdDuty',
  'proposal',
  'followUp',
  'assessor',
  'opdPeople',
  'opdBudget',
  'opdConfirmation',
] as const

describe('handing on what an OPD had', () => {
  test.each([1, 2, 3])(
    'nothing is lost or doubled, whoever gets what (%i)',
    async (seed) => {
      const random = seeded(seed)
      const before = await sums()
      const fields = (await screen()).map(([name, value]): [string, string] => {
        const isChoice =
          /^(unit|duty|affair|location|application|used|need|proposal|further|followUp|assessor)\./
        return isChoice.test(name) ? [name, random() < 0.5 ? 'n0' : 'n1'] : [name, value]
      })
      expect(fields.filter(([, value]) => value === 'n1').length).toBeGreaterThan(2)
      const sent = await it.post(`/opd/${oldId}/succession`, Object.fromEntries(fields), staff)
      expect(sent.statusCode).toBe(303)
      expect(await sums()).toEqual(before)

      const heirs = [await idOf(change['0.name']), await idOf(change['1.name'])]
      const goals = new Map(fields)
      for (const [key, value] of goals) {
        const [kind = '', id = ''] = key.split('.')
        const table = {
          duty: 'opdDuty',
          location: 'location',
          application: 'application',
          proposal: 'proposal',
        }[kind] // prettier-ignore
        if (!table) continue
        const row = await it.connection.db
          .selectFrom(table as 'proposal')
          .select('opdId')
          .where('id', '=', Number(id))
          .executeTakeFirstOrThrow()
        expect([key, row.opdId]).toEqual([key, heirs[value === 'n0' ? 0 : 1]])
      }
      for (const table of [
        'location',
        'application',
        'proposal',
        'opdDuty',
        'infrastructureNeed',
      ] as const) {
        const left = await it.connection.db
          .selectFrom(table)
          .select('id')
          .where('opdId', '=', oldId)
          .execute()
        expect(left, table).toEqual([])
      }
    },
    60_000,
  )

  test('a closed session goes on telling the office of its day', async () => {
    const read = async () => {
      const { body } = await it.get(`/fgd/${sessionId}?opd=${oldId}`, staff)
      return body.slice(body.indexOf('<main'), body.indexOf('id="history'))
    }
    expect(await read()).toContain('Perindagkop UKM')
    const fields = { ...Object.fromEntries(await screen()), rest: 'n0' }
    expect((await it.post(`/opd/${oldId}/succession`, fields, staff)).statusCode).toBe(303)
    const page = await read()
    expect(page).toContain('Perindagkop UKM')
    expect(page).not.toContain('Dinas Perindustrian dan Perdagangan')
    // its offices went on; to say that there are none yet would be wrong
    expect(page).toContain('Berlaku sampai')
    expect(page).not.toContain('Lokasi kantor belum ada')
    const record = await it.get(`/fgd/${sessionId}/record`, staff)
    expect(record.body).toContain('Dinas Perindustrian, Perdagangan, Koperasi dan UKM')
    expect(record.body).not.toContain('Dinas Perindustrian dan Perdagangan')
    // the ranking, where something is still to be done, shows who does it
    expect((await it.get('/ranking', staff)).body).toContain('Dinas Perindustrian dan Perdagangan')
  }, 60_000)

  test('the counts of today leave the ended office out, and ask the new ones', async () => {
    const fields = { ...Object.fromEntries(await screen()), rest: 'n0' }
    await it.post(`/opd/${oldId}/succession`, fields, staff)
    const home = await it.get('/', staff)
    expect(home.body).not.toContain('Perindagkop UKM')
    expect(home.body).toContain('Dinas Koperasi, Usaha Kecil dan Menengah')
  }, 60_000)
})
