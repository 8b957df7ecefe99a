import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { connect } from './connect.ts'
import type { Tx } from './schema.ts'
import { together } from './together.ts'

let it: TestApp

beforeEach(async () => {
  it = await testApp()
})
afterEach(() => it.close())

const names = ['Satu', 'Dua', 'Tiga', 'Empat', 'Lima']
const all = (work: (trx: Tx, name: string) => Promise<number>) =>
  Promise.allSettled(names.map((name) => together(it.connection.db, (trx) => work(trx, name))))

/** What is on the disk, as another program sees it. */
async function elsewhere(query: string): Promise<unknown[]> {
  const other = connect(it.connection.file, { readonly: true })
  const rows = other.raw.prepare(query).pluck().all()
  await other.close()
  return rows
}
const stored = () => elsewhere('select name from opd order by id')
const told = () => elsewhere(`select entity_id from event where entity = 'opd' order by id`)

describe('work that is done together', () => {
  test('is stored as if each had been alone: a batch for each, one chain', async () => {
    const ids = await all((trx, name) => make.opd(trx, it.by, name))
    expect(ids.map((each) => each.status)).toEqual(names.map(() => 'fulfilled'))
    expect(await stored()).toEqual(names)
    const batches = await elsewhere(`select batch_id from event where entity = 'opd' order by id`)
    expect(new Set(batches).size).toBe(names.length)
  })

  test('is answered when it is stored, not before', async () => {
    const seen = names.map(async (name) => {
      await together(it.connection.db, (trx) => make.opd(trx, it.by, name))
      return (await stored()).includes(name)
    })
    expect(await Promise.all(seen)).toEqual(names.map(() => true))
  })

  test('of which one fails leaves nothing of that one, and all of the others', async () => {
    const outcomes = await all(async (trx, name) => {
      const id = await make.opd(trx, it.by, name)
      if (name === 'Dua') throw new Error('refused')
      if (name === 'Empat') await make.opd(trx, it.by, name, { code: 'UJI-SAMA' })
      if (name === 'Lima') await make.opd(trx, it.by, name, { id: 1, code: null } as never)
      return id
    })
    expect(outcomes.map((each) => each.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ])
    expect(await stored()).toEqual(['Satu', 'Tiga', 'Empat', 'Empat'])
    expect(await told()).toEqual(await elsewhere('select id from opd order by id'))
  })

  test('fails as a whole where there is no room, and stores what was answered, no more', async () => {
    const { raw } = it.connection
    raw.pragma(`max_page_count = ${Number(raw.pragma('page_count', { simple: true })) + 2}`)
    const answered: string[] = []
    for (let n = 0; n < 40; n += 1) {
      const outcomes = await all((trx, name) => make.opd(trx, it.by, `${name} ${n}`))
      outcomes.forEach((each, at) => {
        if (each.status === 'fulfilled') answered.push(`${names[at]} ${n}`)
      })
    }
    expect(answered.length).toBeLessThan(200)
    expect(await stored()).toEqual(answered)
    expect(await told()).toHaveLength(answered.length)

    raw.pragma('max_page_count = 1000000')
    expect((await all((trx, name) => make.opd(trx, it.by, name)))[0]?.status).toBe('fulfilled')
  })

  test('lets more than one transaction takes come to its end', async () => {
    const many = Array.from({ length: 120 }, (_, n) =>
      together(it.connection.db, (trx) => make.opd(trx, it.by, `Dinas ${n}`)),
    )
    expect(new Set(await Promise.all(many)).size).toBe(120)
    expect(await stored()).toHaveLength(120)
  })
})
