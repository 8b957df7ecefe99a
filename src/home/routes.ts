import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { untilNextWrite } from '../db/memo.ts'
import * as decisions from '../decisions/queries.ts'
import { can, type Scope, scopeOf } from '../domain/access.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import * as publications from '../publications/queries.ts'
import { assess } from '../ranking/assess.ts'
import type { Assessed, Assessment } from '../ranking/assessment.ts'
import { byHand } from '../roadmap/by-hand.ts'
import { planOf, type Roadmap } from '../roadmap/plan.ts'
import * as roadmap from '../roadmap/queries.ts'
import { queryOneOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { type OpdKey, type Overview, opdKeys, overviewOf } from './overview.ts'
import * as home from './queries.ts'

type Top = Pick<Assessed, 'id' | 'title' | 'opd' | 'example'> & {
  rank: number
  score: number
  parts: { k: number; value: number; label: string }[]
  decision: decisions.DecisionRow | undefined
}

type HomeProps = {
  overview: Overview
  /** The link of the chain whose missing OPD alone are asked for. */
  lacks: OpdKey | undefined
  opds: number
  top: Top[]
  legend: { class: string; text: string }[]
  ranked: number
  /** The phases with what they cost, and what of it is left out. */
  plan: Pick<Roadmap, 'phases' | 'total'>
  openSession: { id: number; title: string } | undefined
  today: string
}

const overviewPage = view<HomeProps>('home/index')
const firstStepsPage = view<{ sessions: number }>('home/first-steps')
const ownPage = view<{
  opds: { id: number; name: string }[]
  proposals: number
  published: publications.Publication | undefined
  /** What the account spoke for and has ended. */
  ended: opd.Ended[]
}>('home/own')

const shownFirst = 10

export const homeRoutes: FastifyPluginAsync<Context> = async (app, { db }) => {
  app.get('/', { config: { access: 'home.view', kept: true } }, show)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    if (isOnlyForOpd(request)) return reply.redirect(paths.portal(), 303)
    if (!can(request.actor, 'ranking.view')) return showOwn(request, reply)

    const scope = scopeOf(request.actor)
    const today = request.today()
    const assessment = await assess(db, scope)
    const { opds, sessions, inForce, overview, plan } = await seen(scope, today, assessment)
    if (!overview) return reply.page(firstStepsPage, { sessions: sessions.length })
    return reply.page(overviewPage, {
      overview,
      lacks: queryOneOf(request, 'lacks', opdKeys),
      opds,
      top: topOf(assessment, inForce),
      legend: assessment.criteria.map((criterion, at) => ({
        class: `k${colour(at)}`,
        text: criterion.shortName,
      })),
      ranked: assessment.ranked.length,
      plan,
      openSession: sessions.find((each) => each.state === 'open'),
      today,
    })
  }

  /** Who only speaks for OPD has their page as home. */
  function isOnlyForOpd({ actor }: FastifyRequest): boolean {
    return (
      actor.kind === 'person' &&
      actor.opdIds.length > 0 &&
      actor.roles.every((role) => role === 'opd')
    )
  }

  /** What the overview is made of; it is made once and kept until something changes. */
  function seen(scope: Scope, today: string, assessment: Assessment) {
    const { ranked, incomplete } = assessment
    const scored = { ranked: ranked.length, incomplete: incomplete.length }
    const key = `home ${JSON.stringify([scope, today, scored])}`
    return untilNextWrite(db, key, async () => {
      const opds = await home.opds(db, scope, today)
      const sessions = await home.sessions(db)
      const inForce = await decisions.inForce(db, scope)
      const published = await publications.publishedDecisions(db)
      const facts = opds.length > 0 && {
        opds,
        counts: await recorded.countsOf(
          db,
          scope,
          opds.map((each) => each.id),
          today,
        ),
        sessions,
        duties: await home.duties(db, scope),
        answers: await home.answers(db, scope),
        locations: await home.locations(db, scope),
        internet: await home.internet(db, scope, today),
        surveys: await home.surveys(db, scope, today),
        devices: await home.devices(db, scope, today),
        proposals: await home.proposals(db, scope),
        present: await home.present(db),
        decided: new Set(inForce.keys()),
        published: new Set(
          [...inForce].flatMap(([id, each]) => (published.get(id) === each.id ? [id] : [])),
        ),
        ...scored,
      }
      const plan = planOf(assessment, await roadmap.phases(db), inForce, await byHand(db))
      return { opds: opds.length, sessions, inForce, overview: facts && overviewOf(facts), plan }
    })
  }

  /** For those who may not see all: the ways to what they may do, and nothing of others. */
  async function showOwn(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const opds = await home.opds(db, scope, request.today())
    const proposals = await home.proposals(db, scope)
    const published = await publications.inForce(db)
    const accountId = request.actor.kind === 'person' ? (request.actor.accountId ?? 0) : 0
    const ever = opds.length === 0 ? await home.opdsEver(db, accountId) : []
    const ended = await opd.endedAmong(db, ever, request.today())
    return reply.page(ownPage, { opds, proposals: proposals.length, published, ended })
  }
}

function topOf(
  { ranked, criteria }: Assessment,
  inForce: ReadonlyMap<number, decisions.DecisionRow>,
): Top[] {
  return ranked.slice(0, shownFirst).map((each) => ({
    id: each.id,
    title: each.title,
    opd: each.opd,
    example: each.example,
    rank: each.rank ?? 0,
    score: each.score ?? 0,
    parts: criteria.map((criterion, at) => ({
      k: colour(at),
      value: each.contributions?.[at] ?? 0,
      label: criterion.shortName,
    })),
    decision: inForce.get(each.id),
  }))
}

/** The colour of a criterion, from 1; there are seven. */
function colour(at: number): number {
  return (at % 7) + 1
}
