import { HtmlValidate } from 'html-validate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renewSetupLink } from '../src/accounts/setup-link.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { doors } from './doors.ts'
import { type Control, formsOf, type PageForm } from './html-forms.ts'
import { addressOf, exampleApp, pages } from './support.ts'

let it: TestApp
let cookie: string
/** The forms of every page as they stand in the example, one of each address, read before a test adds to it. */
let everyForm: { url: string; form: PageForm }[]

beforeAll(async () => {
  it = await exampleApp()
  cookie = await it.signIn(['admin', 'staff', 'planner'])
  everyForm = await readForms()
}, 60_000)
afterAll(() => it.close())

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'form-dup-name': [
      'error',
      { allowArrayBrackets: true, shared: ['radio', 'checkbox', 'submit'] },
    ],
    'require-sri': 'off',
    'no-inline-style': 'error',
    'valid-id': ['error', { relaxed: true }],
  },
})

const allowed = [
  '/opd/:id/succession/undo',
  '/proposals/:id/removal',
  '/roadmap/proposals/:id/placement',
  '/scoring/sets/:id/edit',
  '/scoring/sets/:id/freezing',
  '/scoring/sets/:id/criteria/new',
  '/scoring/sets/:id/criteria/:id',
  '/scoring/weightings/:id/edit',
  '/scoring/weightings/:id/adoption',
  '/scoring/sets/:id/removal',
  '/scoring/sets/:id/criteria/:id/removal',
  '/scoring/weightings/:id/removal',
  // one that was agreed in a session is removed there
  '/follow-ups/:id/removal',
]

async function everyPage(): Promise<string[]> {
  const urls: string[] = []
  for (const route of pages(it)) {
    const url = await addressOf(it.connection.db, route.url)
    if (url && !/^\/(setup|invite|o\/|report\/exports)/.test(url) && url !== '/health')
      urls.push(url)
  }
  return urls
}

async function readForms() {
  const found = new Map<string, { url: string; form: PageForm }>()
  for (const url of await everyPage()) {
    for (const form of formsOf((await it.get(url, cookie)).body)) {
      const shape = `${form.action.replace(/\d+/g, ':id')} ${form.typed}`
      if (!found.has(shape)) found.set(shape, { url, form })
    }
  }
  return [...found.values()]
}

async function isThere(app: TestApp, hand: string, url: string, { action }: PageForm) {
  return formsOf((await app.get(url, hand)).body).some((form) => form.action === action)
}

describe('every page with the example in the database', () => {
  test('is shown in both languages, without a stray word', async () => {
    const urls = await everyPage()
    expect(urls.length).toBeGreaterThan(60)
    const walled = new Set<string>()
    for (const url of urls) {
      for (const language of ['id', 'en']) {
        const answer = await it.get(url, `${cookie}; rancang_language=${language}`)
        if ([404, 409].includes(answer.statusCode)) walled.add(url.replace(/\d+/g, ':id'))
        expect([200, 303, 404, 409], `${url} ${answer.statusCode}`).toContain(answer.statusCode)
        const shown = answer.body.replace(/data-filter-text="[^"]*"/g, '')
        const stray =
          /\bundefined\b|\bNaN\b|\[object |>null<|"null"|\{[a-z_]+\}|\b(word|form|opd|fgd|frame|nav)\.[a-z]\w+\.\w+/.exec(
            shown,
          )
        expect(stray?.[0], `${language} ${url}`).toBeUndefined()
      }
    }
    // what the state of the first row does not allow: a submitted proposal is never removed, what is frozen never changed
    expect([...walled].filter((url) => !allowed.includes(url))).toEqual([])
  }, 120_000)

  test('is valid HTML', async () => {
    const found: string[] = []
    for (const url of await everyPage()) {
      const { body, statusCode } = await it.get(url, cookie)
      if (statusCode === 200) found.push(...(await faultsOf(url, body)))
    }
    expect([...new Set(found)]).toEqual([])
  }, 120_000)

  test('is valid HTML behind a link, for whoever sees less, and where it says no', async () => {
    const bare = await testApp({ bare: true })
    const setup = await renewSetupLink(bare.context.whole, bare.clock.now)
    const first = await bare.get(`/setup/${setup}`)
    await bare.close()
    expect(first.statusCode).toBe(200)
    const found = await faultsOf('/setup', first.body)
    for (const { url, cookie, status } of await doors(it)) {
      const answer = await it.get(url, cookie)
      expect(answer.statusCode, url).toBe(status)
      found.push(...(await faultsOf(url, answer.body)))
    }
    expect([...new Set(found)]).toEqual([])
  }, 60_000)

  test('is valid HTML with what was typed wrongly, for each form', async () => {
    const found: string[] = []
    const seen = new Set<string>()
    let refused = 0
    for (const { url, form } of everyForm) {
      const shape = form.action.replace(/\d+/g, ':id')
      if (form.typed.length === 0 || seen.has(shape)) continue
      seen.add(shape)
      const wrong = form.fields.map(([name, value]) => [
        name,
        form.typed.includes(name) ? 'x'.repeat(5_000) : value,
      ])
      const answer = await it.post(form.action, Object.fromEntries(wrong), cookie)
      if (answer.statusCode !== 422) continue
      refused += 1
      found.push(...(await faultsOf(`${url} → ${form.action}`, answer.body)))
    }
    expect(refused).toBeGreaterThan(40)
    expect([...new Set(found)]).toEqual([])
  }, 120_000)

  test('is valid HTML where somebody else was faster, for each form of a record', async () => {
    const other = await exampleApp()
    const hand = await other.signIn(['admin', 'staff', 'planner'])
    const found: string[] = []
    const seen = new Set<string>()
    let told = 0
    for (const { url, form } of everyForm) {
      const shape = form.action.replace(/\d+/g, ':id')
      const name = freeTextOf(form)
      const isEdit = form.fields.some(([field]) => field === '_version')
      if (!name || !isEdit || seen.has(shape)) continue
      seen.add(shape)
      const save = (text: string) => other.post(form.action, withText(form, name, text), hand)
      await save(`Yang lebih dulu ${seen.size}`)
      const { statusCode, body } = await save(`Yang kemudian ${seen.size}`)
      // what was sent before took some forms away: those of a proposal that was withdrawn, for example
      if (statusCode === 404 && !(await isThere(other, hand, url, form))) continue
      told += 1
      expect(statusCode, form.action).toBe(409)
      found.push(...(await faultsOf(`${url} → ${form.action}`, body)))
    }
    await other.close()
    expect(told).toBeGreaterThan(20)
    expect([...new Set(found)]).toEqual([])
  }, 60_000)

  test('what people typed is never markup, wherever it is shown', async () => {
    const attacked = await exampleApp()
    try {
      poison(attacked)
      const admin = await attacked.signIn(['admin', 'staff', 'planner'])
      for (const route of pages(attacked)) {
        const url = await addressOf(attacked.connection.db, route.url)
        if (!url) continue
        const { body, statusCode } = await attacked.get(url, admin)
        expect(statusCode, url).toBeLessThan(500)
        expect(body, url).not.toMatch(/<script>racun|<img src=x|['"] onmouseover=/)
      }
    } finally {
      await attacked.close()
    }
  }, 120_000)
})

/** The first field of a form in which any text can be typed. */
function freeTextOf({ controls }: PageForm): string | undefined {
  const isFree = ({ type, inputMode }: Control) =>
    type === 'textarea' || type + inputMode === 'text'
  return controls.find(isFree)?.name
}

/** What a form sends when that text was typed into it; the retry key is left to the sending. */
function withText(form: PageForm, name: string, text: string): Record<string, string[]> {
  const sent: Record<string, string[]> = {}
  for (const [field, value] of form.fields) {
    if (field !== '_key') sent[field] = [...(sent[field] ?? []), field === name ? text : value]
  }
  return sent
}

async function faultsOf(page: string, body: string): Promise<string[]> {
  const { results } = await validator.validateString(body)
  return results.flatMap(({ messages }) =>
    messages.map((m) => `${page} ${m.line}:${m.column} ${m.ruleId} ${m.message}`),
  )
}

/** Puts markup into every free text of every table, past the forms. */
function poison({ connection: { raw } }: TestApp) {
  const kept =
    /^(uid|example|.*_at|.*_on|as_of|code|kind|state|level|role|list|part|hash|key|token_hash|username.*|password_hash|locale|way|came_by|check|result|method|outcome|holds_as|present_as|employment|available|service|medium|ownership|fund|lan|wifi|quality|signal|power|form|data_ready|cost_basis|commitment|budget_paper|review_result|starts|ends|at|arrived_at|due|time_zone|paper|type|class|valid_.*|.*_key|number|changes|contributions|entity.*|action|value|sha256|name_key|grouping|affair_code|about|use_state)$/
  const tables = raw
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[]
  for (const trigger of raw
    .prepare("select name from sqlite_schema where type = 'trigger'")
    .pluck()
    .all() as string[]) {
    raw.exec(`drop trigger ${trigger}`)
  }
  for (const table of tables) {
    const columns = raw
      .prepare(`select name from pragma_table_info('${table}') where type = 'TEXT'`)
      .pluck()
      .all() as string[]
    for (const column of columns.filter((name) => !kept.test(name))) {
      raw
        .prepare(`update or ignore ${table} set ${column} = ? || rowid where ${column} is not null`)
        .run(
          `"><script>racun()</script><img src=x onerror=racun()>' onmouseover=racun() javascript:racun() {{7*7}} \${7*7} <% racun %> `,
        )
    }
  }
}
