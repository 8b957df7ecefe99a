import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { copyInSteps } from '../src/db/backup.ts'
import { connect } from '../src/db/connect.ts'
import { inProject } from '../src/root.ts'
import { openDatabase } from '../src/start.ts'
import { changesOf, pageAfterChange } from './bench/changes.ts'
import { ended, memoryOf, program, type Running, started } from './bench/children.ts'
import { compare, type Measure } from './bench/compared.ts'
import { fill, opds } from './bench/fill.ts'
import { atMost, type Goal, halfOfBare, judged, p99Below, rateOf } from './bench/goals.ts'
import { formLoad, onePerson, pageLoad } from './bench/load.ts'
import { load, machine } from './bench/machine.ts'
import { sameCells } from './bench/same.ts'
import { signIns } from './bench/sign-in.ts'
import { takeWorkbook } from './bench/workbook.ts'
import { seeded } from './seeded.ts'
import { say } from './terminal.ts'

/**
 * `npm run bench`: measures the built program on this machine with made data in a database that is
 * thrown away, over the loopback, beside bare pages of the same rows in the same minutes. Prints
 * markdown, with the goal beside each figure that has one. With `--sign-in` only how long a refused sign-in takes, by its reason.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '3' },
    turns: { type: 'string', default: '3' },
    'sign-in': { type: 'boolean', default: false },
  },
})
const rows = Number(values.rows)
const seconds = Number(values.seconds)
const turns = Number(values.turns)

const folder = mkdtempSync(join(tmpdir(), 'rancang-bench-'))
const file = join(folder, 'bench.sqlite')
const copied = join(folder, 'bare.sqlite')
/** As it was filled: without the thousands of drafts that `saving` leaves. */
const untouched = join(folder, 'untouched.sqlite')
const running: Running[] = []
try {
  await (values['sign-in'] ? signIns(file, 200) : bench())
} finally {
  for (const each of running) await ended(each)
  rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  const cookie = await filled()
  const bytes = statSync(file).size
  say(`${rows} proposals of ${opds} OPD, database ${mb(bytes / 1e6)} MB, 10 connections;`)
  say(`${machine(folder)}. Load ${load()} before.`)
  say()

  copyFileSync(file, copied)
  copyFileSync(file, untouched)
  const bare = await started([inProject('dist', 'scripts', 'bench', 'bare.js'), copied], {}, '/opd')
  running.push(bare)
  const server = await serving(file)
  const idle = memoryOf(server).now
  await pages(server, bare, cookie)
  await firstPages(server, bare, cookie)
  await saving(server, bare, cookie)
  const busy = { memory: memoryOf(server).now, workbook: await workbook(server, cookie) }
  await ended(server)
  await ended(bare)
  const fresh = await serving(untouched)
  const csv = await inventoryCsv(fresh, cookie)
  others({ server, idle, busy, csv, fresh: await workbook(fresh, cookie), copied: await copy() })
  say()
  say(`Load ${load()} after.`)
}

/** The program over a database, at rest. */
async function serving(databaseFile: string): Promise<Running> {
  const env = {
    DATABASE_URL: databaseFile,
    HOST: '127.0.0.1',
    PORT: '0',
    BASE_URL: '',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
    BACKUP_EVERY_HOURS: '0',
  }
  const server = await started(program, env, '/sign-in')
  running.push(server)
  await sleep(3000)
  return server
}

async function filled(): Promise<string> {
  const { connection, claim } = await openDatabase(file)
  const cookie = await fill(connection, rows, seeded(2018))
  connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  await connection.close()
  claim.release()
  return cookie
}

async function pages(server: Running, bare: Running, cookie: string): Promise<void> {
  const page = (name: string, path: string, goal?: Measure['goal']): Measure => ({
    name,
    of: server,
    load: (during) => pageLoad(server.url + path, cookie, during),
    goal,
  })
  const list = rows > 10_000 ? p99Below(50) : halfOfBare
  const besideBare = (name: string, path: string): Measure[] => [
    {
      name: `bare: ${name}`,
      of: bare,
      load: (during) => pageLoad(bare.url + path, cookie, during),
      bare: true,
    },
    page(name, path, list),
  ]
  for (const path of ['/proposals', '/applications']) {
    await sameCells(server.url + path, bare.url + path, cookie)
  }
  await compare(
    'page | requests/s',
    [
      ...besideBare('OPD', '/opd'),
      ...besideBare('applications', '/applications'),
      ...besideBare('proposals', '/proposals'),
      page('proposals by cost, submitted', '/proposals?sort=cost&standing=submitted', list),
      page('one proposal', `/proposals/${Math.floor(rows / 2)}`),
      page('ranking', '/ranking', p99Below(100)),
      page('home', '/', p99Below(100)),
    ],
    turns,
    seconds,
  )
}

/**
 * The lists as one person sees them after each change, when nothing of them is kept: for information.
 * A change in its file makes each of the two read anew what it holds of that file.
 */
async function firstPages(server: Running, bare: Running, cookie: string): Promise<void> {
  const changes = { own: changesOf(file), bare: changesOf(copied) }
  const after = (name: string, of: Running, path: string): Measure => {
    const { leave } = of === bare ? changes.bare : changes.own
    return { name, of, load: (during) => pageAfterChange(of.url + path, cookie, during, leave) }
  }
  const besideBare = (name: string, path: string): Measure[] => [
    { ...after(`bare: ${name} after a change`, bare, path), bare: true },
    after(`${name} after a change`, server, path),
  ]
  await compare(
    'page for one person | requests/s',
    [
      ...besideBare('OPD', '/opd'),
      ...besideBare('applications', '/applications'),
      ...besideBare('proposals', '/proposals'),
    ],
    turns,
    seconds,
  )
  changes.own.close()
  changes.bare.close()
}

/** Ten people who save one new proposal after the other. */
async function saving(server: Running, bare: Running, cookie: string): Promise<void> {
  const form = (n: number) => ({
    _key: randomBytes(12).toString('base64url'),
    opdId: String(1 + (n % opds)),
    title: `Aplikasi yang disimpan ${n}`,
    intent: 'save',
  })
  const save = (name: string, of: Running): Measure => ({
    name,
    of,
    load: (during) => formLoad(`${of.url}/proposals`, cookie, during, form),
  })
  await compare(
    'saving | a second',
    [
      { ...save('bare: a row with its event and key', bare), bare: true },
      { ...save('a proposal', server), goal: rateOf(700) },
    ],
    turns,
    seconds,
  )
}

/** `took` in s, `peak` in MB of the process since its start, `p99` in ms of the list meanwhile. */
type Workbook = { took: number; peak: number; bytes: number; p99: number }

/** One workbook, while one person asks for the list again and again. */
async function workbook(server: Running, cookie: string): Promise<Workbook> {
  let done = false
  const meanwhile = onePerson(`${server.url}/proposals`, cookie, () => done)
  meanwhile.catch(() => undefined)
  const began = performance.now()
  const bytes = await takeWorkbook(server.url, cookie)
  const took = (performance.now() - began) / 1000
  done = true
  const { p99 } = await meanwhile
  return { took, peak: memoryOf(server).peak, bytes, p99 }
}

/** The inventory of every office as CSV. `took` in ms, `peak` in MB of the process since its start. */
type Csv = { took: number; peak: number; lines: number }

async function inventoryCsv(server: Running, cookie: string): Promise<Csv> {
  const began = performance.now()
  const answer = await fetch(`${server.url}/inventory/list.csv`, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`the CSV answered ${answer.status}`)
  const took = performance.now() - began
  return { took, peak: memoryOf(server).peak, lines: text.trimEnd().split('\n').length - 1 }
}

type Others = {
  server: Running
  idle: number
  csv: Csv
  busy: { memory: number; workbook: Workbook }
  fresh: Workbook
  copied: { took: number; stall: number }
}

function others({ server, idle, busy, csv, fresh, copied }: Others): void {
  const line = (name: string, figure: number, unit: string, goal?: Goal<number>) => {
    say(`| ${name} | ${mb(figure)} ${unit} | ${judged(goal, figure)} |`)
  }
  const ofWorkbook = (limit: number, unit: string) =>
    rows > 10_000 ? undefined : atMost(limit, unit)
  say('| other | figure | goal |')
  say('| --- | ---: | --- |')
  line('start to the first answer', server.startedIn, 's', atMost(1.5, 's'))
  line('memory at rest after the start', idle, 'MB', atMost(130, 'MB'))
  line(`inventory as CSV, ${csv.lines} lines`, csv.took, 'ms')
  line('most memory of the process by then', csv.peak, 'MB')
  line(`workbook, ${mb(fresh.bytes / 1e6)} MB`, fresh.took, 's', ofWorkbook(5, 's'))
  line('most memory of the process by then', fresh.peak, 'MB', ofWorkbook(250, 'MB'))
  line('list for one person meanwhile, p99', fresh.p99, 'ms', atMost(100, 'ms'))
  line('memory after the pages and the saving above', busy.memory, 'MB')
  line('workbook then', busy.workbook.took, 's')
  line('most memory of the process by then', busy.workbook.peak, 'MB')
  line('list for one person meanwhile, p99', busy.workbook.p99, 'ms', atMost(100, 'ms'))
  line('copying the database in steps', copied.took, 's')
  line('longest stall of it', copied.stall, 'ms')
}

/** The copy as the server makes it, here in this process with nothing else to do. */
async function copy(): Promise<{ took: number; stall: number }> {
  const connection = connect(file)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  await copyInSteps(connection.raw, join(folder, 'copy.sqlite'), () => false)
  const took = (performance.now() - began) / 1000
  delay.disable()
  await connection.close()
  return { took, stall: delay.max / 1e6 }
}

function mb(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0)
}
