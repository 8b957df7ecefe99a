import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ListField, listFields } from '../src/db/kept.ts'
import { localClock, localDay } from '../src/domain/calendar.ts'
import { formatFor } from '../src/i18n/format.ts'
import { type Translate, translator } from '../src/i18n/translate.ts'
import type { SheetName } from '../src/report/layout.ts'
import { formPost, type TestApp } from '../src/testing/app.ts'
import { downloadWorkbook } from '../src/testing/report.ts'
import { type FieldTold, records, untold } from '../src/web/record-fields.ts'
import { listOf } from '../src/web/record-words.ts'
import { type Control, formsOf, type PageForm } from './html-forms.ts'
import { exampleApp } from './support.ts'

/**
 * Every field of every record is filled in its form as an official would, the workbook is made by
 * its route, and each field is looked for in the rows of the record on its sheets. What the workbook
 * does not hold is named in `left`, with the reason.
 */

type Stored = { id: number; [field: string]: unknown }
type Noun = {
  entity: string
  /** Where the workbook tells of it. */
  sheets: SheetName[]
  /** The page with the form; none: a record of the example is looked for as it is. */
  page?: string
  action?: RegExp
  /** A field by which the form is told from another with the same action. */
  having?: string
  /** Of a form with rows the one to fill: where this field has this value. */
  row?: [field: string, value: string]
  /** The record that is changed or looked for; else the newest one with its markers. */
  id?: number
  /** What to type where no value can be made from the kind of the control; [] = leave empty. */
  typed?: Record<string, string | string[]>
  /** Fields in whose texts the rows of the record are found; none: every row of the sheets. */
  markers?: string[]
}

const nip = '198501012010011001'
const phone = '081234567890'
const none: string[] = []

const ownSet = 2
const ownRound = 2

const nouns: Noun[] = [
  {
    entity: 'fgdSession',
    page: '/fgd/1/state?to=open',
    action: /state$/,
    sheets: ['FGD'],
    id: 1,
    markers: ['title', 'heldOn'],
  },
  {
    entity: 'government',
    page: '/settings/government',
    action: /^\/settings\/government$/,
    sheets: ['Sampul'],
    id: 1,
    typed: { yearFrom: '2019', yearTo: '2023', timeZone: 'Asia/Makassar', level: 'kabupaten' },
  },
  {
    entity: 'signatory',
    page: '/settings/signatories/new',
    action: /^\/settings\/signatories$/,
    sheets: ['Sampul'],
    typed: { holdsAs: 'plt' },
  },
  {
    entity: 'opd',
    page: '/opd/1/edit',
    action: /^\/opd\/1$/,
    sheets: ['OPD'],
    id: 1,
    // an OPD that ended takes no more records
    typed: { validUntil: '2018-12-30' },
    markers: ['name'],
  },
  { entity: 'opd', sheets: ['OPD'], id: 2, markers: ['name'] },
  { entity: 'opd', sheets: ['OPD'], id: 31, markers: ['name'] },
  {
    entity: 'opdDuty',
    page: '/opd/1/duties/1',
    action: /duties\/1$/,
    sheets: ['Tupoksi'],
    id: 1,
    markers: ['text'],
  },
  {
    entity: 'opdPeople',
    page: '/opd/30/people/new?session=1',
    action: /people$/,
    sheets: ['SDM TIK'],
    typed: { asOf: '2018-09-14', ictTrained: '3' },
    markers: ['opdId'],
  },
  {
    entity: 'opdAnswer',
    page: '/opd/4/portal',
    action: /none$/,
    sheets: ['OPD'],
    markers: ['opdId'],
  },
  {
    entity: 'opdConfirmation',
    page: '/opd/8/portal',
    action: /confirmation$/,
    sheets: ['Rekap per OPD'],
    markers: ['opdId'],
  },
  {
    entity: 'location',
    page: '/locations/1/edit',
    action: /^\/locations\/1$/,
    sheets: ['Lokasi'],
    id: 1,
    typed: { serverRoom: '1' },
    markers: ['name'],
  },
  {
    entity: 'internetAccess',
    page: '/locations/1/internet/new?session=1',
    action: /internet$/,
    sheets: ['Akses Internet'],
    typed: { asOf: '2018-09-14', available: 'yes', line: '7' },
    markers: ['provider'],
  },
  {
    entity: 'deviceSurvey',
    page: '/locations/1/devices/1',
    action: /devices\/1$/,
    sheets: ['Perangkat'],
    id: 1,
    typed: { asOf: '2018-09-14', none },
    markers: ['locationId'],
  },
  {
    entity: 'opdBudget',
    page: '/opd/1/budgets/1',
    action: /budgets\/1$/,
    sheets: ['Anggaran per OPD'],
    id: 1,
    typed: { year: '2018' },
    markers: ['opdId'],
  },
  {
    entity: 'infrastructureNeed',
    page: '/needs/1/edit',
    action: /^\/needs\/1$/,
    sheets: ['Kebutuhan Infrastruktur'],
    id: 1,
    typed: { costUnknown: none },
    markers: ['text'],
  },
  {
    entity: 'infrastructureNeed',
    page: '/needs/2/edit',
    action: /^\/needs\/2$/,
    sheets: ['Kebutuhan Infrastruktur'],
    id: 2,
    typed: { cost: none, fund: none },
    markers: ['text'],
  },
  {
    entity: 'application',
    page: '/applications/1/edit',
    action: /^\/applications\/1$/,
    sheets: ['Aplikasi Eksisting'],
    id: 1,
    typed: { '0.name': none, '1.with': none, '2.with': none, '2.name': none },
    markers: ['name'],
  },
  {
    entity: 'nationalApplication',
    page: '/applications/national/1',
    action: /national\/1$/,
    sheets: ['Aplikasi Nasional'],
    id: 1,
    markers: ['name'],
  },
  {
    entity: 'affair',
    page: '/opd/affairs/1',
    action: /affairs\/1$/,
    sheets: ['Metode'],
    id: 1,
    markers: ['code', 'name'],
  },
  {
    entity: 'proposal',
    page: '/proposals/1/edit',
    action: /^\/proposals\/1$/,
    sheets: ['Usulan Aplikasi'],
    id: 1,
    typed: {
      costUnknown: none,
      dutyId: none,
      '0.requires': 'U-2018-002',
      '1.requires': none,
      '1.furtherOpd': none,
      '1.part': none,
      '0.costYear': '2019',
      '0.costAmount': '40000007',
      '1.costYear': '2020',
      '1.costAmount': '50000008',
      '2.costYear': none,
      '2.costAmount': none,
      costLow: '30000006',
      costHigh: '90000015',
      way: 'extend',
      wayNationalId: none,
    },
    markers: ['title'],
  },
  {
    entity: 'proposal',
    page: '/proposals/2/edit',
    action: /^\/proposals\/2$/,
    sheets: ['Usulan Aplikasi'],
    id: 2,
    typed: {
      costLow: none,
      costHigh: none,
      runningCost: none,
      costBasis: none,
      dutyText: none,
      '0.requires': none,
      '1.requires': none,
      '1.furtherOpd': none,
      '1.part': none,
      '0.costYear': none,
      '0.costAmount': none,
      '1.costYear': none,
      '1.costAmount': none,
      '2.costYear': none,
      '2.costAmount': none,
      way: 'national',
      wayApplicationId: none,
    },
    markers: ['title'],
  },
  {
    entity: 'proposal',
    page: '/proposals/6/merge',
    action: /merge$/,
    sheets: ['Usulan Aplikasi'],
    id: 6,
    typed: { target: 'U-2018-004' },
    markers: ['number'],
  },
  {
    entity: 'proposal',
    page: '/proposals/1',
    action: /state$/,
    having: 'reviewResult',
    sheets: ['Usulan Aplikasi'],
    id: 1,
    markers: ['title'],
  },
  {
    entity: 'checkAnswer',
    page: '/proposals/1/checks?check=duty',
    action: /checks$/,
    sheets: ['Matriks Prioritas'],
    typed: { result: 'not' },
    markers: ['note'],
  },
  { entity: 'checkAnswer', sheets: ['Matriks Prioritas'], id: 4, markers: ['proposalId'] },
  { entity: 'checkAnswer', sheets: ['Matriks Prioritas'], id: 7, markers: ['proposalId'] },
  {
    entity: 'checkAnswer',
    page: '/proposals/16/checks?check=similar&q=simpeg',
    action: /checks$/,
    sheets: ['Matriks Prioritas'],
    typed: { result: 'not', about: 'application:1' },
    markers: ['proposalId'],
  },
  {
    entity: 'fgdSession',
    page: '/fgd/1/edit',
    action: /^\/fgd\/1$/,
    sheets: ['FGD'],
    id: 1,
    typed: { heldOn: '2018-09-14', endsOn: '2018-09-15' },
    markers: ['title', 'heldOn'],
  },
  {
    entity: 'sessionItem',
    page: '/fgd/1/items/5',
    action: /items\/5$/,
    sheets: ['FGD'],
    id: 5,
    markers: ['text'],
  },
  {
    entity: 'attendance',
    page: '/fgd/1/attendance/1',
    action: /attendance\/1$/,
    sheets: ['FGD'],
    id: 1,
    typed: { institution: none, employment: 'pns' },
    markers: ['name'],
  },
  {
    entity: 'attendance',
    page: '/fgd/1/attendance/2',
    action: /attendance\/2$/,
    sheets: ['FGD'],
    id: 2,
    typed: { opdId: none, employment: 'luar', nip: none, spokesman: none },
    markers: ['name'],
  },
  {
    entity: 'minute',
    page: '/fgd/1/minutes/1',
    action: /minutes\/1$/,
    sheets: ['FGD'],
    id: 1,
    typed: { onDay: '2018-09-15' },
    markers: ['text'],
  },
  {
    entity: 'followUp',
    page: '/fgd/1/follow-ups/1',
    action: /progress$/,
    sheets: ['FGD'],
    id: 1,
    typed: { state: 'done', doneOn: '2018-09-14' },
    markers: ['text'],
  },
  {
    entity: 'followUp',
    page: '/follow-ups/new?proposal=1',
    action: /^\/follow-ups$/,
    sheets: ['FGD'],
    typed: { due: '2018-12-01' },
    markers: ['text'],
  },
  // a set of one's own takes the place of the example's: criteria, weights, round and ratings
  {
    entity: 'criterionSet',
    page: '/scoring/sets/new?from=1',
    action: /^\/scoring\/sets$/,
    sheets: ['Metode'],
    id: ownSet,
  },
  {
    entity: 'criterion',
    page: `/scoring/sets/${ownSet}/criteria/8`,
    action: /criteria\/8$/,
    sheets: ['Metode', 'Penilaian'],
    id: 8,
    typed: {
      code: 'KX',
      derived: none,
      '0.value': '0',
      '1.value': '0,125',
      '2.value': '0,375',
      '3.value': '0,5',
      '4.value': '0,625',
      '5.value': '0,75',
      '6.value': '1',
    },
  },
  { entity: 'criterion', sheets: ['Metode', 'Penilaian'], id: 11 },
  {
    entity: 'weighting',
    page: `/scoring/sets/${ownSet}/weightings/new?method=direct`,
    action: /weightings$/,
    sheets: ['Metode'],
    typed: {
      '0.value': '31',
      '1.value': '17',
      '2.value': '15',
      '3.value': '13',
      '4.value': '11',
      '5.value': '8',
      '6.value': '5',
    },
  },
  {
    entity: 'criterionSet',
    page: `/scoring/sets/${ownSet}/freezing`,
    action: /freezing$/,
    sheets: ['Metode'],
    id: ownSet,
  },
  {
    entity: 'weighting',
    page: '/scoring/weightings/4/adoption',
    action: /adoption$/,
    sheets: ['Metode'],
    id: 4,
  },
  {
    entity: 'assessor',
    page: '/scoring/assessors/1',
    action: /assessors\/1$/,
    sheets: ['Metode'],
    id: 1,
  },
  {
    entity: 'round',
    page: `/scoring/rounds/new?set=${ownSet}`,
    action: /^\/scoring\/rounds$/,
    sheets: ['Metode'],
    typed: { without: none, minimum: '2' },
  },
  {
    entity: 'round',
    page: `/scoring/rounds/${ownRound}/state?to=open`,
    action: /state$/,
    sheets: ['Metode'],
    id: ownRound,
  },
  {
    entity: 'round',
    page: `/scoring/rounds/${ownRound}/in-force`,
    action: /in-force$/,
    sheets: ['Metode'],
    id: ownRound,
  },
  {
    entity: 'recusal',
    page: `/scoring/rounds/${ownRound}`,
    action: /recusals$/,
    sheets: ['Metode'],
    typed: { assessorId: '2', proposalId: '4', everywhere: none, replacedById: '1' },
    markers: ['reason'],
  },
  {
    entity: 'rating',
    page: `/scoring/rounds/${ownRound}/ratings/1`,
    action: /ratings\/1/,
    sheets: ['Nilai Tunggal'],
    markers: ['note'],
  },
  {
    entity: 'phase',
    page: '/roadmap/phases/1',
    action: /phases\/1$/,
    sheets: ['Ringkasan', 'Peta Jalan'],
    id: 1,
    typed: { yearFrom: '2019', yearTo: '2019' },
  },
  {
    entity: 'placement',
    page: '/roadmap/proposals/7/placement',
    action: /placement$/,
    sheets: ['Peta Jalan'],
    typed: { phaseId: '3' },
    markers: ['reason'],
  },
  {
    entity: 'decision',
    page: '/decisions/new?proposal=8&session=1',
    row: ['proposal', '8'],
    action: /^\/decisions$/,
    sheets: ['Matriks Prioritas'],
    typed: {
      outcome: 'accepted',
      phase: '1',
      nationalId: none,
      applicationId: none,
      redirectTo: none,
      lookAgainOn: none,
      holdsAs: 'plt',
      decidedOn: '2018-09-13',
    },
    markers: ['reason'],
  },
  {
    entity: 'decision',
    page: '/decisions/new?proposal=9&session=1',
    row: ['proposal', '9'],
    action: /^\/decisions$/,
    sheets: ['Matriks Prioritas'],
    typed: {
      outcome: 'redirected',
      applicationId: none,
      redirectTo: none,
      phase: none,
      place: none,
      lookAgainOn: none,
      holdsAs: 'an',
      decidedOn: '2018-09-12',
    },
    markers: ['reason'],
  },
  {
    entity: 'decision',
    page: '/decisions/new?proposal=13&session=1',
    row: ['proposal', '13'],
    action: /^\/decisions$/,
    sheets: ['Matriks Prioritas'],
    typed: {
      outcome: 'redirected',
      nationalId: none,
      redirectTo: none,
      phase: none,
      place: none,
      lookAgainOn: none,
      holdsAs: 'an',
      decidedOn: '2018-09-10',
    },
    markers: ['reason'],
  },
  {
    entity: 'decision',
    page: '/decisions/new?proposal=14&session=1',
    row: ['proposal', '14'],
    action: /^\/decisions$/,
    sheets: ['Matriks Prioritas'],
    typed: {
      outcome: 'redirected',
      nationalId: none,
      applicationId: none,
      phase: none,
      place: none,
      lookAgainOn: none,
      holdsAs: 'an',
      decidedOn: '2018-09-09',
    },
    markers: ['reason'],
  },
  {
    entity: 'decision',
    page: '/decisions/new?proposal=10&session=1',
    row: ['proposal', '10'],
    action: /^\/decisions$/,
    sheets: ['Matriks Prioritas'],
    typed: {
      outcome: 'postponed',
      phase: none,
      place: none,
      nationalId: none,
      applicationId: none,
      redirectTo: none,
      lookAgainOn: '2019-05-06',
      holdsAs: 'plh',
      decidedOn: '2018-09-11',
    },
    markers: ['reason'],
  },
  {
    entity: 'fgdSession',
    page: '/fgd/1/state?to=closed',
    action: /state$/,
    sheets: ['FGD'],
    id: 1,
    typed: { onDay: '2018-09-14', at: '09:59' },
    markers: ['title', 'heldOn'],
  },
  {
    entity: 'fgdSession',
    page: '/fgd/1/record/number',
    action: /number$/,
    sheets: ['FGD'],
    id: 1,
    markers: ['title', 'heldOn'],
  },
  {
    entity: 'publication',
    page: '/publications/new',
    action: /^\/publications$/,
    sheets: ['Sampul'],
    typed: { publishedOn: '2018-09-13' },
  },
  { entity: 'sessionRecord', sheets: ['FGD'], markers: ['fgdSessionId'] },
]

/** Why a field, or a whole record, is not in the workbook. */
const left: Record<string, string | Record<string, string>> = {
  account: 'who may sign in is no part of the plan',
  accessLink: 'who may sign in is no part of the plan',
  opdAlias: 'helps to recognise names in lists; nothing about the OPD',
  government: {
    level: 'stands in the name',
    timeZone: 'stands behind every time of day',
    officeShort: 'a word in the texts',
    spbeTerm: 'a word in the texts',
    paper: 'what the sheets are printed on',
    emblem: 'a picture on the cover',
  },
  signatory: { nip: 'no NIP leaves the house' },
  attendance: { nip: 'no NIP leaves the house' },
  opd: {
    contactPhone: 'no telephone number leaves the house',
    source: 'by which a list is recognised when it is loaded again',
    sourceCode: 'by which a list is recognised when it is loaded again',
  },
  application: {
    contactPhone: 'no telephone number leaves the house',
    source: 'by which a list is recognised when it is loaded again',
    sourceCode: 'by which a list is recognised when it is loaded again',
  },
  proposal: {
    contactPhone: 'no telephone number leaves the house',
    source: 'by which a list is recognised when it is loaded again',
    sourceCode: 'by which a list is recognised when it is loaded again',
  },
  opdBudget: { year: 'stands in the heading' },
  sessionItem: { seq: 'the order of the rows' },
  criterionSet: {
    basedOnId: 'which set it was copied from changes no score',
    inForceAt: 'the workbook holds the set in force alone',
  },
  weighting: { inForceAt: 'the workbook holds the weighting in force alone' },
  assessor: { accountId: 'who may sign in is no part of the plan' },
  round: {
    inForceAt: 'the workbook holds the round in force alone',
    proposals: 'each stands on the sheet Penilaian',
    tasks: 'each rating stands on the sheet Nilai Tunggal',
  },
  recusal: { roundId: 'the workbook holds one round' },
  rating: { roundId: 'the workbook holds one round' },
  publication: {
    kind: 'the workbook holds the publication in force alone',
    withdrawsId: 'the workbook holds the publication in force alone',
  },
  decision: { correctsId: 'the workbook holds the decision in force alone' },
}

let it: TestApp
let book: ExcelJS.Workbook
let t: Translate
const format = formatFor('id', 'Asia/Makassar')
let n = 0
/** The record that each noun filled in. */
const ids = new Map<Noun, number>()

/** A value of the kind of the control that stands nowhere else. */
function valueFor({ name, type, inputMode, choices }: Control): string | string[] {
  n += 1
  if (type === 'checkbox') return choices.length > 0 ? choices : ['on']
  if (choices.length > 0) return choices[n % choices.length] ?? ''
  if (type === 'date') return `2018-0${1 + (n % 8)}-${10 + (n % 18)}`
  if (type === 'time') return `${10 + (n % 9)}:${10 + (n % 49)}`
  if (name === 'nip') return nip
  if (name.endsWith('Phone')) return phone
  if (/^\d+\.c\d+$/.test(name)) return String(1 + (n % 5))
  if (name.endsWith('oldestYear')) return String(2002 + (n % 7))
  if (/year/i.test(name) && inputMode === 'numeric' && !/cost/i.test(name)) {
    return String(2010 + (n % 8))
  }
  if (/cost|amount|ceiling/i.test(name)) return String(1_000_000 * n + 7)
  if (inputMode === 'decimal') return `${20 + (n % 140)},5`
  if (inputMode === 'numeric') return String(20 + n)
  if (inputMode === 'url') return `https://isian-${n}.contoh.example`
  return `Isian ${n} ${name}`
}

/** What is typed into the fields of a form that cannot be told from its controls alone. */
function typedFor(noun: Noun, form: PageForm) {
  const [field, value] = noun.row ?? []
  const row = form.fields.find(([name, held]) => name.endsWith(`.${field}`) && held === value)
  const index = row?.[0].split('.')[0]
  return (control: Control): string | string[] => {
    const [at, part] = control.name.split('.')
    if (noun.row && part !== undefined && at !== index) return none
    return noun.typed?.[control.name] ?? (noun.row && noun.typed?.[part ?? '']) ?? valueFor(control)
  }
}

async function fillIn(noun: Noun, cookie: string): Promise<void> {
  if (!noun.page) return
  const page = await it.get(noun.page, cookie)
  const form = formsOf(page.body).find(
    (each) =>
      noun.action?.test(each.action.replace(/\?.*/, '')) &&
      (!noun.having || each.controls.some((control) => control.name === noun.having)),
  )
  if (!form) throw new Error(`no form ${noun.action} on ${noun.page} (${page.statusCode})`)
  const told = new Set(form.controls.map((control) => control.name))
  const body = new URLSearchParams(form.fields.filter(([name]) => !told.has(name)))
  const typed = typedFor(noun, form)
  for (const control of form.controls) {
    for (const each of [typed(control)].flat()) body.append(control.name, each)
  }
  const sent = formPost(form.action, {}, cookie)
  const answer = await it.app.inject({ ...sent, payload: body.toString() })
  const errors = [...answer.body.matchAll(/<li><a href="#([^"]*)">([^<]*)/g)].map(
    ([, at, text]) => `${at}: ${text}`,
  )
  const why = /class="errors"[\s\S]*?<span>([^<]*)/.exec(answer.body)?.[1] ?? ''
  expect(answer.statusCode, `${form.action}: ${why} ${errors.join(' | ')}`).toBe(303)
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())

/** The newest record in which the markers are filled. */
function newestOf({ entity, markers = [] }: Noun): number {
  const told = ['id', ...markers].map((field) => `${snake(field)} is not null`)
  return it.connection.raw
    .prepare(`select max(id) from ${snake(entity)} where ${told.join(' and ')}`)
    .pluck()
    .get() as number
}

/** The record as it is stored, with its lists. */
function stored(noun: Noun): Stored {
  const { raw } = it.connection
  const { entity } = noun
  const found = raw
    .prepare(`select * from ${snake(entity)} where id = ?`)
    .get(ids.get(noun)) as object
  const row = Object.fromEntries(
    Object.entries(found).map(([name, value]) => [camel(name), value]),
  ) as Stored
  const lists = (listFields as Record<string, Record<string, ListField>>)[entity] ?? {}
  for (const [field, { table, parent, columns, fixed = {} }] of Object.entries(lists)) {
    const all = { [parent]: row.id, ...fixed }
    const wheres = Object.keys(all).map((name) => `${snake(name)} = ?`)
    const items = raw
      .prepare(`select * from ${snake(table)} where ${wheres.join(' and ')}`)
      .all(...Object.values(all)) as Record<string, unknown>[]
    row[field] = items.map((item) => {
      const told = columns.map((column) => [column, item[snake(column)]] as const)
      return told.length === 1 ? told[0]?.[1] : Object.fromEntries(told)
    })
  }
  return row
}

beforeAll(async () => {
  it = await exampleApp()
  const cookie = await it.signIn(['admin', 'staff', 'planner'])
  for (const noun of nouns) {
    await fillIn(noun, cookie)
    ids.set(noun, noun.id ?? newestOf(noun))
  }
  const { officeShort, headTitle } = await it.connection.db
    .selectFrom('government')
    .select(['officeShort', 'headTitle'])
    .executeTakeFirstOrThrow()
  t = translator('id', { dinas: officeShort, kepala_daerah: headTitle })
  const answer = await downloadWorkbook(it, cookie, { internal: '1' })
  expect(answer.statusCode).toBe(200)
  book = new ExcelJS.Workbook()
  await book.xlsx.load(answer.rawPayload as unknown as ArrayBuffer)
}, 180_000)
afterAll(() => it.close())

/** Words of the workbook for a flag that is set; `Ya` where nothing else is agreed. */
const flags: Record<string, string> = {
  spokesman: 'Juru bicara OPD',
  isHead: 'Kantor induk',
  derived: 'dihitung dari inventaris',
}

/** The ways in which a value may stand in a cell: any of them will do; none = it says nothing. */
function shown(field: string, told: FieldTold, value: unknown): unknown[] {
  if (told.names) return namesOf(told.names, Number(value))
  if (told.list === 'holdsAs' && value === 'definitif') return []
  const list = listOf(told, String(value))
  if (list) return [t.label(list, value as never)]
  if (told.kind === 'flag') return value === 1 ? [flags[field] ?? 'Ya', 'Ya'] : []
  if (told.kind === 'mbps') return [Number(value) / 1000]
  if (told.kind === 'day') return [String(value), format.date(String(value))]
  if (told.kind === 'clock') return [String(value).replace(':', '.')]
  if (told.kind === 'instant') {
    const at = String(value)
    const zone = 'Asia/Makassar'
    return [format.dateTime(at), localDay(at, zone), localClock(at, zone).replace(':', '.')]
  }
  if (typeof value === 'number') return [value, format.rupiah(value), String(value)]
  return [String(value)]
}

function namesOf(entity: string, id: number): unknown[] {
  const row = it.connection.raw
    .prepare(`select * from ${snake(entity)} where id = ?`)
    .get(id) as Record<string, unknown>
  // a session is told by its day
  const day = entity === 'fgdSession' ? format.date(String(row.held_on)) : null
  return [row[snake(records[entity]?.title ?? 'name')], row.number, row.code, day].filter(
    (each) => typeof each === 'string',
  )
}

type Single = { field: string; told: FieldTold; value: unknown }

/** Every single value of a field, also of a list and of the parts of its items. */
function singles(field: string, told: FieldTold, value: unknown): Single[] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return value.flatMap((each) => singles(field, told, each))
  if (!told.items) return [{ field, told, value }]
  const parts = value as Record<string, unknown>
  return Object.entries(told.items).flatMap(([name, part]) => singles(name, part, parts[name]))
}

type Cells = { texts: string; numbers: Set<number>; days: Set<string> }

/** What stands in the rows of the sheets that name the record. */
function cellsOf(noun: Noun, row: Stored): Cells {
  const fields = records[noun.entity]?.fields ?? {}
  const marks = (noun.markers ?? []).flatMap((field) => {
    const told = fields[field]
    return told ? singles(field, told, row[field]).flatMap((each) => waysOf(each)) : []
  })
  const cells: Cells = { texts: '', numbers: new Set(), days: new Set() }
  for (const name of noun.sheets) {
    book.getWorksheet(name)?.eachRow((line) => {
      const values: unknown[] = []
      line.eachCell((cell) => values.push(cell.formula === undefined ? cell.value : cell.result))
      const text = values.filter((value) => typeof value === 'string').join('\n')
      if (marks.length > 0 && !marks.some((mark) => text.includes(String(mark)))) return
      cells.texts += `\n${text}`
      for (const value of values) {
        if (typeof value === 'number') cells.numbers.add(value)
        if (value instanceof Date) cells.days.add(value.toISOString().slice(0, 10))
      }
    })
  }
  return cells
}

const waysOf = ({ field, told, value }: Single) => shown(field, told, value)

const holds = (cells: Cells, value: unknown) =>
  typeof value === 'number'
    ? cells.numbers.has(value)
    : cells.days.has(String(value)) || cells.texts.includes(String(value))

test.each(Object.keys(records))('every field of %s is found again in the workbook', (entity) => {
  const excused = left[entity] ?? {}
  if (typeof excused === 'string') return
  const own = nouns.filter((noun) => noun.entity === entity)
  const found = own.map((noun) => {
    const row = stored(noun)
    return { row, cells: cellsOf(noun, row) }
  })
  expect(found.length, `no page of ${entity} is filled in`).toBeGreaterThan(0)
  const wrong: string[] = []
  for (const [field, told] of Object.entries(records[entity]?.fields ?? {})) {
    if (!told || field in excused) continue
    const all = found.flatMap(({ row, cells }) =>
      singles(field, told, row[field]).map((single) => ({ cells, ways: waysOf(single) })),
    )
    if (all.length === 0) wrong.push(`${field} is filled in by no form`)
    for (const { cells, ways } of all) {
      if (ways.length > 0 && !ways.some((way) => holds(cells, way))) {
        wrong.push(`${field} is not on the sheet: ${ways.join(' or ')}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

test('no column of a kept table is unknown here, and no excuse is left over', () => {
  for (const [entity, { fields }] of Object.entries(records)) {
    const columns = it.connection.raw.pragma(`table_info(${snake(entity)})`) as { name: string }[]
    const known = new Set([...Object.keys(fields), ...untold, ...appendedColumns])
    const unknown = columns.map(({ name }) => camel(name)).filter((name) => !known.has(name))
    expect(unknown, entity).toEqual([])
  }
  for (const [entity, excused] of Object.entries(left)) {
    expect(Object.keys(records)).toContain(entity)
    if (typeof excused === 'string') continue
    for (const field of Object.keys(excused)) {
      expect(records[entity]?.fields[field], `${entity}.${field}`).toBeTruthy()
    }
  }
})

/** What an event and a row that is never changed say of their making. */
const appendedColumns = ['accountId', 'linkId', 'actorName', 'recordedAt']

test('what must not leave the house is nowhere', () => {
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const text = JSON.stringify(cell.value ?? '').replace(/\s/g, '')
        expect(text.includes(nip) || text.includes(phone), `${sheet.name}!${cell.address}`).toBe(
          false,
        )
      }),
    ),
  )
})
