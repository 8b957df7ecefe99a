import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../src/testing/app.ts'

let it: TestApp
let address: string

beforeAll(async () => {
  it = await testApp()
  address = await it.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => it.close())

test('five hundred questions a second are all answered, and pages meanwhile too', async () => {
  const asking = promisify(execFile)(process.execPath, [
    createRequire(import.meta.url).resolve('autocannon'),
    ...['--json', '--no-progress', '--connections', '10', '--overallRate', '500'],
    ...['--duration', '4', `${address}/health`],
  ])
  let pages = 0
  let isOver = false
  void asking.finally(() => {
    isOver = true
  })
  while (!isOver) {
    const answer = await fetch(`${address}/sign-in`)
    expect(answer.status).toBe(200)
    await answer.text()
    pages += 1
  }
  const told = JSON.parse((await asking).stdout)
  expect(told).toMatchObject({ non2xx: 0, errors: 0, timeouts: 0 })
  expect(told['2xx']).toBeGreaterThan(100)
  expect(pages).toBeGreaterThan(5)
}, 60_000)

test('a guest learns whether it works and nothing else; a broken database is told after five seconds', async () => {
  const answer = await it.get('/health')
  expect([answer.statusCode, answer.body]).toEqual([200, 'ok'])
  it.connection.raw.exec('alter table migration rename to migration_away')
  expect((await it.get('/health')).statusCode).toBe(200)
  it.clock.now = new Date(it.clock.now.getTime() + 5_000)
  const broken = await it.get('/health')
  expect([broken.statusCode, broken.body]).toEqual([503, 'not ok'])
  it.connection.raw.exec('alter table migration_away rename to migration')
  it.clock.now = new Date(it.clock.now.getTime() + 5_000)
  expect((await it.get('/health')).body).toBe('ok')
})
