import { type Code, lists } from './words.ts'

/** The eight answers without which a proposal is not submitted, in the order of the form. */
export const requiredAnswers = [
  'opdId',
  'title',
  'problem',
  'purpose',
  'duty',
  'users',
  'platform',
  'contactName',
] as const
export type RequiredAnswer = (typeof requiredAnswers)[number]

type Text = string | null | undefined

export type SubmissionAnswers = {
  opdId?: number | null | undefined
  title?: Text
  problem?: Text
  purpose?: Text
  /** A duty chosen from the OPD's list … */
  dutyId?: number | null | undefined
  /** … or one typed in, not verified yet. Either will do. */
  dutyText?: Text
  users?: readonly string[] | undefined
  platform?: readonly string[] | undefined
  contactName?: Text
}

/** Which of the eight are still missing; blank text is missing. Empty = may be submitted. */
export function missingToSubmit(answers: SubmissionAnswers): RequiredAnswer[] {
  const given: Record<RequiredAnswer, boolean> = {
    opdId: answers.opdId != null,
    title: hasText(answers.title),
    problem: hasText(answers.problem),
    purpose: hasText(answers.purpose),
    duty: answers.dutyId != null || hasText(answers.dutyText),
    users: (answers.users ?? []).length > 0,
    platform: (answers.platform ?? []).length > 0,
    contactName: hasText(answers.contactName),
  }
  return requiredAnswers.filter((answer) => !given[answer])
}

export type ProposalState = Code<'proposalState'>
type Role = Code<'role'>

/** Planners may what staff may: in a small office they are the same people. */
const office: readonly Role[] = ['staff', 'planner']
const submitters: readonly Role[] = ['opd', ...office]

/** From → to → the roles that may do it. What is not listed, nobody may. */
const moves: Record<ProposalState, Partial<Record<ProposalState, readonly Role[]>>> = {
  draft: { submitted: submitters },
  submitted: {
    returned: office,
    under_review: office,
    merged: ['planner'],
    withdrawn: submitters,
  },
  returned: { submitted: submitters, withdrawn: submitters },
  under_review: {
    returned: office,
    reviewed: ['planner'],
    merged: ['planner'],
    withdrawn: office,
  },
  reviewed: { merged: ['planner'], withdrawn: office },
  merged: {},
  withdrawn: {},
}

/**
 * Whether a role may move a proposal from one state to another. What the move itself needs (what is
 * missing, a result, a target, a reason) is the form's business. An account with several roles may
 * what any of them may.
 */
export function mayMove(from: ProposalState, to: ProposalState, role: Role): boolean {
  return moves[from][to]?.includes(role) ?? false
}

/** The states a role may move a proposal to from where it is. */
export function movesFrom(from: ProposalState, role: Role): ProposalState[] {
  return lists.proposalState.filter((to) => mayMove(from, to, role))
}

/**
 * Whether a proposal takes part in the ranking: submitted, under review or reviewed, and neither
 * redirected nor declined. All others are listed below it with their reason.
 */
export function isRanked(
  state: ProposalState,
  outcome?: Code<'outcome'> | null | undefined,
): boolean {
  const inReview = state === 'submitted' || state === 'under_review' || state === 'reviewed'
  return inReview && outcome !== 'redirected' && outcome !== 'declined'
}

export type DecisionRank = {
  id: number
  level: Code<'decisionLevel'>
  /** A day, `2018-09-14`. */
  decidedOn: string
  /** The decision that this one corrects; a corrected one is not in force. */
  correctsId?: number | null
}

/**
 * The decision in force: among those of the highest level the newest by day, then by id. A lower
 * one recorded later is advice; one that another corrects no longer counts.
 */
export function decisionInForce<D extends DecisionRank>(decisions: readonly D[]): D | undefined {
  const corrected = new Set(decisions.map((decision) => decision.correctsId))
  return decisions.filter((decision) => !corrected.has(decision.id)).toSorted(byForce)[0]
}

export type Standing<D> =
  | { kind: 'decision'; decision: D }
  | { kind: 'state'; state: ProposalState }

/** Where a proposal stands: the decision in force if there is one, else its state. */
export function standing<D extends DecisionRank>(
  state: ProposalState,
  decisions: readonly D[],
): Standing<D> {
  const decision = decisionInForce(decisions)
  return decision ? { kind: 'decision', decision } : { kind: 'state', state }
}

/** The highest level first. */
export function byLevel(a: Pick<DecisionRank, 'level'>, b: Pick<DecisionRank, 'level'>): number {
  return lists.decisionLevel.indexOf(b.level) - lists.decisionLevel.indexOf(a.level)
}

function byForce(a: DecisionRank, b: DecisionRank): number {
  return (
    byLevel(a, b) ||
    (a.decidedOn < b.decidedOn ? 1 : a.decidedOn > b.decidedOn ? -1 : 0) ||
    b.id - a.id
  )
}

function hasText(text: Text): boolean {
  return (text ?? '').trim() !== ''
}
