import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/app.ts'
import { exampleApp } from '../support.ts'
import { desk, hasBrowser, launch, listen, useSession } from './browser.ts'
import { fill, formWith } from './hands.ts'

const opd = { name: 'Dinas Perikanan dan Kelautan', kind: 'dinas' }

describe.skipIf(!hasBrowser)('the small scripts in a real browser', { timeout: 60_000 }, () => {
  let it: TestApp
  let browser: Browser
  let origin: string
  let cookie: string
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    if (!hasBrowser) return
    it = await exampleApp()
    cookie = await it.signIn(['staff', 'planner'])
    origin = await listen(it)
    browser = await launch()
  })
  beforeEach(async () => {
    context = await browser.newContext({ viewport: desk })
    await useSession(context, origin, cookie)
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
  })
  afterEach(() => context.close())
  afterAll(async () => {
    await browser?.close()
    await it?.close()
  })

  const save = () => formWith(page, 'Simpan').getByRole('button', { name: 'Simpan', exact: true })

  test('leaving asks only while something is typed and not sent', async () => {
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await page.goto(`${origin}/opd/new`)
    await page.getByRole('link', { name: 'Batal' }).click()
    await page.waitForURL(`${origin}/opd`)
    expect(asked).toEqual([])

    await page.goto(`${origin}/opd/new`)
    await fill(formWith(page, 'Simpan'), opd)
    await page.getByRole('link', { name: 'Batal' }).click({ noWaitAfter: true })
    await expect.poll(() => asked).toEqual(['beforeunload'])
    expect(page.url()).toBe(`${origin}/opd/new`)
    expect(await page.locator('[name="name"]').inputValue()).toBe(opd.name)

    await save().click()
    await page.waitForURL(/\/opd\/\d+$/)
    expect(asked).toEqual(['beforeunload'])
  })

  test('three clicks are one post', async () => {
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url())
    })
    await page.route('**/opd', (route) => route.fulfill({ status: 204 })) // the page stays
    await page.goto(`${origin}/opd/new`)
    await fill(formWith(page, 'Simpan'), { ...opd, name: 'Dinas Perhubungan Laut' })
    await save().click({ clickCount: 3, delay: 20 })
    expect(await save().getAttribute('aria-disabled')).toBe('true')
    expect(posts).toEqual([`${origin}/opd`])
  })

  test('in the rating grid the arrows and Enter move between the rows, Ctrl+Enter saves', async () => {
    await page.goto(`${origin}/scoring/rounds/1/ratings/1`)
    const row = (at: number) =>
      page
        .locator('table.levels tbody tr')
        .filter({ has: page.locator('input.is-note') })
        .nth(at)
        .locator('input:not([type=hidden])')
    await row(0).nth(1).focus()
    await page.keyboard.press('ArrowDown')
    await isFocused(row(1).nth(1))
    await page.keyboard.press('ArrowUp')
    await isFocused(row(0).nth(1))
    await page.keyboard.press('Enter')
    await isFocused(row(1).nth(0))
    await page.keyboard.press('2')
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.locator('.flash').waitFor()
    expect(await row(1).nth(0).inputValue()).toBe('2')
  })

  test('typing in the last row of the attendance grid adds the next one', async () => {
    const session = await it.connection.db
      .selectFrom('fgdSession')
      .select(['id', 'version'])
      .executeTakeFirstOrThrow()
    const reason = 'Ada yang tertinggal'
    const fields = { to: 'open', reason, _version: session.version }
    await it.post(`/fgd/${session.id}/state`, fields, cookie)
    await page.goto(`${origin}/fgd/${session.id}/attendance`)
    const names = page.locator('#grid tbody input[name$=".name"]')
    const before = await names.count()
    await names.nth(before - 1).pressSequentially('Yo')
    expect(await names.count()).toBe(before + 1)
    expect(await names.last().getAttribute('name')).toBe(`${before}.name`)
    await names.nth(before - 1).press('ArrowDown')
    await isFocused(names.last())
    await page.keyboard.type('Maria')
    expect(await names.count()).toBe(before + 2)
  })

  async function isFocused(control: Locator) {
    await expect.poll(() => control.evaluate((node) => node.matches(':focus'))).toBe(true)
  }
})
