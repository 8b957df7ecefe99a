import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { orNotFound } from '../errors.ts'
import { idOf } from '../web/params.ts'
import { view } from '../web/view.ts'
import { assessorRoutes } from './assessors.ts'
import { gridRoutes } from './grid.ts'
import { type Progress, progressOf } from './progress.ts'
import * as scoring from './queries.ts'
import { roundRoutes } from './rounds.ts'

/** How far a round is: ratings given of those expected. */
type RoundLine = scoring.Round & { proposals: number; given: number; expected: number }
/** What is to be done next, in the order of the work. */
type Next = 'set' | 'assessors' | 'round' | 'open' | 'rate' | 'close' | 'ranking'

const overviewPage = view<{
  set: scoring.CriterionSet | undefined
  weighting: scoring.Weighting | undefined
  criteria: scoring.SetCriterion[]
  assessors: scoring.AssessorRow[]
  rounds: RoundLine[]
  next: Next
}>('scoring/index')
const setPage = view<{
  set: scoring.CriterionSet
  weighting: scoring.Weighting | undefined
  criteria: scoring.SetCriterion[]
}>('scoring/set')

export const scoringRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'scoring.view' } }, overview)
  app.get('/sets/:id', { config: { access: 'scoring.view' } }, showSet)
  await app.register(assessorRoutes, { ...context, prefix: '/assessors' })
  await app.register(roundRoutes, { ...context, prefix: '/rounds' })
  await app.register(gridRoutes, { ...context, prefix: '/rounds' })

  async function overview(_request: FastifyRequest, reply: FastifyReply) {
    const set = await scoring.setInForce(db)
    const weighting = set && (await scoring.weightingOf(db, set.id))
    const criteria = set ? await scoring.criteriaOf(db, set.id, weighting?.id) : []
    const assessors = await scoring.assessors(db)
    const rounds: RoundLine[] = []
    for (const round of await scoring.rounds(db)) rounds.push(await withProgress(round))
    const next = nextOf(set, assessors.length, rounds)
    return reply.page(overviewPage, { set, weighting, criteria, assessors, rounds, next })
  }

  async function showSet(request: FastifyRequest, reply: FastifyReply) {
    const set = orNotFound(await scoring.findSet(db, idOf(request)))
    const weighting = await scoring.weightingOf(db, set.id)
    const criteria = await scoring.criteriaOf(db, set.id, weighting?.id)
    return reply.page(setPage, { set, weighting, criteria })
  }

  async function withProgress(round: scoring.Round): Promise<RoundLine> {
    const progress = await roundProgress(context, round)
    const add = (of: (each: Progress) => number) => progress.reduce((sum, one) => sum + of(one), 0)
    return {
      ...round,
      proposals: (await scoring.roundProposalIds(db, round.id)).length,
      given: add((each) => each.given),
      expected: add((each) => each.expected),
    }
  }
}

async function roundProgress({ db }: Context, round: scoring.Round): Promise<Progress[]> {
  const criteria = await scoring.criteriaOf(db, round.setId, undefined)
  return progressOf({
    tasks: await scoring.tasks(db, round.id),
    derivedIds: criteria.filter((each) => each.derived).map((each) => each.id),
    proposals: await scoring.roundLeads(db, round.id),
    recusals: await scoring.recusals(db, round.id),
    counts: await scoring.ratingCounts(db, round.id),
  })
}

function nextOf(
  set: scoring.CriterionSet | undefined,
  assessors: number,
  rounds: readonly RoundLine[],
): Next {
  const [newest] = rounds
  if (!set) return 'set'
  if (!newest) return assessors === 0 ? 'assessors' : 'round'
  if (newest.state === 'prepared') return 'open'
  if (newest.state === 'closed') return 'ranking'
  return newest.given < newest.expected ? 'rate' : 'close'
}
