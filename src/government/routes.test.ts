import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { camel } from '../db/names.ts'
import type { Tx } from '../db/schema.ts'
import { appendRow } from '../db/write.ts'
import { government as words } from '../i18n/id/government.ts'
import { noFile, type SentFile, type TestApp, testApp, uploadPost } from '../testing/app.ts'
import { emblemJpeg, emblemPng } from '../testing/emblem.ts'
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

describe('the emblem', () => {
  const png = (bytes: Uint8Array = emblemPng()): SentFile => ({
    name: 'lambang.png',
    type: 'image/png',
    bytes,
  })
  let keys = 0
  const send = async (file: SentFile, who = admin, version = '1', url = '/settings/emblem') => {
    keys += 1
    const fields = [
      ['_key', `kunci-lambang-${keys}`],
      ['_version', version],
      ['emblem', file],
    ] as const
    return it.app.inject(await uploadPost(url, fields, who))
  }
  const addressIn = (html: string) => /src="(\/settings\/pictures\/\w+)"/.exec(html)?.[1] ?? ''

  test('a PNG is kept, shown on the settings and on papers, and served to everybody', async () => {
    expect((await send(png())).headers.location).toBe('/settings')
    const shown = (await it.get('/settings', admin)).body
    expect(shown).toContain('alt="Lambang Kabupaten Manggarai Barat"')
    expect(shown).toContain('gambar PNG, 40 × 50 piksel')
    const address = addressIn(shown)
    const served = await it.get(address)
    expect(served.statusCode).toBe(200)
    expect(served.rawPayload).toEqual(emblemPng())
    expect(served.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    const etag = String(served.headers.etag)
    const again = { url: address, headers: { 'if-none-match': etag } }
    expect((await it.app.inject(again)).statusCode).toBe(304)
    const planner = await it.signIn(['planner'])
    const annex = (await it.get('/decisions/annex', planner)).body
    expect(annex).toContain(`<img src="${address}" width="40" height="50"`)
    expect((await it.get(`/settings/pictures/${'0'.repeat(64)}`)).statusCode).toBe(404)
    expect((await it.get('/settings/pictures/%25')).statusCode).toBe(404)
  })

  test('a JPEG is taken, whatever it is called', async () => {
    expect((await send({ ...png(emblemJpeg), type: 'text/html' })).statusCode).toBe(303)
    const address = addressIn((await it.get('/settings', admin)).body)
    expect((await it.get(address)).headers['content-type']).toBe('image/jpeg')
  })

  test.each([
    ['no file', noFile, 'none'],
    ['a text that is called a PNG', png(Buffer.from('<script>alert(1)</script>')), 'kind'],
    ['a PNG that breaks off', png(emblemPng().subarray(0, 80)), 'broken'],
    ['a PNG of too many pixels', png(emblemPng(2001, 3)), 'pixels'],
    ['too large a file', png(Buffer.concat([emblemPng(), Buffer.alloc(500 * 1024)])), 'large'],
  ])('%s is a message at the field, and nothing is written', async (_, file, why) => {
    const answer = await send(file)
    expect(answer.statusCode).toBe(422)
    const key = `government.error.emblem.${why}` as keyof typeof words
    const said = words[key].replace('{width}', '2001').replace('{height}', '3')
    expect(answer.body).toMatch(/id="emblem-error"/)
    expect(answer.body).toContain(said)
    expect(await it.connection.db.selectFrom('picture').select('name').execute()).toEqual([])
  })

  test('it is replaced, removed after a question, and put back from the history', async () => {
    await send(png())
    expect((await send(png(emblemPng(60, 60)), admin, '2')).statusCode).toBe(303)
    expect((await send(png(emblemPng(70, 70)), admin, '2')).statusCode).toBe(409)
    const asked = (await it.get('/settings/emblem/removal', admin)).body
    expect(asked).toContain('name="_version" value="3"')
    const removal = { _version: 3, _key: 'kunci-lepas-lambang' }
    for (const _ of [1, 2]) {
      const done = await it.post('/settings/emblem/removal', removal, admin)
      expect(done.headers.location).toBe('/settings')
    }
    const shown = (await it.get('/settings', admin)).body
    expect(addressIn(shown)).toBe('')
    expect(shown).toContain('gambar PNG, 60 × 60 piksel')
    const { id } = await it.connection.db
      .selectFrom('event')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const back = { field: 'emblem', _version: 4 }
    expect((await it.post(`/history/events/${id}`, back, admin)).statusCode).toBe(303)
    expect((await it.get('/settings', admin)).body).toContain('width="60" height="60"')
  })

  test('a file that is far too large is told at its field, and the form can be sent again', async () => {
    const sent = await uploadPost('/settings/emblem', [['emblem', png()]], admin)
    const length = { 'content-length': String(33 * 1024 * 1024) }
    const answer = await it.app.inject({ ...sent, headers: { ...sent.headers, ...length } })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(/id="emblem-error"/)
    expect(answer.body).toContain('Pilih lagi berkasnya')
    expect(answer.body).not.toContain('Isian Anda masih ada')
    const version = /name="_version" value="(\d+)"/.exec(answer.body)?.[1]
    expect((await send(png(), admin, version)).statusCode).toBe(303)
  })

  test('a broken body, a form without a file and too many parts are refused, never an error', async () => {
    const sent = await uploadPost('/settings/emblem', [['emblem', png()]], admin)
    const cut = { ...sent, payload: (sent.payload as Buffer).subarray(0, 200) }
    expect((await it.app.inject(cut)).statusCode).toBe(400)
    const nameless = {
      ...sent,
      headers: { ...sent.headers, 'content-type': 'multipart/form-data' },
    }
    expect((await it.app.inject(nameless)).statusCode).toBe(400)
    const two = [
      ['emblem', png()],
      ['emblem', png()],
    ] as const
    expect((await it.app.inject(await uploadPost('/settings/emblem', two, admin))).statusCode).toBe(
      413,
    )
    expect((await it.post('/settings/emblem', { emblem: 'x' }, admin)).statusCode).toBe(422)
  })

  test('only who may change the settings sends one, from our own pages, and to no other form', async () => {
    const staff = await it.signIn(['staff'])
    expect((await it.get('/settings/emblem', staff)).statusCode).toBe(403)
    expect((await send(png(), staff)).statusCode).toBe(403)
    expect((await send(png(), '')).statusCode).toBe(303)
    expect((await send(png(), admin, '1', '/settings/government')).statusCode).toBe(415)
    const sent = await uploadPost('/settings/emblem', [['emblem', png()]], admin)
    const foreign = { ...sent, headers: { ...sent.headers, origin: 'http://evil.test' } }
    expect((await it.app.inject(foreign)).statusCode).toBe(403)
    expect(await it.connection.db.selectFrom('picture').select('name').execute()).toEqual([])
  })
})
