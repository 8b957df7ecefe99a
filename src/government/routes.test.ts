import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Tx } from '../db/schema.ts'
import { appendRow } from '../db/write.ts'
import { government as words } from '../i18n/id/government.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { exampleTables, leans, ordered } from './example.ts'
import { readStandards } from './queries.ts'
import { loadReference } from './reference.ts'

let it: TestApp
let admin: string

beforeEach(async () => {
  it = await testApp()
  admin = await it.signIn(['admin'])
})
afterEach(() => it.close())

const government = {
  name: 'Kabupaten Manggarai Barat',
  level: 'kabupaten',
  province: 'Nusa Tenggara Timur',
  capital: 'Labuan Bajo',
  timeZone: 'Asia/Makassar',
  officeName: 'Dinas Komunikasi dan Informatika',
  officeShort: 'Dinkominfo',
  headTitle: 'Bupati',
  spbeTerm: 'Pemerintah Digital',
  planTitle: 'Grand Design E-Government',
  yearFrom: '2019',
  yearTo: '2023',
  legalBases: 'Peraturan Presiden Nomor 95 Tahun 2018\nPeraturan Bupati Nomor 41 Tahun 2016',
  address: 'Jalan Gabriel Gampur, Labuan Bajo',
  paper: 'F4',
}

describe('the settings', () => {
  test('the identity is changed and used on every page at once', async () => {
    const answer = await it.post('/settings/government', { ...government, _version: 1 }, admin)
    expect(answer.headers.location).toBe('/settings')
    const shown = await it.get('/settings', admin)
    expect(shown.body).toContain('Dinkominfo')
    expect(shown.body).toContain('<li>Peraturan Bupati Nomor 41 Tahun 2016</li>')
    expect(shown.body).toContain('F4 (215 × 330 mm)')
  })

  test('a plan that ends before it begins is a message at its field', async () => {
    const fields = { ...government, yearTo: '2018', _version: 1 }
    const answer = await it.post('/settings/government', fields, admin)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('id="yearTo-error"')
  })

  test('staff may look and not change', async () => {
    const staff = await it.signIn(['staff'])
    const shown = await it.get('/settings', staff)
    expect(shown.statusCode).toBe(200)
    expect(shown.body).not.toContain('/settings/government')
    expect((await it.get('/settings/government', staff)).statusCode).toBe(403)
    expect((await it.post('/settings/standards', {}, staff)).statusCode).toBe(403)
    expect((await it.post('/settings/example/removal', {}, staff)).statusCode).toBe(403)
  })

  test('a signatory is added, changed and removed', async () => {
    const signatory = {
      role: 'Mengetahui',
      office: 'Kepala Dinas Komunikasi dan Informatika',
      holdsAs: 'plt',
      name: '',
      rank: '',
      nip: '',
    }
    const wrong = await it.post('/settings/signatories', { ...signatory, nip: '123' }, admin)
    expect(wrong.body).toContain('NIP terdiri atas 18 angka.')
    await it.post('/settings/signatories', signatory, admin)
    const { id } = await it.connection.db
      .selectFrom('signatory')
      .select('id')
      .executeTakeFirstOrThrow()
    expect((await it.get('/settings', admin)).body).toContain('Mengetahui')
    const at = `/settings/signatories/${id}`
    const changed = { ...signatory, name: 'Yohanes Hani', _version: 1 }
    expect((await it.post(at, changed, admin)).statusCode).toBe(303)
    expect((await it.get(at, admin)).body).toContain('value="Yohanes Hani"')
    const stale = await it.post(`${at}/removal`, { _version: 1 }, admin)
    expect(stale.statusCode).toBe(409)
    expect((await it.post(`${at}/removal`, { _version: 2 }, admin)).statusCode).toBe(303)
    expect((await it.get(at, admin)).statusCode).toBe(404)
  })

  test('standards are typed in Mbps and kept in kbps, and the change is noted', async () => {
    const fields = { kbpsPerUser: '1,5', minKbps: '20', usersPerPc: '1,5' }
    expect((await it.post('/settings/standards', fields, admin)).statusCode).toBe(303)
    expect(await readStandards(it.context.db)).toEqual({
      kbpsPerUser: 1500,
      minKbps: 20_000,
      usersPerPc: 1.5,
    })
    expect((await it.get('/settings/standards', admin)).body).toContain('value="1,5"')
    const zero = await it.post('/settings/standards', { ...fields, minKbps: '0' }, admin)
    expect(zero.body).toContain('Isi angka yang lebih besar dari 0.')
    const log = await it.connection.db.selectFrom('accessLog').select(['kind', 'about']).execute()
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({ kind: 'settings' })
  })
})

describe('the reference rows', () => {
  test('loading them twice changes nothing', async () => {
    await it.write((trx) => loadReference(trx, it.by))
    const events = async () =>
      (await it.connection.db.selectFrom('event').select('id').execute()).length
    const before = await events()
    await it.write((trx) => loadReference(trx, it.by))
    expect(await events()).toBe(before)
    const set = await it.connection.db.selectFrom('criterionSet').selectAll().execute()
    expect(set).toMatchObject([{ state: 'frozen' }])
    const weights = await it.connection.db.selectFrom('weight').select('value').execute()
    expect(weights.reduce((all, { value }) => all + value, 0)).toBeCloseTo(100, 9)
  })
})

describe('removing the example', () => {
  const opd = (trx: Tx, name: string, example: string | null) =>
    make.opd(trx, it.by, name, { example })
  const proposal = (trx: Tx, opdId: number, title: string, example: string | null) =>
    make.proposal(trx, it.by, opdId, title, { example })

  function decision(trx: Tx, proposalId: number, example: string | null, correctsId?: number) {
    return appendRow(
      trx,
      'decision',
      {
        proposalId,
        outcome: 'accepted',
        phaseId: null,
        place: null,
        nationalId: null,
        redirectTo: null,
        level: 'fgd',
        fgdSessionId: null,
        decidedBy: null,
        office: 'Kepala Dinas',
        holdsAs: 'definitif',
        decidedOn: '2018-09-14',
        document: null,
        reason: 'Ditetapkan dalam sesi.',
        lookAgainOn: null,
        computedRank: null,
        computedScore: null,
        correctsId: correctsId ?? null,
        example,
      },
      it.by,
    )
  }

  const ids = async (table: 'opd' | 'proposal' | 'decision') =>
    (await it.connection.db.selectFrom(table).select('id').orderBy('id').execute()).map(
      (row) => row.id,
    )

  test('takes all of it, decisions too, and nothing real; each row leaves its event', async () => {
    const real = await it.write(async (trx) => {
      const example = await opd(trx, 'contoh', '*')
      const wish = await proposal(trx, example, 'Aplikasi wisata', '*')
      const first = await decision(trx, wish, '*')
      await decision(trx, wish, '*', first)
      await opd(trx, 'sebagian contoh', 'headName')
      await opd(trx, 'seluruhnya diceritakan sumber', '')
      return opd(trx, 'sungguh', null)
    })
    const page = await it.get('/settings/example/removal', admin)
    expect(page.body).toContain('Hapus 6 baris data contoh')
    const done = await it.post('/settings/example/removal', {}, admin)
    expect(done.headers.location).toBe('/settings')
    expect(await ids('opd')).toEqual([real])
    expect(await ids('proposal')).toEqual([])
    expect(await ids('decision')).toEqual([])
    const removed = await it.connection.db
      .selectFrom('event')
      .select('entity')
      .where('action', '=', 'remove')
      .orderBy('id')
      .execute()
    expect(removed.map((event) => event.entity).sort()).toEqual([
      'decision',
      'decision',
      'opd',
      'opd',
      'opd',
      'proposal',
    ])
    const again = await it.get('/settings/example/removal', admin)
    expect((await it.get('/settings', admin)).body).not.toContain('/settings/example/removal')
    expect(again.body).toContain('Tidak ada data contoh.')
  })

  test('what real data lean on stays, is told before and after', async () => {
    const [used, unused] = await it.write(async (trx) => {
      const one = await opd(trx, 'dipakai', '*')
      const two = await opd(trx, 'tidak', '*')
      const wish = await proposal(trx, one, 'Contoh yang ditetapkan sungguh', '*')
      await decision(trx, wish, null)
      return [one, two]
    })
    const page = await it.get('/settings/example/removal', admin)
    expect(page.body).toContain('2 baris contoh tetap disimpan')
    const done = await it.post('/settings/example/removal', {}, admin)
    expect(done.statusCode).toBe(303)
    expect(await ids('opd')).toEqual([used])
    expect(await ids('opd')).not.toContain(unused)
    expect(await ids('decision')).toHaveLength(1)
  })

  test('a real decision cannot be deleted, nor become an example', async () => {
    await it.write(async (trx) => {
      await decision(trx, await proposal(trx, await opd(trx, 'x', null), 'x', null), null)
    })
    const { raw } = it.connection
    expect(() => raw.exec('delete from decision')).toThrow('append-only')
    expect(() => raw.exec("update decision set example = '*'")).toThrow('append-only')
    expect(() => raw.exec('delete from event')).toThrow('append-only')
  })

  test('each kind of example that may be removed has its name', () => {
    expect(exampleTables.filter((table) => !(`government.kind.${table}` in words))).toEqual([])
  })

  test('every column by which rows lean on each other is known', async () => {
    const { raw } = it.connection
    const camel = (name: string) => name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase())
    const tables = raw
      .prepare("select name from sqlite_schema where type = 'table'")
      .pluck()
      .all() as string[]
    const known = new Set(leans.map(({ from, column, via }) => `${via?.table ?? from}.${column}`))
    const parents = new Set(leans.flatMap(({ via }) => (via ? [`${via.table}.${via.parent}`] : [])))
    const missing = tables.flatMap((table) =>
      (raw.pragma(`foreign_key_list(${table})`) as { from: string; table: string }[])
        .filter((key) => (exampleTables as readonly string[]).includes(camel(key.table)))
        .map((key) => `${camel(table)}.${camel(key.from)}`)
        .filter((column) => !known.has(column) && !parents.has(column)),
    )
    const belongs = [
      'accountRole.accountId',
      'knownBrowser.accountId',
      'webSession.accountId',
      'webSession.linkId',
      'opdAffair.opdId',
      'deviceCount.surveyId',
      'proposalChoice.proposalId',
      'proposalCost.proposalId',
      'applicationChoice.applicationId',
      'criterionLevel.criterionId',
    ]
    expect(missing.filter((column) => !belongs.includes(column))).toEqual([])
  })

  test('rows that lean on each other in a circle stay', () => {
    const row = (id: number) => ({ table: 'proposal' as const, id, version: 1 })
    const rows = new Map([1, 2, 3].map((id) => [String(id), row(id)]))
    const links = [
      { from: '1', to: '2' },
      { from: '2', to: '1' },
      { from: '2', to: '3' },
    ]
    expect(ordered(rows, links).goes).toEqual([])
    expect(ordered(rows, []).goes).toHaveLength(3)
    expect(ordered(rows, [{ from: 'x', to: '1' }]).stays).toEqual([row(1)])
  })
})
