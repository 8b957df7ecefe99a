import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { everything, scopeOf } from '../domain/access.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { backTo, outsideSession, type SavedRecord, sessionAsked } from '../fgd/carried.ts'
import { emptyForm, type FormState, filledForm, parseForm, typedMoney } from '../web/form.ts'
import { once } from '../web/once.ts'
import { ownCard } from '../web/own-card.ts'
import { idOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import * as opd from './queries.ts'
import * as recorded from './recorded.ts'
import { budgetForm } from './schema.ts'
import { type Still, stillLacking } from './still.ts'

const formPage = view<{
  form: FormState
  opd: opd.Opd
  budget: recorded.Budget | undefined
  still: Still
}>('opd/budget-form')

/** The ICT budget of an OPD by year; 0 says that nothing is budgeted. */
export const budgetRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/budgets/new', { config: { access: 'inventory.edit' } }, newForm)
  app.post('/:id/budgets', { config: { access: 'inventory.edit' } }, create)
  app.get('/:id/budgets/:budgetId', { config: { access: 'inventory.edit' } }, edit)
  app.post('/:id/budgets/:budgetId', { config: { access: 'inventory.edit' } }, update)
  removalRoutes(app, context, '/:id/budgets/:budgetId/removal', 'inventory.edit', {
    asked,
    toRemove,
    async remove(trx, { found, budget }, version, request) {
      await removeRow(trx, 'opdBudget', budget.id, version, request.by())
      return `${paths.opd(found.id)}#budget`
    },
  })

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const year = queryText(request, 'year') || request.today().slice(0, 4)
    const fgdSessionId = await sessionAsked(db, request)
    return formWith(request, reply, found, emptyForm({ year, fgdSessionId }))
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const again = (form: FormState) => formWith(request, reply, found, outsideSession(form))
    const parsed = parseForm(budgetForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fgdSessionId, ...fields } = parsed.data
      await refuseYearTwice(trx, found.id, fields.year)
      await recorded.insertBudget(trx, found.id, fields, request.by())
      return backTo(trx, fgdSessionId, savedOf(request, found))
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { found, budget } = await asked(request)
    const form = filledForm(budget)
    const fgdSessionId = await sessionAsked(db, request)
    const values = { ...form.values, amount: typedMoney(budget.amount), fgdSessionId }
    return formWith(request, reply, found, { ...form, values }, budget)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { found, budget } = await asked(request)
    const again = (form: FormState) => formWith(request, reply, found, outsideSession(form), budget)
    const parsed = parseForm(budgetForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fgdSessionId, ...fields } = parsed.data
      await refuseYearTwice(trx, found.id, fields.year, budget.id)
      await updateRow(trx, 'opdBudget', budget.id, parsed.version, fields, request.by())
      return backTo(trx, fgdSessionId, savedOf(request, found))
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    found: opd.Opd,
    form: FormState,
    budget?: recorded.Budget,
  ) {
    const still = await stillLacking(db, request, found, paths.budgetNew(found.id), form)
    return reply.page(formPage, { form, opd: found, budget, still })
  }

  async function askedOpd(request: FastifyRequest): Promise<opd.Opd> {
    return orNotFound(await opd.findById(db, scopeOf(request.actor), idOf(request)))
  }

  async function asked(request: FastifyRequest) {
    const found = await askedOpd(request)
    const budgets = await recorded.budgets(db, scopeOf(request.actor), found.id)
    const id = idOf(request, 'budgetId')
    return { found, budget: orNotFound(budgets.find((each) => each.id === id)) }
  }
}

function savedOf({ actor }: FastifyRequest, { id, name }: opd.Opd): SavedRecord {
  return { href: ownCard(actor, id, 'budget', `${paths.opd(id)}#budget`), name, opdId: id }
}

/** @throws Refusal where another row holds the budget of that year */
async function refuseYearTwice(trx: Tx, opdId: number, year: number, ownId?: number) {
  const there = (await recorded.budgets(trx, everything, opdId)).find((row) => row.year === year)
  if (there === undefined || there.id === ownId) return
  throw new Refusal({ year: { key: 'opd.budget.error.year', params: { year } } })
}

function toRemove({ found, budget }: { found: opd.Opd; budget: recorded.Budget }): ToRemove {
  return {
    table: 'opdBudget',
    row: budget,
    title: { key: 'opd.budget.remove' },
    subject: { key: 'opd.budget.remove.what', params: { year: budget.year } },
    of: found.name,
    back: paths.budget(found.id, budget.id),
    crumbs: [{ href: paths.opd(found.id), text: found.name }],
  }
}
