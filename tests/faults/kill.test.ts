import { copyFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../../scripts/seeded.ts'
import { connect } from '../../src/db/connect.ts'
import { testApp } from '../../src/testing/app.ts'
import { ownFolder, postForm, startServer } from './server.ts'

const rounds = Number(process.env.FAULT_ROUNDS ?? 10)
const writers = 8
const folder = ownFolder()
let cookie: string

beforeAll(async () => {
  const it = await testApp()
  it.clock.now = new Date()
  cookie = await it.signIn(['staff'])
  it.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(it.connection.file, folder.file)
  await it.close()
}, 60_000)
afterAll(() => folder.remove())

describe('the power goes', () => {
  test('kill -9 while eight people save: nothing acknowledged is lost, nothing is there twice', async () => {
    const random = seeded(14092018)
    const acknowledged = new Map<string, string>()
    let sent = 0
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServer(folder.file)
      let running = true
      const write = async () => {
        while (running) {
          sent += 1
          const name = `Kantor ${round}-${sent}`
          const key = `kunci-${round}-${sent}-abcdef`
          const repeats = 1 + Math.floor(random() * 3)
          const answers = await Promise.all(
            Array.from({ length: repeats }, () =>
              postForm(server, '/opd', { name, kind: 'kantor', _key: key }, cookie),
            ),
          )
          const good = answers.filter((answer) => answer.status === 303)
          if (good.length > 0) acknowledged.set(name, good[0]?.location ?? '')
          expect(new Set(good.map((answer) => answer.location)).size).toBeLessThanOrEqual(1)
          expect(answers.every(({ status }) => status === 303 || status === 0)).toBe(true)
        }
      }
      const enough = acknowledged.size + 60 + random() * 80
      const work = Array.from({ length: writers }, write)
      const began = Date.now()
      while (acknowledged.size < enough && Date.now() - began < 4000) await sleep(5)
      await sleep(random() * 10)
      server.child.kill('SIGKILL')
      running = false
      await Promise.all(work)
      await server.ended
    }
    const after = connect(folder.file)
    expect(after.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    const rows = await after.db.selectFrom('opd').select(['id', 'name']).execute()
    const events = await after.db
      .selectFrom('event')
      .select('entityId')
      .where('entity', '=', 'opd')
      .execute()
    await after.close()
    const names = rows.map((row) => row.name)
    expect(new Set(names).size).toBe(names.length)
    expect(events.length).toBe(rows.length)
    const stored = new Map(rows.map((row) => [row.name, `/opd/${row.id}`]))
    const lost = [...acknowledged].filter(([name, location]) => stored.get(name) !== location)
    expect(lost).toEqual([])
    expect(acknowledged.size).toBeGreaterThan(rounds * 10)
  }, 240_000)
})
