import { z } from 'zod'
import {
  addIssue,
  choice,
  day,
  flag,
  id,
  integer,
  longText,
  required,
  text,
} from '../web/fields.ts'

/** The identity of an OPD, or of a unit under one (then with `parentId`). */
export const opdForm = z
  .strictObject({
    name: required(text(200), { key: 'opd.error.name' }),
    shortName: text(60),
    code: text(30),
    kind: required(choice('opdKind'), { key: 'opd.error.kind' }),
    headName: text(120),
    headTitle: text(120),
    contactName: text(120),
    contactTitle: text(120),
    contactPhone: text(30),
    validFrom: day(),
    validUntil: day(),
    note: longText(2000),
  })
  .superRefine((opd, ctx) => {
    if (opd.validFrom && opd.validUntil && opd.validUntil < opd.validFrom) {
      addIssue(ctx, 'validUntil', { key: 'opd.error.validUntil' })
    }
  })
export type OpdInput = z.infer<typeof opdForm>

export const dutyForm = z.strictObject({
  text: required(longText(1000), { key: 'opd.error.duty' }),
  legalBasis: text(200),
  verified: flag(),
})
export type DutyInput = z.infer<typeof dutyForm>

/** People of an OPD on a day; an empty figure was not asked, which is not zero. */
export const peopleForm = z.strictObject({
  asOf: required(day(), { key: 'opd.error.asOf' }),
  pns: integer(0, 100_000),
  pppk: integer(0, 100_000),
  other: integer(0, 100_000),
  computerUsers: integer(0, 100_000),
  ictStaff: integer(0, 100_000),
  ictTrained: integer(0, 100_000),
  fgdSessionId: id(),
})
export type PeopleInput = z.infer<typeof peopleForm>
