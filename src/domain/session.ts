import { dayAfter } from './calendar.ts'
import { type Code, lists } from './words.ts'

export type SessionState = Code<'sessionState'>

/** From → to. What is not listed, nobody may. */
const moves: Record<SessionState, readonly SessionState[]> = {
  planned: ['open', 'postponed', 'cancelled'],
  open: ['closed'],
  closed: ['open'],
  postponed: ['planned', 'open', 'cancelled'],
  cancelled: ['planned'],
}

export function mayMoveSession(from: SessionState, to: SessionState): boolean {
  return moves[from].includes(to)
}

/** The states a session may be moved to from where it is, in the order of the word list. */
export function sessionMovesFrom(from: SessionState): SessionState[] {
  return lists.sessionState.filter((to) => mayMoveSession(from, to))
}

/** A closed session is opened again only with a reason: its record has been made already. */
export function moveNeedsReason(from: SessionState, to: SessionState): boolean {
  return from === 'closed' && to === 'open'
}

/**
 * What belongs to a session. The plan: its own fields, the invited, speakers and agenda. The
 * minutes: what was said and agreed, and what follows from it.
 */
export type SessionPart = 'plan' | 'attendance' | 'minutes'

const takesPart: Record<SessionPart, readonly SessionState[]> = {
  plan: ['planned', 'postponed', 'open'],
  attendance: ['planned', 'open'],
  minutes: ['open'],
}

/** Whether that part may be changed in that state; people may arrive before the session opens. */
export function sessionTakes(state: SessionState, part: SessionPart): boolean {
  return takesPart[part].includes(state)
}

/**
 * The instant at which the meeting ended, when it is closed now. Closed again on a later day than
 * the first time, it was reopened to mend its record: the time of the meeting stays.
 *
 * @param dayOf the government's local day of an instant
 */
export function closingTime(
  now: string,
  earlier: string | null,
  dayOf: (instant: string) => string,
): string {
  return earlier !== null && dayOf(earlier) < dayOf(now) ? earlier : now
}

/** A follow-up that is not done by the end of its due day is late; without a due day it never is. */
export function followUpStateOn(
  today: string,
  followUp: { state: string; due: string | null },
): Code<'followUpState'> {
  if (followUp.state === 'done') return 'done'
  if (followUp.due !== null && followUp.due < today) return 'late'
  return followUp.state === 'doing' ? 'doing' : 'open'
}

/** What to call the OPD beside who does a follow-up; null where there is none, or that text names it already. */
export function opdBeside(
  who: string | null,
  opd: { name: string; shortName: string | null } | undefined,
): string | null {
  if (opd === undefined) return null
  const shown = opd.shortName ?? opd.name
  return who?.includes(opd.name) || who?.includes(shown) ? null : shown
}

/** The days of a session, as stored; `endsOn` is null where it is one day. */
export type SessionDays = { heldOn: string; endsOn: string | null }

export function overSeveralDays({ heldOn, endsOn }: SessionDays): boolean {
  return endsOn !== null && endsOn !== heldOn
}

export function isDayOf({ heldOn, endsOn }: SessionDays, day: string): boolean {
  return day >= heldOn && day <= (endsOn ?? heldOn)
}

/**
 * The day that a new note of the minutes is likely of: today while the session goes on, else that
 * of the newest note, else the first; undefined where a session is one day.
 */
export function likelyDay(
  session: SessionDays,
  today: string,
  newest: string | null | undefined,
): string | undefined {
  if (!overSeveralDays(session)) return undefined
  return isDayOf(session, today) ? today : (newest ?? session.heldOn)
}

/** The days on which people sign that they came: each of a session's, but of one over weeks only the first. */
export function signingDays(session: SessionDays): string[] {
  const week = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => dayAfter(session.heldOn, n))
  const days = week.filter((day) => isDayOf(session, day))
  return days.length > 7 ? [session.heldOn] : days
}
