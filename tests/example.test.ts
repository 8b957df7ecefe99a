import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertExampleGovernment } from '../fixtures/government.ts'
import { loadExample } from '../fixtures/load.ts'
import type { Tables, WholeDb } from '../src/db/schema.ts'
import { evaluate } from '../src/domain/evaluation.ts'
import { lists } from '../src/domain/words.ts'
import { loadReference } from '../src/government/reference.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'

let it: TestApp
let db: WholeDb

beforeAll(async () => {
  it = await testApp({ bare: true })
  db = it.connection.db
  await it.write(async (trx) => {
    await insertExampleGovernment(trx, it.by)
    await loadReference(trx, it.by)
    await loadExample(trx, it.by)
  })
})

afterAll(() => it.close())

/** What is told, field by field; keys and order numbers that the program fills in are not listed. */
type Named = { example: string | null } & Record<string, unknown>

const silent = new Set(['id', 'uid', 'version', 'createdAt', 'updatedAt', 'example'])
const filledIn = new Set(['nameKey', 'titleKey', 'seq'])
const actorColumns = new Set(['accountId', 'linkId', 'actorName', 'recordedAt'])

function toldFields(row: Named): string[] {
  if (row.example === '*') return []
  const marked = new Set(row.example?.split(',') ?? [])
  return Object.entries(row)
    .filter(([field, value]) => value !== null && !silent.has(field) && !marked.has(field))
    .map(([field]) => field)
    .filter((field) => !filledIn.has(field) && !actorColumns.has(field))
    .sort()
}

async function rows(table: keyof Tables): Promise<Named[]> {
  return (await db.selectFrom(table).selectAll().execute()) as unknown as Named[]
}

async function notWhollyExample(table: keyof Tables): Promise<Named[]> {
  return (await rows(table)).filter((row) => row.example !== '*')
}

describe('the example', () => {
  test('is as large as promised', async () => {
    const count = async (table: keyof Tables) => (await rows(table)).length
    expect(await count('opd')).toBeGreaterThanOrEqual(18)
    expect(await count('location')).toBeGreaterThanOrEqual(28)
    expect(await count('proposal')).toBe(27)
    expect(await count('assessor')).toBe(3)
    expect(await count('phase')).toBe(3)
    expect(await count('decision')).toBe(8)
    expect(await count('attendance')).toBeGreaterThanOrEqual(20)
  })

  test('every OPD has its duties and one head office', async () => {
    const duties = await rows('opdDuty')
    const offices = await rows('location')
    for (const opd of (await rows('opd')).filter((each) => each.validUntil === null)) {
      const own = duties.filter((duty) => duty.opdId === opd.id)
      expect(own.length).toBeGreaterThanOrEqual(2)
      expect(own.length).toBeLessThanOrEqual(4)
      expect(offices.filter((office) => office.opdId === opd.id && office.isHead)).toHaveLength(1)
    }
  })

  test('shows an office that was split before the session, wholly made up', async () => {
    const [ended, ...others] = (await rows('opd')).filter((each) => each.validUntil !== null)
    expect(others).toEqual([])
    expect(ended?.example).toBe('*')
    const successors = await db
      .selectFrom('opdSuccessor')
      .innerJoin('opd', 'opd.id', 'opdSuccessor.successorId')
      .select(['opd.example', 'opd.validFrom'])
      .execute()
    const successor = { example: '*', validFrom: '2017-01-01' }
    expect(successors).toEqual([successor, successor])
  })

  test('shows internet of every kind, offices not recorded, and earlier days', async () => {
    const access = await rows('internetAccess')
    const offices = await rows('location')
    const kinds = new Set(access.map((each) => each.available))
    expect([...kinds].sort()).toEqual([...lists.internet].sort())
    const recorded = new Set(access.map((each) => each.locationId))
    expect(recorded.size).toBeGreaterThanOrEqual(25)
    expect(recorded.size).toBeLessThan(offices.length)
    const days = (id: unknown) =>
      new Set(access.filter((each) => each.locationId === id).map((each) => each.asOf)).size
    expect(offices.filter((office) => days(office.id) > 1).length).toBeGreaterThanOrEqual(3)
  })

  test('shows offices with no devices, which is not the same as not asked', async () => {
    const surveys = await rows('deviceSurvey')
    const counted = new Set((await rows('deviceCount')).map((each) => each.surveyId))
    expect(surveys.some((survey) => !counted.has(survey.id))).toBe(true)
    expect(surveys.length).toBeLessThan((await rows('location')).length)
  })

  test('has proposals of every way, platform and nature, in the states of their life', async () => {
    const proposals = await rows('proposal')
    const inState = (state: string) => proposals.filter((each) => each.state === state).length
    expect(inState('draft')).toBe(2)
    expect(inState('returned')).toBe(1)
    expect(inState('withdrawn')).toBe(1)
    expect(inState('merged')).toBe(1)
    expect(inState('submitted')).toBeGreaterThan(0)
    expect(inState('under_review')).toBeGreaterThan(5)
    expect(inState('reviewed')).toBeGreaterThan(3)
    const ways = new Set(proposals.map((each) => each.way))
    for (const way of lists.way) expect(ways).toContain(way)
    const choices = await db.selectFrom('proposalChoice').select('code').distinct().execute()
    const chosen = choices.map((each) => each.code)
    expect(chosen).toEqual(expect.arrayContaining([...lists.platform, ...lists.nature]))
    expect(proposals.filter((each) => each.costUnknown).length).toBeGreaterThan(3)
    expect(proposals.filter((each) => each.costHigh !== null).length).toBeGreaterThan(10)
  })

  test('shows a joint proposal, a prerequisite, costs by year, a merger and a move by hand', async () => {
    for (const table of ['proposalOpd', 'proposalRequires', 'proposalCost'] as const) {
      expect(await db.selectFrom(table).selectAll().execute(), table).not.toEqual([])
    }
    const proposals = await rows('proposal')
    const merged = proposals.find((each) => each.state === 'merged')
    expect(merged?.mergedIntoId).toEqual(expect.any(Number))
    expect(await rows('placement')).toMatchObject([{ example: '*' }])
  })

  test('shows every outcome, a decision of the head of the region above another, and what checks are about', async () => {
    const decided = await rows('decision')
    expect(new Set(decided.map((each) => each.outcome))).toEqual(
      new Set(['accepted', 'redirected', 'postponed', 'declined']),
    )
    const above = decided.filter((each) => each.level === 'kepala_daerah')
    expect(above).toHaveLength(1)
    expect(decided.filter((each) => each.proposalId === above[0]?.proposalId)).toHaveLength(2)
    const about = await rows('checkAnswer')
    expect(about.some((each) => each.aboutNationalId !== null)).toBe(true)
    expect(about.some((each) => each.aboutProposalId !== null)).toBe(true)
  })

  test('numbers what was handed in, in the order of its days, and drafts not', async () => {
    const proposals = await rows('proposal')
    const numbered = proposals.filter((each) => each.number !== null)
    expect(numbered.map((each) => each.number).sort()[0]).toBe('U-2018-001')
    expect(new Set(numbered.map((each) => each.number)).size).toBe(25)
    expect(proposals.filter((each) => each.state === 'draft' && each.number !== null)).toEqual([])
    const bySubmission = numbered.toSorted((a, b) =>
      String(a.submittedAt).localeCompare(String(b.submittedAt)),
    )
    expect(bySubmission.map((each) => each.number)).toEqual(
      numbered.map((each) => each.number).sort(),
    )
  })

  test('has complete, provisional, incomplete and unrated proposals in its round', async () => {
    const criteria = await rows('criterion')
    const levels = await db.selectFrom('criterionLevel').selectAll().execute()
    const weights = await db.selectFrom('weight').selectAll().execute()
    const tasks = await db.selectFrom('roundAssessor').selectAll().execute()
    const inRound = new Set(
      (await db.selectFrom('roundProposal').selectAll().execute()).map((each) => each.proposalId),
    )
    const proposals = await db.selectFrom('proposal').select(['id', 'opdId']).execute()
    const assessors = await db.selectFrom('assessor').select(['id', 'opdId']).execute()
    const results = evaluate({
      criteria: criteria.map((each) => ({
        id: each.id as number,
        weight: weights.find((weight) => weight.criterionId === each.id)!.value,
        derived: each.derived === 1,
        levels: levels.filter((level) => level.criterionId === each.id),
      })),
      minimum: 2,
      proposals: proposals
        .filter((each) => inRound.has(each.id))
        .map((each) => ({ ...each, readiness: 3 })),
      assessors: assessors.map((each) => ({
        ...each,
        criterionIds: tasks.filter((t) => t.assessorId === each.id).map((t) => t.criterionId),
      })),
      recusals: await db.selectFrom('recusal').selectAll().execute(),
      ratings: await db.selectFrom('rating').selectAll().execute(),
    })
    const inState = (state: string) => results.filter((each) => each.state === state).length
    expect(inState('provisional')).toBe(1)
    expect(inState('incomplete')).toBe(1)
    expect(inState('unrated')).toBe(1)
    expect(inState('complete')).toBe(results.length - 3)
    expect(results.filter((each) => each.excused.some((one) => one.own)).length).toBe(2)
    expect(results.filter((each) => each.excused.some((one) => !one.own)).length).toBe(1)
  })

  test('decides before rating: no score, no rank, no cost of the two that were named', async () => {
    const [first, second] = await rows('decision')
    for (const decision of [first!, second!]) {
      expect(decision).toMatchObject({
        outcome: 'accepted',
        level: 'fgd',
        office: 'Kepala Seksi E-Government',
        decidedOn: '2018-09-14',
        decidedBy: null,
        computedRank: null,
        computedScore: null,
      })
      const [proposal] = (await rows('proposal')).filter((each) => each.id === decision.proposalId)
      expect(proposal).toMatchObject({ costUnknown: 1, costLow: null, costHigh: null })
    }
  })
})

describe('what the sources tell', () => {
  test('is unmarked in exactly the fields that they tell', async () => {
    const told = async (table: keyof Tables) => (await notWhollyExample(table)).map(toldFields)

    expect(await told('fgdSession')).toEqual([['heldOn', 'stage', 'starts', 'title', 'venue']])
    const named = ['cameBy', 'costUnknown', 'fgdSessionId', 'form', 'opdId']
    expect(await told('proposal')).toEqual([
      [...named, 'purpose', 'title'].sort(),
      [...named, 'title'].sort(),
    ])
    const decided = ['decidedOn', 'fgdSessionId', 'level', 'office', 'outcome', 'proposalId']
    expect(await told('decision')).toEqual([
      [...decided, 'reason'].sort(),
      [...decided, 'reason'].sort(),
    ])
    expect(await told('followUp')).toEqual([
      ['fgdSessionId', 'opdId', 'text'],
      ['fgdSessionId', 'opdId', 'text'],
    ])
    expect(await told('attendance')).toEqual([
      ['fgdSessionId', 'name', 'opdId'],
      ['fgdSessionId', 'name', 'presentAs'],
    ])
  })

  test('marks the platforms of the two as told and their natures as made up', async () => {
    for (const proposal of await notWhollyExample('proposal')) {
      const marked = proposal.example!.split(',')
      expect(marked).not.toContain('platforms')
      expect(marked).toEqual(expect.arrayContaining(['natures', 'users', 'problem', 'dutyId']))
      const platforms = await db
        .selectFrom('proposalChoice')
        .select('code')
        .where('proposalId', '=', proposal.id as number)
        .where('list', '=', 'platforms')
        .execute()
      expect(platforms).toEqual([{ code: 'android' }])
    }
  })

  test('names the OPD that the press of 2018 names, and marks all the rest', async () => {
    const known = await notWhollyExample('opd')
    expect(known.map((each) => each.name).sort()).toEqual([
      'Dinas Kependudukan dan Pencatatan Sipil',
      'Dinas Kesehatan',
      'Dinas Komunikasi dan Informatika',
      'Dinas Pariwisata dan Kebudayaan',
      'Dinas Perindustrian, Perdagangan, Koperasi dan UKM',
      'Kecamatan Boleng',
      'Kecamatan Komodo',
      'Kecamatan Lembor',
      'Kecamatan Macang Pacar',
    ])
    for (const opd of known) {
      expect(toldFields(opd).filter((field) => field !== 'shortName')).toEqual(['kind', 'name'])
    }
  })

  test('leaves nothing else unmarked', async () => {
    const wholly: (keyof Tables)[] = [
      'opdDuty',
      'opdPeople',
      'opdAnswer',
      'opdBudget',
      'application',
      'infrastructureNeed',
      'location',
      'internetAccess',
      'deviceSurvey',
      'checkAnswer',
      'assessor',
      'round',
      'recusal',
      'rating',
      'phase',
      'signatory',
    ]
    for (const table of wholly) {
      expect(await rows(table), table).not.toEqual([])
      expect(await notWhollyExample(table), table).toEqual([])
    }
  })

  test('invents no NIP, no telephone number and no name of an official', async () => {
    const people = await rows('attendance')
    expect(people.filter((each) => each.nip !== null)).toEqual([])
    expect((await rows('signatory')).filter((each) => each.nip ?? each.name)).toEqual([])
    const opds = await rows('opd')
    expect(opds.filter((each) => each.headName ?? each.contactName ?? each.contactPhone)).toEqual(
      [],
    )
    const events = await db.selectFrom('event').select('changes').execute()
    expect(events.filter((event) => /\d{18}|\d{8} \d{6} \d \d{3}/.test(event.changes))).toEqual([])
  })
})

describe('taking the example away', () => {
  test('leaves the installation as it was before: nothing of it stays', async () => {
    const fresh = await testApp()
    try {
      await fresh.write((trx) => loadReference(trx, fresh.by))
      const admin = await fresh.signIn(['admin'])
      const kept = [
        'opd',
        'location',
        'fgdSession',
        'proposal',
        'decision',
        'phase',
        'rating',
        'application',
        'followUp',
        'minute',
        'attendance',
        'sessionItem',
        'infrastructureNeed',
        'nationalApplication',
        'criterionSet',
        'round',
        'assessor',
        'placement',
        'signatory',
      ] as const
      const count = async () =>
        Object.fromEntries(
          await Promise.all(
            kept.map(async (table) => {
              const found = await fresh.connection.db.selectFrom(table).select('id').execute()
              return [table, found.length] as const
            }),
          ),
        )
      const before = await count()
      await fresh.write((trx) => loadExample(trx, fresh.by))
      expect(await count()).not.toEqual(before)
      const page = await fresh.get('/settings/example/removal', admin)
      const sure = /name="sure" value="(\w+)"/.exec(page.body)?.[1]
      const done = await fresh.post('/settings/example/removal', { sure }, admin)
      expect(done.statusCode).toBe(303)
      expect(await count()).toEqual(before)
      expect((await fresh.get('/settings/example/removal', admin)).body).toContain(
        'Tidak ada data contoh.',
      )
    } finally {
      await fresh.close()
    }
  })
})
