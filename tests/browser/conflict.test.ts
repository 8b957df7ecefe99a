import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../src/testing/app.ts'
import { make } from '../../src/testing/make.ts'
import { desk, hasBrowser, launch, listen, phone, useSession, watch } from './browser.ts'
import { formWith, send } from './hands.ts'

describe.skipIf(!hasBrowser)('two browsers on one record', () => {
  let browser: Browser
  let it: TestApp
  let origin: string
  let id: number
  let bad: string[]

  beforeAll(async () => {
    browser = await launch()
  }, 60_000)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    it = await testApp()
    id = await it.write((trx) => make.opd(trx, it.by, 'Dinas Perikanan'))
    origin = await listen(it)
    bad = []
  })
  afterEach(async () => {
    await it.close()
    expect(bad).toEqual([])
  })

  /** A browser of its own without scripts, on the form of the record. */
  async function opened(viewport = desk): Promise<Page> {
    const context = await browser.newContext({ viewport, javaScriptEnabled: false })
    await useSession(context, origin, await it.signIn(['staff']))
    const page = await context.newPage()
    bad = watch(page, origin).concat(bad)
    await page.goto(`${origin}/opd/${id}/edit`)
    return page
  }
  const stored = () =>
    it.connection.db.selectFrom('opd').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const press = (page: Page) =>
    sent(page, formWith(page, 'Simpan').getByRole('button', { name: 'Simpan', exact: true }))
  const sent = async (page: Page, button: Locator) => {
    await Promise.all([page.waitForEvent('load'), button.click()])
  }
  const told = async (page: Page) =>
    (await page.locator('main').allInnerTexts()).join(' ').replace(/\s+/g, ' ')

  test('what each changed in other fields is kept, and the second is told', async () => {
    const [first, second] = [await opened(), await opened(phone)]
    await send(first, 'Simpan', { headName: 'Ibu Maria' })
    await send(second, 'Simpan', { note: 'Kantor pindah' })
    expect(await stored()).toMatchObject({ headName: 'Ibu Maria', note: 'Kantor pindah' })
    expect(await told(second)).toMatch(/Isian yang diubah Akun .* tetap dipakai: nama kepala/)
  }, 60_000)

  test('of a field that both changed nothing is lost: the second chooses, without scripts', async () => {
    const [first, second] = [await opened(), await opened(phone)]
    await send(first, 'Simpan', { headName: 'Ibu Maria', kind: 'badan', shortName: 'DP' })
    const form = formWith(second, 'Simpan')
    await form.locator('[name="headName"]').fill('Bapak Yosef')
    await form.locator('[name="kind"]').selectOption('kantor')
    await form.locator('[name="note"]').fill('Kantor pindah')
    await press(second)
    const page = await told(second)
    expect(page).toContain('Pakai punya Anda: Bapak Yosef')
    expect(page).toContain('Pakai yang tersimpan: Ibu Maria')
    expect(page).toContain('Pakai yang tersimpan: Badan')
    expect(await form.locator('[name="headName"]').inputValue()).toBe('Bapak Yosef')
    expect(await form.locator('[name="note"]').inputValue()).toBe('Kantor pindah')
    expect(await stored()).toMatchObject({ headName: 'Ibu Maria', note: null })
    const width = await second.evaluate('document.documentElement.scrollWidth')
    expect(Number(width)).toBeLessThanOrEqual(phone.width)

    await form.getByRole('radio', { name: /Pakai yang tersimpan: Badan/ }).check()
    await press(second)
    expect(await stored()).toMatchObject({
      headName: 'Bapak Yosef',
      kind: 'badan',
      note: 'Kantor pindah',
      shortName: 'DP',
    })
  }, 60_000)
})
