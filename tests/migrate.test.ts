import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KyselyPlugin } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { migrations } from '../db/migrations/all.ts'
import type { Migration } from '../db/migrations/dialect.ts'
import { type Connection, connect } from '../src/db/connect.ts'
import { migrate, NewerDatabase } from '../src/db/migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-migrate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function freshFile(): string {
  files += 1
  return join(folder, `${files}.sqlite`)
}
const names = Object.keys(migrations)
const upTo = (n: number) => Object.fromEntries(Object.entries(migrations).slice(0, n))

class Interrupted extends Error {}

/** The same migration, broken off before its statement `at` (from 0); tells how many ran. */
function brokenAt(migration: Migration, at: number, ran: { n: number }): Migration {
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (ran.n === at) throw new Interrupted()
      ran.n += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { up: (trx) => migration.up(trx.withPlugin(plugin) as typeof trx) }
}

/** Schema and rows as text. */
function dump({ raw }: Connection): string {
  const schema = raw
    .prepare(
      "select name, type, sql from sqlite_schema where name not like 'sqlite_stat%' order by name",
    )
    .all() as { name: string; type: string }[]
  const rows = schema
    .filter(({ type }) => type === 'table')
    .map(({ name }) => [name, raw.prepare(`select * from "${name}"`).all()])
  return JSON.stringify([schema, rows])
}

describe('migrations', () => {
  test('each leaves schema and rows as before, whichever of its statements fails', async () => {
    let failures = 0
    for (const [at, name] of names.entries()) {
      const connection = connect(freshFile())
      await migrate(connection, upTo(at))
      connection.raw.exec('create table real_data (x text) strict')
      connection.raw.exec("insert into real_data values ('tetap')")
      const before = dump(connection)
      const migration = migrations[name] as Migration
      for (let statement = 0; ; statement += 1) {
        const broken = { ...upTo(at), [name]: brokenAt(migration, statement, { n: 0 }) }
        const failed = await migrate(connection, broken).then(
          () => false,
          (error) => error instanceof Interrupted,
        )
        if (!failed) break
        failures += 1
        expect(dump(connection), `${name} at ${statement}`).toBe(before)
      }
      await connection.close()
    }
    expect(failures).toBeGreaterThan(100)
  })

  test('after a failure the same migration can be done', async () => {
    const connection = connect(freshFile())
    const first = names[0] as string
    const broken = { [first]: brokenAt(migrations[first] as Migration, 5, { n: 0 }) }
    await expect(migrate(connection, broken)).rejects.toThrow(Interrupted)
    expect(await migrate(connection, migrations)).toEqual(names)
    expect(await migrate(connection, migrations)).toEqual([])
    expect(connection.raw.pragma('foreign_key_check')).toEqual([])
    await connection.close()
  })

  test('a copy is kept before a database with data is changed', async () => {
    const file = freshFile()
    const connection = connect(file)
    await migrate(connection, upTo(3))
    const before = dump(connection)
    await migrate(connection, migrations)
    await connection.close()
    const copy = connect(`${file}.before-${names[3]}`, { readonly: true })
    expect(dump(copy)).toBe(before)
    await copy.close()
  })

  test('the affairs that were there stay with the OPD that chose them, and get an identity', async () => {
    const connection = connect(freshFile())
    await migrate(connection, upTo(names.indexOf('0021_affairs')))
    connection.raw.exec(`
      insert into affair values ('2.16', 'Kominfo', 'obligatory'), ('1.02', 'Kesehatan', 'basic');
      insert into opd (uid, created_at, updated_at, code, name, name_key, kind)
        values ('u', 't', 't', 'OPD-01', 'Dinas', 'dinas', 'dinas');
      insert into opd_affair values (1, '2.16')`)
    await migrate(connection, migrations)
    const { raw } = connection
    expect(raw.prepare('select code, name, version from affair').all()).toEqual([
      { code: '1.02', name: 'Kesehatan', version: 1 },
      { code: '2.16', name: 'Kominfo', version: 1 },
    ])
    expect(raw.prepare('select * from opd_affair').all()).toEqual([
      { opd_id: 1, affair_code: '2.16' },
    ])
    expect(raw.pragma('foreign_key_check')).toEqual([])
    await connection.close()
  })

  test('a database with a migration that is not known is newer, and stays as it is', async () => {
    const connection = connect(freshFile())
    await migrate(connection, migrations)
    const before = dump(connection)
    await expect(migrate(connection, upTo(3))).rejects.toThrow(NewerDatabase)
    expect(dump(connection)).toBe(before)
    await connection.close()
  })
})

test('every connection waits for the disk at each commit', async () => {
  const file = freshFile()
  for (const readonly of [false, true]) {
    const connection = connect(file, { readonly })
    expect(connection.raw.pragma('synchronous', { simple: true })).toBe(2)
    expect(connection.raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(connection.raw.pragma('foreign_keys', { simple: true })).toBe(1)
    await connection.close()
  }
})
