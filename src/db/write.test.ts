import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing/app.ts'
import { chained } from './chain.ts'
import { EditConflict } from './conflict.ts'
import { type Decision, decide, fieldName, unitOf } from './unit.ts'
import { verifyHistory } from './verify.ts'
import { insertRow, insertRows, type Removal, removeRow, restoreRow, updateRow } from './write.ts'

let it: TestApp
beforeEach(async () => {
  it = await testApp()
})
afterEach(() => it.close())

const dinas = {
  code: 'OPD-01',
  name: 'Dinas Kesehatan',
  nameKey: 'dinas kesehatan',
  shortName: null,
  kind: 'dinas',
  parentId: null,
  headName: null,
  headTitle: null,
  contactName: null,
  contactTitle: null,
  contactPhone: null,
  validFrom: null,
  validUntil: null,
  note: null,
  source: null,
  sourceCode: null,
}
const office = {
  kind: 'main',
  address: null,
  district: null,
  isHead: 1 as const,
  computerUsers: null,
  signal: null,
  power: null,
  powerOutHours: 2.5,
  serverRoom: null,
  note: null,
}
const fields = ['headName', 'contactName', 'note'] as const
type Field = (typeof fields)[number]

const insertDinas = (code = 'OPD-01') =>
  it.write((trx) => insertRow(trx, 'opd', { ...dinas, code }, it.by))
const insertAffairs = (...codes: string[]) =>
  it.write(async (trx) => {
    const rows = codes.map((code) => ({ code, name: `Urusan ${code}`, grouping: 'basic' }))
    await insertRows(trx, 'affair', rows, it.by)
  })
const edit = (id: number, version: number, changes: Partial<Record<Field, string | null>>) =>
  it.write((trx) => updateRow(trx, 'opd', id, version, changes, it.by))
/** Every row of these records with its lists, but for what a change always changes. */
async function whole(ids: { opd: number; location: number; deviceSurvey: number }) {
  const { raw } = it.connection
  const rows = (table: string, column: string, id: number) =>
    (raw.prepare(`select * from ${table} where ${column} = ?`).all(id) as object[]).map((row) => ({
      ...row,
      version: 0,
      updated_at: '',
    }))
  return JSON.stringify([
    rows('opd', 'id', ids.opd),
    rows('opd_affair', 'opd_id', ids.opd),
    rows('location', 'id', ids.location),
    rows('device_survey', 'id', ids.deviceSurvey),
    raw
      .prepare('select * from device_count where survey_id = ? order by type')
      .all(ids.deviceSurvey),
  ])
}
const stored = (id: number) =>
  it.connection.db.selectFrom('opd').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

function events() {
  return it.connection.db.selectFrom('event').selectAll().orderBy('id').execute()
}

describe('the one way to write', () => {
  test('a row and its event are written together, or neither', async () => {
    await expect(
      it.write(async (trx) => {
        await insertRow(trx, 'opd', dinas, it.by)
        throw new Error('half way')
      }),
    ).rejects.toThrow('half way')
    expect(await events()).toHaveLength(1) // the government of the test
    await insertDinas()
    expect((await events()).at(-1)).toMatchObject({
      entity: 'opd',
      action: 'insert',
      rowVersion: 1,
      opdId: 1,
    })
  })

  test('an edit that changes nothing leaves no version and no event', async () => {
    const id = await insertDinas()
    const before = (await events()).length
    expect(await edit(id, 1, { note: null })).toEqual([])
    expect((await stored(id)).version).toBe(1)
    expect(await events()).toHaveLength(before)
  })

  test('a list field is one field of its row in the history', async () => {
    const id = await insertDinas()
    await insertAffairs('1.02', '2.16')
    await it.write((trx) => updateRow(trx, 'opd', id, 1, {}, it.by, { affairs: ['2.16', '1.02'] }))
    expect(JSON.parse((await events()).at(-1)?.changes ?? '')).toEqual({
      affairs: [[], ['1.02', '2.16']],
    })
    expect(
      await it.write((trx) =>
        updateRow(trx, 'opd', id, 2, {}, it.by, { affairs: ['1.02', '2.16'] }),
      ),
    ).toEqual([])
  })

  test('what one transaction wrote is one batch, and no other transaction has it', async () => {
    await it.write(async (trx) => {
      const id = await insertRow(trx, 'opd', dinas, it.by)
      await updateRow(trx, 'opd', id, 1, { note: 'x' }, it.by)
    })
    await insertDinas('OPD-02')
    const [government, one, two, other] = await events()
    expect(one?.batchId).toBe(-(government?.id ?? 0))
    expect(two?.batchId).toBe(one?.batchId)
    expect(other?.batchId).not.toBe(one?.batchId)
  })

  test('removed and restored, a row is byte-equal but for its version and its time', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    const year = fc.option(fc.integer({ min: 1980, max: 2018 }))
    const count = fc.record({
      type: fc.constantFrom('pc', 'laptop', 'server', 'printer'),
      good: fc.nat(50),
      minor: fc.nat(50),
      major: fc.nat(50),
      oldestYear: year,
      newestYear: year,
    })
    await insertAffairs('1.02')
    await fc.assert(
      fc.asyncProperty(
        fc.record({ name: text, note: fc.option(text), example: fc.option(fc.constant('*')) }),
        fc.uniqueArray(count, { selector: (each) => each.type, maxLength: 4 }),
        fc.subarray(['1.02']),
        async (row, counts, affairs) => {
          const by = { ...it.by, at: '2018-09-14T03:00:00.000Z' }
          const ids = await it.write(async (trx) => {
            const code = `OPD-${Math.random()}`
            const opdId = await insertRow(trx, 'opd', { ...dinas, ...row, code }, it.by, {
              affairs,
            })
            const place = { ...office, opdId, name: row.name, nameKey: row.name }
            const locationId = await insertRow(trx, 'location', place, it.by)
            const survey = { locationId, asOf: '2018-09-14', note: row.note, fgdSessionId: null }
            return {
              deviceSurvey: await insertRow(trx, 'deviceSurvey', survey, it.by, { counts }),
              location: locationId,
              opd: opdId,
            }
          })
          const before = await whole(ids)
          await it.write(async (trx) => {
            for (const table of ['deviceSurvey', 'location', 'opd'] as const) {
              await removeRow(trx, table, ids[table], 1, by)
            }
          })
          const removals = (await events()).slice(-3).reverse()
          await it.write(async (trx) => {
            for (const event of removals) await restoreRow(trx, event as Removal, by)
          })
          expect(await whole(ids)).toBe(before)
          expect(await stored(ids.opd)).toMatchObject({ version: 3, updatedAt: by.at })
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  test('an edit merged with that of others says so, and a person may take what is stored', async () => {
    const id = await insertDinas()
    await edit(id, 1, { headName: 'Ibu Maria' })
    const merged = await it.write(async (trx) => {
      await updateRow(trx, 'opd', id, 1, { headName: null, note: 'mine' }, it.by)
      return unitOf(trx).merged
    })
    expect(merged).toEqual([{ entity: 'opd', field: 'headName', by: 'Uji' }])
    expect(await stored(id)).toMatchObject({ headName: 'Ibu Maria', note: 'mine', version: 3 })
    await it.write(async (trx) => {
      decide(trx, new Map([[fieldName('opd', id, 'note'), 'stored']]))
      await updateRow(trx, 'opd', id, 3, { note: 'other', headName: 'Bapak' }, it.by)
    })
    expect(await stored(id)).toMatchObject({ headName: 'Bapak', note: 'mine' })
  })

  test('a version that was never reached overwrites nothing silently', async () => {
    const id = await insertDinas()
    await edit(id, 1, { headName: 'Ibu Maria' })
    await expect(edit(id, 999_999_999, { headName: 'Bapak' })).rejects.toThrow(EditConflict)
    expect(await stored(id)).toMatchObject({ headName: 'Ibu Maria', version: 2 })
  })

  test('a removal keeps the whole row in the history', async () => {
    const id = await insertDinas()
    await it.write((trx) => removeRow(trx, 'opd', id, 1, it.by))
    const last = (await events()).at(-1)
    expect(last).toMatchObject({ entity: 'opd', action: 'remove' })
    expect(JSON.parse(last?.changes ?? '')).toMatchObject({
      name: ['Dinas Kesehatan', null],
      id: [id, null],
    })
  })

  test('a thousand histories of five editors: no field that was saved is lost, no conflict is silent, and each is decided as chosen', async () => {
    it.connection.raw.pragma('synchronous = OFF')
    const id = await insertDinas()
    type Texts = Record<Field, string | null>
    type Open = { version: number; seen: Texts; form: Texts | undefined; decided: Decided }
    type Decided = Map<string, Decision>
    const save = (form: Texts, { version, decided }: Open) =>
      it.write((trx) => {
        decide(trx, decided)
        return updateRow(trx, 'opd', id, version, form, it.by)
      })
    const step = fc.record({
      editor: fc.nat(4),
      act: fc.constantFrom('open', 'save' as const, 'save' as const),
      field: fc.constantFrom(...fields),
      text: fc.constantFrom('a', 'b', 'c', null),
      choice: fc.constantFrom('mine', 'stored' as const),
    })
    let collided = 0
    let decidedOnes = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
        const opened = new Map<number, Open>()
        for (const { editor, act, field, text, choice } of steps) {
          const row = await stored(id)
          const now = pick(row)
          const open = opened.get(editor)
          if (!open || (act === 'open' && !open.form)) {
            const { version } = row
            opened.set(editor, { version, seen: now, form: undefined, decided: new Map() })
            continue
          }
          const form = open.form ?? { ...open.seen, [field]: text }
          try {
            await save(form, open)
          } catch (error) {
            if (!(error instanceof EditConflict)) throw error
            collided += 1
            expect(pick(await stored(id))).toEqual(now)
            expect(error.fields.length).toBeGreaterThan(0)
            for (const clash of error.fields) {
              expect(now[clash.field as Field]).not.toBe(form[clash.field as Field])
              const decision = choice === 'stored' ? 'stored' : { seen: error.version }
              open.decided.set(fieldName('opd', id, clash.field), decision)
            }
            open.form = form
            continue
          }
          const after = pick(await stored(id))
          for (const name of fields) {
            const decision = open.decided.get(fieldName('opd', id, name))
            if (decision !== undefined) decidedOnes += 1
            const isMine = decision !== 'stored' && form[name] !== open.seen[name]
            expect(after[name]).toBe(isMine ? form[name] : now[name])
          }
          opened.delete(editor)
        }
      }),
      { numRuns: 1000, seed: 20180914 },
    )
    expect(collided).toBeGreaterThan(500)
    expect(decidedOnes).toBeGreaterThan(100)
    expect(await brokenAt()).toBeUndefined()
  }, 120_000)

  test('each event holds the hash of the one before: a change in the middle shows', async () => {
    for (const code of ['a', 'b', 'c']) await insertDinas(code)
    expect(await brokenAt()).toBeUndefined()
    it.connection.raw.exec('drop trigger event_no_update')
    it.connection.raw.exec("update event set actor_name = 'Orang lain' where id = 2")
    expect(await brokenAt()).toBe(2)
  })

  test('the database itself refuses to change or delete an event', () => {
    for (const statement of ["update event set actor_name = 'x'", 'delete from event']) {
      expect(() => it.connection.raw.exec(statement)).toThrow('append-only')
    }
  })

  const pick = (row: Record<Field, string | null>) =>
    Object.fromEntries(fields.map((field) => [field, row[field]])) as Record<Field, string | null>

  async function brokenAt(): Promise<number | undefined> {
    let before = ''
    for (const { id, hash, ...values } of await events()) {
      if (chained(before, values) !== hash) return id
      before = hash
    }
    return undefined
  }
})

describe('many rows at once', () => {
  const names = Array.from({ length: 450 }, (_, at) => `Tempat ${at}`)
  const location = (opdId: number, name: string) => ({
    opdId,
    kind: 'main',
    name,
    nameKey: name.toLowerCase(),
    address: null,
    district: null,
    isHead: 0 as const,
    computerUsers: 3,
    signal: null,
    power: null,
    powerOutHours: null,
    serverRoom: null,
    note: null,
  })
  const survey = (locationId: number) => ({
    locationId,
    asOf: '2018-09-02',
    note: null,
    fgdSessionId: null,
  })
  const counts = (good: number) => [
    { type: 'pc', good, minor: 0, major: 0, oldestYear: null, newestYear: null },
  ]

  test('leave the same rows, lists and events as one after the other, in the same chain', async () => {
    const [one, many] = [await insertDinas(), await insertDinas('OPD-02')]
    const [, ids] = await it.write(async (trx) => {
      for (const name of names) {
        const id = await insertRow(trx, 'location', location(one, name), it.by)
        await insertRow(trx, 'deviceSurvey', survey(id), it.by, { counts: counts(id) })
      }
      const rows = names.map((name) => location(many, name))
      const ids = await insertRows(trx, 'location', rows, it.by)
      const lists = ids.map((_, at) => ({ counts: counts(at + 1) }))
      await insertRows(trx, 'deviceSurvey', ids.map(survey), it.by, lists)
      return [undefined, ids]
    })
    const read = (table: 'location' | 'deviceSurvey') =>
      it.connection.db.selectFrom(table).selectAll().orderBy('id').execute()
    const plain = ({ id, uid, opdId, locationId, ...row }: Record<string, unknown>) => row
    for (const table of ['location', 'deviceSurvey'] as const) {
      const rows = (await read(table)) as Record<string, unknown>[]
      expect(rows.slice(names.length).map(plain)).toEqual(rows.slice(0, names.length).map(plain))
      const told = (await events()).filter((each) => each.entity === table)
      expect(told.slice(names.length).map(toldOf(many, one))).toEqual(
        told.slice(0, names.length).map(toldOf(one, one)),
      )
      expect(told.slice(names.length).map((each) => each.entityId)).toEqual(
        rows.slice(names.length).map((each) => each.id),
      )
    }
    expect(ids).toHaveLength(names.length)
    const numbers = await it.connection.db.selectFrom('deviceCount').select('good').execute()
    expect(numbers.slice(names.length).map((each) => each.good)).toEqual(
      names.map((_, at) => at + 1),
    )
    expect(verifyHistory(it.connection.raw).breaks).toEqual([])
  })

  test('nothing to insert leaves nothing', async () => {
    const before = await events()
    expect(await it.write((trx) => insertRows(trx, 'location', [], it.by))).toEqual([])
    expect(await events()).toEqual(before)
  })

  /** An event without what is its own; the owner `opdId` stands for `as`. */
  function toldOf(opdId: number, as: number) {
    return (event: Awaited<ReturnType<typeof events>>[number]) => {
      const { id, uid, hash, entityId, entityUid, batchId, ...rest } = event
      const changes = JSON.parse(event.changes) as Record<string, unknown>
      const { locationId, counts: _, ...told } = changes
      const own = told.opdId ? { ...told, opdId: [null, as] } : told
      expect(event.opdId).toBe(opdId)
      return { ...rest, opdId: as, changes: own }
    }
  }
})
