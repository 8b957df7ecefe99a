import * as applications from '../applications/queries.ts'
import { untilNextWrite } from '../db/memo.ts'
import type { Db } from '../db/schema.ts'
import * as decisions from '../decisions/queries.ts'
import { type Actor, can, everything, includes, type Scope, scopeOf } from '../domain/access.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import type { ProposalState } from '../domain/proposal.ts'
import { sum } from '../domain/scoring.ts'
import * as needs from '../needs/queries.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import * as publications from '../publications/queries.ts'
import { assess, scoreOf } from '../ranking/assess.ts'
import { scorePanel } from '../ranking/panel.ts'
import { type FormState, type Values, valuesOf } from '../web/form.ts'
import { checksOf } from './checks.ts'
import * as proposals from './queries.ts'
import { mayCheck, mayEdit, mayMerge, mayRemove, offeredMoves } from './rules.ts'
import { maxRows, missingOf } from './schema.ts'

/**
 * What the choices of a proposal's form are: its OPD's duties and offices, national applications,
 * and the applications that the reader may see.
 */
export async function choicesOf(
  db: Db,
  scope: Scope,
  opdId: number,
  form: FormState,
  today: string,
  proposalId?: number,
) {
  const own: Scope = { all: false, opdIds: [opdId] }
  const duties = await recorded.duties(db, own, opdId)
  return {
    duties: duties.map((duty) => ({ value: duty.id, label: duty.text })),
    locations: await proposals.locations(db, opdId, proposalId),
    nationals: await proposals.nationals(db),
    further: (await opd.options(db, everything, today, namedOpds(form))).filter(
      (each) => each.value !== opdId,
    ),
    nameable: (await proposals.nameable(db, scope, proposalId)).map(nameOption),
    places: {
      further: placesOf(form, ['furtherOpd', 'part'], 2),
      requires: placesOf(form, ['requires'], 2),
      costs: placesOf(form, ['costYear', 'costAmount'], 3),
    },
    applications: (await applications.options(db, scope)).map(({ value, label, opd }) => ({
      value,
      label: `${label} (${opd})`,
    })),
  }
}

/** The further OPD that the form names already. */
function namedOpds({ values }: FormState): number[] {
  return Object.entries(values)
    .filter(([name]) => name.endsWith('.furtherOpd'))
    .map(([, value]) => Number(value))
}

/** How a proposal is offered to be typed: its number and title, and whose it is. */
export function nameOption({ number, title, opd }: proposals.Named) {
  return { value: typedName({ number, title }), label: opd }
}

function typedName({ number, title }: { number: string | null; title: string }): string {
  return number === null ? title : `${number} · ${title}`
}

/** The rows of one kind to show: those with something in them, and some empty ones. */
function placesOf({ values, errors }: FormState, fields: readonly string[], empty: number) {
  const names = [
    ...Object.entries(values).filter(([, value]) => value !== ''),
    ...Object.entries(errors),
  ]
    .map(([name]) => name.split('.'))
    .filter(([at, field]) => /^\d+$/.test(at ?? '') && fields.includes(field ?? ''))
  const last = Math.max(-1, ...names.map(([at]) => Number(at)))
  return Array.from({ length: Math.min(maxRows, last + 1 + empty) }, (_, at) => at)
}

/** Everything that the page of one proposal shows to this reader on this day. */
export async function caseOf(
  db: Db,
  actor: Actor,
  proposal: proposals.Proposal,
  today: string,
  zone: Zone,
) {
  const scope = scopeOf(actor)
  return {
    proposal,
    seesApplication:
      proposal.applicationOpdId !== null && includes(scope, proposal.applicationOpdId),
    ...(await recordsOf(db, scope, proposal, today)),
    ...(await scored(db, actor, proposal)),
    steps: stepsOf(proposal),
    since: sinceOf(proposal, zone),
    missing: Object.values(missingOf(typedAnswers(proposal))),
    moves: offeredMoves(actor, proposal),
    mayEdit: mayEdit(actor, proposal),
    mayRemove: mayRemove(actor, proposal),
    settles: mayCheck(actor, proposal),
    costSum: sum(proposal.costs.map((each) => each.amount)),
    mayMerge: mayMerge(actor, proposal),
    seesOpd: includes(scope, proposal.opdId),
  }
}

/** The day since which it stands where it stands: one that left keeps its decision, but has left. */
export function sinceOf({ state, stateAt, decidedOn }: proposals.Proposal, zone: Zone): string {
  const hasLeft = state === 'merged' || state === 'withdrawn'
  return (hasLeft ? null : decidedOn) ?? localDay(stateAt, zone)
}

/** What hangs on it, read once until the next event. */
function recordsOf(db: Db, scope: Scope, proposal: proposals.Proposal, today: string) {
  const key = `records of proposal ${JSON.stringify([scope, proposal.id, today])}`
  return untilNextWrite(db, key, async () => ({
    needs: await needs.ofProposal(db, scope, proposal.id),
    checks: await checksOf(db, scope, proposal, today),
    decisions: await decisions.forProposal(db, scope, proposal.id),
    published: await publications.ownItem(db, scope, proposal.id),
  }))
}

/** What the assessment says of it, for those who may see the ranking. */
async function scored(db: Db, actor: Actor, { id }: proposals.Proposal) {
  if (!can(actor, 'ranking.view')) return {}
  const assessment = await assess(db, scopeOf(actor))
  return { assessed: scoreOf(assessment, id), score: await scorePanel(db, actor, id) }
}

/** A stored proposal as it would be typed into its form. */
export function typedAnswers(proposal: proposals.Proposal): Values {
  const { places, further, requires, requiredBy, mergedFrom, requiredIds, costs, ...row } = proposal
  const money = (value: number | null) => (value === null ? null : typedNumber.format(value))
  const typedRows = [
    ...further.map((each, at) => ({ [`${at}.furtherOpd`]: each.opdId, [`${at}.part`]: each.part })),
    ...requires.map((each, at) => ({ [`${at}.requires`]: typedName(each) })),
    ...costs.map((each, at) => ({
      [`${at}.costYear`]: each.year,
      [`${at}.costAmount`]: money(each.amount),
    })),
  ]
  return valuesOf({
    ...row,
    ...Object.assign({}, ...typedRows),
    locations: places.map((place) => place.id),
    costLow: money(row.costLow),
    costHigh: money(row.costHigh),
    runningCost: money(row.runningCost),
  })
}

const typedNumber = new Intl.NumberFormat('id-ID')

const path = ['draft', 'submitted', 'under_review', 'reviewed', 'decided'] as const

/** The five knots of a proposal's path; undefined where it left the path. */
function stepsOf({ state, outcome, undisclosed }: proposals.Standing) {
  const isDecided = outcome !== null || undisclosed === 1
  if (state === 'withdrawn' || state === 'merged') return undefined
  const at = path.indexOf(placeOf[state as keyof typeof placeOf])
  return path.map((step, place) => ({
    step,
    state: knotOf(state, isDecided, place, at),
    here: isDecided ? step === 'decided' : place === at,
  }))
}

const placeOf = {
  draft: 'draft',
  submitted: 'submitted',
  returned: 'submitted',
  under_review: 'under_review',
  reviewed: 'reviewed',
} as const satisfies Partial<Record<ProposalState, (typeof path)[number]>>

function knotOf(state: string, decided: boolean, place: number, at: number) {
  if (place === path.length - 1) return decided ? 'done' : 'none'
  if (place === at) return state === 'submitted' || state === 'reviewed' ? 'done' : 'part'
  return place < at ? 'done' : 'none'
}
