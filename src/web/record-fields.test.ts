import { afterAll, beforeAll, expect, test } from 'vitest'
import { listFields } from '../db/kept.ts'
import { camel } from '../db/names.ts'
import { can, roles } from '../domain/access.ts'
import { lists } from '../domain/words.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { fieldOf, records, untold } from './record-fields.ts'

let it: TestApp
beforeAll(async () => {
  it = await testApp()
})
afterAll(() => it.close())

/** Every table whose rows leave events: it has a uid and is not the history itself. */
function keptColumns(): [string, string[]][] {
  const rows = it.connection.raw
    .prepare(
      `select s.name as tab, p.name as col from sqlite_schema s join pragma_table_info(s.name) p
       where s.type = 'table' and s.name <> 'event'
       and exists (select 1 from pragma_table_info(s.name) q where q.name = 'uid')`,
    )
    .all() as { tab: string; col: string }[]
  const tables = new Map<string, string[]>()
  for (const { tab, col } of rows) {
    tables.set(camel(tab), [...(tables.get(camel(tab)) ?? []), camel(col)])
  }
  return [...tables]
}

test('every column and every list field of every record is described, and nothing else', () => {
  const expected = keptColumns().map(([table, columns]) => [
    table,
    [
      ...columns.filter((column) => !untold.includes(column)),
      ...Object.keys(listFields[table as keyof typeof listFields] ?? {}),
    ].sort(),
  ])
  const described = Object.entries(records).map(([entity, { fields }]) => [
    entity,
    Object.keys(fields).sort(),
  ])
  expect(Object.fromEntries(described)).toEqual(Object.fromEntries(expected))
})

test('what a description points to is there: titles, names, word lists, folded columns', () => {
  for (const [entity, { title, fields }] of Object.entries(records)) {
    expect(fieldOf(entity, title), `${entity}.${title}`).toBeDefined()
    for (const [name, field] of Object.entries(fields)) {
      for (const told of field ? [field, ...Object.values(field.items ?? {})] : []) {
        if (told.names) expect(Object.keys(records), `${entity}.${name}`).toContain(told.names)
        if (told.list) expect(Object.keys(lists), `${entity}.${name}`).toContain(told.list)
        if (told.folded) expect(fields[told.folded], `${entity}.${name}`).toBeNull()
      }
    }
  }
})

test('only planners read the history of ratings and assessors', () => {
  const actor = (role: (typeof roles)[number]) =>
    ({ kind: 'person', accountId: 1, name: '', username: '', roles: [role], opdIds: [] }) as const
  for (const entity of ['rating', 'recusal', 'assessor']) {
    const readers = roles.filter((role) =>
      can(actor(role), records[entity]?.access ?? 'page.public'),
    )
    expect(readers).toEqual(['planner'])
  }
})
