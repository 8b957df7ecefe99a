import { z } from 'zod'
import { missingToSubmit, type RequiredAnswer } from '../domain/proposal.ts'
import { sum } from '../domain/scoring.ts'
import type { Code } from '../domain/words.ts'
import type { Message } from '../errors.ts'
import {
  addIssue,
  choice,
  choices,
  day,
  flag,
  id,
  ids,
  integer,
  longText,
  money,
  required,
  text,
} from '../web/fields.ts'
import { type Parsed, parseRows, type Unparsed, type Values, wholeForm } from '../web/form.ts'

const intent = z.enum(['save', 'submit']).default('save')

/** What one OPD answers about one application, in the order of the form. */
const answers = {
  title: required(text(500), { key: 'proposals.error.title' }),
  problem: longText(4000),
  purpose: longText(4000),
  dutyId: id(),
  dutyText: longText(1000),
  rpjmd: longText(1000),
  users: choices('users'),
  platforms: choices('platform'),
  form: choice('form'),
  natures: choices('nature'),
  expectedUsers: integer(0, 300_000_000),
  locations: ids(),
  dataReady: choice('dataReady'),
  dataNote: longText(2000),
  integration: longText(2000),
  way: choice('way'),
  wayApplicationId: id(),
  wayNationalId: id(),
  wayNote: longText(2000),
  costUnknown: flag(),
  costLow: money(),
  costHigh: money(),
  runningCost: money(),
  costBasis: choice('costBasis'),
  commitment: choice('commitment'),
  budgetPaper: choice('budgetPaper'),
  fund: choice('fund'),
  yearWanted: integer(2000, 2100),
  contactName: text(120),
  contactTitle: text(120),
  contactPhone: text(30),
  cameBy: choice('cameBy'),
  letterNo: text(120),
  letterOn: day(),
}

/** What is answered in rows: further OPD, prerequisites and costs by year, side by side. */
const answerRow = z
  .strictObject({
    furtherOpd: id(),
    part: choice('part'),
    requires: text(600),
    costYear: integer(2000, 2100),
    costAmount: money(),
  })
  .superRefine(({ furtherOpd, part, costYear, costAmount }, ctx) => {
    const ask = (field: string, message: Message) => addIssue(ctx, field, message)
    if (furtherOpd === null && part !== null) {
      ask('furtherOpd', { key: 'proposals.error.furtherOpd' })
    }
    if (furtherOpd !== null && part === null) ask('part', { key: 'proposals.error.part' })
    if (part === 'lead') ask('part', { key: 'form.notInList' })
    if (costYear === null && costAmount !== null) {
      ask('costYear', { key: 'proposals.error.costYear' })
    }
    if (costYear !== null && costAmount === null) {
      ask('costAmount', { key: 'proposals.error.costAmount' })
    }
  })
type Rows = readonly { at: number; row: z.infer<typeof answerRow> }[]

/** At most so many rows of each kind in one form. */
export const maxRows = 25

const answersOnly = z.object(answers)
/** `at` is the row of the form, for a message at it; `typed` a number or a title. */
export type Answers = z.infer<typeof answersOnly> & {
  further: readonly { at: number; opdId: number; part: Code<'part'> }[]
  requires: readonly { at: number; typed: string }[]
  costs: readonly { year: number; amount: number }[]
}

/** A proposal that exists already: its OPD and its session stay. */
const proposalForm = z.strictObject({ ...answers, intent }).superRefine(holdTogether)

/** A new one, for an OPD and, where its form was opened there, in a session. */
const newProposalForm = z
  .strictObject({
    opdId: required(id(), { key: 'proposals.error.opdId' }),
    fgdSessionId: id(),
    ...answers,
    intent,
  })
  .superRefine(holdTogether)

export const parseProposal = (body: unknown) => withRows(parseRows(proposalForm, answerRow, body))
export const parseNewProposal = (body: unknown) =>
  withRows(parseRows(newProposalForm, answerRow, body))

type Head = z.infer<typeof answersOnly>

/** The answers with their rows; without an upper estimate, the sum of the years is it. */
function withRows<H extends Head>(
  parsed: Parsed<{ head: H; rows: Rows }> | Unparsed,
): Parsed<H & Answers> | Unparsed {
  if (!parsed.ok) return parsed
  const { head, rows } = parsed.data
  const further = rows.flatMap(({ at, row: { furtherOpd: opdId, part } }) =>
    opdId === null || part === null ? [] : [{ at, opdId, part }],
  )
  const requires = rows.flatMap(({ at, row }) =>
    row.requires === null ? [] : [{ at, typed: row.requires }],
  )
  const costs = rows.flatMap(({ at, row: { costYear: year, costAmount: amount } }) =>
    year === null || amount === null ? [] : [{ at, year, amount }],
  )
  const total = costs.length === 0 ? null : sum(costs.map((each) => each.amount))
  const errors: Record<string, Message> = {
    ...(rows.some(({ at }) => at >= maxRows) && { [wholeForm]: { key: 'form.unreadable' } }),
    ...(total === null ? {} : sumErrors(head, total)),
    ...repeated(further, 'furtherOpd', (each) => each.opdId),
    ...repeated(costs, 'costYear', (each) => each.year),
  }
  if (Object.keys(errors).length > 0) {
    const { values, version } = parsed
    return { ok: false, form: { values, errors, status: 422, version: version || undefined } }
  }
  const costHigh = head.costHigh ?? total
  const years = costs.map(({ year, amount }) => ({ year, amount }))
  return { ...parsed, data: { ...head, costHigh, further, requires, costs: years } }
}

/** Costs by year add up to the upper estimate, so that every sum of the program is one sum. */
function sumErrors({ costUnknown, costLow, costHigh }: Head, total: number) {
  const errors: Record<string, Message> = {}
  const params = { total: new Intl.NumberFormat('id-ID').format(total) }
  if (costUnknown === 1) errors.costUnknown = { key: 'proposals.error.costUnknown' }
  if (costHigh !== null && costHigh !== total) {
    errors.costHigh = { key: 'proposals.error.costSum', params }
  }
  if (costHigh === null && costLow !== null && costLow > total) {
    errors.costLow = { key: 'proposals.error.costLowSum', params }
  }
  return errors
}

function repeated<R extends { at: number }>(
  rows: readonly R[],
  field: string,
  of: (row: R) => number,
): Record<string, Message> {
  const again = rows.filter((row, place) => rows.findIndex((each) => of(each) === of(row)) < place)
  return Object.fromEntries(
    again.map(({ at }) => [`${at}.${field}`, { key: 'proposals.error.repeated' }]),
  )
}

/** Where a proposal is merged to, by number or title, and why. */
export const mergeForm = z.strictObject({
  target: required(text(600), { key: 'proposals.error.target' }),
  reason: required(longText(2000), { key: 'proposals.error.mergeReason' }),
})
export type MergeInput = z.infer<typeof mergeForm>

/** A move to another state; what it needs depends on where it goes. */
export const moveForm = z
  .strictObject({
    to: required(choice('proposalState')),
    note: longText(2000),
    reviewResult: choice('reviewResult'),
    reviewWay: choice('way'),
  })
  .superRefine(({ to, note, reviewResult }, ctx) => {
    if (to === 'returned' && note === null) {
      addIssue(ctx, 'note', { key: 'proposals.error.returnNote' })
    }
    if (to === 'reviewed' && reviewResult === null) {
      addIssue(ctx, 'reviewResult', { key: 'proposals.error.reviewResult' })
    }
    if (to === 'reviewed' && note === null && reviewResult !== null && reviewResult !== 'ok') {
      addIssue(ctx, 'note', { key: 'proposals.error.reviewNote' })
    }
  })
export type MoveInput = z.infer<typeof moveForm>

/** A check that a person settles with a word of reason, or takes back (`none`); `q` is what was searched for meanwhile. */
export const checkForm = z
  .strictObject({
    check: required(choice('checkName')),
    q: text(200),
    about: text(30),
    result: required(choice('checkResult'), { key: 'proposals.error.checkResult' }),
    note: longText(1000),
  })
  .superRefine(({ result, about, note }, ctx) => {
    if (note === null) {
      addIssue(ctx, 'note', { key: 'proposals.error.checkNote' })
    }
    if (about !== null && !/^(opd|national|application|proposal):[1-9]\d{0,14}$/.test(about)) {
      addIssue(ctx, 'about', { key: 'form.notInList' })
    }
    if (result === 'check' || result === 'none') {
      addIssue(ctx, 'result', { key: 'proposals.error.checkResult' })
    }
  })

/** The fields of the form in its order: how a summary of errors lists them. */
const order = ['opdId', ...Object.keys(answers)].flatMap((field) => [
  field,
  ...(field === 'integration' ? ['furtherOpd', 'part', 'requires'] : []),
  ...(field === 'runningCost' ? ['costYear', 'costAmount'] : []),
])

/** Where each required answer is asked for, and what to say when it is missing. */
const asked: Record<RequiredAnswer, { field: string; message: Message }> = {
  opdId: { field: 'opdId', message: { key: 'proposals.error.opdId' } },
  title: { field: 'title', message: { key: 'proposals.error.title' } },
  problem: { field: 'problem', message: { key: 'proposals.error.problem' } },
  purpose: { field: 'purpose', message: { key: 'proposals.error.purpose' } },
  duty: { field: 'dutyId', message: { key: 'proposals.error.duty' } },
  users: { field: 'users', message: { key: 'proposals.error.users' } },
  platform: { field: 'platforms', message: { key: 'proposals.error.platform' } },
  contactName: { field: 'contactName', message: { key: 'proposals.error.contactName' } },
}

/** What is still missing of what was typed, by field; `opdId` counts as given. */
export function missingOf(values: Values, exempt: readonly RequiredAnswer[] = []) {
  const missing = missingToSubmit({
    opdId: 1,
    title: one(values.title),
    problem: one(values.problem),
    purpose: one(values.purpose),
    dutyId: one(values.dutyId) ? 1 : null,
    dutyText: one(values.dutyText),
    users: several(values.users),
    platform: several(values.platforms),
    contactName: one(values.contactName),
  })
  return Object.fromEntries(
    missing
      .filter((answer) => !exempt.includes(answer))
      .map((answer) => [asked[answer].field, asked[answer].message]),
  )
}

/** Messages in the order of the form. */
export function inFormOrder(errors: Record<string, Message>): Record<string, Message> {
  const place = (field: string) =>
    (order.indexOf(field.replace(/^\d+\./, '')) + order.length) % order.length
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => place(a) - place(b)))
}

function holdTogether(input: Head, ctx: z.RefinementCtx): void {
  if (input.dutyId !== null && input.dutyText !== null) {
    addIssue(ctx, 'dutyText', { key: 'proposals.error.twoDuties' })
  }
  if (input.wayApplicationId !== null && input.way !== 'extend') {
    addIssue(ctx, 'wayApplicationId', { key: 'proposals.error.wayApplication' })
  }
  if (input.wayNationalId !== null && input.way !== 'national') {
    addIssue(ctx, 'wayNationalId', { key: 'proposals.error.wayNational' })
  }
  if (input.costUnknown === 1 && (input.costLow !== null || input.costHigh !== null)) {
    addIssue(ctx, 'costUnknown', { key: 'proposals.error.costUnknown' })
  }
  if (input.costLow !== null && input.costHigh !== null && input.costHigh < input.costLow) {
    addIssue(ctx, 'costHigh', { key: 'proposals.error.costHigh' })
  }
}

function one(value: string | string[] | undefined): string {
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '')
}

function several(value: string | string[] | undefined): string[] {
  return [value ?? []].flat().filter((item) => item !== '')
}
