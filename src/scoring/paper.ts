import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { everything, scopeOf } from '../domain/access.ts'
import { orNotFound } from '../errors.ts'
import * as government from '../government/queries.ts'
import * as opd from '../opd/queries.ts'
import { assess, scoreOf } from '../ranking/assess.ts'
import {
  type Letterhead,
  letterheadOf,
  type PaperSize,
  type PaperWords,
  paperSize,
  paperWords,
} from '../web/paper.ts'
import { idOf } from '../web/params.ts'
import { view } from '../web/view.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'

type PaperLine = scoring.RoundProposal & {
  opd: string
  duties: readonly number[]
  excused: 'own' | 'away' | undefined
  /** The level computed from the inventory. */
  readiness: number | null
}

const page = view<{
  paper: PaperWords
  size: PaperSize
  head: Letterhead
  round: scoring.Round
  session: string | undefined
  assessor: { name: string; office: string | null; opd: string | null }
  criteria: scoring.SetCriterion[]
  lines: PaperLine[]
}>('scoring/paper')

/** The sheet that an assessor fills in by hand and signs; staff type it in afterwards. */
export const paperRoutes: FastifyPluginAsync<Context> = async (app, { db }) => {
  app.get('/:id/sheets/:assessorId', { config: { access: 'rating.edit' } }, show)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const round = orNotFound(await scoring.findRound(db, idOf(request)))
    const assessorId = idOf(request, 'assessorId')
    const people = await raters.peopleOf(db, round.id)
    orNotFound(people.find((each) => each.id === assessorId))
    const assessor = orNotFound(await raters.findAssessor(db, assessorId))
    const duties = await raters.duties(db, round.id)
    const assigned = (await raters.tasks(db, round.id)).some((each) => each.id === assessorId)
    const names = new Map((await opd.allOptions(db, scope)).map((each) => [each.value, each.label]))
    const known = await assess(db, everything)
    const lines = (await scoring.roundProposals(db, scope, round.id)).map((proposal): PaperLine => {
      const own = duties(assessorId, proposal.id)
      const ready = scoreOf(known, proposal.id)?.readiness
      const away = proposal.opdId === assessor.opdId ? 'own' : 'away'
      return {
        ...proposal,
        opd: names.get(proposal.opdId) ?? '',
        duties: own,
        excused: own.length === 0 ? away : undefined,
        readiness: ready?.complete ? ready.level : null,
      }
    })
    const shown = lines.filter((each) => assigned || each.duties.length > 0)
    const columns = new Set(shown.flatMap((each) => each.duties))
    const criteria = await scoring.criteriaOf(db, round.setId, undefined)
    const row = await government.find(db)
    return reply.page(page, {
      paper: paperWords(request.site),
      size: paperSize(row?.paper),
      head: letterheadOf(row),
      round,
      session: round.fgdSessionId ? await scoring.sessionTitle(db, round.fgdSessionId) : undefined,
      assessor: {
        name: assessor.name,
        office: assessor.office,
        opd: assessor.opdId === null ? null : (names.get(assessor.opdId) ?? null),
      },
      criteria: criteria.filter((each) => columns.has(each.id)),
      lines: shown,
    })
  }
}
