import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendRow } from '../src/db/write.ts'
import { withdraw } from '../src/publications/queries.ts'
import type { TestApp } from '../src/testing/app.ts'
import { make } from '../src/testing/make.ts'
import { openLink } from '../src/testing/portal.ts'
import { publishNow } from '../src/testing/publish.ts'
import { addressOf, exampleApp, pages } from './support.ts'

/** Stands in what was decided and is not published: no page may hold it. */
const secret = 'RAHASIA-7'

let it: TestApp
let opdId: number
const cookies: Record<string, string> = {}

beforeAll(async () => {
  it = await exampleApp()
  const proposal = await it.connection.db
    .selectFrom('proposal')
    .select(['id', 'opdId'])
    .where('state', 'not in', ['draft', 'merged', 'withdrawn'])
    .orderBy('id')
    .executeTakeFirstOrThrow()
  opdId = proposal.opdId
  await it.write(async (trx) => {
    const phaseId = await make.phase(trx, it.by, 9, [2097, 2098], { name: `Tahap ${secret}` })
    await appendRow(
      trx,
      'decision',
      {
        proposalId: proposal.id,
        outcome: 'accepted',
        phaseId,
        place: null,
        nationalId: null,
        applicationId: null,
        redirectTo: null,
        level: 'kepala_daerah',
        fgdSessionId: null,
        decidedBy: secret,
        office: secret,
        holdsAs: 'definitif',
        decidedOn: '2018-10-09',
        document: secret,
        reason: secret,
        lookAgainOn: null,
        computedRank: null,
        computedScore: null,
        correctsId: null,
        example: null,
      },
      it.by,
    )
    const gone = { publishedOn: '2018-10-09', document: null, note: 'Keliru.' }
    await withdraw(trx, gone, 1, it.by)
  })
  cookies.link = await openLink(it, opdId)
  cookies.opd = await it.signIn(['opd'], [opdId])
  cookies.assessor = await it.signIn(['assessor'])
  cookies.reader = await it.signIn(['reader'])
}, 60_000)
afterAll(() => it.close())

/** Every page that the reader may open, by ids of the own OPD and of any, with every decided filter. */
async function told(who: string): Promise<string[]> {
  const found: string[] = []
  const own = { all: false, opdIds: [opdId] } as const
  const queries = ['', '?standing=accepted', '?phase=9', `?q=${secret}`, '?sort=title&dir=desc']
  for (const { url } of pages(it)) {
    for (const scope of [undefined, own]) {
      const address = await addressOf(it.connection.db, url, scope)
      if (!address || /^\/(setup|invite|o)\//.test(address)) continue
      for (const query of queries) {
        const { body, statusCode } = await it.get(address + query, cookies[who])
        expect(statusCode, address + query).toBeLessThan(500)
        const shown = body.replaceAll(`value="${secret}"`, '').replaceAll(`q=${secret}`, '')
        if (shown.replace(/<a class="filter"[\s\S]*?<\/a>/g, '').includes(secret)) {
          found.push(address + query)
        }
      }
    }
  }
  return [...new Set(found)]
}

test.each(['link', 'opd', 'assessor', 'reader'])(
  'before it is published nothing of a decision is told on any page, to %s',
  async (who) => {
    expect(await told(who)).toEqual([])
  },
  120_000,
)

test('once it is published, all are told, but not by whom and by which document', async () => {
  await it.write((trx) => publishNow(trx, it.by, '2018-10-10'))
  for (const who of Object.keys(cookies)) {
    const { body } = await it.get('/publications', cookies[who])
    expect(body).toContain(`Tahap ${secret} (2097–2098)`)
    expect(body.match(/RAHASIA-7/g)?.length).toBeLessThan(6)
  }
  expect((await it.get('/o', cookies.link)).body).toContain(`Tahap ${secret}`)
}, 60_000)
