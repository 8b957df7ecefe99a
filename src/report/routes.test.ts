import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../root.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { downloadWorkbook, seedReport } from '../testing/report.ts'
import { fileNameOf } from './file-name.ts'
import { sheetNames } from './layout.ts'

let it: TestApp
let planner: string
let staff: string

beforeAll(async () => {
  it = await testApp()
  await it.write((trx) => seedReport(trx, it.by))
  planner = await it.signIn(['planner'])
  staff = await it.signIn(['staff'])
})
afterAll(() => it.close())

const url = '/report/grand-design.xlsx'

async function opened(payload: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(payload as unknown as ArrayBuffer)
  return workbook
}

/** The page once its figures are computed. */
async function settled(cookie: string) {
  for (let turn = 0; turn < 100; turn += 1) {
    const page = await it.get('/report', cookie)
    expect(page.statusCode).toBe(200)
    if (!page.body.includes('data-renew')) return page
  }
  throw new Error('the figures never came')
}

const logged = () =>
  it.connection.db
    .selectFrom('accessLog')
    .select(['kind', 'actorName', 'about', 'at'])
    .where('kind', '=', 'export')
    .execute()

test('the page says what is in the workbook, of when, and what is missing', async () => {
  const page = await settled(staff)
  expect(page.body).toContain('Matriks Prioritas')
  expect(page.body).toContain('14 September 2018 10.00 WITA')
  expect(page.body).toContain('2 lokasi belum didata akses internetnya.')
  expect(page.body).toContain('1 draf usulan belum diajukan')
  expect(page.body).not.toContain('name="internal"')
  expect((await it.get('/report', planner)).body).toContain('name="internal"')
})

test('the English page says in English what each sheet holds', async () => {
  const reader = await it.signIn(['staff'])
  await it.post('/language', { locale: 'en', next: '/report' }, reader)
  const { body } = await settled(reader)
  expect(body).toContain('Computed ranking and decisions')
  expect(body).not.toContain('Peringkat hitungan dan penetapan')
})

test('each thing that is missing leads to the page where it is filled in, as far as one may', async () => {
  const lacks = async (cookie: string) => {
    const { body } = await settled(cookie)
    return body.slice(body.indexOf('id="lacks-title"')).match(/<li>.*?<\/li>/gs) ?? []
  }
  const seen = await lacks(planner)
  expect(seen.length).toBeGreaterThan(1)
  for (const lack of seen) {
    const [, href] = /href="([^"]+)"/.exec(lack) ?? []
    if (/hukum|tanda tangan/.test(lack)) expect(href, lack).toBeUndefined()
    else expect((await it.get(href?.replace('&amp;', '&') ?? '', planner)).statusCode).toBe(200)
  }
  const admin = (await lacks(await it.signIn(['admin']))).join('')
  expect(admin).toContain('href="/settings/government"')
  expect((await it.get('/inventory?state=unrecorded', planner)).body).toContain('2 lokasi')
})

test('the workbook is downloaded as a file, and noted once', async () => {
  expect(existsSync(inProject('dist', 'bundle', 'report', 'worker.js')), 'build first').toBe(true)
  const answer = await downloadWorkbook(it, staff)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe(
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  )
  expect(answer.headers['content-disposition']).toBe(
    'attachment; filename="grand-design-manggarai-barat-2018-09-14.xlsx"',
  )
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(Number(answer.headers['content-length'])).toBe(answer.rawPayload.length)
  const workbook = await opened(answer.rawPayload)
  expect(workbook.worksheets).toHaveLength(sheetNames.length)
  const rows = await logged()
  expect(rows).toHaveLength(1)
  expect(JSON.parse(rows[0]?.about ?? '{}')).toEqual({
    file: 'grand-design-manggarai-barat-2018-09-14.xlsx',
    internal: false,
  })
})

test('names of assessors are for planners', async () => {
  expect((await it.post(url, { internal: '1' }, staff)).statusCode).toBe(403)
  const answer = await downloadWorkbook(it, planner, { internal: '1' })
  expect(answer.statusCode).toBe(200)
  const names = (await opened(answer.rawPayload)).getWorksheet('Nilai Tunggal')
  expect(JSON.stringify(names?.getColumn(4).values)).toContain('Anselmus Rahasia')
})

test('those who may not export are refused, and unknown fields too', async () => {
  const opd = await it.signIn(['opd'], [1])
  expect((await it.get('/report', opd)).statusCode).toBe(403)
  expect((await it.post(url, {}, opd)).statusCode).toBe(403)
  expect((await it.post(url, {})).statusCode).toBe(303)
  expect((await it.post(url, { scope: 'all' }, planner)).statusCode).toBe(403)
})

test.each([
  ['Kabupaten Manggarai Barat', 'grand-design-manggarai-barat-2018-09-14.xlsx'],
  ['Kota "Ambon"; é', 'grand-design-ambon-e-2018-09-14.xlsx'],
  ['漢字', 'grand-design-2018-09-14.xlsx'],
])('the file of %s has a plain name', (government, name) => {
  expect(fileNameOf(government, '2018-09-14')).toBe(name)
})

describe('the script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rancang-script-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (args: string[], databaseFile = it.connection.file) =>
    spawnSync(process.execPath, [inProject('dist', 'scripts', 'report.js'), ...args], {
      env: { ...process.env, BASE_URL: '', DATABASE_URL: databaseFile },
      encoding: 'utf8',
    })

  test('writes the same workbook while the program is running', () => {
    const out = join(folder, 'grand-design.xlsx')
    const done = run(['--out', out])
    expect(done.stderr).toBe('')
    expect(done.status).toBe(0)
    expect(done.stdout).toContain('3 OPD, 6 usulan')
    expect(existsSync(out)).toBe(true)
    const again = run(['--out', out])
    expect(again.status).toBe(1)
    expect(again.stderr).toContain('sudah ada')
  })

  test('says what is wrong, and leaves no half-written file', () => {
    expect(run([]).status).toBe(2)
    expect(run(['--keluar', 'x.xlsx']).status).toBe(2)
    const out = join(folder, 'none.xlsx')
    const missing = run(['--out', out], join(folder, 'none.sqlite'))
    expect(missing.status).toBe(1)
    expect(missing.stderr).toContain('tidak ditemukan')
    expect(run(['--out', join(folder, 'no', 'such', 'folder.xlsx')]).status).toBe(1)
    expect(existsSync(out)).toBe(false)
  })
})
