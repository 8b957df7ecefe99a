import { z } from 'zod'
import {
  addIssue,
  choice,
  clock,
  day,
  flag,
  id,
  ids,
  longText,
  required,
  text,
} from '../web/fields.ts'

/** The plan of a session. */
export const sessionForm = z
  .strictObject({
    title: required(text(200), { key: 'fgd.error.title' }),
    stage: text(120),
    heldOn: required(day(), { key: 'fgd.error.heldOn' }),
    endsOn: day(),
    starts: clock(),
    ends: clock(),
    venue: text(200),
    organiser: text(200),
    chair: text(160),
    moderator: text(160),
    noteTaker: text(160),
    invitationNo: text(80),
    invitationOn: day(),
    note: longText(2000),
  })
  .superRefine((plan, ctx) => {
    if (plan.endsOn && plan.endsOn < plan.heldOn) {
      addIssue(ctx, 'endsOn', { key: 'fgd.error.endsOn' })
    }
    const oneDay = !plan.endsOn || plan.endsOn === plan.heldOn
    if (oneDay && plan.starts && plan.ends && plan.ends < plan.starts) {
      addIssue(ctx, 'ends', { key: 'fgd.error.ends' })
    }
  })
export type SessionInput = z.infer<typeof sessionForm>

/** A move from one state to another; what may be moved where is in `domain/session.ts`. */
export const stateForm = z
  .strictObject({
    to: required(choice('sessionState')),
    reason: text(500),
    /** When it really began or ended; without a time it is now. */
    onDay: day(),
    at: clock(),
  })
  .superRefine((move, ctx) => {
    if (move.onDay !== null && move.at === null) addIssue(ctx, 'at', { key: 'fgd.error.at' })
  })

/** The number that the record got when it was signed; empty takes it away. */
export const recordForm = z.strictObject({ recordNo: text(80) })

/** The OPD that are invited; `all` takes every OPD there is. */
export const invitedForm = z.strictObject({ invited: ids(), all: flag() })

/** A speaker has a name; a point of the agenda and an agreement have a text. */
export const itemForm = z
  .strictObject({
    kind: required(choice('sessionItemKind')),
    name: text(160),
    office: text(200),
    text: longText(2000),
  })
  .superRefine((item, ctx) => {
    if (item.kind === 'speaker' && item.name === null) {
      addIssue(ctx, 'name', { key: 'fgd.error.speaker' })
    }
    if (item.kind !== 'speaker' && item.text === null) {
      addIssue(ctx, 'text', { key: `fgd.error.${item.kind}` })
    }
  })
export type ItemInput = z.infer<typeof itemForm>

export const orderForm = z.strictObject({ up: flag() })

/** NIP as it is typed, with or without spaces; 18 digits are stored. */
const nip = text(40).transform((typed, ctx) => {
  const digits = typed?.replace(/[\s.]/g, '') ?? null
  if (digits === null || /^\d{18}$/.test(digits)) return digits
  ctx.addIssue({ code: 'custom', params: { key: 'fgd.error.nip' } })
  return z.NEVER
})

/** One person present: of an OPD, or of an institution in free text. */
export const personForm = z
  .strictObject({
    name: required(text(160), { key: 'fgd.error.name' }),
    position: text(160),
    opdId: id(),
    institution: text(200),
    employment: choice('employment'),
    nip,
    presentAs: required(choice('presentAs'), { key: 'fgd.error.presentAs' }),
    spokesman: flag(),
    arrivedAt: clock(),
  })
  .superRefine((person, ctx) => {
    if (person.opdId === null && person.institution === null) {
      addIssue(ctx, 'opdId', { key: 'fgd.error.from' })
    }
    if (person.opdId !== null && person.institution !== null) {
      addIssue(ctx, 'institution', { key: 'fgd.error.fromBoth' })
    }
    if (person.nip !== null && person.employment !== 'pns' && person.employment !== 'pppk') {
      addIssue(ctx, 'employment', { key: 'fgd.error.nipOf' })
    }
  })
export type PersonInput = z.infer<typeof personForm>

/** What stands above the rows of a grid: the OPD of the workspace it was sent from, if any. */
export const gridHead = z.strictObject({ from: id() })

export const minuteForm = z.strictObject({
  onDay: day(),
  at: clock(),
  opdId: id(),
  speaker: text(200),
  kind: required(choice('minuteKind'), { key: 'fgd.error.minuteKind' }),
  text: required(longText(4000), { key: 'fgd.error.minuteText' }),
  answer: longText(4000),
})
export type MinuteInput = z.infer<typeof minuteForm>

export const followUpForm = z.strictObject({
  text: required(longText(1000), { key: 'fgd.error.followUp' }),
  who: text(200),
  opdId: id(),
  due: day(),
})
export type FollowUpInput = z.infer<typeof followUpForm>

/** A follow-up of no session; `proposalId` names the proposal whose decision asked for it. */
export const ownFollowUpForm = followUpForm.extend({ proposalId: id() })

/** How far a follow-up is, and the list to go back to. */
export const boardProgressForm = z.strictObject({
  state: required(choice('followUpState')),
  back: text(400),
})

/** How far a follow-up is; `late` is computed and never chosen. */
export const progressForm = z
  .strictObject({ state: required(choice('followUpState')), doneOn: day() })
  .superRefine((progress, ctx) => {
    if (progress.state === 'late') addIssue(ctx, 'state', { key: 'form.notInList' })
    if (progress.state !== 'done' && progress.doneOn !== null) {
      addIssue(ctx, 'doneOn', { key: 'fgd.error.doneOn' })
    }
  })
