import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { formatFor } from '../i18n/format.ts'
import { translator } from '../i18n/translate.ts'
import { assess, assessBy, scoreOf } from '../ranking/assess.ts'
import type { Assessed } from '../ranking/assessment.ts'
import { sayReadiness } from '../ranking/say.ts'
import { emptyForm, type FormState, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { type Derived, notReady, removeDerived, writeDerived } from './closing.ts'
import { putInForce } from './in-force.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { type RoundState, requireState } from './round-state.ts'
import { roundStateForm } from './schema.ts'

const statePage = view<{
  form: FormState
  round: scoring.Round
  to: RoundState
  open: { incomplete: Assessed[]; total: number }
  /** The round that scores come from, where it is another one. */
  rival?: scoring.Round
}>('scoring/round-state')

/** From → to. Closing and opening again are asked about once more. */
const moves: Record<RoundState, readonly RoundState[]> = {
  prepared: ['open'],
  open: ['closed'],
  closed: ['open'],
}

/** Opening a round, closing it, opening it again. */
export const roundMoveRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/state', { config: { access: 'scoring.edit' } }, askState)
  app.post('/:id/state', { config: { access: 'scoring.edit' } }, move)

  async function askState(request: FastifyRequest, reply: FastifyReply) {
    const round = await asked(request)
    return stateWith(reply, round, { ...emptyForm(), version: round.version })
  }

  async function stateWith(reply: FastifyReply, round: scoring.Round, form: FormState) {
    const to = moves[round.state as RoundState][0] ?? 'open'
    const now = await assessBy(db, round.setId, { round })
    const inRound = [...now.ranked, ...now.incomplete].filter((each) => each.inRound)
    const incomplete = inRound.filter((each) => each.evaluation.state !== 'complete')
    const inForce = await scoring.roundInForce(db)
    const rival = inForce && inForce.id !== round.id && inForce.state !== 'prepared'
    return reply.page(statePage, {
      form,
      round,
      to,
      open: { incomplete, total: inRound.length },
      ...(rival && to === 'open' && round.state === 'prepared' && { rival: inForce }),
    })
  }

  async function move(request: FastifyRequest, reply: FastifyReply) {
    const round = await asked(request)
    const again = (form: FormState) => stateWith(reply, round, form)
    const parsed = parseForm(roundStateForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { to } = parsed.data
    const criteria = await scoring.criteriaOf(db, round.setId, undefined)
    const derivedOf = to === 'closed' ? await derivedLevels(request) : () => undefined
    return once(context, request, reply, parsed, again, async (trx) => {
      const { state } = await requireState(trx, round.id, ['prepared', 'open', 'closed'])
      if (!moves[state as RoundState].includes(to)) {
        throw new Refusal({ [wholeForm]: { key: 'scoring.error.move' } }, 409)
      }
      const inForce = await scoring.roundInForce(trx)
      if (state === 'prepared') await requireReady(trx, round, criteria)
      if (state === 'closed') await removeDerived(trx, round.id, request.by())
      if (to === 'closed') {
        await writeDerived(trx, round.id, { criteria }, derivedOf, request.by())
      }
      await updateRow(trx, 'round', round.id, parsed.version, { state: to }, request.by())
      if (state === 'prepared' && inForce && inForce.state !== 'prepared') {
        const chosen = parsed.data.inForce === 1 ? round.id : inForce.id
        await putInForce(trx, 'round', chosen, request.by())
      }
      return { to: paths.round(round.id), flash: { key: `scoring.moved.${to}` } }
    })
  }

  /** The level of each proposal as the inventory gives it now, with its arithmetic in Indonesian. */
  async function derivedLevels(request: FastifyRequest) {
    const { site } = request
    const t = translator('id', { dinas: site.officeShort, kepala_daerah: site.headTitle })
    const format = formatFor('id', site.timeZone)
    const now = await assess(db, everything)
    return (proposalId: number): Derived | undefined => {
      const found = scoreOf(now, proposalId)
      return found?.readiness.complete
        ? {
            level: found.readiness.level,
            note: sayReadiness(t, format, found.readiness, found.locationsOfUse),
          }
        : undefined
    }
  }

  async function asked(request: FastifyRequest): Promise<scoring.Round> {
    return orNotFound(await scoring.findRound(db, idOf(request)))
  }
}

async function requireReady(
  trx: Tx,
  round: scoring.Round,
  criteria: readonly scoring.SetCriterion[],
) {
  const tasks = await raters.tasks(trx, round.id)
  const proposals = (await scoring.roundProposalIds(trx, round.id)).length
  const reason = notReady(round, criteria, tasks, proposals)
  if (reason) throw new Refusal({ [wholeForm]: reason })
}
