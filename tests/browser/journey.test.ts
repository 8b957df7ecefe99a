import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { renewSetupLink } from '../../src/accounts/setup-link.ts'
import { type TestApp, testApp } from '../../src/testing/app.ts'
import { type Workshop, workshop } from '../../src/workshop.ts'
import { desk, hasBrowser, launch, listen, phone, watch } from './browser.ts'
import { downloadReport, fill, follow, formWith, press, read, rowsOf, send, step } from './hands.ts'

const password = 'perahu biru tujuh layar'
const government = {
  name: 'Kabupaten Manggarai Barat',
  level: 'kabupaten',
  capital: 'Labuan Bajo',
  province: 'Nusa Tenggara Timur',
  timeZone: 'Asia/Makassar',
  yearFrom: '2019',
  yearTo: '2023',
  person: 'Maria Jehadun',
  username: 'maria.jehadun',
  password,
  passwordAgain: password,
}
const tourism = 'Dinas Pariwisata dan Kebudayaan'
const trade = 'Dinas Perindustrian, Perdagangan, Koperasi dan UKM'
const wisata = 'Aplikasi Pariwisata'
const suvenir = 'Aplikasi Suvenir dan Kuliner'

const slow = { timeout: 90_000 }

let browser: Browser
beforeAll(async () => {
  if (hasBrowser) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
})

/** An empty program on a free port, and the page behind its set-up link. */
async function emptyProgram(shop?: Workshop) {
  const it = await testApp({ bare: true, shop })
  const origin = await listen(it)
  const token = await renewSetupLink(it.context.whole, it.clock.now)
  return { it, origin, setup: `${origin}/setup/${token}` }
}

describe.skipIf(!hasBrowser)('the officer of the FGD of 14 September 2018', slow, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rancang-journey-'))
  const file = join(folder, 'laporan.xlsx')
  let it: TestApp
  let setup: string
  let context: BrowserContext
  let page: Page
  let bad: string[]
  let session: string
  /** Of the ranking as it was read on the screen, by title. */
  const ranking = new Map<string, { rank: number; score: string }>()
  let used: string

  beforeAll(async () => {
    if (!hasBrowser) return
    const program = await emptyProgram()
    it = program.it
    setup = program.setup
    context = await browser.newContext({ viewport: desk, acceptDownloads: true })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    bad = watch(page, program.origin)
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
    await it?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('sets the program up, without the example', async () => {
    await page.goto(setup)
    await send(page, 'Simpan dan mulai', government)
    await sees('Rancang siap dipakai. Anda masuk sebagai administrator.')
    await sees('Belum ada data.')
    await sees('Grand Design E-Government')
  })

  test('records two OPD with tupoksi, offices, power and signal', async () => {
    await follow(page, 'Catat OPD')
    await newOpd({ name: tourism, shortName: 'Disparbud', kind: 'dinas', contactName: 'Yosef Nai' })
    await send(page, 'Tambah butir tupoksi', {
      text: 'Promosi dan pemasaran pariwisata',
      legalBasis: 'Perbup Nomor 41 Tahun 2016 Pasal 4',
      verified: '1',
    })
    await sees('Terverifikasi')
    await newOffice({
      kind: 'main',
      name: 'Kantor Dinas Pariwisata',
      isHead: '1',
      computerUsers: '20',
    })
    await sees('Sinyal seluler 4G')
    await sees('Listrik 24 jam')
    await follow(page, tourism)
    await newOffice({ kind: 'service', name: 'Pusat Informasi Wisata', computerUsers: '4' })

    await step(page, 'OPD')
    await follow(page, 'Tambah OPD')
    await newOpd({ name: trade, shortName: 'Disperindagkop', kind: 'dinas' })
    await newOffice({
      kind: 'main',
      name: 'Kantor Disperindagkop',
      isHead: '1',
      computerUsers: '20',
    })
    await step(page, 'OPD')
    const rows = await rowsOf(page.locator('main table'))
    expect(rows.map((row) => [row[0], row[3], row[4]])).toEqual([
      [`${tourism} Disparbud`, '2', '0'],
      [`${trade} Disperindagkop`, '1', '0'],
    ])
  })

  test('plans the session, invites the OPD and opens it', async () => {
    await step(page, 'Sesi FGD')
    await follow(page, 'Rencanakan sesi')
    await send(page, 'Simpan', {
      title: 'FGD Identifikasi Infrastruktur dan Aplikasi',
      stage: 'Laporan Antara',
      heldOn: '2018-09-14',
      starts: '09:30',
      ends: '12:15',
      venue: 'Aula Dinas Kesehatan, Labuan Bajo',
    })
    await press(page, page.getByRole('button', { name: 'Undang semua OPD' }))
    await sees('Jumat, 14 September 2018')
    await sees('0 dari 2 OPD hadir')
    await follow(page, 'Buka sesi')
    await send(page, 'Buka sesi')
    await sees('Sesi dibuka.')
    session = page.url().replace(/[?#].*/, '')
  })

  test('records who is there', async () => {
    await choose('Disparbud')
    await send(page, 'Catat kehadiran', {
      '0.name': 'Yosef Nai',
      '0.position': 'Kepala Bidang Promosi',
      '0.presentAs': 'mewakili',
    })
    await sees('1 dari 2 OPD hadir')
    await follow(page, 'Isi daftar hadir')
    const grid = page.locator('#grid')
    await fill(grid, {
      '0.name': 'Maria Goreti',
      '0.opdId': trade,
      '0.presentAs': 'kepala',
    })
    await fill(grid, {
      '1.name': 'Narasumber',
      '1.institution': 'Tim penyusun',
      '1.presentAs': 'narasumber',
    })
    await press(page, grid.getByRole('button', { name: 'Simpan', exact: true }))
    await page.goto(session)
    await sees('2 dari 2 OPD hadir')
    await sees('3 orang')
  })

  test('records internet and devices of each office; none is an answer', async () => {
    await choose('Disparbud')
    await inventoryOf('Kantor Dinas Pariwisata', fastLine, {
      '0.good': '12',
      '0.minor': '1',
      '1.good': '3',
    })
    await choose('Disparbud')
    await follow(page, 'Catat akses internet Pusat Informasi Wisata')
    await send(page, 'Simpan', { available: 'no', lan: 'none', wifi: 'none' })
    await choose('Disparbud')
    await follow(page, 'Catat perangkat Pusat Informasi Wisata')
    await send(page, 'Simpan', { none: '1' })
    await choose('Disperindagkop')
    await inventoryOf(
      'Kantor Disperindagkop',
      { ...fastLine, downKbps: '12,5' },
      { '0.good': '6', '3.good': '2', '3.major': '1' },
    )
    await choose('Disparbud')
    const offices = await rowsOf(
      page.locator('section', { hasText: 'Lokasi kantor dan inventaris' }).locator('table').first(),
    )
    expect(offices.map((row) => row[1])).toEqual([
      expect.stringMatching(/^Ada Didata 14 September 2018/),
      expect.stringMatching(/^Tidak ada Didata 14 September 2018/),
    ])
  })

  test('takes a proposal as a draft, is told what is missing, and submits it', async () => {
    await choose('Disparbud')
    await follow(page, 'Catat usulan')
    await sees('Dicatat dalam sesi “FGD Identifikasi Infrastruktur dan Aplikasi”.')
    await send(page, 'Simpan sebagai draf', { title: wisata })
    expect(page.url()).toContain(session)
    await follow(page, 'Lihat')
    await sees('Belum dapat diajukan: 6 dari 8 isian wajib belum ada.')
    await follow(page, 'Lengkapi isian')
    await send(page, 'Ajukan usulan', {
      problem: 'Wisatawan mencari keterangan dari banyak sumber yang tidak diperbarui.',
      purpose: 'Objek wisata, penginapan, dan angkutan dalam satu tempat.',
      dutyId: 'Promosi dan pemasaran pariwisata',
      users: ['g2c'],
      platforms: ['android', 'web'],
      natures: ['informative'],
      locations: ['1'],
      way: 'build',
      costLow: '150.000.000',
      costHigh: 'Rp250.000.000',
      runningCost: '12500000',
      costBasis: 'opd',
      contactName: 'Yosef Nai',
    })
    await sees('Usulan diajukan dengan nomor U-2018-001.')
    await sees('Rp 150.000.000 – Rp 250.000.000')
  })

  test('submits a second one at once, with a typed tupoksi and no cost', async () => {
    await choose('Disperindagkop')
    await follow(page, 'Catat usulan')
    await send(page, 'Ajukan usulan', {
      title: suvenir,
      problem: 'Perajin sulit ditemukan wisatawan.',
      purpose: 'Wisatawan menemukan suvenir dan kuliner setempat.',
      dutyText: 'Pembinaan usaha kecil dan menengah',
      users: ['g2c', 'g2b'],
      platforms: ['android'],
      costUnknown: '1',
      contactName: 'Maria Goreti',
    })
    await sees('Usulan diajukan dengan nomor U-2018-002.')
    await follow(page, 'Lihat')
    await sees('belum diverifikasi')
  })

  test('records a decision in the hall, before any score or cost', async () => {
    await choose('Disperindagkop')
    await follow(page, `Catat penetapan ${suvenir}`)
    await send(page, 'Simpan', {
      outcome: 'accepted',
      phase: 'next',
      office: 'Sekretaris Daerah',
      reason: 'Didukung peserta FGD; tahapnya menyusul.',
    })
    await sees('1 penetapan tersimpan.')
    await follow(page, 'Lihat')
    await sees('Ditetapkan sebelum dinilai')
    it.clock.now = new Date('2018-09-14T04:15:00.000Z')
    await page.goto(session)
    await follow(page, 'Tutup sesi')
    await send(page, 'Tutup sesi')
    await sees('Sesi ditutup.')
    await sees('ditutup 14 September 2018 12.15 WITA')
  })

  test('has both rated, and sees score, contributions, rank and checks', async () => {
    await step(page, 'Penilaian')
    await follow(page, 'Catat penilai')
    for (const name of ['Penilai Bappeda', 'Penilai Inspektorat']) {
      await send(page, 'Tambah penilai', { name })
    }
    await step(page, 'Penilaian')
    const weights = (await rowsOf(page.locator('main table').last())).map((row) => Number(row[1]))
    await follow(page, 'Siapkan putaran')
    await fill(formWith(page, 'Simpan'), { name: 'Putaran pertama 2018', due: '2018-09-28' })
    for (const box of await page.locator('#tasks input[type=checkbox]').all()) await box.check()
    await send(page, 'Simpan')
    await follow(page, 'Buka putaran')
    await send(page, 'Buka putaran')
    const sheets = {
      'Penilai Bappeda': [
        [5, 5, 4, 3, 2, 4],
        [3, 4, 3, 2, 2, 3],
      ],
      'Penilai Inspektorat': [
        [4, 5, 3, 3, 3, 4],
        [4, 3, 3, 2, 2, 3],
      ],
    }
    const round = page.url()
    const derived = [0, 0]
    for (const [name, levels] of Object.entries(sheets)) {
      await page.goto(round)
      await follow(page, `Isi penilaian ${name}`)
      for (const [at, row] of levels.entries()) {
        const cells = page
          .locator('table.levels tbody tr')
          .nth(at)
          .locator('input:not([type=hidden]):not(.is-note)')
        derived[at] = Number(await cells.nth(3).getAttribute('placeholder'))
        for (const [cell, level] of [...row.slice(0, 3), '', ...row.slice(3)].entries()) {
          await cells.nth(cell).fill(String(level))
        }
      }
      await send(page, 'Simpan')
      await sees('12 penilaian tersimpan.')
    }

    await step(page, 'Peringkat')
    const rows = await rowsOf(page.locator('table.ranking'))
    const scoreOf = (at: number) => {
      const [a, b] = Object.values(sheets).map((rows) => rows[at]!.toSpliced(3, 0, derived[at]!))
      return weights.reduce((sum, weight, k) => sum + (weight * ((a![k]! + b![k]!) / 2 - 1)) / 4, 0)
    }
    const written = (n: number) => n.toFixed(1).replace('.', ',')
    expect(rows.map((row) => [row[0], row[1]?.split(' U-')[0], row[2]])).toEqual([
      ['1', wisata, written(scoreOf(0))],
      ['2', suvenir, written(scoreOf(1))],
    ])
    const bar = page.locator('table.ranking svg.bar').first()
    const parts =
      (await bar.getAttribute('aria-label'))
        ?.match(/\d+,\d/g)
        ?.map((part) => Number(part.replace(',', '.'))) ?? []
    expect(parts).toHaveLength(7)
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(scoreOf(0), 0)
    expect(rows[0]?.[3]).toContain('dari 4 terpenuhi')
    expect(rows[0]?.[4]).toBe('Rp 150.000.000 – Rp 250.000.000')
    expect(rows[1]?.[4]).toBe('Belum diketahui')
    expect(rows[1]?.[5]).toContain('Tahap berikutnya')
    for (const row of rows)
      ranking.set(row[1]!.split(' U-')[0]!, { rank: Number(row[0]), score: row[2]! })
  })

  test('sets the phases, sees the road map, and decides beside the computed rank', async () => {
    await step(page, 'Peta Jalan')
    await follow(page, 'Atur tahap')
    await newPhase({
      name: 'Tahap 1',
      yearFrom: '2019',
      yearTo: '2020',
      ceiling: '1.000.000.000',
      capacity: '3',
    })
    await newPhase({ name: 'Tahap 2', yearFrom: '2021', yearTo: '2023' })
    await step(page, 'Peta Jalan')
    const first = page.locator('.phases > section').first()
    expect(await read(first)).toContain(wisata)
    expect(await read(first)).toContain('Menurut hitungan')

    await step(page, 'Penetapan')
    await follow(page, 'Catat penetapan')
    await page.getByRole('checkbox', { name: wisata }).check()
    await send(page, 'Simpan', {
      outcome: 'accepted',
      phase: 'Tahap 1 (2019–2020)',
      level: 'kepala_daerah',
      office: 'Bupati Manggarai Barat',
      reason: 'Pariwisata adalah program utama daerah.',
      document: 'Keputusan Bupati Nomor 12/KEP/HK/2018',
    })
    await sees('Peringkat hitungan 1')
    await step(page, 'Peta Jalan')
    used = /Terpakai (Rp [\d.]+)/.exec(await read(first))?.[1] ?? ''
    expect(await read(first)).not.toContain('Menurut hitungan')
  })

  test('downloads the report, whose figures are those of the screens', {
    timeout: 90_000,
  }, async () => {
    await step(page, 'Laporan')
    const download = await downloadReport(page)
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/)
    await download.saveAs(file)
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(file)

    const matrix = table(book, 'Matriks Prioritas')
    for (const [title, seen] of ranking) {
      const row = matrix.find((each) => each.Usulan === title)
      expect(row?.['Peringkat Hitungan']).toBe(seen.rank)
      expect(Number(row?.Skor).toFixed(1).replace('.', ',')).toBe(seen.score)
    }
    const proposals = table(book, 'Usulan Aplikasi')
    expect(
      proposals.map((row) => [row['Nama Usulan'], row['Biaya Terendah'], row['Biaya Tertinggi']]),
    ).toEqual([
      [wisata, 150_000_000, 250_000_000],
      [suvenir, null, null],
    ])
    const summary = textOf(book, 'Ringkasan')
    expect(summary.slice(2, 6)).toEqual([2, 2, 2, 250_000_000])
    expect(summary).toContain(
      'Dari 2 OPD, 1 memiliki internet di seluruh lokasinya, 1 di sebagian lokasi, 0 tidak memiliki, dan 0 belum didata.',
    )
    expect(summary).toContain(Number(used.replace(/\D/g, '')))
  })

  test('has met no console error, no dialog and no foreign request', () => {
    expect(bad).toEqual([])
  })

  async function sees(text: string) {
    await expect.poll(() => read(page.locator('main')), { timeout: 10_000 }).toContain(text)
  }

  async function newOpd(answers: Record<string, string>) {
    await send(page, 'Simpan', answers)
  }

  async function newOffice(answers: Record<string, string>) {
    await follow(page, 'Tambah lokasi kantor')
    await send(page, 'Simpan', { signal: '4g', power: 'full', powerOutHours: '0,5', ...answers })
  }

  async function newPhase(answers: Record<string, string>) {
    await follow(page, 'Tambah tahap')
    await send(page, 'Simpan', answers)
  }

  /** In the workspace of the session, the OPD that speaks now. */
  async function choose(shortName: string) {
    await page.goto(session)
    await page.locator('#opds a').filter({ hasText: shortName }).click()
    await page.waitForLoadState('load')
  }

  async function inventoryOf(
    office: string,
    line: Record<string, string>,
    devices: Record<string, string>,
  ) {
    const here = page.url()
    await follow(page, `Catat akses internet ${office}`)
    await send(page, 'Simpan', line)
    expect(page.url()).toContain(session)
    await page.goto(here)
    await follow(page, `Catat perangkat ${office}`)
    await send(page, 'Simpan', devices)
  }
})

describe.skipIf(!hasBrowser)('without JavaScript', slow, () => {
  test('all is done from the first OPD to the report, whose workbook is waited for by a link', async () => {
    const { it, origin, setup } = await emptyProgram(workshop(undefined, 0))
    const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false })
    const page = await context.newPage()
    const told = () => read(page.locator('main'))
    const bad = watch(page, origin)
    await page.goto(setup)
    await send(page, 'Simpan dan mulai', government)
    await page.goto(`${origin}/opd/new`)
    await send(page, 'Simpan', { name: tourism, kind: 'dinas' })
    await follow(page, 'Tambah lokasi kantor')
    await send(page, 'Simpan', { kind: 'main', name: 'Kantor Dinas', isHead: '1' })
    await follow(page, 'Catat akses internet')
    await send(page, 'Simpan', { available: 'no' })
    await page.goto(`${origin}/roadmap/phases/new`)
    await send(page, 'Simpan', { name: 'Tahap 1', yearFrom: '2019', yearTo: '2020' })
    await page.goto(`${origin}/fgd/new`)
    await send(page, 'Simpan', { title: 'FGD', heldOn: '2018-09-14' })
    await press(page, page.getByRole('button', { name: 'Undang semua OPD' }))
    await follow(page, 'Buka sesi')
    await send(page, 'Buka sesi')
    const present = { '0.name': 'Yosef Nai', '0.presentAs': 'mewakili' }
    await send(page, 'Catat kehadiran', present)
    expect(await told()).toContain('1 dari 1 OPD hadir')
    await follow(page, 'Catat perangkat Kantor Dinas')
    await send(page, 'Simpan', { none: '1' })
    await follow(page, 'Catat usulan')
    await send(page, 'Ajukan usulan', { ...shortProposal, dutyText: 'Promosi pariwisata' })
    expect(await told()).toContain('Usulan diajukan dengan nomor U-2018-001.')
    await follow(page, `Catat penetapan ${wisata}`)
    await send(page, 'Simpan', {
      outcome: 'accepted',
      phase: 'Tahap 1 (2019–2020)',
      office: 'Bupati Manggarai Barat',
      reason: 'Program utama daerah.',
    })
    await page.goto(`${origin}/publications/new`)
    await send(page, 'Umumkan kepada semua OPD', { publishedOn: '2018-09-14' })
    expect(await told()).toMatch(/Hasil sudah diumumkan.*Tahap 1 .* Aplikasi Pariwisata/)

    await page.goto(`${origin}/report`)
    expect(await told()).toContain('Isi buku kerja sedang dihitung.')
    await press(page, page.getByRole('button', { name: 'Unduh', exact: true }))
    const file = page.getByRole('link', { name: 'Unduh', exact: true })
    for (let n = 0; n < 300 && (await file.count()) === 0; n += 1) await follow(page, 'Segarkan')
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
    expect(statSync(await download.path()).size).toBeGreaterThan(20_000)
    expect(bad).toEqual([])
    await context.close()
    await it.close()
  })
})

describe.skipIf(!hasBrowser)('what people do with a browser', slow, () => {
  let it: TestApp
  let origin: string
  let page: Page
  let bad: string[]

  beforeAll(async () => {
    if (!hasBrowser) return
    const program = await emptyProgram()
    it = program.it
    origin = program.origin
    page = await (await browser.newContext({ viewport: desk })).newPage()
    bad = watch(page, origin)
    await page.goto(program.setup)
    await send(page, 'Simpan dan mulai', government)
  })
  afterAll(async () => {
    await page?.context().close()
    await it?.close()
  })

  test('pressing twice, loading again and going back and forth record once', async () => {
    await page.goto(`${origin}/opd/new`)
    await fill(formWith(page, 'Simpan'), { name: tourism, kind: 'dinas' })
    await page.getByRole('button', { name: 'Simpan', exact: true }).dblclick()
    await page.waitForURL(/\/opd\/\d+$/)
    await page.reload()
    await page.goBack()
    await page.goForward()
    const rows = await it.connection.db
      .selectFrom('event')
      .select('id')
      .where('entity', '=', 'opd')
      .execute()
    expect(rows).toHaveLength(1)
  })

  test('the other language is remembered, also when coming in again', async () => {
    await page.goto(`${origin}/opd`)
    await page.getByRole('button', { name: 'English' }).click()
    await page.waitForURL(`${origin}/opd`)
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/sign-in/)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await fill(page.locator('main form'), { username: government.username, password })
    await page.locator('main button[type=submit]').click()
    await page.waitForURL(`${origin}/`)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: 'Bahasa Indonesia' }).click()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('id')
  })

  test('after signing out, going back shows nothing of what was there', async () => {
    await page.goto(`${origin}/opd`)
    await page.locator('main').getByText(tourism).first().click()
    await page.waitForURL(/\/opd\/\d+$/)
    await page.getByRole('button', { name: 'Keluar' }).click()
    await page.waitForURL(/sign-in/)
    await page.goBack()
    await expect.poll(() => page.url()).toContain('/sign-in')
    expect(await page.content()).not.toContain(tourism)
    const answer = await page.request.get(`${origin}/opd`, { maxRedirects: 0 })
    expect(answer.status()).toBe(303)
    expect(answer.headers()['cache-control']).toBe('no-store')
  })

  test('nothing of it disturbs the console', () => {
    expect(bad).toEqual([])
  })
})

const shortProposal = {
  title: wisata,
  problem: 'Keterangan wisata tersebar.',
  purpose: 'Satu tempat bertanya.',
  users: ['g2c'],
  platforms: ['android'],
  contactName: 'Yosef Nai',
}

const fastLine = {
  available: 'yes',
  provider: 'Telkom',
  downKbps: '30',
  outageHours: '2',
  lan: 'all',
  wifi: 'part',
}

/** The rows under the headings of a sheet, as objects by heading. */
function table(book: ExcelJS.Workbook, name: string): Record<string, unknown>[] {
  const sheet = book.getWorksheet(name)!
  const headerRow = Number(/\d+/.exec(String(sheet.autoFilter))?.[0])
  const rows: Record<string, unknown>[] = []
  for (let at = headerRow + 1; at <= sheet.rowCount; at += 1) {
    const row: Record<string, unknown> = {}
    sheet.getRow(headerRow).eachCell((cell, column) => {
      row[String(cell.value)] = shown(sheet.getRow(at).getCell(column)) ?? null
    })
    if (Object.values(row).some((value) => value !== null)) rows.push(row)
  }
  return rows
}

/** Every value of a sheet from top to bottom, each merged cell once. */
function textOf(book: ExcelJS.Workbook, name: string): unknown[] {
  const values: unknown[] = []
  book.getWorksheet(name)?.eachRow((row) => {
    row.eachCell((cell) => {
      if (cell.master === cell) values.push(shown(cell))
    })
  })
  return values
}

/** What a cell shows: the result of a formula, else its value. */
function shown(cell: ExcelJS.Cell): unknown {
  return cell.formula === undefined ? cell.value : cell.result
}
