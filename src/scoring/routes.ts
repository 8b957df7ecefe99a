import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { view } from '../web/view.ts'
import { assessorRoutes } from './assessors.ts'
import { compareRoutes } from './compare.ts'
import { criterionRoutes } from './criteria.ts'
import { gridRoutes } from './grid.ts'
import { inForceRoutes } from './in-force.ts'
import { paperRoutes } from './paper.ts'
import { type Progress, progressOf } from './progress.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { roundRoutes } from './rounds.ts'
import { setRoutes } from './sets.ts'
import { weightingRoutes } from './weightings.ts'

/** How far a round is: ratings given of those expected. */
type RoundLine = scoring.Round & {
  set: string
  inForce: boolean
  proposals: number
  given: number
  expected: number
  /** The assessor whose sheet in it is one's own. */
  own: number | undefined
}
/** What is to be done next, in the order of the work. */
type Next = 'set' | 'assessors' | 'round' | 'open' | 'rate' | 'close' | 'choose' | 'ranking'

const overviewPage = view<{
  set: scoring.CriterionSet | undefined
  weighting: scoring.Weighting | undefined
  criteria: scoring.SetCriterion[]
  assessors: raters.AssessorRow[]
  rounds: RoundLine[]
  next: Next
}>('scoring/index')

export const scoringRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'scoring.view' } }, overview)
  await app.register(assessorRoutes, { ...context, prefix: '/assessors' })
  await app.register(roundRoutes, { ...context, prefix: '/rounds' })
  await app.register(gridRoutes, { ...context, prefix: '/rounds' })
  await app.register(paperRoutes, { ...context, prefix: '/rounds' })
  await app.register(setRoutes, { ...context, prefix: '/sets' })
  await app.register(criterionRoutes, { ...context, prefix: '/sets' })
  await app.register(weightingRoutes, { ...context, prefix: '' })
  await app.register(compareRoutes, { ...context, prefix: '' })
  await app.register(inForceRoutes, { ...context, prefix: '' })

  async function overview(request: FastifyRequest, reply: FastifyReply) {
    const set = await scoring.setInForce(db)
    const weighting = set && (await scoring.weightingOf(db, set.id))
    const criteria = set ? await scoring.criteriaOf(db, set.id, weighting?.id) : []
    const assessors = await raters.assessors(db)
    const rounds: RoundLine[] = []
    const inForce = await scoring.roundInForce(db)
    const names = new Map((await scoring.sets(db)).map((each) => [each.id, each.name]))
    for (const round of await scoring.rounds(db)) {
      const set = names.get(round.setId) ?? ''
      const own = await raters.ownSheet(db, round.id, accountOf(request))
      rounds.push({ ...(await withProgress(round)), set, inForce: round.id === inForce?.id, own })
    }
    const next = nextOf(set, assessors.length, rounds)
    return reply.page(overviewPage, { set, weighting, criteria, assessors, rounds, next })
  }

  async function withProgress(round: scoring.Round) {
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

function accountOf({ actor }: FastifyRequest): number | null {
  return actor.kind === 'person' ? actor.accountId : null
}

async function roundProgress({ db }: Context, round: scoring.Round): Promise<Progress[]> {
  const criteria = await scoring.criteriaOf(db, round.setId, undefined)
  return progressOf({
    assessorIds: (await raters.peopleOf(db, round.id)).map((each) => each.id),
    duties: await raters.duties(db, round.id),
    derivedIds: criteria.filter((each) => each.derived).map((each) => each.id),
    proposals: await scoring.roundLeads(db, round.id),
    counts: await raters.ratingCounts(db, round.id),
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
  if (newest.state === 'closed') return newest.inForce ? 'ranking' : 'choose'
  return newest.given < newest.expected ? 'rate' : 'close'
}
