import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { contextOf } from '../src/context.ts'
import type { Connection } from '../src/db/connect.ts'
import { inProject } from '../src/root.ts'
import { explain, openDatabase, stop } from '../src/start.ts'
import { findChromium, launchChromium } from './chromium.ts'
import { type Door, fillExample } from './example.ts'
import { complain, say } from './terminal.ts'

/**
 * `npm run screenshots`: the pictures in docs/, made anew from the example in a database that is thrown
 * away, on a day two weeks after the session.
 */
const day = new Date('2018-10-01T02:00:00.000Z')
const largest = 300 * 1024
const folder = inProject('docs', 'screenshots')
const places = {
  desktop: { viewport: { width: 1366, height: 900 } },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 },
}

type Shot = {
  name: string
  title: string
  sentence: string
  url(connection: Connection): Promise<string> | string
  /** What is done on the page before the picture is taken. */
  act?(page: Page): Promise<void>
  dark?: true
}

const shots: readonly Shot[] = [
  {
    name: 'home',
    title: 'Beranda',
    sentence:
      'Tujuh mata rantai dari data OPD sampai laporan, sepuluh usulan teratas, dan OPD mana yang sudah punya internet.',
    url: () => '/',
  },
  {
    name: 'session',
    title: 'Sesi FGD',
    sentence:
      'Ruang kerja sesi: OPD yang hadir, kantor dan internetnya, usulan, masukan, dan kesepakatan.',
    url: async (connection) => `/fgd/1?opd=${await idOf(connection, 'opd', 'Dinas Pariwisata%')}`,
  },
  {
    name: 'proposal-form',
    title: 'Formulir usulan',
    sentence:
      'Bila ada isian wajib yang kosong, isian yang sudah diketik tetap ada dan setiap kekurangan disebut di tempatnya.',
    url: async (connection) =>
      `/proposals/new?opd=${await idOf(connection, 'opd', 'Dinas Pariwisata%')}`,
    act: async (page) => {
      await page.locator('[name="title"]').fill('Aplikasi Pariwisata')
      await page.locator('form#proposal button[value="submit"]').click()
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'proposal',
    title: 'Usulan',
    sentence:
      'Satu usulan di satu halaman: keadaannya, alasannya, pemeriksaan syarat, skor, dan penetapannya.',
    url: async (connection) =>
      `/proposals/${await idOf(connection, 'proposal', 'Aplikasi Pariwisata%')}`,
  },
  {
    name: 'ranking',
    title: 'Peringkat',
    sentence:
      'Urutan hitungan dengan sumbangan setiap kriteria, pemeriksaan syarat, biaya, dan penetapan pejabat di sampingnya.',
    url: () => '/ranking',
  },
  {
    name: 'ranking-dark',
    title: 'Peringkat, layar gelap',
    sentence: 'Halaman yang sama bila perangkat memakai tampilan gelap.',
    url: () => '/ranking',
    dark: true,
  },
  {
    name: 'roadmap',
    title: 'Peta jalan',
    sentence:
      'Usulan per tahap menurut penetapan dan peringkat, dengan pagu, kapasitas, dan biaya per tahun.',
    url: () => '/roadmap',
  },
  {
    name: 'opd',
    title: 'Halaman OPD',
    sentence: 'Kelengkapan data, kantor dan internet, tupoksi, pegawai, dan unit di bawah OPD.',
    url: async (connection) => `/opd/${await idOf(connection, 'opd', 'Dinas Pariwisata%')}`,
  },
  {
    name: 'report',
    title: 'Laporan',
    sentence: 'Buku kerja Excel: isi setiap lembar, apa yang masih kurang, dan tombol unduhnya.',
    url: () => '/report',
  },
]

const temporary = mkdtempSync(join(tmpdir(), 'rancang-screenshots-'))
try {
  await make()
} catch (error) {
  complain(explain(error, undefined))
  process.exitCode = 1
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

async function make(): Promise<void> {
  const chromium = await findChromium()
  if (!chromium) throw new Error('Chromium tidak ditemukan; tulis letaknya dalam CHROMIUM_PATH.')
  const config = {
    ...readConfig({ LOG_LEVEL: 'error', RATE_LIMIT: 'off' }),
    databaseFile: join(temporary, 'pictures.sqlite'),
  }
  const opened = await openDatabase(config.databaseFile)
  const app = await buildApp(contextOf(config, opened.connection, () => day))
  let browser: Browser | undefined
  try {
    const doors = await fillExample(opened.connection, day)
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    browser = await launchChromium(chromium)
    mkdirSync(folder, { recursive: true })
    await takeAll(browser, origin, opened.connection, planner(doors))
  } finally {
    await browser?.close()
    await stop(app, opened)
  }
  writeFileSync(inProject('docs', 'screenshots.md'), page())
}

async function takeAll(browser: Browser, origin: string, connection: Connection, door: Door) {
  for (const place of ['desktop', 'phone'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ ...places[place], colorScheme, locale: 'id-ID' })
      await signIn(context, origin, door)
      for (const shot of shots) {
        if ((shot.dark === true) !== (colorScheme === 'dark')) continue
        await take(context, `${origin}${await shot.url(connection)}`, shot, fileOf(shot, place))
      }
      await context.close()
    }
  }
}

async function signIn(context: BrowserContext, origin: string, door: Door): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in`)
  await page.locator('[name="username"]').fill(door.username)
  await page.locator('[name="password"]').fill(door.password)
  await page.locator('main button[type="submit"]').click()
  await page.waitForURL(`${origin}/`)
  await page.close()
}

async function take(context: BrowserContext, url: string, shot: Shot, file: string) {
  const page = await context.newPage()
  await page.goto(url)
  await shot.act?.(page)
  await page.evaluate('document.fonts.ready')
  const path = join(folder, file)
  await page.screenshot({ path, animations: 'disabled' })
  await page.close()
  const { size } = statSync(path)
  if (size > largest) throw new Error(`${file}: ${Math.round(size / 1024)} KB`)
  say(`  ${file}  ${Math.round(size / 1024)} KB`)
}

function planner(doors: readonly Door[]): Door {
  const found = doors.find(({ username }) => username === 'perencana')
  if (!found) throw new Error('no planner in the example')
  return found
}

async function idOf(connection: Connection, table: 'opd' | 'proposal', name: string) {
  const column = table === 'opd' ? 'name' : 'title'
  const row = connection.raw.prepare(`select id from ${table} where ${column} like ? order by id`)
  return row.pluck().get(name) as number
}

function fileOf({ name }: Shot, place: keyof typeof places): string {
  return `${name}-${place}.png`
}

/** docs/screenshots.md: each picture with a sentence. */
function page(): string {
  const parts = shots.map((shot) =>
    [
      `## ${shot.title}`,
      shot.sentence,
      `![${shot.title} di layar lebar](screenshots/${fileOf(shot, 'desktop')})`,
      `<img src="screenshots/${fileOf(shot, 'phone')}" width="360" alt="${shot.title} di ponsel">`,
    ].join('\n\n'),
  )
  const head =
    '# Tangkapan layar\n\nData contoh; yang rekaan bertanda “contoh”. Dibuat dengan `npm run screenshots`.'
  return `${[head, ...parts].join('\n\n')}\n`
}
