import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/app.ts'
import { exampleApp } from '../support.ts'
import { desk, hasBrowser, launch, listen, useSession, watch } from './browser.ts'
import { downloadReport, fill, follow, formWith, press, read, send, step } from './hands.ts'

const office = 'Balai Penyuluhan Pertanian Macang Pacar'
const title = 'Harga Komoditas dan Konsultasi Penyuluh'
const wish = 'Internet satelit balai penyuluhan Macang Pacar'
const opd = 'Dinas Tanaman Pangan, Hortikultura dan Perkebunan'
const document = 'Keputusan Bupati Nomor 188.45/77/KEP/2018'

describe.skipIf(!hasBrowser)('a planner, from a gap to the budget', { timeout: 90_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rancang-planner-'))
  let it: TestApp
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let origin: string
  let bad: string[]

  beforeAll(async () => {
    if (!hasBrowser) return
    browser = await launch()
    it = await exampleApp()
    it.clock.now = new Date('2018-10-05T02:00:00.000Z')
    await it.write(async (trx) => {
      // the office has no internet, and nobody has asked for it yet
      const { id } = await trx
        .selectFrom('location')
        .select('id')
        .where('name', '=', office)
        .executeTakeFirstOrThrow()
      await trx.deleteFrom('infrastructureNeed').where('locationId', '=', id).execute()
    })
    origin = await listen(it)
    context = await browser.newContext({ viewport: desk, acceptDownloads: true })
    await useSession(context, origin, await it.signIn(['planner']))
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    bad = watch(page, origin)
  })
  let broken = false
  beforeEach(({ skip, onTestFailed }) => {
    skip(broken, 'an earlier step went wrong')
    onTestFailed(() => {
      broken = true
    })
  })
  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await it?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('turns the gap of an office into a planned need of the proposal that is used there', async () => {
    await page.goto(`${origin}/inventory`)
    await page.getByRole('link', { name: `Jadikan kebutuhan ${office}` }).click()
    await page.waitForLoadState('load')
    const form = formWith(page, 'Simpan')
    await fill(form, { text: wish, cost: '48.000.000', year: '2019', state: 'planned' })
    await form.getByRole('checkbox', { name: title }).check()
    await press(page, form.getByRole('button', { name: 'Simpan', exact: true }))
    await sees(wish)
  })

  test('sees the check of the proposal met by it', async () => {
    await openProposal()
    await sees(`Direncanakan tersedia 2019 (${wish})`)
    await sees('Menunggu infrastruktur')
  })

  test('looks for something similar, compares, and settles the check', async () => {
    await follow(page, 'Cari dan catat hasil Aplikasi atau usulan serupa')
    await page.getByRole('searchbox').fill('penyuluh')
    await page.getByRole('button', { name: 'Cari', exact: true }).click()
    await page.waitForLoadState('load')
    expect(page.url()).toContain('q=penyuluh')
    await send(page, 'Simpan hasil', { result: 'met', note: 'Belum ada yang melayani petani.' })
    await sees('Tidak ditemukan yang serupa (diperiksa')
  })

  test('records what the head of the region decides, and finds it on the roadmap', async () => {
    await follow(page, 'Catat penetapan')
    await send(page, 'Simpan', {
      outcome: 'accepted',
      phase: 'Tahap 2 (2020–2021)',
      level: 'kepala_daerah',
      office: 'Bupati Manggarai Barat',
      document,
      reason: 'Internet balai penyuluhan tersedia sebelum tahap ini.',
    })
    await sees('Ditetapkan Tahap 2 oleh Bupati Manggarai Barat')
    await openProposal()
    await sees(`Direncanakan tersedia 2019 (${wish}), sebelum Tahap 2.`)
    await sees('ditetapkan Tahap 2 sejak 5 Oktober 2018')
    await step(page, 'Peta Jalan')
    const second = page.locator('.phases > section').nth(1)
    expect(await read(second)).toContain(title)
    expect(await read(page.locator('#needs'))).toContain(wish)
  })

  test('finds both in the workbook: in the roadmap, and in the budget of the OPD', async () => {
    await step(page, 'Laporan')
    const download = await downloadReport(page)
    const file = join(folder, 'laporan.xlsx')
    await download.saveAs(file)
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(file)

    const roadmap = rowsOf(book, 'Peta Jalan')
    const planned = roadmap.find((row) => row.includes(title)) ?? []
    expect(planned).toContain('Tahap 2')
    expect(planned).toContain(140_000_000)
    const asked = roadmap.find((row) => row.some((cell) => String(cell).startsWith(wish)))
    expect(asked).toContain(48_000_000)
    const budget = rowsOf(book, 'Anggaran per OPD').find((row) => row.includes(opd))
    expect(budget).toContain(48_000_000)
  })

  test('has met no console error, no dialog and no foreign request', () => {
    expect(bad).toEqual([])
  })

  async function openProposal() {
    await page.goto(`${origin}/proposals?q=${encodeURIComponent(title)}`)
    await follow(page, title)
  }

  async function sees(text: string) {
    await expect.poll(() => read(page.locator('main')), { timeout: 10_000 }).toContain(text)
  }
})

/** Every row of a sheet as the values that its cells show. */
function rowsOf(book: ExcelJS.Workbook, name: string): unknown[][] {
  const rows: unknown[][] = []
  book.getWorksheet(name)?.eachRow((row) => {
    const cells: unknown[] = []
    row.eachCell((cell) => cells.push(cell.formula === undefined ? cell.value : cell.result))
    rows.push(cells)
  })
  return rows
}
