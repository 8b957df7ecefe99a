import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import * as history from '../history/queries.ts'
import type { FormState } from '../web/form.ts'
import { view } from '../web/view.ts'
import { type Progress, progressOf } from './progress.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'

/** Recusals with the same assessor, reason and replacement, told as one. */
export type RecusalGroup = {
  first: raters.RoundRecusal
  proposalIds: number[]
}

const page = view<{
  form: FormState
  round: scoring.Round
  inForce: boolean
  set: scoring.CriterionSet | undefined
  criteria: scoring.SetCriterion[]
  session: string | undefined
  tasks: Awaited<ReturnType<typeof raters.tasks>>
  /** Who rates in somebody's place without a task of their own. */
  replacements: raters.Person[]
  progress: Progress[]
  proposals: scoring.RoundProposal[]
  recusals: RecusalGroup[]
  assessorOptions: scoring.Option[]
  fresh: number
  history: history.Newest
}>('scoring/round')

/** The page of a round, which several handlers answer with. */
export async function roundPage(
  { db }: Pick<Context, 'db'>,
  request: FastifyRequest,
  reply: FastifyReply,
  round: scoring.Round,
  form: FormState,
): Promise<FastifyReply> {
  const scope = scopeOf(request.actor)
  const criteria = await scoring.criteriaOf(db, round.setId, undefined)
  const tasks = await raters.tasks(db, round.id)
  const people = await raters.peopleOf(db, round.id)
  const proposals = await scoring.roundProposals(db, scope, round.id)
  const progress = progressOf({
    assessorIds: people.map((each) => each.id),
    duties: await raters.duties(db, round.id),
    derivedIds: criteria.filter((each) => each.derived).map((each) => each.id),
    proposals,
    counts: await raters.ratingCounts(db, round.id),
  })
  return reply.page(page, {
    form,
    history: await history.newest(db, request, 'round', round.id),
    round,
    inForce: (await scoring.roundInForce(db))?.id === round.id,
    set: await scoring.findSet(db, round.setId),
    criteria,
    session: round.fgdSessionId ? await scoring.sessionTitle(db, round.fgdSessionId) : undefined,
    tasks,
    replacements: people.filter(({ id }) => !tasks.some((each) => each.id === id)),
    progress,
    proposals,
    recusals: groupsOf(await raters.recusals(db, round.id)),
    assessorOptions: (await raters.assessors(db)).map(({ id, name }) => ({
      value: id,
      label: name,
    })),
    fresh: scoring.newSince(round, await scoring.candidates(db, scope, round.id)).length,
  })
}

/** Whether two recusals say the same of two proposals. */
export function sameRecusal(one: raters.RoundRecusal, other: raters.RoundRecusal): boolean {
  return (
    one.assessorId === other.assessorId &&
    one.reason === other.reason &&
    one.replacement?.id === other.replacement?.id
  )
}

function groupsOf(recusals: readonly raters.RoundRecusal[]): RecusalGroup[] {
  const groups: RecusalGroup[] = []
  for (const recusal of recusals) {
    const known = groups.find((each) => sameRecusal(each.first, recusal))
    if (known) known.proposalIds.push(recusal.proposalId)
    else groups.push({ first: recusal, proposalIds: [recusal.proposalId] })
  }
  return groups
}
