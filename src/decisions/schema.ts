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

/** The answer "the next stage, not said which", beside the ids of the phases. */
export const nextStage = 'next'

/** What the list of proposals is narrowed to while the form is being filled in. */
const looking = {
  q: text(200),
  opd: text(20),
  standing: text(20),
  /** What the button that was pressed asks for; none = save. */
  intent: z.enum(['save', 'find', 'tick']).default('save'),
}

/** What is the same for every proposal that one act decides. */
export const actForm = z
  .strictObject({
    outcome: required(choice('outcome'), { key: 'decisions.error.outcome' }),
    phase: text(20),
    nationalId: id(),
    applicationId: id(),
    redirectTo: text(200),
    lookAgainOn: day(),
    level: required(choice('decisionLevel'), { key: 'decisions.error.level' }),
    decidedBy: text(120),
    office: required(text(160), { key: 'decisions.error.office' }),
    holdsAs: required(choice('holdsAs'), { key: 'decisions.error.holdsAs' }),
    decidedOn: required(day(), { key: 'decisions.error.decidedOn' }),
    document: text(200),
    reason: required(longText(2000), { key: 'decisions.error.reason' }),
    fgdSessionId: id(),
    correctsId: id(),
    ...looking,
  })
  .superRefine((act, ctx) => {
    const needs = (field: string, key: Parameters<typeof addIssue>[2]['key']) =>
      addIssue(ctx, field, { key })
    if (act.phase !== null && !/^(next|[1-9]\d{0,14})$/.test(act.phase)) {
      needs('phase', 'form.notInList')
    }
    if (act.outcome === 'accepted' && act.phase === null) needs('phase', 'decisions.error.phase')
    if (act.outcome !== 'accepted' && act.phase !== null) {
      needs('phase', 'decisions.error.phaseOnly')
    }
    const targets = (['nationalId', 'applicationId', 'redirectTo'] as const).filter(
      (field) => act[field] !== null,
    )
    const [first, second] = targets
    if (act.outcome === 'redirected' && !first) needs('nationalId', 'decisions.error.redirectTo')
    if (act.outcome === 'redirected' && second) needs(second, 'decisions.error.redirectOnce')
    if (act.outcome !== 'redirected' && first) needs(first, 'decisions.error.redirectOnly')
    if (act.outcome === 'postponed' && act.lookAgainOn === null) {
      needs('lookAgainOn', 'decisions.error.lookAgain')
    }
    if (act.outcome !== 'postponed' && act.lookAgainOn !== null) {
      needs('lookAgainOn', 'decisions.error.lookAgainOnly')
    }
    if (act.lookAgainOn !== null && act.lookAgainOn <= act.decidedOn) {
      needs('lookAgainOn', 'decisions.error.lookAgainLater')
    }
  })
export type ActInput = z.infer<typeof actForm>

/** One proposal of the list; its place counts only where it is ticked. */
export const decidedForm = z
  .strictObject({
    proposal: required(id()),
    chosen: flag(),
    place: integer(1, 999),
  })
  .superRefine((row, ctx) => {
    if (row.place !== null && row.chosen === 0) {
      addIssue(ctx, 'place', { key: 'decisions.error.tick' })
    }
  })
export type DecidedInput = z.infer<typeof decidedForm>
