import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/app.ts'
import { downloadWorkbook } from '../../src/testing/report.ts'
import { addressOf, exampleApp, pages } from '../support.ts'
import { desk, hasBrowser, launch, listen, phone, useSession, watch } from './browser.ts'

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
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')))`,
  )) as string[]
  return shown > width ? [`${shown} px wide`, ...violations] : violations
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
    const context = await browser.newContext({ bypassCSP: true })
    await useSession(context, origin, cookie)
    const page = await context.newPage()
    const bad = watch(page, origin)
    const found: string[] = []
    for (const url of urls) {
      await page.goto(`${origin}${url}`)
      await page.evaluate(axe)
      for (const [view, viewport, colorScheme] of views) {
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme })
        found.push(...(await faults(page, viewport.width)).map((it) => `${url} ${view}: ${it}`))
      }
    }
    await context.close()
    expect([...found, ...bad]).toEqual([])
  }, 400_000)

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
