import { z } from 'zod'
import { missingToSubmit, type RequiredAnswer } from '../domain/proposal.ts'
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
import type { Values } from '../web/form.ts'

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

const answersOnly = z.object(answers)
export type Answers = z.infer<typeof answersOnly>

/** A proposal that exists already: its OPD and its session stay. */
export const proposalForm = z.strictObject({ ...answers, intent }).superRefine(holdTogether)

/** A new one, for an OPD and, where its form was opened there, in a session. */
export const newProposalForm = z
  .strictObject({
    opdId: required(id(), { key: 'proposals.error.opdId' }),
    fgdSessionId: id(),
    ...answers,
    intent,
  })
  .superRefine(holdTogether)

/** A move to another state; what it needs depends on where it goes. */
export const moveForm = z
  .strictObject({
    to: required(choice('proposalState')),
    note: longText(2000),
    reviewResult: choice('reviewResult'),
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

/** A check that a person settles, with a word of reason. */
export const checkForm = z
  .strictObject({
    check: required(choice('checkName')),
    result: required(choice('checkResult'), { key: 'proposals.error.checkResult' }),
    note: required(longText(1000), { key: 'proposals.error.checkNote' }),
  })
  .superRefine(({ result }, ctx) => {
    if (result !== 'met' && result !== 'not') {
      addIssue(ctx, 'result', { key: 'proposals.error.checkResult' })
    }
  })

/** The fields of the form in its order: how a summary of errors lists them. */
const order = ['opdId', ...Object.keys(answers)]

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
  const place = (field: string) => (order.indexOf(field) + order.length) % order.length
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => place(a) - place(b)))
}

function holdTogether(input: Answers, ctx: z.RefinementCtx): void {
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
