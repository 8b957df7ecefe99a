import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Db, Tx } from '../db/schema.ts'
import { insertRows, removeRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { type FormState, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { roundPage, sameRecusal } from './round-page.ts'
import { requireState } from './round-state.ts'
import { type RecusalInput, recusalForm } from './schema.ts'

/** Who does not rate which proposals of a round, and who does so in their place. */
export const recusalRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.post('/:id/recusals', { config: { access: 'scoring.edit' } }, add)
  removalRoutes(app, context, '/:id/recusals/:recusalId/removal', 'scoring.edit', {
    asked,
    toRemove,
    async remove(trx, gone, version, request) {
      await requireState(trx, gone.round.id, ['prepared', 'open'])
      const { round, first, all } = await goneOf(trx, gone.round.id, gone.first.id, gone.isGroup)
      const lost = await ratedInPlace(trx, round.id, all)
      if (lost) throw new Refusal({ [wholeForm]: { key: 'scoring.error.replacementRated' } }, 409)
      for (const each of all) {
        const seen = each.id === first.id ? version : each.version
        await removeRow(trx, 'recusal', each.id, seen, request.by())
      }
      return `${paths.round(round.id)}#recusals`
    },
  })

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

  /** `group` in the address: all that say the same of other proposals go with it. */
  function asked(request: FastifyRequest): Promise<Gone> {
    const isGroup = queryId(request, 'group') === 1
    return goneOf(db, idOf(request), idOf(request, 'recusalId'), isGroup)
  }

  async function toRemove({ round, first, all }: Gone): Promise<ToRemove> {
    const assessor = await raters.findAssessor(db, first.assessorId)
    const inPlace = await ratedInPlace(db, round.id, all)
    return {
      table: 'recusal',
      row: first,
      title: { key: 'scoring.recusal.remove' },
      subject: { key: 'scoring.recusal.alone', params: { name: assessor?.name ?? '' } },
      of: round.name,
      back: `${paths.round(round.id)}#recusals`,
      crumbs: [{ href: paths.round(round.id), text: round.name }],
      note: { key: 'scoring.recusal.remove.note', params: { n: all.length, reason: first.reason } },
      barred:
        round.state === 'closed'
          ? {
              why: { key: 'scoring.round.closed' },
              mend: { href: paths.roundState(round.id), text: { key: 'scoring.round.reopen' } },
            }
          : inPlace
            ? {
                why: { key: 'scoring.error.replacementRated' },
                mend: {
                  href: paths.ratingGrid(round.id, inPlace.id),
                  text: { key: 'scoring.recusal.remove.toRating' },
                },
              }
            : undefined,
    }
  }
}

type Gone = {
  round: scoring.Round
  first: raters.RoundRecusal
  all: raters.RoundRecusal[]
  isGroup: boolean
}

async function goneOf(db: Db | Tx, roundId: number, id: number, isGroup: boolean): Promise<Gone> {
  const round = orNotFound(await scoring.findRound(db, roundId))
  const known = await raters.recusals(db, round.id)
  const first = orNotFound(known.find((each) => each.id === id))
  const others = known.filter((each) => each !== first && sameRecusal(each, first))
  return { round, first, all: isGroup ? [first, ...others] : [first], isGroup }
}

/** The rows that a form asks for: one proposal, or all that the assessor has not rated yet. */
async function recusalsFor(trx: Tx, roundId: number, input: RecusalInput) {
  const { assessorId, replacedById, reason } = input
  const tasks = await raters.tasks(trx, roundId)
  if (!tasks.some((each) => each.id === assessorId)) {
    throw new Refusal({ assessorId: { key: 'form.notInList' } })
  }
  const replacement = replacedById === null ? null : await raters.findAssessor(trx, replacedById)
  if (replacement === undefined) throw new Refusal({ replacedById: { key: 'form.notInList' } })
  if (replacedById === assessorId) {
    throw new Refusal({ replacedById: { key: 'scoring.error.replacementSame' } })
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
async function ratedInPlace(db: Db | Tx, roundId: number, gone: readonly raters.RoundRecusal[]) {
  const without = gone.map((each) => each.id)
  const duties = await raters.duties(db, roundId, without)
  const given = await raters.ratings(db, everything, roundId)
  return gone.find(({ proposalId, replacement }) =>
    given.some(
      (each) =>
        each.proposalId === proposalId &&
        each.assessorId === replacement?.id &&
        !duties(each.assessorId, proposalId).includes(each.criterionId),
    ),
  )?.replacement
}
