import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renewSetupLink } from '../../src/accounts/setup-link.ts'
import { type TestApp, testApp } from '../../src/testing/app.ts'
import { downloadWorkbook } from '../../src/testing/report.ts'
import { doors } from '../doors.ts'
import { addressOf, exampleApp, pages } from '../support.ts'
import { desk, hasBrowser, launch, listen, phone, useSession, watch } from './browser.ts'
import { fill, formWith, send } from './hands.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const views = [
  ['on a phone by day', phone, 'light'],
  ['on a desk by night', desk, 'dark'],
] as const

/** What is wrong with the page as it is shown now: its width, and what axe finds. */
async function faults(page: Page, width: number): Promise<string[]> {
  const shown = Number(await page.evaluate('document.documentElement.scrollWidth'))
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')))`,
  )) as string[]
  return shown > width ? [`${shown} px wide`, ...violations] : violations
}

/** A context whose pages all know axe: sent once, not with each page. */
async function contextWithAxe(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ bypassCSP: true })
  await context.addInitScript({ content: axe })
  return context
}

/** The same in both views, each with the address and the view. */
async function faultsOfBoth(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const [view, viewport, colorScheme] of views) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    const at = `${new URL(page.url()).pathname} ${view}`
    found.push(...(await faults(page, viewport.width)).map((fault) => `${at}: ${fault}`))
  }
  return found
}

/** Sends the form with that button; answers with what status it came back. */
async function refused(page: Page, button: string): Promise<number> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    formWith(page, button).getByRole('button', { name: button, exact: true }).click(),
  ])
  await page.waitForLoadState('load')
  return answer.status()
}

describe.skipIf(!hasBrowser)('every page in a real browser', () => {
  let it: TestApp
  let browser: Browser
  let origin: string
  let cookie: string
  const urls: string[] = []

  beforeAll(async () => {
    it = await exampleApp()
    cookie = await it.signIn(['admin', 'staff', 'planner'])
    origin = await listen(it)
    browser = await launch()
    for (const route of pages(it)) {
      const url = await addressOf(it.connection.db, route.url)
      if (url && !/^\/(setup|invite|o\/|report\/exports)/.test(url) && url !== '/health')
        urls.push(url)
    }
    await downloadWorkbook(it, cookie)
    const [made] = /\/report\/exports\/[\w-]+/.exec((await it.get('/report', cookie)).body) ?? []
    urls.push(made ?? 'no export')
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await it?.close()
  })

  test('accessible on a phone by day and a desk by night, no sideways scroll, nothing from outside', async () => {
    const context = await contextWithAxe(browser)
    await useSession(context, origin, cookie)
    const page = await context.newPage()
    const bad = watch(page, origin)
    const found: string[] = []
    for (const url of urls) {
      await page.goto(`${origin}${url}`)
      found.push(...(await faultsOfBoth(page)))
    }
    await context.close()
    expect([...found, ...bad]).toEqual([])
  }, 400_000)

  test('so are doors, the pages of those who see less, and those that say no', async () => {
    const bare = await testApp({ bare: true })
    const setup = `${await listen(bare)}/setup/${await renewSetupLink(bare.context.whole, bare.clock.now)}`
    const found: string[] = []
    const contexts = new Map<string, BrowserContext>()
    const unseen = (await doors(it)).filter(({ url }) => url === '/' || !urls.includes(url))
    for (const { url, cookie: theirs, status } of unseen) {
      const context = contexts.get(theirs) ?? (await contextWithAxe(browser))
      if (theirs && !contexts.has(theirs)) await useSession(context, origin, theirs)
      contexts.set(theirs, context)
      const page = context.pages()[0] ?? (await context.newPage())
      const answer = await page.goto(`${origin}${url}`)
      expect(answer?.status(), url).toBe(status)
      found.push(...(await faultsOfBoth(page)))
    }
    const page = await (await contextWithAxe(browser)).newPage()
    await page.goto(setup)
    found.push(...(await faultsOfBoth(page)))
    await page.context().close()
    for (const context of contexts.values()) await context.close()
    await bare.close()
    expect(found).toEqual([])
  }, 120_000)

  test('so are a form with what was typed wrongly, and one where somebody else was faster', async () => {
    const context = await contextWithAxe(browser)
    await useSession(context, origin, cookie)
    const page = await context.newPage()
    const found: string[] = []
    await page.goto(`${origin}/opd/1/locations/new`)
    await fill(formWith(page, 'Simpan'), { computerUsers: 'banyak', powerOutHours: '25' })
    expect(await refused(page, 'Simpan')).toBe(422)
    found.push(...(await faultsOfBoth(page)))
    await page.goto(`${origin}/opd/1/edit`)
    const second = await context.newPage()
    await second.goto(page.url())
    await send(second, 'Simpan', { headName: 'Ibu Maria', kind: 'badan' })
    await fill(formWith(page, 'Simpan'), { headName: 'Bapak Yosef', kind: 'kantor' })
    expect(await refused(page, 'Simpan')).toBe(409)
    found.push(...(await faultsOfBoth(page)))
    await context.close()
    expect(found).toEqual([])
  }, 60_000)

  test('on plain http of another name the pages are styled and their policy is kept', async () => {
    const lan = origin.replace('127.0.0.1', 'lan.test')
    const context = await browser.newContext({ viewport: phone })
    await useSession(context, lan, cookie)
    const page = await context.newPage()
    const bad = watch(page, lan)
    for (const url of ['/', '/opd/new', '/proposals']) {
      await page.goto(`${lan}${url}`)
      const font = await page.evaluate('getComputedStyle(document.body).fontFamily')
      expect(font).toContain('Plus Jakarta Sans')
    }
    await context.close()
    expect(bad).toEqual([])
  }, 60_000)
})
