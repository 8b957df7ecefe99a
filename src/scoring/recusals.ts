import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { insertRows, removeRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { type FormState, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { roundPage, sameRecusal } from './round-page.ts'
import { requireState } from './round-state.ts'
import { type RecusalInput, recusalForm, recusalRemovalForm } from './schema.ts'

/** Who does not rate which proposals of a round, and who does so in their place. */
export const recusalRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.post('/:id/recusals', { config: { access: 'scoring.edit' } }, add)
  app.post('/:id/recusals/:recusalId/removal', { config: { access: 'scoring.edit' } }, drop)

  async function add(request: FastifyRequest, reply: FastifyReply) {
    const round = orNotFound(await scoring.findRound(db, idOf(request)))
    const again = (form: FormState) => roundPage(context, request, reply, round, form)
    const parsed = parseForm(recusalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await requireState(trx, round.id, ['prepared', 'open'])
      const rows = await recusalsFor(trx, round.id, parsed.data)
      await insertRows(trx, 'recusal', rows, request.by())
      return {
        to: `${paths.round(round.id)}#recusals`,
        flash: { key: 'scoring.recused', params: { n: rows.length } },
      }
    })
  }

  async function drop(request: FastifyRequest, reply: FastifyReply) {
    const round = orNotFound(await scoring.findRound(db, idOf(request)))
    const recusalId = idOf(request, 'recusalId')
    const again = (form: FormState) => roundPage(context, request, reply, round, form)
    const parsed = parseForm(recusalRemovalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await requireState(trx, round.id, ['prepared', 'open'])
      const all = await raters.recusals(trx, round.id)
      const asked = orNotFound(all.find((each) => each.id === recusalId))
      await removeRow(trx, 'recusal', asked.id, parsed.version, request.by())
      const gone = [asked]
      if (parsed.data.group === 1) {
        for (const other of all.filter((each) => each !== asked && sameRecusal(each, asked))) {
          await removeRow(trx, 'recusal', other.id, other.version, request.by())
          gone.push(other)
        }
      }
      await requireNoneLost(trx, round.id, gone)
      return { to: `${paths.round(round.id)}#recusals`, flash: { key: 'form.removed' } }
    })
  }
}

/** The rows that a form asks for: one proposal, or all that the assessor has not rated yet. */
async function recusalsFor(trx: Tx, roundId: number, input: RecusalInput) {
  const { assessorId, replacedById, reason } = input
  const tasks = await raters.tasks(trx, roundId)
  if (!tasks.some((each) => each.id === assessorId)) {
    throw new Refusal({ assessorId: { key: 'form.notInList' } })
  }
  const replacement = replacedById === null ? null : await raters.findAssessor(trx, replacedById)
  if (replacement === undefined || replacedById === assessorId) {
    throw new Refusal({ replacedById: { key: 'form.notInList' } })
  }
  const leads = await scoring.roundLeads(trx, roundId)
  const recusals = await raters.recusals(trx, roundId)
  const chosen =
    input.everywhere === 1
      ? await unrated(trx, roundId, assessorId)
      : leads.filter((each) => each.id === input.proposalId)
  if (chosen.length === 0) {
    const key = input.everywhere === 1 ? 'scoring.error.nothingLeft' : 'form.notInList'
    throw new Refusal({ proposalId: { key } })
  }
  const inside = new Set(chosen.map((each) => each.id))
  const replaces = recusals.some(
    (each) => each.replacement?.id === assessorId && inside.has(each.proposalId),
  )
  if (replaces) throw new Refusal({ assessorId: { key: 'scoring.error.replaces' } })

  const away = new Set(
    recusals.filter((each) => each.assessorId === replacedById).map((each) => each.proposalId),
  )
  const cannot = ({ id, opdId }: { id: number; opdId: number }) =>
    replacement !== null && (opdId === replacement.opdId || away.has(id))
  if (input.everywhere === 0 && chosen.some(cannot)) {
    throw new Refusal({ replacedById: { key: 'scoring.error.replacementAway' } })
  }
  return chosen.map((lead) => ({
    roundId,
    assessorId,
    proposalId: lead.id,
    reason,
    replacedById: cannot(lead) ? null : replacedById,
  }))
}

async function unrated(trx: Tx, roundId: number, assessorId: number) {
  const duties = await raters.duties(trx, roundId)
  const given = await raters.ratings(trx, everything, roundId)
  const rated = new Set(
    given.filter((each) => each.assessorId === assessorId).map((each) => each.proposalId),
  )
  const leads = await scoring.roundLeads(trx, roundId)
  return leads.filter(({ id }) => duties(assessorId, id).length > 0 && !rated.has(id))
}

/** Who replaced somebody and has rated goes on counting: such a recusal stays. */
async function requireNoneLost(trx: Tx, roundId: number, gone: readonly raters.RoundRecusal[]) {
  const duties = await raters.duties(trx, roundId)
  const given = await raters.ratings(trx, everything, roundId)
  const lost = gone.some(({ proposalId, replacement }) =>
    given.some(
      (each) =>
        each.proposalId === proposalId &&
        each.assessorId === replacement?.id &&
        !duties(each.assessorId, proposalId).includes(each.criterionId),
    ),
  )
  if (lost) throw new Refusal({ [wholeForm]: { key: 'scoring.error.replacementRated' } }, 409)
}
