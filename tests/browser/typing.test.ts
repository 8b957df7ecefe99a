import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/app.ts'
import { exampleApp } from '../support.ts'
import { desk, hasBrowser, launch, listen, phone, useSession } from './browser.ts'
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

    // a field that is named like a property of forms
    await page.goto(`${origin}/scoring/sets/1/weightings/new`)
    await fill(formWith(page, 'Simpan'), { name: 'Bobot rapat', '0.value': '100' })
    await Promise.all([page.waitForEvent('load'), save().click()])
    expect(await page.locator('.errors').count()).toBe(1)
    expect(asked).toEqual(['beforeunload'])
  })

  test('Enter searches in the search of a larger form, saves everywhere else, and Escape closes the menu', async () => {
    const at = (selector: string) => page.locator(selector)
    await page.goto(`${origin}/decisions/new`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await at('#content:focus').count()).toBe(1)

    await at('#q').fill('presensi')
    await Promise.all([page.waitForURL(/#proposals$/), at('#q').press('Enter')])
    await page.waitForLoadState('load')
    expect(await at('.errors').count()).toBe(0)
    expect(await at('#q').inputValue()).toBe('presensi')
    await Promise.all([page.waitForURL(/\/decisions$/), at('#office').press('Enter')])
    await page.waitForLoadState('load')
    expect(await at('.errors').count()).toBe(1)

    await page.setViewportSize(phone)
    await page.goto(`${origin}/ranking`)
    await at('.topbar-link').press('Enter')
    expect(await at('#menu').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => at('#menu').isVisible()).toBe(false)
  })

  test('the OPD of a session that is chosen stands in sight in its long list', async () => {
    await page.setViewportSize({ ...desk, height: 500 })
    await page.goto(`${origin}/fgd/1`)
    const last = page.locator('.people li').last().getByRole('link')
    await Promise.all([page.waitForURL(/opd=/), last.press('Enter')])
    await page.waitForLoadState('load')
    const chosen = page.locator('.people [aria-current]')
    const isWithin = () =>
      chosen.evaluate((link) => {
        const list = link.closest('.register')?.getBoundingClientRect()
        const { top, bottom } = link.getBoundingClientRect()
        return list !== undefined && top >= list.top && bottom <= list.bottom
      })
    await expect.poll(isWithin).toBe(true)
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
