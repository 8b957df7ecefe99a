import { z } from 'zod'
import { safeAddress } from '../domain/web-address.ts'
import {
  addIssue,
  choice,
  choices,
  day,
  id,
  ids,
  integer,
  longText,
  money,
  required,
  text,
} from '../web/fields.ts'
import { parseRows } from '../web/form.ts'

/** An address that may be a link (see `safeAddress`). */
function webAddress(): z.ZodType<string | null> {
  return text(500).transform((typed, ctx) => {
    if (typed === null || safeAddress(typed) !== undefined) return typed
    ctx.addIssue({ code: 'custom', params: { key: 'applications.error.url' } })
    return z.NEVER
  }) as unknown as z.ZodType<string | null>
}

/** What is asked about an application that exists; only its name is required. */
const answers = {
  name: required(text(200), { key: 'applications.error.name' }),
  description: longText(2000),
  function: longText(2000),
  output: longText(2000),
  platforms: choices('platform'),
  url: webAddress(),
  useState: choice('appUse'),
  plan: choice('appPlan'),
  class: choice('appClass'),
  nationalApplicationId: id(),
  users: choices('users'),
  userOpds: ids(),
  licence: choice('licence'),
  sourceHeld: choice('sourceHeld'),
  language: text(120),
  framework: text(120),
  database: text(120),
  developer: choice('developer'),
  builtYear: integer(1970, 2100),
  hosting: choice('hosting'),
  yearlyCost: money(),
  contactName: text(120),
  contactTitle: text(120),
  contactPhone: text(30),
  note: longText(2000),
}

const applicationForm = z.strictObject({ fgdSessionId: id(), ...answers })
const newApplicationForm = z.strictObject({
  opdId: required(id(), { key: 'applications.error.opdId' }),
  fgdSessionId: id(),
  ...answers,
})

/** What it exchanges data with: another application, a national one (`a12`, `n3`), or a name. */
const integrationRow = z
  .strictObject({ with: text(20), name: text(160) })
  .superRefine(({ with: chosen, name }, ctx) => {
    if (chosen !== null && name !== null) {
      addIssue(ctx, 'name', { key: 'applications.error.integrationTwice' })
    }
    if (chosen !== null && !/^[an][1-9]\d{0,14}$/.test(chosen)) {
      addIssue(ctx, 'with', { key: 'form.notInList' })
    }
  })
  .transform(({ with: chosen, name }) => ({
    withApplicationId: chosen?.startsWith('a') ? Number(chosen.slice(1)) : null,
    withNationalId: chosen?.startsWith('n') ? Number(chosen.slice(1)) : null,
    withName: name,
  }))

export type ApplicationInput = z.infer<typeof applicationForm>
export type IntegrationInput = z.infer<typeof integrationRow>

/** At most so many rows of integrations in one form. */
export const maxIntegrations = 25

export const parseApplication = (body: unknown) => parseRows(applicationForm, integrationRow, body)
export const parseNewApplication = (body: unknown) =>
  parseRows(newApplicationForm, integrationRow, body)

/** A reference row: an application of the national government. */
export const nationalForm = z.strictObject({
  name: required(text(160), { key: 'applications.error.name' }),
  function: required(longText(2000), { key: 'applications.error.function' }),
  owner: required(text(160), { key: 'applications.error.owner' }),
  class: required(choice('appClass'), { key: 'applications.error.class' }),
  source: text(300),
  verifiedOn: day(),
})
export type NationalInput = z.infer<typeof nationalForm>
