import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../db/migrations/all.ts'
import { seeded } from '../../scripts/seeded.ts'
import { renewLink } from '../../src/accounts/links.ts'
import { copiesOf, copyName, isDue, protectionOf } from '../../src/backup/copies.ts'
import { copyNow } from '../../src/backup/keeping.ts'
import { claim } from '../../src/db/claim.ts'
import { connect } from '../../src/db/connect.ts'
import { examine } from '../../src/db/inspect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { verifyHistory } from '../../src/db/verify.ts'
import { insertLink } from '../../src/portal/queries.ts'
import { inProject } from '../../src/root.ts'
import { testApp } from '../../src/testing/app.ts'
import { make } from '../../src/testing/make.ts'
import { paths } from '../../src/web/paths.ts'
import { postForm, startServer } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-backup-'))
const good = join(folder, 'good.sqlite')
const known = Object.keys(migrations)
let cookie = ''

beforeAll(async () => {
  const it = await testApp()
  it.clock.now = new Date()
  cookie = await it.signIn(['staff'])
  await it.write(async (trx) => {
    for (let n = 0; n < 40; n += 1) await make.opd(trx, it.by, `Dinas ${n}`)
  })
  it.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(it.connection.file, good)
  await it.close()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
function place(name = 'rancang.sqlite'): string {
  made += 1
  const own = join(folder, String(made))
  mkdirSync(own)
  return join(own, name)
}

function copyOfGood(): string {
  const file = place()
  copyFileSync(good, file)
  return file
}

type Ended = { code: number | null; said: string; complained: string }

/** Runs a script of the project on a database; `killAfter` ms it is killed. */
function run(
  script: 'backup' | 'restore' | 'verify' | 'reset-link',
  database: string,
  args: string[],
  killAfter?: number,
): Promise<Ended> {
  const child = spawn(process.execPath, [inProject('dist', 'scripts', `${script}.js`), ...args], {
    env: { ...process.env, BASE_URL: '', DATABASE_URL: database },
  })
  let said = ''
  let complained = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  child.stderr.on('data', (text) => {
    complained += text
  })
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((done) => child.once('close', (code) => done({ code, said, complained })))
}

/** The events of a database as text, in their order, and how many rows and keys stand beside them. */
async function stateOf(file: string) {
  const { raw, close } = connect(file, { readonly: true })
  const count = (table: string) => raw.prepare(`select count(*) from ${table}`).pluck().get()
  const state = {
    events: raw
      .prepare('select * from event order by id')
      .all()
      .map((row) => JSON.stringify(row)),
    opds: count('opd'),
    inserted: raw.prepare("select count(*) from event where entity = 'opd'").pluck().get(),
    named: raw.prepare("select count(*) from opd where name like 'Kantor %'").pluck().get(),
    keys: count('request_key'),
    breaks: verifyHistory(raw).breaks,
  }
  await close()
  return state
}

/** One commit of the running program: rows, their events and their keys agree. */
async function expectCommit(copy: string, whole: string) {
  examine(copy, known)
  const state = await stateOf(copy)
  const after = await stateOf(whole)
  expect(state.events).toEqual(after.events.slice(0, state.events.length))
  expect(state.inserted).toBe(state.opds)
  expect(state.keys).toBe(state.named)
  expect(state.breaks).toEqual([])
  return state
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('a copy', { timeout: 60_000 }, () => {
  test('made while people save is the database as it was at one commit', async () => {
    const file = copyOfGood()
    const server = await startServer(file)
    let running = true
    let saved = 0
    const write = async () => {
      while (running) {
        const fields = { name: `Kantor ${made}-${++saved}`, kind: 'kantor' }
        const { status } = await postForm(server, '/opd', fields, cookie)
        expect(status).toBe(303)
      }
    }
    const work = Array.from({ length: 8 }, write)
    const copies: string[] = []
    for (let n = 0; n < 3; n += 1) {
      await sleep(150)
      const out = `${file}.salinan-${n}`
      const { code, said } = await run('backup', file, [out])
      expect(code).toBe(0)
      expect(said).toContain(' OPD')
      expect(
        readdirSync(dirname(out)).filter((name) => name.startsWith(`${basename(out)}-`)),
      ).toEqual([])
      copies.push(out)
    }
    running = false
    await Promise.all(work)
    const sizes = []
    for (const copy of copies) sizes.push((await expectCommit(copy, file)).events.length)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes[2]).toBeGreaterThan(sizes[0] ?? 0)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  test('that is killed never takes the place of a good one', async () => {
    const random = seeded(37)
    const file = copyOfGood()
    const out = join(dirname(file), 'salinan.sqlite')
    expect((await run('backup', file, [out])).code).toBe(0)
    let killed = 0
    for (let n = 0; n < 6; n += 1) {
      const before = digest(out)
      const { code } = await run('backup', file, [out], 60 + random() * 250)
      if (code === null) killed += 1
      if (code === null && digest(out) !== before) examine(out, known)
      expect(examine(out, known).opd).toBe(40)
    }
    expect(killed).toBeGreaterThan(0)
    expect((await run('backup', file, [out])).code).toBe(0)
    expect(existsSync(`${out}-partial`)).toBe(false)
  })

  test('of a damaged database, or onto itself, is refused and touches nothing', async () => {
    const file = copyOfGood()
    const out = join(dirname(file), 'salinan.sqlite')
    writeFileSync(out, 'yang lama')
    const before = digest(file)
    for (const target of [file, `${file}-wal`]) {
      expect((await run('backup', file, [target])).complained).toContain('menimpa')
    }
    expect(digest(file)).toBe(before)
    damage(file)
    const { code, complained } = await run('backup', file, [out])
    expect(code).toBe(1)
    expect(complained).toContain('rusak')
    expect(readFileSync(out, 'utf8')).toBe('yang lama')
    expect((await run('backup', file, [])).code).toBe(2)
    expect((await run('backup', place(), [out])).complained).toContain('tidak ditemukan')
  })

  test('onto a device or a pipe is refused, and leaves it there', async () => {
    const file = copyOfGood()
    const pipe = join(dirname(file), 'pipa')
    execFileSync('mkfifo', [pipe])
    const { code, complained } = await run('backup', file, [pipe])
    expect(code).toBe(1)
    expect(complained).toContain('bukan berkas biasa')
    expect(statSync(pipe).isFIFO()).toBe(true)
  })
})

describe('the copies the server makes', { timeout: 60_000 }, () => {
  test('are whole while people save, are rotated, and the loop goes on meanwhile', async () => {
    const it = await testApp({ config: { backupKeep: 2, backupEveryHours: 6 } })
    const config = { ...it.context.config, backupFolder: join(dirname(place()), 'salinan') }
    const staff = await it.signIn(['staff'])
    it.connection.raw.exec('create table ballast (x blob)')
    it.connection.raw.exec(
      'insert into ballast with recursive n(i) as (select 1 union all select i + 1 from n where i < 20) select randomblob(1000000) from n',
    )
    expect(protectionOf(config, it.clock.now)).toMatchObject({ newest: undefined, isStale: true })
    expect(isDue(config, it.clock.now)).toBe(true)
    let turns = 0
    for (let n = 0; n < 3; n += 1) {
      let copying = true
      const copied = copyNow(config, it.connection, it.clock.now)
      const ended = () => {
        copying = false
      }
      copied.then(ended, ended)
      while (copying) {
        turns += 1
        const fields = { name: `Kantor ${n}-${turns}`, kind: 'kantor' }
        expect((await it.post('/opd', fields, staff)).statusCode).toBe(303)
      }
      expect((await copied).opd).toBeGreaterThanOrEqual(0)
      const [newest] = copiesOf(config)
      expect(newest?.at).toBe(it.clock.now.toISOString())
      await expectCommit(newest?.file ?? '', it.connection.file)
      expect(isDue(config, it.clock.now)).toBe(false)
      it.clock.now = new Date(it.clock.now.getTime() + 7 * 3_600_000)
      expect(isDue(config, it.clock.now)).toBe(true)
    }
    expect(turns).toBeGreaterThan(3)
    const noted = await it.connection.db
      .selectFrom('accessLog')
      .select(['actorName', 'about'])
      .where('kind', '=', 'backup')
      .execute()
    expect(noted).toHaveLength(3)
    const kept = basename(copiesOf(config)[0]?.file ?? '')
    expect(noted.at(-1)).toEqual({
      actorName: 'Rancang',
      about: JSON.stringify({ file: kept, scheduled: true }),
    })
    expect(copiesOf(config).length).toBe(2)
    expect(readdirSync(config.backupFolder).length).toBe(2)
    expect(protectionOf(config, it.clock.now)).toMatchObject({ hours: 7, isStale: false })
    it.clock.now = new Date(it.clock.now.getTime() + 17 * 3_600_000)
    expect(protectionOf(config, it.clock.now)).toMatchObject({ hours: 24, isStale: true })
    expect(isDue({ ...config, backupEveryHours: 0 }, it.clock.now)).toBe(false)

    const before = copiesOf(config)
    await expect(copyNow(config, it.connection, it.clock.now, () => true)).rejects.toThrow()
    expect(copiesOf(config)).toEqual(before)
    expect(readdirSync(config.backupFolder).length).toBe(2)
    await it.close()
  })

  test('settings tell how old the newest one is, and warn after a day', async () => {
    const own = join(dirname(place()), 'salinan')
    mkdirSync(own)
    const it = await testApp({ config: { backupFolder: own } })
    const admin = await it.signIn(['admin'])
    expect((await it.get('/settings', admin)).body).toContain('Data belum disalin')
    const hour = 3_600_000
    const at = (hours: number) => new Date(it.clock.now.getTime() - hours * hour)
    copyFileSync(good, join(own, copyName(it.context.config.databaseFile, at(25))))
    expect((await it.get('/settings', admin)).body).toContain('Data belum disalin')
    copyFileSync(good, join(own, copyName(it.context.config.databaseFile, at(3))))
    copyFileSync(good, join(own, copyName(it.context.config.databaseFile, at(-48))))
    const { body } = await it.get('/settings', admin)
    expect(body).not.toContain('Data belum disalin')
    expect(body).toContain('3 jam yang lalu')
    await it.close()
  })

  test('a start tells of the newest one, and damage points to it', async () => {
    const file = copyOfGood()
    const first = await startServer(file)
    await sleep(200)
    expect(first.log()).toContain('Belum ada salinan')
    first.child.kill('SIGTERM')
    await first.ended
    const copies = join(dirname(file), 'backup')
    mkdirSync(copies)
    const copy = join(copies, copyName(file, new Date()))
    copyFileSync(good, copy)
    const second = await startServer(file)
    await sleep(200)
    expect(second.log()).toContain('Salinan basis data terakhir')
    second.child.kill('SIGTERM')
    await second.ended
    damage(file)
    await expect(startServer(file)).rejects.toThrow(copy)
  })
})

describe('a restore', { timeout: 60_000 }, () => {
  test('into an empty folder brings everything but the sessions', async () => {
    const file = join(dirname(place()), 'baru', 'rancang.sqlite')
    const before = digest(good)
    const { code, said } = await run('restore', file, [good])
    expect(code).toBe(0)
    expect(said).toContain('40 OPD')
    expect(digest(good)).toBe(before)
    expect(await stateOf(file)).toEqual(await stateOf(good))
    const restored = connect(file)
    expect(restored.raw.prepare('select count(*) from web_session').pluck().get()).toBe(0)
    await restored.close()
    const server = await startServer(file)
    const { status } = await postForm(server, '/opd', { name: 'X', kind: 'kantor' }, cookie)
    expect(status).toBe(303)
    expect(
      (await fetch(`${server.url}/opd`, { headers: { cookie }, redirect: 'manual' })).status,
    ).toBe(303)
    server.child.kill('SIGTERM')
    await server.ended
  })

  test('ends every link that was open in the copy, and notes it', async () => {
    const copy = copyOfGood()
    const connection = connect(copy)
    const at = new Date().toISOString()
    const by = { accountId: null, linkId: null, actorName: 'Uji', way: 'setup', at } as const
    const tokens = await connection.db.transaction().execute(async (trx) => {
      const opd = await trx.selectFrom('opd').select('id').executeTakeFirstOrThrow()
      const account = await trx.selectFrom('account').select('id').executeTakeFirstOrThrow()
      const until = new Date(Date.now() + 86_400_000).toISOString()
      return {
        opd: await insertLink(trx, opd.id, until, by),
        reset: await renewLink(trx, 'reset', account.id, by),
      }
    })
    await connection.close()

    const asked = async (file: string) => {
      const server = await startServer(file)
      const status = async (path: string) => (await fetch(server.url + path)).status
      const answers = [
        await status(paths.portalLink(tokens.opd)),
        await status(paths.invite(tokens.reset)),
      ]
      server.child.kill('SIGTERM')
      await server.ended
      return answers
    }
    const file = place()
    expect((await run('restore', file, [copy])).said).toContain('tautan lama')
    expect(await asked(copy)).toEqual([200, 200])
    expect(await asked(file)).toEqual([410, 410])

    const restored = connect(file, { readonly: true })
    expect(verifyHistory(restored.raw).breaks).toEqual([])
    const noted = restored.raw.prepare("select about from access_log where kind = 'restore'")
    expect(noted.pluck().all()).toEqual([JSON.stringify({ file: basename(copy) })])
    await restored.close()
  })

  test('of a copy whose history was changed is refused, unless it is asked for by name', async () => {
    const file = copyOfGood()
    const before = digest(file)
    const copy = copyOfGood()
    await sql(copy, 'drop trigger event_no_update')
    await sql(copy, "update event set actor_name = 'X' where id = 7")
    const { code, complained } = await run('restore', file, [copy])
    expect(code).toBe(1)
    expect(complained).toContain('rantainya putus pada catatan 7. Tidak ada yang diubah.')
    expect(digest(file)).toBe(before)
    expect((await run('restore', file, [copy, '--broken-history'])).code).toBe(0)
    expect((await stateOf(file)).breaks[0]?.id).toBe(7)
  })

  test('of an older copy brings it to the schema of the program', async () => {
    const copy = place()
    const older = connect(copy)
    await migrate(older, Object.fromEntries(Object.entries(migrations).slice(0, 6)))
    await older.close()
    const file = place()
    expect((await run('restore', file, [copy])).code).toBe(0)
    const restored = connect(file, { readonly: true })
    const names = restored.raw.prepare('select name from migration order by name').pluck().all()
    await restored.close()
    expect(names).toEqual(known)
    expect(readdirSync(dirname(file)).filter((name) => name.includes('before'))).toEqual([])
  })

  test('keeps what stood there, with all that was only in its log', async () => {
    const file = copyOfGood()
    const server = await startServer(file)
    const fields = { name: 'Kantor yang baru', kind: 'kantor' }
    expect((await postForm(server, '/opd', fields, cookie)).status).toBe(303)
    server.child.kill('SIGKILL')
    await server.ended
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
    const { code, said } = await run('restore', file, [good])
    expect(code).toBe(0)
    const kept = /disimpan sebagai (\S+)/.exec(said)?.[1] ?? ''
    expect(kept).toContain(`${file}.before-restore-20`)
    expect((await stateOf(kept)).opds).toBe(41)
    expect((await stateOf(file)).opds).toBe(40)
  })

  test('refuses while a server runs', async () => {
    const file = copyOfGood()
    const server = await startServer(file)
    const { code, complained } = await run('restore', file, [good])
    expect(code).toBe(1)
    expect(complained).toContain('sedang dipakai Rancang')
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    server.child.kill('SIGTERM')
    await server.ended
  })

  test('of what cannot be used is refused, the database stays byte for byte', async () => {
    const file = copyOfGood()
    const before = digest(file)
    const refused: [string, (copy: string) => void | Promise<void>][] = [
      ['rusak', damage],
      ['rusak', (copy) => truncateSync(copy, Math.floor(statSync(copy).size * 0.6))],
      ['rusak', (copy) => writeFileSync(copy, 'bukan basis data\n'.repeat(400))],
      ['kosong', (copy) => truncateSync(copy, 0)],
      ['lebih baru', (copy) => sql(copy, "insert into migration values ('9999_x', 'x', 'x')")],
      ['bukan basis data Rancang', (copy) => sql(copy, 'drop table migration')],
    ]
    for (const [why, spoil] of refused) {
      const copy = join(dirname(file), 'salinan.sqlite')
      copyFileSync(good, copy)
      await spoil(copy)
      const spoilt = digest(copy)
      const { code, complained } = await run('restore', file, [copy])
      expect(code).toBe(1)
      expect(complained).toContain(why)
      expect(digest(file)).toBe(before)
      expect(digest(copy)).toBe(spoilt)
    }
    expect((await run('restore', file, [join(dirname(file), 'tidak-ada')])).code).toBe(1)
    expect((await run('restore', file, [])).code).toBe(2)
    expect(readdirSync(dirname(file)).filter((name) => name.includes('restoring'))).toEqual([])
    claim(file).release()
  })

  test('that is killed leaves the old database or the new one, whole', async () => {
    const random = seeded(373)
    const other = copyOfGood()
    await sql(other, "delete from request_key; update opd set note = 'lama'")
    let killed = 0
    for (let n = 0; n < 6; n += 1) {
      const file = place()
      copyFileSync(other, file)
      const { code } = await run('restore', file, [good], 60 + random() * 250)
      if (code === null) killed += 1
      expect(examine(file, known).opd).toBe(40)
      expect((await run('restore', file, [good])).code).toBe(0)
      expect(examine(file, known).opd).toBe(40)
    }
    expect(killed).toBeGreaterThan(0)
  })
})

describe('nobody else on the computer may read', { timeout: 60_000 }, () => {
  const readable = (folder: string) =>
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => statSync(join(folder, name)).isFile())
      .filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)

  test('the database, its log, copies of it and what is restored', async () => {
    const file = copyOfGood()
    const own = dirname(file)
    chmodSync(file, 0o644)
    const server = await startServer(file)
    expect(
      (await postForm(server, '/opd', { name: 'Kantor', kind: 'kantor' }, cookie)).status,
    ).toBe(303)
    expect(readdirSync(own)).toContain('rancang.sqlite-wal')
    expect((await run('backup', file, [join(own, 'salinan.sqlite')])).code).toBe(0)
    expect(readable(own)).toEqual([])
    server.child.kill('SIGKILL')
    await server.ended

    const copy = join(own, 'salinan.sqlite')
    chmodSync(copy, 0o644)
    expect((await run('restore', file, [copy])).code).toBe(0)
    expect(readable(own)).toEqual(['salinan.sqlite'])
  })

  test('a new database, and the copies that the server makes', async () => {
    const own = join(dirname(place()), 'salinan')
    const it = await testApp({ config: { backupFolder: own } })
    await copyNow(it.context.config, it.connection, it.clock.now)
    expect(readdirSync(own)).toHaveLength(1)
    expect(readable(own)).toEqual([])
    expect(statSync(it.connection.file).mode & 0o777).toBe(0o600)
    await it.close()
    const fresh = place()
    await connect(fresh).close()
    expect(readable(dirname(fresh))).toEqual([])
  })
})

describe('the chain of the history', { timeout: 60_000 }, () => {
  const tampering: [string, string, number | undefined][] = [
    ['changed', "update event set actor_name = 'X' where id = 7", 7],
    ['changed in its contents', "update event set changes = '{}' where id = 9", 9],
    ['deleted', 'delete from event where id = 12', 13],
    [
      'inserted',
      `update event set id = 1000 + id where id >= 20;
       update event set id = id - 999 where id > 1000;
       insert into event select 20, account_id, link_id, actor_name, 'x-uid', at, made_at, way, batch_id,
         opd_id, entity, entity_id, entity_uid, row_version, action, changes, hash from event where id = 19`,
      20,
    ],
    [
      'moved',
      'update event set id = 999 where id = 5; update event set id = 5 where id = 6; update event set id = 6 where id = 999',
      5,
    ],
  ]
  test.each(tampering)('an event that was %s is found', async (_, statement, at) => {
    const file = copyOfGood()
    expect((await stateOf(file)).breaks).toEqual([])
    await sql(file, 'drop trigger event_no_update; drop trigger event_no_delete')
    await sql(file, statement)
    expect((await stateOf(file)).breaks[0]?.id).toBe(at)
  })

  test('the script says where it breaks, or prints the newest hash', async () => {
    const file = copyOfGood()
    const whole = await run('verify', file, [])
    expect(whole.said).toMatch(/utuh: \d+ catatan\.\nSidik catatan terakhir: [0-9a-f]{64}\n/)
    await sql(file, 'drop trigger event_no_delete; delete from event where id = 12')
    const { code, complained } = await run('verify', file, [])
    expect(code).toBe(1)
    expect(complained).toContain('putus pada catatan 13 ')
  })

  test('the engine itself refuses to change or to delete an event', async () => {
    const file = copyOfGood()
    await expect(sql(file, "update event set way = 'x'")).rejects.toThrow('append-only')
    await expect(sql(file, 'delete from event')).rejects.toThrow('append-only')
  })
})

/** Bytes in the middle of the tables are turned over. */
function damage(file: string): void {
  const handle = openSync(file, 'r+')
  for (let at = 4096; at < 4096 * 30; at += 11) writeSync(handle, Buffer.from([0xa5]), 0, 1, at)
  closeSync(handle)
}

async function sql(file: string, statements: string): Promise<void> {
  const connection = connect(file)
  try {
    connection.raw.exec(statements)
    connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    await connection.close()
  }
}
