import { z } from 'zod'
import {
  addIssue,
  choice,
  flag,
  id,
  ids,
  integer,
  longText,
  money,
  required,
} from '../web/fields.ts'

const answers = {
  locationId: id(),
  kind: required(choice('needKind'), { key: 'needs.error.kind' }),
  text: required(longText(1000), { key: 'needs.error.text' }),
  quantity: integer(0, 1_000_000),
  reason: longText(2000),
  costUnknown: flag(),
  cost: money(),
  fund: choice('fund'),
  year: integer(2000, 2100),
  /** The office's to say; a representative's form does not have it. */
  state: choice('needState'),
  proposals: ids(),
  note: longText(2000),
  fgdSessionId: id(),
}

/** What an OPD needs that is no application; its OPD stays. */
export const needForm = z.strictObject(answers).superRefine(oneCost)
export type NeedInput = z.infer<typeof needForm>

export const newNeedForm = z
  .strictObject({
    opdId: required(id(), { key: 'needs.error.opdId' }),
    /** The proposal whose page led here. */
    forProposal: id(),
    ...answers,
  })
  .superRefine(oneCost)

function oneCost(
  { costUnknown, cost }: { costUnknown: 0 | 1; cost: number | null },
  ctx: z.RefinementCtx,
): void {
  if (costUnknown === 1 && cost !== null) addIssue(ctx, 'costUnknown', { key: 'needs.error.cost' })
}
