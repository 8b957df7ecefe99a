import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../src/domain/access.ts'
import type { TestApp } from '../src/testing/app.ts'
import { addressOf, exampleApp, pages } from './support.ts'

/** What is private to an OPD and the office: marked, wherever it may stand. */
const secret = 'RAHASIA-7'
const cost = 987_654_321

let it: TestApp
let ownId: number
let otherId: number

beforeAll(async () => {
  it = await exampleApp()
  const { raw } = it.connection
  const opds = raw.prepare('select distinct opd_id from proposal order by opd_id').pluck().all()
  ;[ownId = 0, otherId = 0] = opds as number[]
  const hide: Record<string, readonly string[]> = {
    opd: ['contact_phone', 'note'],
    proposal: ['contact_phone', 'contact_name', 'cost_basis', 'data_note', 'way_note'],
    location: ['address', 'note'],
    internet_access: ['note'],
    device_survey: ['note'],
  }
  for (const [table, columns] of Object.entries(hide)) {
    for (const column of columns) raw.prepare(`update ${table} set ${column} = ?`).run(secret)
  }
  raw.prepare('update proposal set cost_unknown = 0, cost_low = ?, cost_high = ?').run(cost, cost)
  raw.prepare('update attendance set nip = ?').run(secret)
}, 60_000)
afterAll(() => it.close())

test.each(['opd', 'reader', 'assessor'] as const)(
  'what is told to all who were in a session holds nothing private, for a %s',
  async (role: Role) => {
    const cookie = await it.signIn([role], role === 'opd' ? [ownId] : [])
    let shown = 0
    for (const { url } of pages(it)) {
      const address = await addressOf(it.connection.db, url)
      if (!address || !/^\/(fgd|follow-ups)/.test(address)) continue
      for (const query of ['', `?opd=${otherId}`]) {
        const { body, statusCode } = await it.get(address + query, cookie)
        if (statusCode === 200) shown += 1
        for (const hidden of [secret, '987.654', 'Rp']) {
          expect(body.includes(hidden), `${address}${query} ${hidden}`).toBe(false)
        }
      }
    }
    expect(shown).toBeGreaterThan(3)
  },
  60_000,
)
