import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OwnedTable } from '../src/db/owned-tables.ts'
import { isOwned, owned } from '../src/db/scope.ts'
import { can, type Scope } from '../src/domain/access.ts'
import { formPost, type TestApp } from '../src/testing/app.ts'
import { openLink } from '../src/testing/portal.ts'
import { formsOf, type PageForm } from './html-forms.ts'
import { addressOf, exampleApp, pages } from './support.ts'

/** Stands in every free text that another OPD owns; no page may hold it, nor a file. */
const secret = 'RAHASIA-7'
/** What is searched for: a page repeats it, without holding the whole of the secret. */
const sought = 'RAHASIA'

const texts =
  /^(title|title_key|name|name_key|text|note|reason|description|function|output|purpose|provider|head_name|contact_name|contact_phone|address|rank|benefit|users|position)$/

let it: TestApp
let own: Scope
let ownId: number
let otherId: number
/** The ids of the rows that the other OPD owns, by table. */
const ids: Partial<Record<OwnedTable, number>> = {}
const cookies: Record<string, string> = {}

beforeAll(async () => {
  it = await exampleApp()
  const { raw } = it.connection
  const leading = raw
    .prepare(
      `select distinct opd_id from proposal p join opd on opd.id = opd_id
        where parent_id is null and not exists
        (select 1 from proposal_opd o where o.proposal_id = p.id) order by opd_id`,
    )
    .pluck()
    .all() as number[]
  ;[ownId = 0, otherId = 0] = leading
  own = { all: false, opdIds: [ownId] }
  for (const table of ownedTables()) hide(table)
  cookies.representative = await it.signIn(['opd'], [ownId])
  cookies.phone = await openLink(it, ownId)
}, 60_000)
afterAll(() => it.close())

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

function ownedTables(): OwnedTable[] {
  const names = it.connection.raw
    .prepare("select name from sqlite_schema where type = 'table'")
    .pluck()
    .all() as string[]
  return names.map(camel).filter(isOwned)
}

/** Puts the secret into the free texts of the other OPD's rows of a table, and notes one id. */
function hide(table: OwnedTable): void {
  const { raw } = it.connection
  const scope = { all: false, opdIds: [otherId] } as const
  const { sql, parameters } = owned(it.connection.db, scope, table).selectAll(table).compile()
  const rows = raw.prepare(sql).all(...parameters) as { id?: number; [column: string]: unknown }[]
  ids[table] = rows.find((row) => row.id !== undefined)?.id
  if (['event', 'decision', 'opdConfirmation', 'checkAnswer', 'placement'].includes(table)) return
  const columns = Object.keys(rows[0] ?? {}).filter(
    (column) => texts.test(column) && !(table === 'opd' && column.startsWith('name')),
  )
  for (const { id } of rows) {
    for (const column of columns) {
      raw
        .prepare(`update ${snake(table)} set ${column} = coalesce(${column}, '') || ? where id = ?`)
        .run(` ${secret}`, id)
    }
  }
}

const actor = { kind: 'person', accountId: 1, name: '', username: '' } as const
/** Sessions are a circle of their own: what was said there is told to all who were there. */
const openPages = () =>
  pages(it).filter(
    ({ access, url }) =>
      can({ ...actor, roles: ['opd'], opdIds: [] }, access) && !url.startsWith('/fgd'),
  )

async function ownAddresses(): Promise<string[]> {
  const found = []
  for (const { url } of openPages()) {
    const address = await addressOf(it.connection.db, url, own)
    if (address && !/^\/(setup|invite|o)\//.test(address)) found.push(address)
  }
  return found
}

const idsAsked = () => [...new Set(Object.values(ids).filter((id) => id !== undefined))]

test('the secret is there, for those who may see it', async () => {
  const staff = await it.signIn(['staff'])
  for (const url of [
    `/proposals/${ids.proposal}`,
    `/locations/${ids.location}`,
    `/opd/${otherId}`,
  ]) {
    expect((await it.get(url, staff)).body).toContain(secret)
  }
})

describe.each(['representative', 'phone'])('a %s asks for another OPD', (who) => {
  test('by every filter of every page and file: nothing of it is told', async () => {
    const cookie = cookies[who] ?? ''
    const asked = ['q', 'person'].map((name) => `${name}=${sought}`)
    for (const name of [
      'opd',
      'location',
      'proposal',
      'session',
      'application',
      'need',
      'national',
    ])
      for (const id of new Set([otherId, ids.location, ids.proposal, ids.application]))
        if (id !== undefined) asked.push(`${name}=${id}`)
    const addresses = await ownAddresses()
    expect(addresses.length).toBeGreaterThan(30)
    for (const address of addresses) {
      for (const query of ['', ...asked, `opd=${otherId}&q=${sought}`]) {
        const { body, statusCode } = await it.get(`${address}?${query}`, cookie)
        expect(statusCode, `${address}?${query}`).toBeLessThan(500)
        expect(body.includes(secret), `${address}?${query}`).toBe(false)
      }
    }
  }, 240_000)

  test('by every id in every form: nothing of it is changed, told or pointed to', async () => {
    const cookie = cookies[who] ?? ''
    const before = rowsOf({ all: false, opdIds: [otherId] })
    const forms = new Map<string, FormAt>()
    for (const address of await ownAddresses()) {
      for (const form of formsOf((await it.get(address, cookie)).body)) {
        if (!/^\/(sign-out|language|account|password)/.test(form.action))
          forms.set(form.action, { ...form, address })
      }
    }
    expect(forms.size).toBeGreaterThan(15)
    let sent = 0
    const refused: string[] = []
    for (const form of removalsLast([...forms.values()])) {
      const filled = filledIn(form)
      const named = Object.keys(filled).filter(
        (name) => /Ids?$|^\d+\.\w*Id$/.test(name) || isIdChoice(form, name),
      )
      for (const name of named) {
        for (const id of idsAsked()) {
          const answer = await it.app.inject(
            formPost(form.action, { ...filled, [name]: String(id) }, cookie),
          )
          const said = `${form.action} ${name}=${id} ${answer.statusCode}`
          expect(answer.statusCode, said).toBeLessThan(500)
          expect(answer.body.includes(secret), said).toBe(false)
          sent += 1
        }
      }
      // the same with the own ids is taken: it was the ids that were refused, not the answers
      const fresh = (await shownAgain(form, cookie)) ?? form
      const own = await it.app.inject(formPost(form.action, filledIn(fresh), cookie))
      if (own.statusCode !== 303)
        refused.push(`${form.action} ${own.statusCode} ${saidOf(own.body)}`)
    }
    expect(sent).toBeGreaterThan(120)
    expect(refused.length / forms.size, refused.join('\n')).toBeLessThan(0.2)
    expect(rowsOf({ all: false, opdIds: [otherId] })).toEqual(before)
    for (const address of await ownAddresses()) {
      expect((await it.get(address, cookie)).body.includes(secret), address).toBe(false)
    }
  }, 240_000)
})

/** Every row that the OPD owns, as text; its events too. */
function rowsOf(scope: Scope): Record<string, string> {
  return Object.fromEntries(
    ownedTables().map((table) => {
      const { sql, parameters } = owned(it.connection.db, scope, table).selectAll(table).compile()
      return [table, JSON.stringify(it.connection.raw.prepare(sql).all(...parameters))]
    }),
  )
}

/** A form as somebody fills it in: what is empty gets an answer that fits. */
function filledIn(form: PageForm): Record<string, string | string[]> {
  const filled: Record<string, string | string[]> = {}
  for (const [name, value] of form.fields) {
    if (name === '_key') continue
    const held = filled[name]
    filled[name] = held === undefined ? value : [held, value].flat()
  }
  for (const { name, type, inputMode, choices } of form.controls) {
    // rows of a list may stay empty, and a single box unticked
    const isRow = /^\d+\./.test(name)
    if (filled[name] || isRow || (type === 'checkbox' && choices.length < 2)) continue
    if (choices.length > 0) filled[name] = choices[0] ?? ''
    else if (type === 'date') filled[name] = String(filled.asOf || '2018-09-14')
    else if (/year/i.test(name)) filled[name] = String((++year % 60) + 2010)
    else if (name === 'url') filled[name] = 'https://contoh.go.id'
    else if (inputMode === 'numeric' || inputMode === 'decimal') filled[name] = '1'
    else if (inputMode === 'tel') filled[name] = '081234567890'
    else filled[name] = `Isian uji ${form.action}`
  }
  return filled
}

type FormAt = PageForm & { address: string }

/** The same form as its page shows it now: with the version that is stored. */
async function shownAgain({ address, action }: FormAt, cookie: string) {
  const { body } = await it.get(address, cookie)
  return formsOf(body).find((each) => each.action === action)
}

let year = 2020

/** What is removed first can be changed no more. */
function removalsLast(forms: FormAt[]): FormAt[] {
  const isRemoval = ({ action }: PageForm) => action.endsWith('/removal')
  return [...forms.filter((each) => !isRemoval(each)), ...forms.filter(isRemoval)]
}

/** The messages of a form that came back. */
function saidOf(body: string): string {
  const found = body.matchAll(/class="error"[^>]*>([\s\S]*?)<\/p>/g)
  return [...found].map(([, text = '']) => text.replace(/<[^>]*>/g, '').trim()).join(' | ')
}

function isIdChoice(form: PageForm, name: string): boolean {
  const control = form.controls.find((each) => each.name === name)
  return (
    control !== undefined &&
    control.choices.length > 0 &&
    control.choices.every((c) => /^\d+$/.test(c))
  )
}
