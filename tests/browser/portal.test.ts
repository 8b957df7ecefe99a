import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../src/testing/app.ts'
import { make } from '../../src/testing/make.ts'
import { hasBrowser, launch, listen, phone, useSession, watch } from './browser.ts'
import { follow, press, send } from './hands.ts'

const printed = 'https://rancang.contoh.go.id'

describe.skipIf(!hasBrowser)('from the printed card to "the data are right", on a phone', () => {
  let it: TestApp
  let browser: Browser
  let origin: string
  let staff: string

  beforeAll(async () => {
    it = await testApp({ config: { baseUrl: printed } })
    staff = await it.signIn(['staff'])
    origin = await listen(it)
    browser = await launch()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await it?.close()
  })

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])(
    '%s',
    async (_, javaScriptEnabled) => {
      const name = `Dinas Uji ${javaScriptEnabled}`
      const opdId = await it.write((trx) => make.opd(trx, it.by, name))
      const address = await addressOnCard(opdId)
      expect(address).toMatch(new RegExp(`^${printed}/o/[\\w-]{43}$`))

      const context = await browser.newContext({ viewport: phone, javaScriptEnabled })
      const page = await context.newPage()
      const bad = watch(page, origin)
      await page.goto(address.replace(printed, origin))
      await fits(page)
      await send(page, 'Mulai mengisi', { name: 'Maria Goreti', position: 'Sekretaris' })
      expect(new URL(page.url()).pathname).toBe('/o')
      await fits(page)

      await send(page, 'Simpan identitas', { headName: 'Yohanes Jehadun', contactName: 'Maria' })
      await page.getByText('Tambah butir tupoksi').click()
      await send(page, 'Simpan butir tupoksi', { text: 'Pengembangan destinasi' })
      await office(page)
      for (const none of ['Kami tidak memiliki aplikasi', 'Kami tidak mengusulkan aplikasi']) {
        await press(page, page.getByRole('button', { name: none, exact: true }))
      }
      await send(page, 'Nyatakan data benar')
      const said = await page.locator('#confirmation').innerText()
      expect(said).toContain(
        'Dinyatakan benar per 14 September 2018 oleh Maria Goreti, Sekretaris.',
      )
      expect(said).toContain('Belum ada yang berubah sejak konfirmasi.')
      expect(await page.locator('.todo .count').innerText()).toContain('8')
      await context.close()
      expect(bad).toEqual([])
    },
    120_000,
  )

  /** Makes the link as staff do and reads the address off the card. */
  async function addressOnCard(opdId: number): Promise<string> {
    const context = await asStaff()
    const page = await context.newPage()
    await page.goto(`${origin}/opd/links`)
    await send(page, 'Buat dan tampilkan kartu', { opdId: String(opdId) })
    const address = await page.locator('.slip .address').innerText()
    await context.close()
    return address
  }

  async function asStaff(): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: phone })
    await useSession(context, origin, staff)
    return context
  }

  /** Records the main office with its internet and its devices, each from its card and back. */
  async function office(page: Page): Promise<void> {
    await follow(page, 'Catat kantor induk')
    await send(page, 'Simpan', { name: 'Kantor Dinas', kind: 'main' })
    await backToPage(page)
    await page.locator('#offices .same a.button').click()
    await send(page, 'Simpan', { available: 'limited' })
    expect(page.url()).toBe(`${origin}/o#offices`)
    await fits(page)
    await page.locator('#devices .same a.button').click()
    await send(page, 'Simpan', { none: '1' })
    expect(page.url()).toBe(`${origin}/o#devices`)
    await fits(page)
  }

  async function backToPage(page: Page): Promise<void> {
    await fits(page)
    await follow(page, 'Halaman OPD', 'header')
    await fits(page)
  }

  async function fits(page: Page): Promise<void> {
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width, page.url()).toBeLessThanOrEqual(phone.width)
    expect(await page.locator('nav.side').count()).toBe(0)
  }
})
