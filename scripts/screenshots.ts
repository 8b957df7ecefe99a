import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { contextOf } from '../src/context.ts'
import type { Connection } from '../src/db/connect.ts'
import { insertLink } from '../src/portal/queries.ts'
import { inProject } from '../src/root.ts'
import { explain, openDatabase, stop } from '../src/start.ts'
import { paths } from '../src/web/paths.ts'
import { findChromium, launchChromium } from './chromium.ts'
import { type Door, fillExample } from './example.ts'
import { administrator } from './pictures/administrator.ts'
import { gallery } from './pictures/gallery.ts'
import { guides } from './pictures/guides.ts'
import { representative } from './pictures/representative.ts'
import { fileOf, fillIn, idOf, type Place, places, type Shot, type Stage } from './pictures/shot.ts'
import { complain, say } from './terminal.ts'

/**
 * `npm run screenshots`: the pictures in docs/, made anew from the example in a database that is thrown
 * away, on a day two weeks after the session; `npm run screenshots -- NAME` takes only those whose
 * names begin so.
 */
const day = new Date('2018-10-01T02:00:00.000Z')
const largest = 300 * 1024
const folder = inProject('docs', 'screenshots')

/** In this order: a guide's shots may change data. */
const shots: readonly Shot[] = [
  ...gallery.map((shot): Shot => ({ ...shot, as: 'perencana', on: ['desktop', 'phone'] })),
  ...administrator,
  ...representative,
  ...guides,
]

const asked = shots.filter(({ name }) => name.startsWith(process.argv[2] ?? ''))
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
    ...readConfig({
      LOG_LEVEL: 'error',
      RATE_LIMIT: 'off',
      BASE_URL: 'https://rancang.contoh.go.id',
    }),
    databaseFile: join(temporary, 'pictures.sqlite'),
  }
  const opened = await openDatabase(config.databaseFile)
  const app = await buildApp(contextOf(config, opened.connection, () => day))
  let browser: Browser | undefined
  try {
    const doors = await fillExample(opened.connection, day)
    const stage = { connection: opened.connection, link: await linkIn(opened.connection) }
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    browser = await launchChromium(chromium)
    mkdirSync(folder, { recursive: true })
    await takeAll(viewersOf(browser, origin, doors, stage), origin, stage)
  } finally {
    await browser?.close()
    await stop(app, opened)
  }
  writeFileSync(inProject('docs', 'screenshots.md'), page())
}

/** The path of a link of the OPD whose page the guides show. */
async function linkIn(connection: Connection): Promise<string> {
  const opdId = idOf({ connection }, 'opd', 'Dinas Pariwisata%')
  const until = new Date(day.getTime() + 30 * 86_400_000).toISOString()
  const at = day.toISOString()
  const by = { accountId: null, linkId: null, actorName: 'Data contoh', way: 'setup', at } as const
  const token = await connection.db
    .transaction()
    .execute((trx) => insertLink(trx, opdId, until, by))
  return paths.portalLink(token)
}

type Viewers = (shot: Shot, place: Place) => Promise<BrowserContext>

async function takeAll(viewerOf: Viewers, origin: string, stage: Stage): Promise<void> {
  for (const shot of asked) {
    for (const place of shot.on) {
      const context = await viewerOf(shot, place)
      await take(context, `${origin}${await shot.url(stage)}`, shot, fileOf(shot, place))
    }
  }
}

/** A browser for each who looks, place and colour, come in once. */
function viewersOf(
  browser: Browser,
  origin: string,
  doors: readonly Door[],
  stage: Stage,
): Viewers {
  const known = new Map<string, Promise<BrowserContext>>()
  return ({ as, dark }, place) => {
    const key = `${as} ${place} ${dark ?? false}`
    const context = known.get(key) ?? open()
    known.set(key, context)
    return context

    async function open(): Promise<BrowserContext> {
      const colorScheme = dark ? 'dark' : 'light'
      const fresh = await browser.newContext({ ...places[place], colorScheme, locale: 'id-ID' })
      if (as === 'phone') await openLink(fresh, `${origin}${stage.link}`)
      else if (as !== 'guest') await signIn(fresh, origin, doorOf(doors, as))
      return fresh
    }
  }
}

async function signIn(context: BrowserContext, origin: string, door: Door): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in`)
  await fillIn(page, { username: door.username, password: door.password })
  await page.locator('main button[type="submit"]').click()
  await page.waitForURL(`${origin}/`)
  await page.close()
}

async function openLink(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await fillIn(page, { name: 'Maria Goreti', position: 'Sekretaris' })
  await page.locator('main button[type="submit"]').click()
  await page.waitForURL(/\/o$/)
  await page.close()
}

async function take(context: BrowserContext, url: string, shot: Shot, file: string) {
  const page = await context.newPage()
  await page.goto(url)
  await shot.act?.(page)
  await page.evaluate('document.fonts.ready')
  const path = join(folder, file)
  const shown = shot.part === undefined ? page : page.locator(shot.part)
  await shown.screenshot({ path, animations: 'disabled' })
  await page.close()
  const { size } = statSync(path)
  if (size > largest) throw new Error(`${file}: ${Math.round(size / 1024)} KB`)
  say(`  ${file}  ${Math.round(size / 1024)} KB`)
}

function doorOf(doors: readonly Door[], username: string): Door {
  const found = doors.find((door) => door.username === username)
  if (!found) throw new Error(`no ${username} in the example`)
  return found
}

/** docs/screenshots.md: each picture of the gallery with a sentence. */
function page(): string {
  const parts = gallery.map((shot) =>
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
