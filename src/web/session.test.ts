import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../db/connect.ts'
import { type TestApp, testApp, testTime } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let cookie: string

beforeAll(async () => {
  it = await testApp()
})
afterAll(() => it.close())
beforeEach(async () => {
  it.clock.now = new Date(testTime)
  cookie = await it.signIn(['planner'])
  expect(await status('/ranking')).toBe(200)
})

const status = async (url: string) => (await it.get(url, cookie)).statusCode

/** Another program that has the same file open. */
async function elsewhere(...statements: string[]): Promise<void> {
  const { raw, close } = connect(it.connection.file)
  for (const each of statements) raw.exec(each)
  await close()
}

describe('what a session is kept for', () => {
  test('ends with the next request once it is ended, by whatever connection', async () => {
    await elsewhere('delete from web_session')
    expect(await status('/ranking')).toBe(303)
  })

  test('ends with the account, though nothing but its row says so', async () => {
    await elsewhere(`update account set state = 'disabled'`)
    expect(await status('/ranking')).toBe(303)
    await elsewhere(`update account set state = 'active'`)
    expect(await status('/ranking')).toBe(200)
  })

  test('ends by this connection too, in the very next request', async () => {
    await it.connection.db.updateTable('account').set({ state: 'disabled' }).execute()
    expect(await status('/ranking')).toBe(303)
    await it.connection.db.updateTable('account').set({ state: 'active' }).execute()
  })

  test('loses a role at once', async () => {
    await elsewhere(`update account_role set role = 'assessor'`)
    expect(await status('/ranking')).toBe(403)
  })

  test('ends by time alone, with nothing written in between', async () => {
    it.clock.now = new Date(Date.parse(testTime) + 7 * 24 * 3_600_000)
    expect(await status('/ranking')).toBe(303)
  })

  test('ends by being idle', async () => {
    it.clock.now = new Date(Date.parse(testTime) + 12 * 3_600_000)
    expect(await status('/ranking')).toBe(303)
  })

  test('ends after the last day of the account', async () => {
    await elsewhere(`update account set valid_until = '2018-09-14'`)
    expect(await status('/ranking')).toBe(200)
    it.clock.now = new Date(Date.parse(testTime) + 15 * 3_600_000)
    await elsewhere(`update web_session set seen_at = '2018-09-14T16:00:00.000Z'`)
    expect(await status('/ranking')).toBe(303)
    await elsewhere('update account set valid_until = null')
  })

  test('is not ended by what was taken back', async () => {
    await it
      .write(async (trx) => {
        await trx.deleteFrom('webSession').execute()
        throw new Error('taken back')
      })
      .catch(() => undefined)
    expect(await status('/ranking')).toBe(200)
  })

  test('does not show what an open transaction has not committed', async () => {
    const answers: Promise<number>[] = []
    await it
      .write(async (trx) => {
        await trx.deleteFrom('webSession').execute()
        answers.push(status('/ranking'))
        await new Promise((done) => setTimeout(done, 20))
        throw new Error('taken back')
      })
      .catch(() => undefined)
    expect(await Promise.all(answers)).toEqual([200])
  })
})

test('a new word of the settings and a new row are on the next page', async () => {
  expect((await it.get('/proposals', cookie)).body).not.toContain('Aplikasi yang baru')
  await it.write(async (trx) => {
    const opdId = await make.opd(trx, it.by, 'Dinas Baru')
    await make.proposal(trx, it.by, opdId, 'Aplikasi yang baru')
  })
  expect((await it.get('/proposals', cookie)).body).toContain('Aplikasi yang baru')
})
