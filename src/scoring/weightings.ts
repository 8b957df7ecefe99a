import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { insertRow, removeRow, updateRow } from '../db/write.ts'
import { sum } from '../domain/scoring.ts'
import { addUp, rankOrderCentroid } from '../domain/weights.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import { emptyForm, type FormState, filledForm, parseForm, parseRows } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId, queryOneOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import * as scoring from './queries.ts'
import {
  adoptionForm,
  decimalText,
  type TypedMethod,
  typedMethods,
  weightingForm,
  weightRow,
} from './schema.ts'

type Parts = { set: scoring.CriterionSet; criteria: scoring.SetCriterion[] }

const formPage = view<
  Parts & {
    form: FormState
    weighting: scoring.Weighting | undefined
    method: TypedMethod
  }
>('scoring/weighting-form')
const showPage = view<
  Parts & {
    form: FormState
    weighting: scoring.Weighting
    inForce: boolean
    complete: boolean
    /** The others of the set that it can be compared with. */
    others: scoring.Weighting[]
  }
>('scoring/weighting')
const adoptPage = view<Parts & { form: FormState; weighting: scoring.Weighting }>(
  'scoring/weighting-adoption',
)

/** Weightings of a set: typed, or made from the order of the criteria; drafts, then adopted. */
export const weightingRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/sets/:id/weightings/new', { config: { access: 'scoring.edit' } }, newForm)
  app.post('/sets/:id/weightings', { config: { access: 'scoring.edit' } }, create)
  app.get('/weightings/:id', { config: { access: 'scoring.view' } }, show)
  app.get('/weightings/:id/edit', { config: { access: 'scoring.edit' } }, edit)
  app.post('/weightings/:id', { config: { access: 'scoring.edit' } }, update)
  removalRoutes(app, context, '/weightings/:id/removal', 'scoring.edit', {
    asked: async (request) => requireDraft(await asked(request)),
    toRemove,
    async remove(trx, weighting, version, request) {
      requireDraft(await scoring.findWeighting(trx, weighting.id))
      await removeRow(trx, 'weighting', weighting.id, version, request.by())
      return paths.criterionSet(weighting.setId)
    },
  })
  app.get('/weightings/:id/adoption', { config: { access: 'scoring.edit' } }, askAdoption)
  app.post('/weightings/:id/adoption', { config: { access: 'scoring.edit' } }, adopt)

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const set = orNotFound(await scoring.findSet(db, idOf(request)))
    const method = queryOneOf(request, 'method', typedMethods) ?? 'direct'
    const from = queryId(request, 'from')
    const criteria = await scoring.criteriaOf(db, set.id, from)
    const known = from && criteria.every((each) => each.weight > 0)
    const form = emptyForm({
      method,
      ...(known ? weightValues(criteria, method) : blankValues(criteria)),
    })
    return reply.page(formPage, { form, set, criteria, weighting: undefined, method })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const set = orNotFound(await scoring.findSet(db, idOf(request)))
    const criteria = await scoring.criteriaOf(db, set.id, undefined)
    const method = methodOf(request)
    const again = async (form: FormState) =>
      reply.page(formPage, { form, set, criteria, weighting: undefined, method })
    const parsed = parseRows(weightingForm, weightRow(method), request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      const weights = await weightsFrom(trx, set.id, method, rows)
      const unsigned = { adoptedOn: null, adoptedBy: null, office: null, document: null }
      const row = { ...unsigned, inForceAt: null, setId: set.id, method, state: 'draft' }
      const id = await insertRow(trx, 'weighting', { ...row, name: head.name }, request.by(), {
        weights,
      })
      return paths.weighting(id)
    })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const weighting = await asked(request)
    return showWith(reply, weighting, emptyForm())
  }

  async function showWith(reply: FastifyReply, weighting: scoring.Weighting, form: FormState) {
    const parts = await partsOf(weighting)
    const others = await scoring.weightings(db, weighting.setId)
    return reply.page(showPage, {
      ...parts,
      form,
      weighting,
      inForce: (await scoring.weightingOf(db, weighting.setId))?.id === weighting.id,
      complete: isComplete(parts.criteria),
      others: parts.set.state === 'frozen' ? others.filter((each) => each.id !== weighting.id) : [],
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const weighting = requireDraft(await asked(request))
    const { set, criteria } = await partsOf(weighting)
    const method = weighting.method === 'ranked' ? 'ranked' : 'direct'
    const form = filledForm(weighting)
    const values = {
      name: weighting.name,
      method,
      ...(isComplete(criteria) || method === 'direct'
        ? weightValues(criteria, method)
        : blankValues(criteria)),
    }
    return reply.page(formPage, { form: { ...form, values }, set, criteria, weighting, method })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const weighting = requireDraft(await asked(request))
    const { set, criteria } = await partsOf(weighting)
    const method = methodOf(request)
    const again = async (form: FormState) =>
      reply.page(formPage, { form, set, criteria, weighting, method })
    const parsed = parseRows(weightingForm, weightRow(method), request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findWeighting(trx, weighting.id))
      const weights = await weightsFrom(trx, set.id, method, rows)
      const changes = { name: head.name, method }
      const { id } = weighting
      await updateRow(trx, 'weighting', id, parsed.version, changes, request.by(), { weights })
      return paths.weighting(id)
    })
  }

  async function askAdoption(request: FastifyRequest, reply: FastifyReply) {
    const weighting = requireDraft(await asked(request))
    const form = { ...emptyForm({ adoptedOn: request.today() }), version: weighting.version }
    return adoptWith(reply, weighting, form)
  }

  async function adoptWith(reply: FastifyReply, weighting: scoring.Weighting, form: FormState) {
    const parts = await partsOf(weighting)
    requireAdoptable(parts)
    return reply.page(adoptPage, { ...parts, form, weighting })
  }

  async function adopt(request: FastifyRequest, reply: FastifyReply) {
    const weighting = requireDraft(await asked(request))
    const again = (form: FormState) => adoptWith(reply, weighting, form)
    requireAdoptable(await partsOf(weighting))
    const parsed = parseForm(adoptionForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findWeighting(trx, weighting.id))
      const set = orNotFound(await scoring.findSet(trx, weighting.setId))
      requireAdoptable({
        set,
        criteria: await scoring.criteriaOf(trx, set.id, weighting.id),
      })
      const by = request.by()
      const adopted = { ...parsed.data, state: 'adopted', inForceAt: by.at }
      await updateRow(trx, 'weighting', weighting.id, parsed.version, adopted, by)
      return { to: paths.weighting(weighting.id), flash: { key: 'scoring.adopted' } }
    })
  }

  async function asked(request: FastifyRequest): Promise<scoring.Weighting> {
    return orNotFound(await scoring.findWeighting(db, idOf(request)))
  }

  async function partsOf(weighting: scoring.Weighting): Promise<Parts> {
    const set = orNotFound(await scoring.findSet(db, weighting.setId))
    return { set, criteria: await scoring.criteriaOf(db, set.id, weighting.id) }
  }
}

/** An adopted weighting is what a score was counted by: it stays. */
function requireDraft(weighting: scoring.Weighting | undefined): scoring.Weighting {
  const known = orNotFound(weighting)
  if (known.state !== 'draft') throw new AppError('conflict', { key: 'scoring.error.adopted' })
  return known
}

/** Weights of criteria that may still change, or that are not the whole, cannot be adopted. */
function requireAdoptable({ set, criteria }: Parts) {
  if (set.state !== 'frozen') throw new AppError('conflict', { key: 'scoring.error.setDraft' })
  if (!isComplete(criteria)) throw new AppError('conflict', { key: 'scoring.error.weightMissing' })
}

function isComplete(criteria: readonly scoring.SetCriterion[]): boolean {
  const weights = criteria.map((each) => each.weight)
  return weights.length > 0 && weights.every((weight) => weight > 0) && addUp(weights)
}

function methodOf(request: FastifyRequest): TypedMethod {
  const { method } = (request.body ?? {}) as Record<string, unknown>
  return method === 'ranked' ? 'ranked' : 'direct'
}

type WeightRows = readonly { at: number; row: { criterionId: number; value: number } }[]

/** The weights that the rows make, in per cent; one for each criterion of the set. */
async function weightsFrom(trx: Tx, setId: number, method: TypedMethod, rows: WeightRows) {
  const ids = (await scoring.criterionRows(trx, setId)).map((each) => each.id)
  const typed = rows.map(({ row }) => row.criterionId)
  if (typed.length !== ids.length || !ids.every((id) => typed.includes(id))) {
    throw new Refusal({ sum: { key: 'form.stale' } })
  }
  return method === 'ranked' ? rankedWeights(rows) : directWeights(rows)
}

function directWeights(rows: WeightRows) {
  const total = sum(rows.map(({ row }) => row.value))
  if (!addUp(rows.map(({ row }) => row.value))) {
    throw new Refusal({ sum: { key: 'scoring.error.sum', params: { n: decimalText(total) } } })
  }
  return rows.map(({ row }) => row)
}

function rankedWeights(rows: WeightRows) {
  const twice = rows.filter(({ row }) => rows.filter((each) => each.row.value === row.value)[1])
  const wrong = [...twice, ...rows.filter(({ row }) => row.value > rows.length)]
  if (wrong.length > 0) {
    const message = { key: 'scoring.error.rankTwice', params: { n: rows.length } } as const
    throw new Refusal(Object.fromEntries(wrong.map(({ at }) => [`${at}.value`, message])))
  }
  const weights = rankOrderCentroid(rows.length)
  return rows.map(({ row }) => ({ ...row, value: 100 * (weights[row.value - 1] ?? 0) }))
}

function blankValues(criteria: readonly scoring.SetCriterion[]) {
  return Object.fromEntries(
    criteria.flatMap((each, at) => [
      [`${at}.criterionId`, String(each.id)],
      [`${at}.value`, ''],
    ]),
  )
}

/** The weights as they would be typed: numbers, or places in their order. */
function weightValues(criteria: readonly scoring.SetCriterion[], method: TypedMethod) {
  const order = criteria.map((each) => each.weight).toSorted((a, b) => b - a)
  const places = new Set<number>()
  const placeOf = (weight: number) => {
    const place = order.findIndex((each, at) => each === weight && !places.has(at))
    places.add(place)
    return String(place + 1)
  }
  return Object.fromEntries(
    criteria.flatMap(({ id, weight }, at) => [
      [`${at}.criterionId`, String(id)],
      [
        `${at}.value`,
        method === 'ranked' ? placeOf(weight) : weight > 0 ? decimalText(weight) : '',
      ],
    ]),
  )
}

function toRemove(weighting: scoring.Weighting): ToRemove {
  return {
    table: 'weighting',
    row: weighting,
    title: { key: 'scoring.weighting.remove' },
    subject: weighting.name,
    back: paths.weighting(weighting.id),
  }
}
