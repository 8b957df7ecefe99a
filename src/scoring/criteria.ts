import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Row, Tx } from '../db/schema.ts'
import { insertRow, removeRow, updateRow } from '../db/write.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { emptyForm, type FormState, filledForm, parseForm, parseRows } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { derivedLevels, requireDraft } from './freezing.ts'
import * as scoring from './queries.ts'
import {
  type CriterionInput,
  criterionForm,
  decimalText,
  levelRow,
  orderForm,
  valueTyped,
} from './schema.ts'

const page = view<{
  form: FormState
  set: scoring.CriterionSet
  criterion: Row<'criterion'> | undefined
  levels: number
}>('scoring/criterion')

/** Levels that a criterion may have. */
const mostLevels = 7

/** The criteria of a set that is still a draft. */
export const criterionRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/criteria/new', { config: { access: 'scoring.edit' } }, newForm)
  app.post('/:id/criteria', { config: { access: 'scoring.edit' } }, create)
  app.get('/:id/criteria/:criterionId', { config: { access: 'scoring.edit' } }, edit)
  app.post('/:id/criteria/:criterionId', { config: { access: 'scoring.edit' } }, update)
  removalRoutes(app, context, '/:id/criteria/:criterionId/removal', 'scoring.edit', {
    asked: async (request) => {
      const set = await draft(request)
      return { set, criterion: await asked(request, set.id) }
    },
    toRemove,
    async remove(trx, { set, criterion }, version, request) {
      requireDraft(await scoring.findSet(trx, set.id))
      await dropWeights(trx, set.id, criterion.id, request.by())
      await removeRow(trx, 'criterion', criterion.id, version, request.by())
      return paths.criterionSet(set.id)
    },
  })
  app.post('/:id/criteria/:criterionId/order', { config: { access: 'scoring.edit' } }, move)

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const set = await draft(request)
    return pageWith(reply, set, undefined, emptyForm())
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const set = await draft(request)
    const again = (form: FormState) => pageWith(reply, set, undefined, form)
    const parsed = parseRows(criterionForm, levelRow, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findSet(trx, set.id))
      const levels = levelsOf(rows, head)
      const others = await scoring.criterionRows(trx, set.id)
      requireOneDerived(head, others)
      const seq = Math.max(0, ...others.map((each) => each.seq)) + 1
      await insertRow(trx, 'criterion', { ...head, setId: set.id, seq }, request.by(), { levels })
      return paths.criterionSet(set.id)
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const set = await draft(request)
    const criterion = await asked(request, set.id)
    const known = (await scoring.criteriaOf(db, set.id, undefined)).find(
      (each) => each.id === criterion.id,
    )
    const levels = (known?.levels ?? []).flatMap(({ level, value, anchor }) => [
      [`${level - 1}.value`, decimalText(value)],
      [`${level - 1}.anchor`, anchor],
    ])
    const form = filledForm(criterion)
    const values = { ...form.values, ...Object.fromEntries(levels) }
    return pageWith(reply, set, criterion, { ...form, values })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const set = await draft(request)
    const criterion = await asked(request, set.id)
    const again = (form: FormState) => pageWith(reply, set, criterion, form)
    const parsed = parseRows(criterionForm, levelRow, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findSet(trx, set.id))
      const levels = levelsOf(rows, head)
      const others = await scoring.criterionRows(trx, set.id)
      requireOneDerived(
        head,
        others.filter((each) => each.id !== criterion.id),
      )
      const { id } = criterion
      await updateRow(trx, 'criterion', id, parsed.version, head, request.by(), { levels })
      return paths.criterionSet(set.id)
    })
  }

  /** One place up or down: the two change their numbers. */
  async function move(request: FastifyRequest, reply: FastifyReply) {
    const set = await draft(request)
    const criterion = await asked(request, set.id)
    const again = (form: FormState) => pageWith(reply, set, criterion, form)
    const parsed = parseForm(orderForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findSet(trx, set.id))
      const all = await scoring.criterionRows(trx, set.id)
      const at = all.findIndex((each) => each.id === criterion.id)
      const [one, other] = [all[at], all[at + (parsed.data.up === 1 ? -1 : 1)]]
      if (one && other) {
        await updateRow(trx, 'criterion', one.id, one.version, { seq: other.seq }, request.by())
        await updateRow(trx, 'criterion', other.id, other.version, { seq: one.seq }, request.by())
      }
      return `${paths.criterionSet(set.id)}#c${criterion.id}`
    })
  }

  async function pageWith(
    reply: FastifyReply,
    set: scoring.CriterionSet,
    criterion: Row<'criterion'> | undefined,
    form: FormState,
  ) {
    return reply.page(page, { form, set, criterion, levels: mostLevels })
  }

  async function draft(request: FastifyRequest): Promise<scoring.CriterionSet> {
    return requireDraft(await scoring.findSet(db, idOf(request)))
  }

  async function asked(request: FastifyRequest, setId: number): Promise<Row<'criterion'>> {
    const id = idOf(request, 'criterionId')
    return orNotFound((await scoring.criterionRows(db, setId)).find((each) => each.id === id))
  }
}

type LevelRows = readonly { at: number; row: { value: string | null; anchor: string | null } }[]

/** The levels typed, from 1 without a gap; each has a value and words. */
function levelsOf(rows: LevelRows, head: CriterionInput) {
  const errors: Refusal['errors'] = {}
  const levels = rows
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, row }, index) => {
      const value = valueTyped(row.value ?? '')
      if (at !== index) errors[`${at}.value`] = { key: 'scoring.error.levelGap' }
      if (value === undefined) errors[`${at}.value`] = { key: 'scoring.error.value' }
      if (row.anchor === null) errors[`${at}.anchor`] = { key: 'scoring.error.anchor' }
      if (at >= mostLevels) errors[`${at}.value`] = { key: 'form.unreadable' }
      return { level: index + 1, value: value ?? 0, anchor: row.anchor ?? '' }
    })
  if (head.derived === 1 && levels.length !== derivedLevels) {
    errors.derived = { key: 'scoring.error.derivedLevels', params: { n: derivedLevels } }
  }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
  return levels
}

/** Only the readiness of the infrastructure is computed, hence one criterion of a set. */
function requireOneDerived(head: CriterionInput, others: readonly Row<'criterion'>[]) {
  if (head.derived === 1 && others.some((each) => each.derived === 1)) {
    throw new Refusal({ derived: { key: 'scoring.error.derivedTwice' } })
  }
}

/** Weightings of a draft set lose the weight of a criterion that goes. */
async function dropWeights(
  trx: Tx,
  setId: number,
  criterionId: number,
  by: Parameters<typeof removeRow>[4],
) {
  for (const { id, version } of await scoring.weightings(trx, setId)) {
    const weights = (await scoring.weightsOf(trx, id)).filter(
      (each) => each.criterionId !== criterionId,
    )
    await updateRow(trx, 'weighting', id, version, {}, by, { weights })
  }
}

/** The weights that a weighting gives it go with it. */
type Asked = { set: scoring.CriterionSet; criterion: Row<'criterion'> }

function toRemove({ set, criterion }: Asked): ToRemove {
  return {
    table: 'criterion',
    row: criterion,
    title: { key: 'scoring.criterion.remove' },
    subject: `${criterion.code} ${criterion.name}`,
    back: paths.criterion(set.id, criterion.id),
    crumbs: [{ href: paths.criterionSet(set.id), text: set.name }],
    taking: ['weighting'],
  }
}
