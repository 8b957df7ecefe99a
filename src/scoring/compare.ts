import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { orNotFound } from '../errors.ts'
import { assessBy } from '../ranking/assess.ts'
import { emptyForm, type FormState } from '../web/form.ts'
import { queryId } from '../web/params.ts'
import { view } from '../web/view.ts'
import { type Move, movesOf } from './moves.ts'
import * as scoring from './queries.ts'

type Side = { weighting: scoring.Weighting; criteria: scoring.SetCriterion[] }

const page = view<{
  form: FormState
  weightingOptions: { group: string; options: scoring.Option[] }[]
  sides: [Side, Side] | undefined
  set: scoring.CriterionSet | undefined
  round: scoring.Round | undefined
  moves: Move[]
}>('scoring/compare')

/** The same ratings added up by two weightings, and what moves between them. */
export const compareRoutes: FastifyPluginAsync<Context> = async (app, { db }) => {
  app.get('/weightings/compare', { config: { access: 'ranking.view' } }, compare)

  async function compare(request: FastifyRequest, reply: FastifyReply) {
    const [a, b] = [queryId(request, 'a'), queryId(request, 'b')]
    const form = emptyForm({ a: String(a ?? ''), b: String(b ?? '') })
    const weightingOptions = await options()
    const none = { form, weightingOptions, sides: undefined, set: undefined, round: undefined }
    if (!a || !b) return reply.page(page, { ...none, moves: [] })
    const [one, other] = [await sideOf(a), await sideOf(b)]
    const { setId } = one.weighting
    if (other.weighting.setId !== setId) {
      const errors = { b: { key: 'scoring.compare.twoSets' as const } }
      return reply.page(page, { ...none, form: { ...form, errors, status: 422 }, moves: [] })
    }
    const ofSet = (await scoring.rounds(db)).filter((each) => each.setId === setId)
    const round = scoring.preferred(ofSet)
    const [first, second] = [
      await assessBy(db, setId, { round, weighting: one.weighting }),
      await assessBy(db, setId, { round, weighting: other.weighting }),
    ]
    const set = await scoring.findSet(db, setId)
    const moves = movesOf(first.ranked, second.ranked)
    return reply.page(page, { form, weightingOptions, sides: [one, other], set, round, moves })
  }

  /** Weightings of frozen sets that have two or more, by set. */
  async function options() {
    const groups: { group: string; options: scoring.Option[] }[] = []
    for (const set of await scoring.sets(db)) {
      if (set.state !== 'frozen') continue
      const all = await scoring.weightings(db, set.id)
      if (all.length < 2) continue
      const own = all.map(({ id, name }) => ({ value: id, label: name }))
      groups.push({ group: set.name, options: own })
    }
    return groups
  }

  /** A weighting that can be added up by: of a frozen set. */
  async function sideOf(id: number): Promise<Side> {
    const weighting = orNotFound(await scoring.findWeighting(db, id))
    const set = orNotFound(await scoring.findSet(db, weighting.setId))
    if (set.state !== 'frozen') orNotFound(undefined)
    return { weighting, criteria: await scoring.criteriaOf(db, set.id, id) }
  }
}
