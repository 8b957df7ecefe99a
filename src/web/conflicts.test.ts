import { afterEach, beforeEach, expect, test } from 'vitest'
import { updateRow } from '../db/write.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { make } from '../testing/make.ts'

let it: TestApp
let staff: string
let id: number

beforeEach(async () => {
  it = await testApp()
  staff = await it.signIn(['staff'])
  id = await it.write((trx) => make.opd(trx, it.by, 'Dinas Perikanan'))
})
afterEach(() => it.close())

const typed = {
  ...{ name: 'Dinas Perikanan', kind: 'dinas', shortName: '', code: '', headName: '' },
  ...{ headTitle: '', contactName: '', contactTitle: '', contactPhone: '', validFrom: '' },
  ...{ validUntil: '', note: '' },
}
const save = (fields: object) => it.post(`/opd/${id}`, { ...typed, ...fields }, staff)
const stored = () =>
  it.connection.db.selectFrom('opd').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const titin = () => ({ ...it.by, actorName: 'Titin' })
const asText = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('a collision is told in words, with the choice between the two; nothing typed is lost', async () => {
  await it.write((trx) =>
    updateRow(
      trx,
      'opd',
      id,
      1,
      { kind: 'badan', name: 'Badan Ikan', nameKey: 'badan ikan' },
      titin(),
    ),
  )
  const answer = await save({ _version: 1, kind: 'kantor', name: 'Kantor Ikan', note: 'baru' })
  expect(answer.statusCode).toBe(409)
  const text = asText(answer.body)
  expect(text).toContain('Titin sudah mengubah isian ini 14 September 2018 10.00 WITA')
  expect(text).toContain('Punya Anda: Kantor. Tersimpan: Badan.')
  expect(text).toContain('Pakai yang tersimpan: Badan Ikan')
  expect(text).not.toContain('badan ikan')
  expect(answer.body).toContain('value="Kantor Ikan"')
  expect(answer.body).toContain('baru')
  expect(answer.body.match(/type="radio" name="_take/g)).toHaveLength(4)

  expect(answer.body).toContain('name="_version" value="1"')
  const keeps = [...answer.body.matchAll(/value="(mine:[^"]*)"/g)].map(([, value]) => value)
  const mine = await save({
    ...{ _version: 1, kind: 'kantor', name: 'Kantor Ikan' },
    ...{ '_take.0': keeps[0], '_take.1': keeps[1] },
  })
  expect(mine.statusCode).toBe(303)
  expect(await stored()).toMatchObject({ kind: 'kantor', name: 'Kantor Ikan' })
})

test('what is stored is taken where it is chosen, with the column that is folded from it', async () => {
  await it.write((trx) =>
    updateRow(
      trx,
      'opd',
      id,
      1,
      { kind: 'badan', name: 'Badan Ikan', nameKey: 'badan ikan' },
      titin(),
    ),
  )
  const fields = {
    kind: 'kantor',
    name: 'Kantor Ikan',
    _version: 1,
    '_take.0': `stored:opd:${id}:name`,
    '_take.1': `mine:opd:${id}:kind:2`,
  }
  expect((await save(fields)).statusCode).toBe(303)
  expect(await stored()).toMatchObject({
    kind: 'kantor',
    name: 'Badan Ikan',
    nameKey: 'badan ikan',
  })
  const nonsense = {
    '_take.1': 'x',
    '_take.2': `stored:opd:${id}:tidakAda`,
    note: 'y',
    name: 'Badan Ikan',
  }
  expect((await save({ ...nonsense, kind: 'kantor', _version: 3 })).statusCode).toBe(303)
  expect((await save({ _version: 3, _take: 'name' })).statusCode).toBe(422)
})

test('after a merge by itself the next page tells what of others was kept', async () => {
  await it.write((trx) => updateRow(trx, 'opd', id, 1, { headName: 'Ibu Maria' }, titin()))
  const answer = await save({ _version: 1, note: 'baru' })
  expect(answer.statusCode).toBe(303)
  expect(await stored()).toMatchObject({ headName: 'Ibu Maria', note: 'baru' })
  const flash = answer.cookies.find(({ name }) => name === 'rancang_flash')
  const next = await it.get(`/opd/${id}`, `${staff}; rancang_flash=${flash?.value}`)
  expect(next.body).toContain('Tersimpan. Isian yang diubah Titin tetap dipakai: nama kepala.')
})

test('a decision holds against what was shown, not against what came after it', async () => {
  await it.write((trx) => updateRow(trx, 'opd', id, 1, { headName: 'Ibu Maria' }, titin()))
  await it.write((trx) => updateRow(trx, 'opd', id, 2, { headName: 'Ibu Agnes' }, titin()))
  const seen = { _version: 1, headName: 'Bapak Yosef', '_take.0': `mine:opd:${id}:headName:2` }
  expect((await save(seen)).statusCode).toBe(409)
  expect(await stored()).toMatchObject({ headName: 'Ibu Agnes' })
  expect((await save({ ...seen, '_take.0': `mine:opd:${id}:headName:3` })).statusCode).toBe(303)
  expect(await stored()).toMatchObject({ headName: 'Bapak Yosef' })
})
