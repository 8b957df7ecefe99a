import { fold } from '../domain/text.ts'
import { lists } from '../domain/words.ts'
import type { Message } from '../errors.ts'
import { emptyForm, type FormState, type Values } from '../web/form.ts'
import type { Computed } from './computed.ts'
import type { DecidableProposal, DecisionRow } from './queries.ts'
import { type DecidedInput, nextStage } from './schema.ts'

const openStates = lists.proposalState.filter(
  (state) => state !== 'merged' && state !== 'withdrawn',
)

/** A proposal with what is decided and computed of it now. */
export type Listed = Pick<
  DecidableProposal,
  'id' | 'number' | 'title' | 'opdId' | 'opd' | 'opdShort' | 'state' | 'example'
> & {
  computed?: Computed | undefined
  outcome?: string | null | undefined
  phase?: string | null | undefined
  furtherIds?: readonly number[] | undefined
}

/** What the list is narrowed to; empty = everything. `standing`: a state, `undecided`, or `waiting`: undecided and handed in. */
export type Looking = { q: string; opd: string; standing: string }
/** The same with the OPD that is asked for and the units under it. */
export type Sought = Looking & { within?: readonly number[] }
export const standings = ['undecided', 'waiting', ...openStates, 'decided'] as const

/** Whether a proposal is among those that are looked for: also those that an OPD takes part in. */
export function isSought(proposal: Listed, { q, opd, standing, within = [] }: Sought): boolean {
  const { opdId, furtherIds = [], outcome = null, state } = proposal
  const ids = [opdId, ...furtherIds]
  if (opd !== '' && !ids.some((id) => String(id) === opd || within.includes(id))) return false
  const isFiled = state !== 'draft' && state !== 'returned'
  if (standing === 'undecided' && outcome !== null) return false
  if (standing === 'waiting' && (outcome !== null || !isFiled)) return false
  if (standing === 'decided' && outcome === null) return false
  if (openStates.some((each) => each === standing) && state !== standing) return false
  const text = fold(`${proposal.number ?? ''} ${proposal.title}`)
  return fold(q)
    .split(' ')
    .every((word) => text.includes(word))
}

/** One line of the list of proposals: the number of its fields, and what is typed in it. */
export type FormRow = {
  at: number
  proposal: Listed
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
    applicationId: String(wrong.applicationId ?? ''),
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

/**
 * The proposals as lines, each with what was typed for it: those touched first, then those that are
 * looked for, by computed rank and number. `tick` ticks all that are looked for.
 */
export function formRows(
  proposals: readonly Listed[],
  values: Values,
  looking: Sought,
  chosenId: number | undefined,
  tick = false,
): FormRow[] {
  const lines = Object.keys(values).filter((name) => name.endsWith('.proposal'))
  const typed = new Map(lines.map((name) => [values[name], Number.parseInt(name, 10)]))
  const free = Math.max(-1, ...typed.values()) + 1
  return proposals
    .map((proposal, index): FormRow & { sought: boolean } => {
      const at = typed.get(String(proposal.id)) ?? free + index
      const sought = isSought(proposal, looking)
      const isTicked = values[`${at}.chosen`] === '1' || (tick && sought)
      const chosen = isTicked || proposal.id === chosenId
      const place = String(values[`${at}.place`] ?? '')
      return { at, proposal, chosen, place, touched: chosen || place !== '', sought }
    })
    .filter(({ touched, sought }) => touched || sought)
    .toSorted((a, b) => Number(b.touched) - Number(a.touched) || byRank(a.proposal, b.proposal))
}

function byRank(a: Listed, b: Listed): number {
  const last = Number.MAX_SAFE_INTEGER
  return (a.computed?.rank ?? last) - (b.computed?.rank ?? last)
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
