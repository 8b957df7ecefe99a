import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, scopeOf } from '../domain/access.ts'
import { dutiesOf } from '../domain/duties.ts'
import { grouped } from '../domain/grouping.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import {
  emptyForm,
  type FormState,
  filledForm,
  parseForm,
  parseRows,
  type Values,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { recusalRoutes } from './recusals.ts'
import { roundMoveRoutes } from './round-moves.ts'
import { roundPage } from './round-page.ts'
import { requireState } from './round-state.ts'
import {
  bareForm,
  newRoundForm,
  type RoundInput,
  roundForm,
  type TaskInput,
  taskRow,
} from './schema.ts'

const formPage = view<{
  form: FormState
  round: scoring.Round | undefined
  set: scoring.CriterionSet | undefined
  /** The other sets that a new round may use. */
  otherSets: scoring.CriterionSet[]
  criteria: scoring.SetCriterion[]
  assessors: raters.AssessorRow[]
  /** Field prefix and ticked criteria by assessor. */
  matrix: Map<number, { at: number; chosen: string[] }>
  candidates: scoring.Candidate[]
  sessionOptions: scoring.Option[]
}>('scoring/round-form')
/** Rounds of rating: which proposals, who rates what, until when. */
export const roundRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'scoring.view' } }, (_request, reply) =>
    reply.redirect(paths.scoring(), 303),
  )
  app.get('/new', { config: { access: 'scoring.edit' } }, newForm)
  app.post('/', { config: { access: 'scoring.edit', maxFields: 1500 } }, create)
  app.get('/:id', { config: { access: 'rating.edit' } }, show)
  app.get('/:id/edit', { config: { access: 'scoring.edit' } }, edit)
  app.post('/:id', { config: { access: 'scoring.edit', maxFields: 1500 } }, update)
  removalRoutes(app, context, '/:id/removal', 'scoring.edit', {
    asked,
    toRemove,
    async remove(trx, round, version, request) {
      await requireState(trx, round.id, ['prepared'])
      for (const recusal of await raters.recusals(trx, round.id)) {
        await removeRow(trx, 'recusal', recusal.id, recusal.version, request.by())
      }
      await removeRow(trx, 'round', round.id, version, request.by())
      return paths.scoring()
    },
  })
  app.post('/:id/proposals', { config: { access: 'scoring.edit' } }, addFresh)
  await app.register(roundMoveRoutes, { ...context, prefix: '' })
  await app.register(recusalRoutes, { ...context, prefix: '' })

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return roundPage(context, request, reply, await asked(request), emptyForm())
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const asked = queryId(request, 'set')
    const wanted = asked ? orNotFound(await usable(asked)) : await scoring.setInForce(db)
    const criteria = wanted ? await scoring.criteriaOf(db, wanted.id, undefined) : []
    const assessors = await raters.assessors(db)
    const earlier = (await scoring.rounds(db)).find((each) => each.setId === wanted?.id)
    const tasks = earlier ? await raters.tasks(db, earlier.id) : undefined
    const all = assessors.map(({ id }) => ({
      id,
      criterionIds: tasks
        ? (tasks.find((each) => each.id === id)?.criterionIds ?? [])
        : criteria.map((each) => each.id),
    }))
    const form = emptyForm({
      ...matrixValues(all),
      setId: String(wanted?.id ?? ''),
      minimum: String(earlier?.minimum ?? Math.max(1, Math.min(3, assessors.length))),
    })
    return formWith(request, reply, undefined, form)
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => formWith(request, reply, undefined, form)
    const parsed = parseRows(newRoundForm, taskRow, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    await requireSession(head)
    const set = orNotFound(
      head.setId === null ? await scoring.setInForce(db) : await usable(head.setId),
    )
    return once(context, request, reply, parsed, again, async (trx) => {
      const candidates = await scoring.candidates(trx, scopeOf(request.actor), undefined)
      const id = await insertRow(
        trx,
        'round',
        { ...columnsOf(head), setId: set.id, state: 'prepared' },
        request.by(),
        {
          proposals: chosen(candidates, head.without),
          tasks: await knownTasks(trx, set.id, rows),
        },
      )
      return paths.round(id)
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const round = await asked(request)
    if (round.state === 'closed') throw new AppError('conflict', { key: 'scoring.round.closed' })
    const tasks = await raters.tasks(db, round.id)
    const candidates = await scoring.candidates(db, scopeOf(request.actor), round.id)
    const form = filledForm({
      version: round.version,
      name: round.name,
      fgdSessionId: round.fgdSessionId,
      due: round.due,
      minimum: round.minimum,
      without: candidates.filter((each) => !each.inRound).map((each) => each.id),
    })
    const assessors = await raters.assessors(db)
    const all = assessors.map(({ id }) => ({
      id,
      criterionIds: tasks.find((each) => each.id === id)?.criterionIds ?? [],
    }))
    return formWith(request, reply, round, {
      ...form,
      values: { ...form.values, ...matrixValues(all) },
    })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const round = await asked(request)
    const again = (form: FormState) => formWith(request, reply, round, form)
    const parsed = parseRows(roundForm, taskRow, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    await requireSession(head)
    return once(context, request, reply, parsed, again, async (trx) => {
      await requireState(trx, round.id, ['prepared', 'open'])
      const candidates = await scoring.candidates(trx, scopeOf(request.actor), round.id)
      const offered = new Set(candidates.map((each) => each.id))
      const others = (await scoring.roundProposalIds(trx, round.id)).filter(
        (id) => !offered.has(id),
      )
      const proposals = [...chosen(candidates, head.without), ...others]
      const tasks = await knownTasks(trx, round.setId, rows)
      await requireNoneLost(trx, round.id, proposals, tasks)
      const { id } = round
      const lists = { proposals, tasks }
      await updateRow(trx, 'round', id, parsed.version, columnsOf(head), request.by(), lists)
      return paths.round(id)
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    round: scoring.Round | undefined,
    form: FormState,
  ) {
    const sets = round ? [] : await scoring.usableSets(db)
    const wanted = Number(form.values.setId)
    const set = round
      ? await scoring.findSet(db, round.setId)
      : (sets.find((each) => each.id === wanted) ?? (await scoring.setInForce(db)))
    return reply.page(formPage, {
      form,
      round,
      set,
      otherSets: sets.filter((each) => each.id !== set?.id),
      criteria: set ? await scoring.criteriaOf(db, set.id, undefined) : [],
      assessors: await raters.assessors(db),
      matrix: matrixOf(form.values),
      candidates: await scoring.candidates(db, scopeOf(request.actor), round?.id),
      sessionOptions: await scoring.sessionOptions(db),
    })
  }

  async function addFresh(request: FastifyRequest, reply: FastifyReply) {
    const round = await asked(request)
    const again = (form: FormState) => roundPage(context, request, reply, round, form)
    const parsed = parseForm(bareForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const now = await requireState(trx, round.id, ['prepared', 'open'])
      const all = await scoring.candidates(trx, scopeOf(request.actor), round.id)
      const fresh = scoring.newSince(round, all).map((each) => each.id)
      const proposals = [...(await scoring.roundProposalIds(trx, round.id)), ...fresh]
      await updateRow(trx, 'round', round.id, now.version, {}, request.by(), { proposals })
      return {
        to: paths.round(round.id),
        flash: { key: 'scoring.added', params: { n: fresh.length } },
      }
    })
  }

  async function asked(request: FastifyRequest): Promise<scoring.Round> {
    return orNotFound(await scoring.findRound(db, idOf(request)))
  }

  async function usable(setId: number) {
    return (await scoring.usableSets(db)).find((each) => each.id === setId)
  }

  async function requireSession({ fgdSessionId }: RoundInput) {
    if (fgdSessionId !== null) orNotFound(await scoring.sessionTitle(db, fgdSessionId))
  }
}

function columnsOf({ name, fgdSessionId, due, minimum }: RoundInput) {
  return { name, fgdSessionId, due, minimum }
}

function chosen(candidates: readonly scoring.Candidate[], without: readonly number[]): number[] {
  return candidates.map((each) => each.id).filter((id) => !without.includes(id))
}

type Task = { assessorId: number; criterionId: number }

/** The tasks that were ticked; an assessor or criterion that is gone is refused. */
async function knownTasks(
  trx: Tx,
  setId: number,
  rows: readonly { at: number; row: TaskInput }[],
): Promise<Task[]> {
  const criteria = (await scoring.criteriaOf(trx, setId, undefined)).map((each) => each.id)
  const assessors = (await raters.assessors(trx)).map((each) => each.id)
  const errors = rows
    .filter(
      ({ row }) =>
        !assessors.includes(row.assessorId) || row.criteria.some((id) => !criteria.includes(id)),
    )
    .map(({ at }) => [`${at}.criteria`, { key: 'form.notInList' as const }])
  if (errors.length > 0) throw new Refusal(Object.fromEntries(errors))
  return rows.flatMap(({ row }) =>
    row.criteria.map((criterionId) => ({ assessorId: row.assessorId, criterionId })),
  )
}

/** A proposal or a task that has ratings stays in its round. */
async function requireNoneLost(
  trx: Tx,
  roundId: number,
  proposals: readonly number[],
  tasks: readonly Task[],
) {
  const given = await raters.ratings(trx, everything, roundId)
  const inside = new Set(proposals)
  const kept = new Set(tasks.map((each) => `${each.assessorId} ${each.criterionId}`))
  const replaced = dutiesOf({
    assessors: [...grouped(tasks, (each) => each.assessorId)].map(([id, own]) => ({
      id,
      criterionIds: own.map((each) => each.criterionId),
    })),
    proposals: await scoring.roundLeads(trx, roundId),
    recusals: await raters.recusals(trx, roundId),
  })
  const stays = ({ assessorId, criterionId, proposalId }: (typeof given)[number]) =>
    kept.has(`${assessorId} ${criterionId}`) ||
    replaced(assessorId, proposalId).includes(criterionId)
  if (given.some((rating) => !inside.has(rating.proposalId))) {
    throw new Refusal({ without: { key: 'scoring.error.proposalRated' } })
  }
  if (!given.every(stays)) {
    throw new Refusal({ tasks: { key: 'scoring.error.taskRated' } })
  }
}

/** The matrix as it would be posted: a row per assessor, ticked criteria as a list. */
function matrixValues(rows: readonly { id: number; criterionIds: readonly number[] }[]): Values {
  return Object.fromEntries(
    rows.flatMap(({ id, criterionIds }, at): [string, string | string[]][] => [
      [`${at}.assessorId`, String(id)],
      [`${at}.criteria`, criterionIds.map(String)],
    ]),
  )
}

function matrixOf(values: Values): Map<number, { at: number; chosen: string[] }> {
  const matrix = new Map<number, { at: number; chosen: string[] }>()
  for (const [name, value] of Object.entries(values)) {
    const [, at] = /^(\d{1,3})\.assessorId$/.exec(name) ?? []
    if (at === undefined) continue
    const chosen = [values[`${at}.criteria`] ?? []].flat()
    matrix.set(Number(value), { at: Number(at), chosen })
  }
  return matrix
}

function toRemove(round: scoring.Round): ToRemove {
  return {
    table: 'round',
    row: round,
    title: { key: 'scoring.round.remove' },
    subject: round.name,
    back: paths.round(round.id),
    taking: ['recusal'],
    barred: round.state === 'prepared' ? undefined : { why: { key: 'scoring.error.begun' } },
  }
}
