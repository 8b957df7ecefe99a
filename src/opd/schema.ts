import { z } from 'zod'
import {
  addIssue,
  choice,
  codes,
  day,
  flag,
  id,
  integer,
  longText,
  money,
  required,
  text,
} from '../web/fields.ts'

const identity = {
  name: required(text(200), { key: 'opd.error.name' }),
  shortName: text(60),
  code: text(30),
  headName: text(120),
  headTitle: text(120),
  contactName: text(120),
  contactTitle: text(120),
  contactPhone: text(30),
  validFrom: day(),
  validUntil: day(),
  endedBy: text(200),
  note: longText(2000),
  /** Codes of government affairs. */
  affairs: codes(),
  /** The open session the form was opened in. */
  fgdSessionId: id(),
}

/** The identity of an OPD. */
export const opdForm = z
  .strictObject({ ...identity, kind: required(choice('opdKind'), { key: 'opd.error.kind' }) })
  .superRefine(endsAfterStart)
export type OpdInput = Omit<z.infer<typeof opdForm>, 'fgdSessionId'>

/** The identity of a unit under an OPD. */
export const unitForm = z
  .strictObject({ ...identity, kind: required(choice('unitKind'), { key: 'opd.error.unitKind' }) })
  .superRefine(endsAfterStart)
export type UnitInput = Omit<z.infer<typeof unitForm>, 'fgdSessionId'>

function endsAfterStart(
  { validFrom, validUntil }: { validFrom: string | null; validUntil: string | null },
  ctx: z.RefinementCtx,
): void {
  if (validFrom && validUntil && validUntil < validFrom) {
    addIssue(ctx, 'validUntil', { key: 'opd.error.validUntil' })
  }
}

/** The parts to which "none" is an answer of its own. */
export const answerParts = ['applications', 'proposals'] as const
export type AnswerPart = (typeof answerParts)[number]

export const answerForm = z.strictObject({ part: z.enum(answerParts) })

export const dutyForm = z.strictObject({
  text: required(longText(1000), { key: 'opd.error.duty' }),
  legalBasis: text(200),
  verified: flag(),
})
export type DutyInput = z.infer<typeof dutyForm>

/** What an OPD sets aside for ICT in a year; 0 says "not budgeted", which is an answer. */
export const budgetForm = z.strictObject({
  year: required(integer(2000, 2100), { key: 'opd.error.year' }),
  amount: required(money(), { key: 'opd.error.amount' }),
  document: choice('budgetPaper'),
  /** The open session the form was opened in. */
  fgdSessionId: id(),
})
export type BudgetInput = Omit<z.infer<typeof budgetForm>, 'fgdSessionId'>

/** People of an OPD on a day; an empty figure was not asked, which is not zero. */
export const peopleForm = z.strictObject({
  asOf: required(day(), { key: 'opd.error.asOf' }),
  pns: integer(0, 100_000),
  pppk: integer(0, 100_000),
  other: integer(0, 100_000),
  computerUsers: integer(0, 100_000),
  ictStaff: integer(0, 100_000),
  ictTrained: integer(0, 100_000),
  /** The open session the form was opened in, and the row it was filled from. */
  fgdSessionId: id(),
  fromId: id(),
})

/** A government affair. OPD choose it by its code, so the code is given once. */
const affairFields = {
  name: required(text(200), { key: 'opd.affair.error.name' }),
  grouping: required(choice('affairGroup'), { key: 'opd.affair.error.grouping' }),
  source: text(300),
  verifiedOn: day(),
}
export const affairForm = z.strictObject(affairFields)
export const newAffairForm = z.strictObject({
  code: required(text(10), { key: 'opd.affair.error.code' }).refine(
    (code) => /^\d{1,2}(\.\d{1,3}){0,2}$/.test(code),
    { params: { key: 'opd.affair.error.code' } },
  ),
  ...affairFields,
})
