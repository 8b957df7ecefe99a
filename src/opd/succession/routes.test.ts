import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findRow } from '../../db/rows.ts'
import { type By, insertRow, removeRow, updateRow } from '../../db/write.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { make } from '../../testing/make.ts'
import { openLink } from '../../testing/portal.ts'

let it: TestApp
let staff: string
/** Perindagkop UKM, which is split. */
let oldId: number
let otherId: number
let ids: Record<string, number>

const emptyLocation = {
  kind: 'branch',
  address: null,
  district: null,
  isHead: 0 as const,
  computerUsers: null,
  signal: null,
  power: null,
  powerOutHours: null,
  serverRoom: null,
  note: null,
}

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  ids = await it.write(async (trx) => {
    const { by } = it
    const old = await make.opd(trx, by, 'Dinas Perindustrian, Perdagangan, Koperasi dan UKM', {
      shortName: 'Perindagkop UKM',
      validFrom: '2017-01-02',
    })
    const other = await make.opd(trx, by, 'Dinas Pariwisata')
    const office = (opdId: number, name: string, isHead: 0 | 1) =>
      insertRow(
        trx,
        'location',
        { ...emptyLocation, opdId, name, nameKey: name.toLowerCase(), isHead },
        by,
      )
    const head = await office(old, 'Kantor Induk', 1)
    const market = await office(old, 'Pasar Baru', 0)
    const trade = await insertRow(trx, 'opdDuty', duty(old, 1, 'Pembinaan pasar'), by)
    const coop = await insertRow(trx, 'opdDuty', duty(old, 2, 'Pembinaan koperasi'), by)
    const price = await make.proposal(trx, by, old, 'Harga pasar', { dutyId: trade })
    const member = await make.proposal(trx, by, old, 'Anggota koperasi', { dutyId: trade })
    const joint = await make.proposal(trx, by, other, 'Wisata belanja')
    await trx
      .insertInto('proposalOpd')
      .values({ proposalId: joint, opdId: old, part: 'user' })
      .execute()
    await trx
      .insertInto('proposalLocation')
      .values({ proposalId: member, locationId: market })
      .execute()
    const need = await insertRow(trx, 'infrastructureNeed', needOf(old, market), by)
    const budget = await insertRow(
      trx,
      'opdBudget',
      { opdId: old, year: 2018, amount: 10, document: null },
      by,
    )
    return { old, other, head, market, trade, coop, price, member, joint, need, budget }
  })
  oldId = ids.old ?? 0
  otherId = ids.other ?? 0
})
afterEach(() => it.close())

const duty = (opdId: number, seq: number, text: string) =>
  ({ opdId, seq, text, legalBasis: null, verified: 0 }) as const

const needOf = (opdId: number, locationId: number | null) => ({
  opdId,
  locationId,
  fgdSessionId: null,
  kind: 'internet',
  text: 'Sambungan pasar',
  quantity: null,
  reason: null,
  costUnknown: 1 as const,
  cost: null,
  fund: null,
  year: null,
  state: 'recorded',
  note: null,
})

const split = {
  startsOn: '2018-09-01',
  document: 'Perda Nomor 4 Tahun 2018',
  '0.name': 'Dinas Perindustrian dan Perdagangan',
  '0.shortName': 'Perindag',
  '0.kind': 'dinas',
  '1.name': 'Dinas Koperasi dan UKM',
  '1.kind': 'dinas',
}

const send = (fields: Record<string, unknown>) =>
  it.post(`/opd/${oldId}/succession`, { ...split, ...fields }, staff)
const at = (fields: Record<string, string>) =>
  `/opd/${oldId}/succession/assignment?${new URLSearchParams(fields)}`
const opdBy = (name: string) =>
  it.connection.db.selectFrom('opd').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
const ownerOf = async (table: 'location' | 'proposal' | 'opdDuty' | 'infrastructureNeed', id = 0) =>
  (
    await it.connection.db
      .selectFrom(table)
      .select('opdId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).opdId

describe('splitting an OPD', () => {
  test('one screen shows all that is handed on, with the change carried along', async () => {
    expect((await it.get(`/opd/${oldId}`, staff)).body).toContain(`/opd/${oldId}/succession`)
    expect((await it.get(`/opd/${oldId}/succession`, staff)).statusCode).toBe(200)
    const page = await it.get(at(split), staff)
    expect(page.statusCode).toBe(200)
    for (const key of ['location', 'duty', 'proposal', 'budget']) {
      expect(page.body).toMatch(new RegExp(`name="${key}\\.\\d+"`))
    }
    expect(page.body).toContain(`name="further.${ids.joint}-${oldId}"`)
    expect(page.body).toContain('name="1.name" value="Dinas Koperasi dan UKM"')
    expect(page.body).toContain('Wisata belanja')
    expect(page.body).toContain('31 Agustus 2018')
    expect(page.body).toMatch(/dipecah menjadi [^<]+ dan [^<]+ mulai/)
  })

  test('each record goes where it was sent, the rest to the one of all, in one batch', async () => {
    const sent = await send({
      rest: 'n0',
      [`duty.${ids.coop}`]: 'n1',
      [`proposal.${ids.member}`]: 'n1',
      [`further.${ids.joint}-${oldId}`]: 'n1',
    })
    expect(sent.statusCode).toBe(303)
    const trade = await opdBy('Dinas Perindustrian dan Perdagangan')
    const coop = await opdBy('Dinas Koperasi dan UKM')
    expect(trade).toMatchObject({
      validFrom: '2018-09-01',
      validUntil: null,
      shortName: 'Perindag',
    })
    const { db } = it.connection
    const old = await db.selectFrom('opd').selectAll().where('id', '=', oldId).executeTakeFirst()
    expect(old).toMatchObject({
      name: 'Dinas Perindustrian, Perdagangan, Koperasi dan UKM',
      validUntil: '2018-08-31',
      endedBy: 'Perda Nomor 4 Tahun 2018',
    })
    expect(await db.selectFrom('opdSuccessor').selectAll().execute()).toEqual([
      { opdId: oldId, successorId: trade.id },
      { opdId: oldId, successorId: coop.id },
    ])
    expect(await ownerOf('location', ids.head)).toBe(trade.id)
    expect(await ownerOf('location', ids.market)).toBe(trade.id)
    expect(await ownerOf('infrastructureNeed', ids.need)).toBe(trade.id)
    expect(await ownerOf('opdDuty', ids.trade)).toBe(trade.id)
    expect(await ownerOf('opdDuty', ids.coop)).toBe(coop.id)
    expect(await ownerOf('proposal', ids.price)).toBe(trade.id)
    expect(await ownerOf('proposal', ids.member)).toBe(coop.id)
    expect(await ownerOf('proposal', ids.joint)).toBe(otherId)
    expect(await db.selectFrom('proposalOpd').selectAll().execute()).toEqual([
      { proposalId: ids.joint, opdId: coop.id, part: 'user' },
    ])
    // the budget of the running year tells of the old office
    const budget = await db.selectFrom('opdBudget').selectAll().executeTakeFirstOrThrow()
    expect(budget.opdId).toBe(oldId)
    const events = await db
      .selectFrom('event')
      .select('batchId')
      .where('way', '=', 'form')
      .distinct()
      .execute()
    expect(events).toHaveLength(1)
  })

  test('a proposal keeps its number, its places, and the words of a duty that went elsewhere', async () => {
    await send({ rest: 'n0', [`proposal.${ids.member}`]: 'n1' })
    const { db } = it.connection
    const stored = await db
      .selectFrom('proposal')
      .selectAll()
      .where('id', '=', ids.member ?? 0)
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({ dutyId: null, dutyText: 'Pembinaan pasar' })
    expect(stored.number).toMatch(/^U-2018-/)
    const page = await it.get(`/proposals/${ids.member}/edit`, staff)
    expect(page.body).toContain('Pasar Baru (Perindag)')
    const price = await db
      .selectFrom('proposal')
      .selectAll()
      .where('id', '=', ids.price ?? 0)
      .executeTakeFirstOrThrow()
    expect(price.dutyId).toBe(ids.trade)
  })

  test('nothing is left without a successor, and nothing is written until all have one', async () => {
    const before = await it.connection.db.selectFrom('event').selectAll().execute()
    const sent = await send({ [`proposal.${ids.member}`]: 'n1' })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain('href="#rest"')
    expect(sent.body).toMatch(/name="proposal\.\d+"[\s\S]*?<option value="n1" selected>/)
    expect(await it.connection.db.selectFrom('event').selectAll().execute()).toEqual(before)
    const foreign = await send({ rest: 'n0', [`proposal.${ids.member}`]: 'n5' })
    expect(foreign.statusCode).toBe(422)
    expect(await it.connection.db.selectFrom('event').selectAll().execute()).toEqual(before)
  })

  test('sent twice, it is done once; and an OPD that ended is not ended again', async () => {
    const fields = { ...split, rest: 'n0', _key: 'perubahan-kelembagaan' }
    const first = await it.post(`/opd/${oldId}/succession`, fields, staff)
    expect(first.statusCode).toBe(303)
    const second = await it.post(`/opd/${oldId}/succession`, fields, staff)
    expect([second.statusCode, second.headers.location]).toEqual([303, first.headers.location])
    const other = await it.post(`/opd/${oldId}/succession`, { ...fields, _key: 'lain-lagi' }, staff)
    expect(other.statusCode).toBe(409)
    expect(await it.connection.db.selectFrom('opd').selectAll().execute()).toHaveLength(4)
    expect((await it.get(`/opd/${oldId}/succession`, staff)).statusCode).toBe(409)
  })
})

test('what was handed on cannot be called back by clearing the last day', async () => {
  await send({ rest: 'n0' })
  const { db } = it.connection
  const old = await db.selectFrom('opd').selectAll().where('id', '=', oldId).executeTakeFirst()
  const fields = { name: old?.name, kind: 'dinas', _version: old?.version }
  const sent = await it.post(`/opd/${oldId}`, fields, staff)
  expect(sent.statusCode).toBe(422)
  expect(sent.body).toContain('id="validUntil-error"')
  const { id } = await db
    .selectFrom('event')
    .select('id')
    .where('entity', '=', 'opd')
    .where('entityId', '=', oldId)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const back = { field: 'validUntil', _version: old?.version }
  expect((await it.post(`/history/events/${id}`, back, staff)).statusCode).not.toBe(303)
})

test('an OPD that ended is written to no more, whatever the address, and says who goes on', async () => {
  await send({ rest: 'n0' })
  const before = await it.connection.db.selectFrom('event').selectAll().execute()
  const { id: budgetId } = await it.connection.db
    .selectFrom('opdBudget')
    .select('id')
    .where('opdId', '=', oldId)
    .executeTakeFirstOrThrow()
  const budget = { year: '2018', amount: '20', _version: 1 }
  for (const [url, fields] of [
    [`/opd/${oldId}/locations`, { name: 'Gudang', kind: 'branch' }],
    [`/opd/${oldId}/duties`, { text: 'Pembinaan gudang' }],
    [`/opd/${oldId}/people`, { asOf: '2018-09-10', pns: '3' }],
    [`/opd/${oldId}/budgets/${budgetId}`, budget],
    [`/opd/${oldId}/budgets/${budgetId}/removal`, { _version: 1 }],
    ['/needs', { opdId: oldId, kind: 'internet', text: 'Sambungan gudang', costUnknown: '1' }],
    ['/applications', { opdId: oldId, name: 'Data gudang', useState: 'used' }],
    ['/proposals', { opdId: oldId, title: 'Data gudang' }],
  ] as const) {
    const sent = await it.post(url, fields, staff)
    expect([url, sent.statusCode]).toEqual([url, 409])
    expect(sent.body, url).toContain('diteruskan oleh Dinas Koperasi dan UKM, Dinas Perindustrian')
  }
  for (const url of [
    `/opd/${oldId}/locations/new`,
    `/opd/${oldId}/people/new`,
    `/opd/${oldId}/budgets/${budgetId}`,
    `/needs/new?opd=${oldId}`,
    `/applications/new?opd=${oldId}`,
    `/proposals/new?opd=${oldId}`,
  ]) {
    const form = await it.get(url, staff)
    expect([url, form.statusCode]).toEqual([url, 409])
    expect(form.body, url).toContain('diteruskan oleh Dinas Koperasi dan UKM, Dinas Perindustrian')
  }
  expect((await it.get(`/opd/${oldId}/edit`, staff)).statusCode).toBe(200)
  expect(await it.connection.db.selectFrom('event').selectAll().execute()).toEqual(before)
})

describe('taking a change of offices back', () => {
  const undo = () => it.post(`/opd/${oldId}/succession/undo`, {}, staff)
  const owners = async () => {
    const { db } = it.connection
    return {
      opds: await db.selectFrom('opd').select(['id', 'name', 'validUntil', 'endedBy']).execute(),
      locations: await db.selectFrom('location').select(['id', 'opdId', 'name']).execute(),
      proposals: await db.selectFrom('proposal').select(['id', 'opdId', 'dutyId']).execute(),
      further: await db.selectFrom('proposalOpd').selectAll().execute(),
      needs: await db.selectFrom('infrastructureNeed').select(['id', 'opdId']).execute(),
      duties: await db.selectFrom('opdDuty').select(['id', 'opdId', 'seq']).execute(),
    }
  }

  test('everything stands where it stood, and those that began are gone', async () => {
    const before = await owners()
    expect((await undo()).statusCode).toBe(404)
    expect((await it.get(`/opd/${oldId}`, staff)).body).not.toContain('/succession/undo')
    await send({ rest: 'n0', [`proposal.${ids.member}`]: 'n1', [`duty.${ids.coop}`]: 'n1' })
    expect(await owners()).not.toEqual(before)
    expect((await it.get(`/opd/${oldId}`, staff)).body).toContain('/succession/undo')
    const asked = await it.get(`/opd/${oldId}/succession/undo`, staff)
    expect(asked.body).toContain('2 lokasi kantor')
    expect(asked.body).toMatch(/perubahan ini dihapus: Dinas [^<]+ dan Dinas /)
    expect((await undo()).statusCode).toBe(303)
    expect(await owners()).toEqual(before)
  })

  test('what went back is out of reach of who had it meanwhile, by the history too', async () => {
    const merged = { startsOn: '2018-09-01', document: 'Perda 4/2018', to: otherId }
    expect((await it.post(`/opd/${oldId}/succession`, merged, staff)).statusCode).toBe(303)
    const market = ids.market ?? 0
    const noted = (note: string) =>
      it.write(async (trx) => {
        const version = (await findRow(trx, 'location', market))?.version ?? 0
        await updateRow(trx, 'location', market, version, { note }, it.by)
      })
    await noted('Atap bocor')
    const { id } = await it.connection.db
      .selectFrom('event')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const url = `/history/events/${id}`
    const rep = await it.signIn(['opd'], [otherId])
    expect((await it.get(url, rep)).body).toContain('name="field"')
    expect((await undo()).statusCode).toBe(303)
    await noted('Kunci di satpam')
    const before = await it.write((trx) => findRow(trx, 'location', market))
    const seen = await it.get(url, rep)
    expect(seen.body).toContain('Atap bocor')
    expect(seen.body).not.toContain('Kunci di satpam')
    expect(seen.body).not.toContain('name="field"')
    const sent = await it.post(url, { field: 'note', _version: before?.version }, rep)
    expect(sent.statusCode).toBe(409)
    expect(await it.write((trx) => findRow(trx, 'location', market))).toEqual(before)
    expect((await it.get(url, staff)).body).toContain('Kunci di satpam')
  })

  test('what was removed meanwhile comes back where its office stands by then, not by who had it', async () => {
    const merged = { startsOn: '2018-09-01', document: 'Perda 4/2018', to: otherId }
    expect((await it.post(`/opd/${oldId}/succession`, merged, staff)).statusCode).toBe(303)
    const survey = { locationId: ids.market ?? 0, asOf: '2018-09-02', fgdSessionId: null }
    const id = await it.write((trx) =>
      insertRow(trx, 'deviceSurvey', { ...survey, note: 'Meja pasar' }, it.by, { counts: [] }),
    )
    await it.write((trx) => removeRow(trx, 'deviceSurvey', id, 1, it.by))
    const removal = await it.connection.db
      .selectFrom('event')
      .select(['id', 'opdId'])
      .where('action', '=', 'remove')
      .executeTakeFirstOrThrow()
    expect(removal.opdId).toBe(otherId)
    const url = `/history/removed/${removal.id}`
    expect((await undo()).statusCode).toBe(303)
    const stored = () => it.write((trx) => findRow(trx, 'deviceSurvey', id))
    const had = await it.signIn(['opd'], [otherId])
    const refused = await it.post(url, {}, had)
    expect(refused.statusCode).toBe(409)
    expect(await stored()).toBeUndefined()
    expect((await it.post(url, {}, staff)).statusCode).toBe(303)
    expect(await stored()).toMatchObject({ ...survey, note: 'Meja pasar' })
    expect(await ownerOf('location', ids.market)).toBe(oldId)
  })

  test('what was recorded since on those that began stands against it', async () => {
    await send({ rest: 'n0' })
    const after = await owners()
    const heir = await opdBy('Dinas Koperasi dan UKM')
    await it.write((trx) => make.proposal(trx, it.by, heir.id, 'Pasar daring'))
    const refused = await undo()
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain('sudah tercatat 1 usulan aplikasi')
    expect((await owners()).opds).toEqual(after.opds)
  })

  test('what was moved and given to another since stands against it, and is counted by kind', async () => {
    await send({ rest: 'n0' })
    const market = ids.market ?? 0
    const trade = await opdBy('Dinas Perindustrian dan Perdagangan')
    const elsewhere = async (opdId: number) =>
      it.write(async (trx) => {
        const version = (await findRow(trx, 'location', market))?.version ?? 0
        await updateRow(trx, 'location', market, version, { opdId }, it.by)
      })
    await elsewhere(otherId)
    const after = await owners()
    const refused = await undo()
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain('1 lokasi kantor')
    expect(await owners()).toEqual(after)

    await elsewhere(trade.id)
    expect((await undo()).statusCode).toBe(303)
  })

  test('joined to one that went on before: it keeps what it had, and what came goes back', async () => {
    const fields = { ...emptyLocation, kind: 'main', opdId: otherId }
    const own = { ...fields, isHead: 1 as const, name: 'Kantor Induk', nameKey: 'kantor induk' }
    await it.write((trx) => insertRow(trx, 'location', own, it.by))
    const before = await owners()
    const joined = { startsOn: '2018-09-01', document: 'Perda 4/2018', to: otherId }
    expect((await it.post(`/opd/${oldId}/succession`, joined, staff)).statusCode).toBe(303)
    const asked = await it.get(`/opd/${oldId}/succession/undo`, staff)
    expect(asked.body).toContain('Yang diteruskan kembali')
    expect(asked.body).not.toContain('dihapus')
    // what the one that went on records for itself is not in the way
    const later = { ...fields, isHead: 0 as const, name: 'Loket Baru', nameKey: 'loket baru' }
    await it.write((trx) => insertRow(trx, 'location', later, it.by))
    expect((await undo()).statusCode).toBe(303)
    const after = await owners()
    expect({ ...after, locations: after.locations.slice(0, -1) }).toEqual(before)
    expect(after.locations.at(-1)).toMatchObject({ name: 'Loket Baru', opdId: otherId })
  })

  test('of two that were joined into a new one both go on again', async () => {
    const before = await owners()
    const joined = {
      startsOn: '2018-09-01',
      document: 'Perda 4/2018',
      with: otherId,
      '0.name': 'Dinas Gabungan',
      '0.kind': 'dinas',
    }
    expect((await it.post(`/opd/${oldId}/succession`, joined, staff)).statusCode).toBe(303)
    expect((await it.post(`/opd/${otherId}/succession/undo`, {}, staff)).statusCode).toBe(303)
    expect(await owners()).toEqual(before)
  })
})

test('an OPD that ended takes no unit and no duty, already on the page of the form', async () => {
  await send({ rest: 'n0' })
  const duty = { opdId: oldId, seq: 9, text: 'Butir lama', legalBasis: null, verified: 0 } as const
  const kept = await it.write((trx) => insertRow(trx, 'opdDuty', duty, it.by))
  const unit = { name: 'UPTD Pasar', kind: 'uptd' }
  const refused = [
    await it.get(`/opd/new?parent=${oldId}`, staff),
    await it.post(`/opd?parent=${oldId}`, unit, staff),
    await it.get(`/opd/${oldId}/duties/${kept}`, staff),
    await it.get(`/opd/${oldId}/duties/${kept}/removal`, staff),
  ]
  for (const answer of refused) {
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('diteruskan oleh Dinas Koperasi dan UKM')
  }
})

test('an OPD that ended is offered no more, and says what it went on as', async () => {
  await send({ rest: 'n0' })
  const list = await it.get('/opd', staff)
  expect(list.body).toContain('Berlaku sampai 31 Agustus 2018 → Dinas Koperasi dan UKM, Perindag')
  for (const url of ['/proposals/new', '/needs/new', '/applications/new', '/opd/links']) {
    const { body } = await it.get(url, staff)
    expect(body, url).toContain('Dinas Koperasi dan UKM')
    expect(body, url).not.toContain('Perdagangan, Koperasi dan UKM')
  }
  const old = await it.get(`/opd/${oldId}`, staff)
  const coop = await opdBy('Dinas Koperasi dan UKM')
  expect(old.body).toContain(`href="/opd/${coop.id}"`)
  expect(old.body).not.toContain(`/opd/${oldId}/locations/new`)
  expect(old.body).not.toContain('Mulai dengan kantor induk')
  expect((await it.get(`/opd/${coop.id}`, staff)).body).toContain(`href="/opd/${oldId}"`)
})

describe('joining OPD', () => {
  test('several become one: a name taken twice tells where it came from, one head office stays', async () => {
    await it.write((trx) =>
      insertRow(
        trx,
        'location',
        {
          ...emptyLocation,
          kind: 'main',
          opdId: otherId,
          name: 'Kantor Induk',
          nameKey: 'kantor induk',
          isHead: 1,
        },
        it.by,
      ),
    )
    const sent = await it.post(
      `/opd/${oldId}/succession`,
      { startsOn: '2018-09-01', document: 'Perda 4/2018', to: otherId },
      staff,
    )
    expect(sent.statusCode).toBe(303)
    const offices = await it.connection.db
      .selectFrom('location')
      .select(['name', 'isHead', 'opdId'])
      .orderBy('id')
      .execute()
    expect(offices).toEqual([
      { name: 'Kantor Induk (Perindagkop UKM)', isHead: 0, opdId: otherId },
      { name: 'Pasar Baru', isHead: 0, opdId: otherId },
      { name: 'Kantor Induk', isHead: 1, opdId: otherId },
    ])
    // who leads a proposal is no further OPD of it
    expect(await it.connection.db.selectFrom('proposalOpd').selectAll().execute()).toEqual([])
  })

  test('two end at once and go on as a new one', async () => {
    const sent = await it.post(
      `/opd/${oldId}/succession`,
      {
        startsOn: '2018-09-01',
        document: 'Perda 4/2018',
        with: otherId,
        '0.name': 'Dinas Pariwisata, Perindustrian, Perdagangan, Koperasi dan UKM',
        '0.kind': 'dinas',
      },
      staff,
    )
    expect(sent.statusCode).toBe(303)
    const heir = await opdBy('Dinas Pariwisata, Perindustrian, Perdagangan, Koperasi dan UKM')
    const proposals = await it.connection.db.selectFrom('proposal').select('opdId').execute()
    expect(new Set(proposals.map((each) => each.opdId))).toEqual(new Set([heir.id]))
    const ended = await it.connection.db
      .selectFrom('opd')
      .select('id')
      .where('validUntil', '=', '2018-08-31')
      .execute()
    expect(ended.map((each) => each.id).sort()).toEqual([oldId, otherId].sort())
  })
})

describe('renaming an OPD', () => {
  test('the new one has everything, and may have the name of the old', async () => {
    await it.write((trx) =>
      insertRow(
        trx,
        'opdAnswer',
        { opdId: oldId, part: 'applications', asOf: '2018-08-01' },
        it.by,
      ),
    )
    const sent = await it.post(
      `/opd/${oldId}/succession`,
      {
        startsOn: '2018-09-01',
        document: 'Perda 4/2018',
        '0.name': 'Dinas Perindustrian, Perdagangan, Koperasi dan UKM',
        '0.kind': 'dinas',
      },
      staff,
    )
    expect(sent.statusCode).toBe(303)
    for (const table of ['opdBudget', 'opdAnswer', 'location', 'opdDuty'] as const) {
      const rows = await it.connection.db.selectFrom(table).select('opdId').execute()
      expect(rows.length, table).toBeGreaterThan(0)
      expect(
        rows.every((row) => row.opdId !== oldId),
        table,
      ).toBe(true)
    }
  })
})

describe('what is refused', () => {
  test.each([
    ['a day to come', { startsOn: '2018-10-01' }, 'startsOn'],
    ['a day before the OPD began', { startsOn: '2017-01-02' }, 'startsOn'],
    ['no document', { document: '' }, 'document'],
    ['a name in force', { '1.name': 'Dinas Pariwisata' }, '1.name'],
    ['the same name twice', { '1.name': 'Dinas Perindustrian dan Perdagangan' }, '1.name'],
    ['no kind', { '1.kind': '' }, '1.kind'],
  ])('%s', async (_, fields, field) => {
    const page = await it.get(at({ ...split, ...fields }), staff)
    expect(page.statusCode).toBe(422)
    expect(page.body).toContain(`id="${field}-error"`)
    expect((await send({ ...fields, rest: 'n0' })).statusCode).toBe(422)
  })

  test('itself, an ended OPD, its own unit, or nobody as successor', async () => {
    const { unit, gone } = await it.write(async (trx) => ({
      unit: await make.opd(trx, it.by, 'UPTD Pasar', { kind: 'uptd', parentId: oldId }),
      gone: await make.opd(trx, it.by, 'Dinas Lama', { validUntil: '2016-12-31' }),
    }))
    const base = { startsOn: '2018-09-01', document: 'Perda 4/2018' }
    for (const to of [oldId, unit, gone, 999]) {
      const page = await it.get(at({ ...base, to: String(to) }), staff)
      expect([to, page.statusCode]).toEqual([to, 422])
      expect(page.body).toContain('id="to-error"')
    }
    expect((await it.get(at(base), staff)).body).toContain('id="to-error"')
    for (const other of [unit, gone]) {
      const page = await it.get(at({ ...split, with: String(other) }), staff)
      expect(page.body).toContain('id="with-error"')
    }
  })

  test('units below a successor that is a unit itself', async () => {
    const { below, unit } = await it.write(async (trx) => ({
      below: await make.opd(trx, it.by, 'Bidang Perdagangan', {
        kind: 'bidang',
        parentId: otherId,
      }),
      unit: await make.opd(trx, it.by, 'UPTD Pasar', { kind: 'uptd', parentId: oldId }),
    }))
    const to = { startsOn: '2018-09-01', document: 'Perda 4/2018', to: below }
    const sent = await it.post(`/opd/${oldId}/succession`, to, staff)
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain(`#unit.${unit}`)
  })

  test('people, readers and representatives have no part in it', async () => {
    for (const [roles, opdIds] of [
      [['opd'], [oldId]],
      [['reader'], []],
      [['assessor'], []],
      [['admin'], []],
    ] as const) {
      const cookie = await it.signIn([...roles], opdIds)
      expect((await it.post(`/opd/${oldId}/succession`, split, cookie)).statusCode).toBe(403)
      expect((await it.get(`/opd/${oldId}/succession`, cookie)).statusCode).toBe(403)
    }
  })
})

describe('who may see it afterwards', () => {
  test('an account that was moved sees what became its own, one that was not sees nothing', async () => {
    const moved = await it.signIn(['opd'], [oldId])
    const left = await it.signIn(['opd'], [oldId])
    const phone = await openLink(it, oldId)
    expect((await it.get(`/proposals/${ids.price}`, left)).statusCode).toBe(200)
    const rows = await it.connection.db
      .selectFrom('accountRole')
      .select('accountId')
      .where('opdId', '=', oldId)
      .orderBy('accountId')
      .execute()
    const [first] = rows
    await send({
      rest: 'n0',
      [`proposal.${ids.member}`]: 'n1',
      [`account.${first?.accountId}-${oldId}`]: 'n0',
    })
    const names = await it.connection.db.selectFrom('account').select(['id', 'username']).execute()
    expect(names.length).toBeGreaterThan(2)
    // what is on the phone or in the browser ends with the change
    for (const cookie of [moved, left, phone]) {
      expect((await it.get(`/proposals/${ids.price}`, cookie)).statusCode).not.toBe(200)
    }
    const trade = await opdBy('Dinas Perindustrian dan Perdagangan')
    const roles = await it.connection.db
      .selectFrom('accountRole')
      .select(['accountId', 'opdId'])
      .where('role', '=', 'opd')
      .execute()
    expect(roles).toEqual([{ accountId: first?.accountId, opdId: trade.id }])
    const rep = await it.signIn(['opd'], [trade.id])
    expect((await it.get(`/proposals/${ids.price}`, rep)).statusCode).toBe(200)
    expect((await it.get(`/proposals/${ids.member}`, rep)).statusCode).toBe(404)
    expect((await it.get(`/locations/${ids.market}`, rep)).statusCode).toBe(200)
    expect((await it.get(`/opd/${oldId}`, rep)).statusCode).toBe(404)
    const old = await it.signIn(['opd'], [oldId])
    expect((await it.get(`/proposals/${ids.price}`, old)).statusCode).not.toBe(200)
    expect((await it.get(`/locations/${ids.market}`, old)).statusCode).not.toBe(200)
    const told = 'Dinas Perindustrian dan Perdagangan'
    const home = (await it.get('/', old)).body
    expect(home).toContain('Akun ini tidak lagi mewakili')
    expect(home).toContain(told)
    const over = await it.get('/o', phone)
    expect(over.statusCode).toBe(410)
    expect(over.body).toContain('tugasnya dilanjutkan oleh')
    expect(over.body).toContain(told)
    const duty = { text: 'Butir tupoksi yang ditulis sesudah berakhir' }
    for (const cookie of [old, phone, left]) {
      const refused = await it.post(`/opd/${oldId}/portal/duties`, duty, cookie)
      expect([303, 403, 404]).toContain(refused.statusCode)
    }
    const duties = await it.connection.db.selectFrom('opdDuty').select('text').execute()
    expect(duties).not.toContainEqual(duty)
    const links = await it.connection.db
      .selectFrom('accessLink')
      .select('revokedAt')
      .where('opdId', '=', oldId)
      .execute()
    expect(links.every((link) => link.revokedAt !== null)).toBe(true)
  })

  test('a session to come invites every successor, one that was held keeps whom it invited', async () => {
    const session = (state: string, by: By) => ({
      ...emptySession,
      state,
      title: `Sesi ${state}`,
      heldOn: by.at.slice(0, 10),
    })
    const [planned, closed] = await it.write(async (trx) => {
      const lists = { invited: [oldId, otherId] }
      return [
        await insertRow(trx, 'fgdSession', session('planned', it.by), it.by, lists),
        await insertRow(trx, 'fgdSession', session('closed', it.by), it.by, lists),
      ]
    })
    await send({ rest: 'n0' })
    const invited = async (id = 0) =>
      (
        await it.connection.db
          .selectFrom('sessionOpd')
          .select('opdId')
          .where('fgdSessionId', '=', id)
          .orderBy('opdId')
          .execute()
      ).map((row) => row.opdId)
    const trade = await opdBy('Dinas Perindustrian dan Perdagangan')
    const coop = await opdBy('Dinas Koperasi dan UKM')
    expect(await invited(planned)).toEqual([otherId, trade.id, coop.id])
    expect(await invited(closed)).toEqual([oldId, otherId])
  })
})

const emptySession = {
  stage: null,
  endsOn: null,
  starts: null,
  ends: null,
  venue: null,
  organiser: null,
  chair: null,
  moderator: null,
  noteTaker: null,
  invitationNo: null,
  invitationOn: null,
  openedAt: null,
  closedAt: null,
  reopenedReason: null,
  recordNo: null,
  note: null,
}
