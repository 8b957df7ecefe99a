import type { Message } from '../errors.ts'
import { emptyForm, type FormState, type Values } from '../web/form.ts'
import type { DecidableProposal, DecisionRow } from './queries.ts'
import { type DecidedInput, nextStage } from './schema.ts'

/** One line of the list of proposals: the number of its fields, and what is typed in it. */
export type FormRow = {
  at: number
  proposal: DecidableProposal
  chosen: boolean
  place: string
  /** Ticked or with a place: stands first, so that it and its message are in sight. */
  touched: boolean
}

/** The form as it opens: in a session the level is the session's, and the day is today. */
export function openedForm(today: string, sessionId: number | undefined): FormState {
  return emptyForm({
    holdsAs: 'definitif',
    decidedOn: today,
    level: sessionId ? 'fgd' : '',
    fgdSessionId: sessionId ? String(sessionId) : '',
  })
}

/** The form of a correction: what the wrong decision says, but for its reason. */
export function correctingForm(wrong: DecisionRow): FormState {
  const phase = wrong.phaseId ?? (wrong.outcome === 'accepted' ? nextStage : '')
  return emptyForm({
    outcome: wrong.outcome,
    phase: String(phase),
    nationalId: String(wrong.nationalId ?? ''),
    redirectTo: wrong.redirectTo ?? '',
    lookAgainOn: wrong.lookAgainOn ?? '',
    level: wrong.level,
    decidedBy: wrong.decidedBy ?? '',
    office: wrong.office,
    holdsAs: wrong.holdsAs,
    decidedOn: wrong.decidedOn,
    document: wrong.document ?? '',
    reason: '',
    fgdSessionId: '',
    correctsId: String(wrong.id),
    '0.place': String(wrong.place ?? ''),
  })
}

/** The proposals as lines: those touched first, each with what was typed for it. */
export function formRows(
  proposals: readonly DecidableProposal[],
  values: Values,
  chosenId: number | undefined,
): FormRow[] {
  const lines = Object.keys(values).filter((name) => name.endsWith('.proposal'))
  const typed = new Map(lines.map((name) => [values[name], Number.parseInt(name, 10)]))
  const free = Math.max(-1, ...typed.values()) + 1
  return proposals
    .map((proposal, index): FormRow => {
      const at = typed.get(String(proposal.id)) ?? free + index
      const chosen = values[`${at}.chosen`] === '1' || proposal.id === chosenId
      const place = String(values[`${at}.place`] ?? '')
      return { at, proposal, chosen, place, touched: chosen || place !== '' }
    })
    .toSorted((a, b) => Number(b.touched) - Number(a.touched))
}

/** What is wrong with the list as a whole: nothing ticked, or one place given twice. */
export function listErrors(
  rows: readonly { at: number; row: DecidedInput }[],
  placed: boolean,
): Record<string, Message> {
  if (rows.length === 0) return { proposals: { key: 'decisions.error.proposals' } }
  const seen = new Set<number>()
  const errors: Record<string, Message> = {}
  for (const { at, row } of rows) {
    if (row.place === null) continue
    if (!placed) errors[`${at}.place`] = { key: 'decisions.error.placeOnly' }
    else if (seen.has(row.place)) errors[`${at}.place`] = { key: 'decisions.error.placeTwice' }
    seen.add(row.place)
  }
  return errors
}
