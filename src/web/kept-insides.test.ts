import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../db/connect.ts'
import { updateRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let planner: string
let opdId: number

beforeAll(async () => {
  it = await testApp()
  planner = await it.signIn(['planner'])
  opdId = await it.write((trx) => make.opd(trx, it.by, 'Dinas Pariwisata'))
  await it.write((trx) => make.proposal(trx, it.by, opdId, 'Aplikasi wisata'))
})
afterAll(() => it.close())

const kept = ['/', '/proposals', '/applications', '/opd', '/ranking']
const shown = async (url: string, cookie = planner) => (await it.get(url, cookie)).body

test('a page is the same the second time, to the byte', async () => {
  for (const url of kept) {
    const first = await shown(url)
    expect(first, url).toContain('</html>')
    expect(await shown(url), url).toBe(first)
  }
})

test('every reader, language and address has an inside of its own', async () => {
  const staff = await it.signIn(['staff'])
  const other = await it.write((trx) => make.opd(trx, it.by, 'Dinas Lain'))
  const own = await it.signIn(['opd'], [other])
  const english = `${planner}; rancang_language=en`
  for (let turn = 0; turn < 2; turn += 1) {
    expect(await shown('/proposals')).toContain('Aplikasi wisata')
    expect(await shown('/proposals', own)).not.toContain('Aplikasi wisata')
    expect(await shown('/proposals', staff)).toContain('Akun staff')
    expect(await shown('/proposals?q=lain')).not.toContain('Aplikasi wisata')
    expect(await shown('/proposals', english)).not.toContain('Usulan')
  }
})

test('what was saved is shown at once, by this program or by another', async () => {
  await shown('/proposals')
  const title = 'Aplikasi yang baru'
  const saved = await it.post('/proposals', { opdId, title, intent: 'save' }, planner)
  expect(saved.statusCode).toBe(303)
  expect(await shown('/proposals')).toContain(title)

  await shown('/opd')
  const other = connect(it.connection.file)
  await other.db.transaction().execute((trx) => make.opd(trx, it.by, 'Dinas dari luar'))
  await other.close()
  expect(await shown('/opd')).toContain('Dinas dari luar')

  await it.write((trx) => updateRow(trx, 'government', 1, 1, { name: 'Kabupaten Lain' }, it.by))
  expect(await shown('/proposals')).toContain('Kabupaten Lain')
})

test('the frame is of the request: what was just done is said once', async () => {
  const plain = await shown('/proposals')
  const flash = Buffer.from(JSON.stringify({ key: 'form.removed' })).toString('base64url')
  expect(await shown('/proposals', `${planner}; rancang_flash=${flash}`)).toContain('class="flash"')
  expect(await shown('/proposals')).toBe(plain)
})

test('a page is not shown any more once an account may not see it', async () => {
  await shown('/ranking')
  it.connection.raw.exec(`update account_role set role = 'assessor' where role = 'planner'`)
  expect((await it.get('/ranking', planner)).statusCode).toBe(403)
})
