import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../db/migrations/all.ts'
import { program } from '../scripts/bench/children.ts'
import { withParent } from '../scripts/with-parent.ts'
import { claim } from '../src/db/claim.ts'
import { connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import { inProject } from '../src/root.ts'

const server = inProject('dist', 'bundle', 'server.js')
const folder = mkdtempSync(join(tmpdir(), 'rancang-start-'))
const good = join(folder, 'good.sqlite')
const running: ChildProcess[] = []

test('npm start, the service of the guide and the measurements run the same line', () => {
  const line = ['node', ...program].join(' ').replace(inProject('/'), '')
  const read = (file: string) => readFileSync(inProject(file), 'utf8')
  expect(JSON.parse(read('package.json')).scripts.start).toContain(line)
  expect(read('docs/operator.md')).toContain(`ExecStart=/usr/bin/${line}`)
})

beforeAll(async () => {
  chmodSync(folder, 0o755)
  const connection = connect(good)
  await migrate(connection, migrations)
  await connection.close()
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
function copyOfGood(): string {
  made += 1
  const own = join(folder, String(made))
  mkdirSync(own)
  const file = join(own, 'rancang.sqlite')
  copyFileSync(good, file)
  return file
}

type Settings = Record<string, string>
const environment = (settings: Settings) => ({
  ...process.env,
  HOST: '127.0.0.1',
  PORT: '0',
  BASE_URL: '',
  TRUST_PROXY: '',
  LOG_LEVEL: 'warn',
  RATE_LIMIT: 'on',
  ...settings,
})

/** Starts the program and waits for its end. */
function start(settings: Settings, uid?: number) {
  const identity = uid === undefined ? {} : { uid, gid: uid }
  const ended = spawnSync(process.execPath, [server], {
    env: environment(settings),
    encoding: 'utf8',
    timeout: 20_000,
    ...identity,
  })
  return { code: ended.status, said: ended.stderr, out: ended.stdout }
}

/** Starts the program and waits until it listens. */
async function started(settings: Settings) {
  const child = spawn(process.execPath, [...withParent, server], { env: environment(settings) })
  running.push(child)
  const heard = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    heard.out += text
  })
  child.stderr.on('data', (text) => {
    heard.err += text
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  for (let n = 0; n < 400 && !/dibuka di http/.test(heard.out); n += 1) await sleep(25)
  const address = /dibuka di (http:\S+)/.exec(heard.out)?.[1]
  if (!address) throw new Error(`did not start: ${heard.out}${heard.err}`)
  return { child, address, port: Number(new URL(address).port), heard, ended }
}

/** Refused in one Indonesian sentence that names `what`, and the file is as it was. */
function expectRefusal(settings: Settings, what: string, file?: string, uid?: number) {
  const before = file ? readFileSync(file) : undefined
  const { code, said, out } = start(settings, uid)
  expect(said).toMatch(/^Rancang tidak dapat dimulai: [^\n]+\.\n$/)
  expect(said).toContain(what)
  expect(said).toMatch(/jalankan lagi/)
  expect(said).not.toMatch(/undefined|\{\w+\}| {2}/)
  expect(out).toBe('')
  expect(code).toBe(1)
  if (file && before) expect(readFileSync(file).equals(before)).toBe(true)
  return said
}

describe('the program says why it cannot start, and leaves the file as it was', {
  timeout: 60_000,
}, () => {
  test('not a database', () => {
    const file = copyOfGood()
    writeFileSync(file, 'ini bukan basis data\n'.repeat(500))
    expect(expectRefusal({ DATABASE_URL: file }, file, file)).toContain('rusak')
  })

  test('flipped bytes', () => {
    const file = copyOfGood()
    const handle = openSync(file, 'r+')
    for (let at = 4096; at < 4096 * 12; at += 7) writeSync(handle, Buffer.from([0xa5]), 0, 1, at)
    closeSync(handle)
    expectRefusal({ DATABASE_URL: file }, file, file)
  })

  test('cut off, wherever', () => {
    for (const part of [0.9, 0.5, 0.05]) {
      const file = copyOfGood()
      truncateSync(file, Math.floor(statSync(file).size * part))
      expectRefusal({ DATABASE_URL: file }, file, file)
    }
    const file = copyOfGood()
    truncateSync(file, 0)
    expect(expectRefusal({ DATABASE_URL: file }, file, file)).toContain('kosong')
  })

  test('damage points to the newest copy beside the file', () => {
    const file = copyOfGood()
    copyFileSync(file, `${file}.before-0002_register`)
    writeFileSync(file, 'rusak'.repeat(2000))
    const said = expectRefusal({ DATABASE_URL: file }, file, file)
    expect(said).toContain(`${file}.before-0002_register`)
  })

  test('a database of another program', async () => {
    const file = join(folder, 'lain.sqlite')
    const connection = connect(file)
    connection.raw.exec('create table resep (nama text)')
    await connection.close()
    expect(expectRefusal({ DATABASE_URL: file }, file, file)).toContain('bukan basis data Rancang')
  })

  test('a database newer than the program', async () => {
    const file = copyOfGood()
    const connection = connect(file)
    connection.raw.exec("insert into migration values ('9999_kelak', 'x', '2099-01-01')")
    await connection.close()
    expect(expectRefusal({ DATABASE_URL: file }, file, file)).toContain('lebih baru')
  })

  test('a file that another program locks', async () => {
    const file = copyOfGood()
    const other = connect(file)
    other.raw.pragma('locking_mode = EXCLUSIVE')
    other.raw.exec('begin exclusive; create table penuh (x text); rollback')
    other.raw.exec('begin exclusive')
    expect(expectRefusal({ DATABASE_URL: file }, file)).toContain('dikunci')
    other.raw.exec('rollback')
    await other.close()
  })

  test('a folder that is not there, cannot be made, or is a file', () => {
    expectRefusal({ DATABASE_URL: join(folder, 'tidak', 'ada', 'r.sqlite') }, join(folder, 'tidak'))
    expectRefusal({ DATABASE_URL: join(good, 'r.sqlite') }, good, good)
    const asFolder = join(folder, 'folder.sqlite')
    mkdirSync(asFolder)
    expectRefusal({ DATABASE_URL: asFolder }, asFolder)
  })

  const nobody = process.getuid?.() === 0 ? 65_534 : undefined
  const canBeNobody =
    nobody === undefined ||
    spawnSync(process.execPath, ['-e', `require('fs').accessSync(${JSON.stringify(server)})`], {
      uid: nobody,
      gid: nobody,
    }).status === 0

  test.skipIf(!canBeNobody)('a file and a folder without the right to write', () => {
    const file = copyOfGood()
    chmodSync(file, 0o444)
    chmodSync(join(file, '..'), 0o777)
    expectRefusal({ DATABASE_URL: file }, file, file, nobody)
    const other = copyOfGood()
    chmodSync(other, 0o666)
    chmodSync(join(other, '..'), 0o555)
    expectRefusal({ DATABASE_URL: other }, join(other, '..'), other, nobody)
  })

  test('a port that is taken, a host that is not of this computer', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    const file = copyOfGood()
    expect(expectRefusal({ DATABASE_URL: file, PORT: port }, port, file)).toContain('sudah dipakai')
    expectRefusal({ DATABASE_URL: file, HOST: '192.0.2.1' }, '192.0.2.1', file)
    taken.close()
  })

  test('settings that are wrong are all named at once', () => {
    const said = expectRefusal(
      { PORT: 'delapan', LOG_LEVEL: 'keras', BASE_URL: 'ftp://x', TRUST_PROXY: 'true' },
      'PORT',
    )
    for (const name of ['LOG_LEVEL', 'BASE_URL', 'TRUST_PROXY']) expect(said).toContain(name)
    expectRefusal({ DATABASE_URL: 'postgres://localhost/rancang' }, 'belum didukung')
    expectRefusal({ HOST: '0.0.0.0', RATE_LIMIT: 'off' }, 'RATE_LIMIT')
  })

  test('one server for a file; a server that was killed does not hold it', async () => {
    const file = copyOfGood()
    const { child, ended } = await started({ DATABASE_URL: file })
    expect(expectRefusal({ DATABASE_URL: file }, file)).toContain('Rancang yang lain')
    expect(() => claim(file)).toThrow()
    child.kill('SIGKILL')
    await ended
    const next = await started({ DATABASE_URL: file })
    next.child.kill('SIGTERM')
    expect(await next.ended).toBe(0)
    claim(file).release()
  })
})

describe('the first start', { timeout: 60_000 }, () => {
  test('prints a link that works once; a new start prints another, the old one is over', async () => {
    const file = join(folder, 'baru', 'rancang.sqlite')
    const first = await started({ DATABASE_URL: file })
    const path = await linkOf(first.heard)
    expect((await fetch(first.address + path)).status).toBe(200)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)

    const second = await started({ DATABASE_URL: file, LOG_LEVEL: 'debug' })
    const newer = await linkOf(second.heard)
    expect((await fetch(second.address + path)).status).toBe(410)

    const other = connect(file)
    other.raw.exec('alter table affair rename to affair_away')
    expect((await setUp(second.address, newer)).status).toBe(500)
    other.raw.exec('alter table affair_away rename to affair')
    await other.close()
    expect((await setUp(second.address, newer)).status).toBe(303)
    expect((await setUp(second.address, newer)).status).toBe(410)
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    const log = second.heard.out.replace(/^Belum ada akun.*$/m, '') + second.heard.err
    expect(log).toContain('request failed')
    expect(log).not.toContain(newer.split('/').pop())
    expect(log).not.toContain('perahu biru')

    const third = await started({ DATABASE_URL: file })
    await sleep(300)
    expect(third.heard.out).not.toContain('/setup/')
    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
  })

  async function linkOf(heard: { out: string }): Promise<string> {
    for (let n = 0; n < 100 && !/\/setup\/[\w-]+\n/.test(heard.out); n += 1) await sleep(25)
    return /(\/setup\/[\w-]{43})\n/.exec(heard.out)?.[1] ?? ''
  }

  function setUp(address: string, path: string) {
    const fields = {
      _key: `kunci-${Math.random().toString(36).slice(2)}`,
      name: 'Kabupaten Manggarai Barat',
      level: 'kabupaten',
      timeZone: 'Asia/Makassar',
      officeName: 'Dinas Komunikasi dan Informatika',
      officeShort: 'Diskominfo',
      planTitle: 'Grand Design E-Government',
      yearFrom: '2019',
      yearTo: '2023',
      person: 'Maria Jehadun',
      username: 'maria',
      password: 'perahu biru tujuh layar',
      passwordAgain: 'perahu biru tujuh layar',
    }
    return fetch(address + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: address },
      redirect: 'manual',
    })
  }
})

describe('the end', { timeout: 60_000 }, () => {
  const body = 'locale=en&next=%2Fsign-in'

  /** A form of which only the first half is sent. */
  async function halfRequest(port: number): Promise<{ socket: Socket; answer: Promise<string> }> {
    const socket = dial(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      [
        'POST /language HTTP/1.1',
        `Host: 127.0.0.1:${port}`,
        `Origin: http://127.0.0.1:${port}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
        '',
        body.slice(0, 9),
      ].join('\r\n'),
    )
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.on('error', () => undefined)
    const answer = once(socket, 'close').then(() => text)
    await sleep(200)
    return { socket, answer }
  }

  test('a request under way is answered, new ones are not taken, the log is emptied', async () => {
    const file = copyOfGood()
    const { child, port, ended } = await started({ DATABASE_URL: file })
    const { socket, answer } = await halfRequest(port)
    const began = Date.now()
    child.kill('SIGTERM')
    await sleep(1500)
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
    socket.write(body.slice(9))
    expect(await answer).toMatch(/^HTTP\/1\.1 303 /)
    expect(await ended).toBe(0)
    expect(Date.now() - began).toBeLessThan(4000)
    expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0)
  })

  test('a request that never ends is waited for at most eight seconds', async () => {
    const { child, port, ended } = await started({ DATABASE_URL: copyOfGood() })
    await halfRequest(port)
    const began = Date.now()
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(Date.now() - began).toBeLessThan(9000)
  })

  test('a server of the tests ends when whoever started it is gone', async () => {
    const { child, ended } = await started({ DATABASE_URL: copyOfGood() })
    child.stdin.end()
    expect(await ended).toBe(null)
    expect(child.signalCode).toBe('SIGKILL')
  })

  test('a second signal ends it at once', async () => {
    const { child, port, ended } = await started({ DATABASE_URL: copyOfGood() })
    await halfRequest(port)
    child.kill('SIGTERM')
    await sleep(300)
    const began = Date.now()
    child.kill('SIGTERM')
    expect(await ended).toBe(1)
    expect(Date.now() - began).toBeLessThan(1000)
  })
})

describe('the few files that are started', () => {
  const own = join(folder, 'bundled')
  const made = join(own, 'dist', 'src')
  const old = new Date('2018-09-14')

  /** Compiled programs as they may come from elsewhere: older than what was made of earlier ones. */
  function compiled(program: string) {
    const files = {
      'server.js': program,
      'backup/worker.js': '',
      'report/worker.js': '',
      '../.tsbuildinfo': program,
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(made, file, '..'), { recursive: true })
      writeFileSync(join(made, file), text)
      utimesSync(join(made, file), old, old)
    }
    run('scripts/bundle.mjs')
  }

  const run = (file: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(own, file)], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    return stdout
  }

  beforeAll(() => {
    mkdirSync(join(own, 'scripts'), { recursive: true })
    writeFileSync(join(own, 'package.json'), '{ "type": "module" }')
    copyFileSync(inProject('scripts', 'bundle.mjs'), join(own, 'scripts', 'bundle.mjs'))
    symlinkSync(inProject('node_modules'), join(own, 'node_modules'))
  })

  test('are made anew when what they are made of changes, however old it is, and only then', () => {
    const server = join(own, 'dist', 'bundle', 'server.js')
    compiled(`console.log('satu')`)
    expect(run('dist/bundle/server.js')).toBe('satu\n')
    const { mtimeMs } = statSync(server)
    compiled(`console.log('satu')`)
    expect(statSync(server).mtimeMs).toBe(mtimeMs)
    compiled(`console.log('dua')`)
    expect(run('dist/bundle/server.js')).toBe('dua\n')
  })

  test('stay as they were where new ones cannot be made', () => {
    compiled(`console.log('satu')`)
    writeFileSync(join(made, '..', '.tsbuildinfo'), 'broken')
    writeFileSync(join(made, 'server.js'), 'console.log(')
    expect(spawnSync(process.execPath, [join(own, 'scripts/bundle.mjs')]).status).not.toBe(0)
    expect(run('dist/bundle/server.js')).toBe('satu\n')
  })

  test('say what the program says, wherever a sign beyond ASCII stands', () => {
    const lines = [
      `const é = { 'kunci–é': 1, '😀': 2 }`,
      'const spelled = (texts, ...given) => [...texts.raw, ...given].join()',
      String.raw`console.log(é, "–\–\\–😀", '\😀 \\😀')`,
      String.raw`console.log(/^[–\—]+$/.test('–—'), /^\😀$/.test('😀'), /^[😀–]$/v.test('😀'))`,
      `console.log(/(?<é>–)/.exec('–').groups, /^😀$/.exec('😀').length)`,
      'console.log(`–${"→"}\\–`, spelled`–\\–${"é – 😀"}😀`)',
    ]
    compiled(lines.join('\n'))
    const said = run('dist/src/server.js')
    expect(said).toContain('kunci–é')
    expect(run('dist/bundle/server.js')).toBe(said)
  })
})
