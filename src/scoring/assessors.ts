import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Row, Tx } from '../db/schema.ts'
import { insertRow, removeRow, updateRow } from '../db/write.ts'
import { scopeOf } from '../domain/access.ts'
import { orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import type * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { type AssessorInput, assessorForm } from './schema.ts'

type Options = { opdOptions: opd.OpdOption[]; accountOptions: scoring.Option[] }

const indexPage = view<{ form: FormState; rows: raters.AssessorRow[] } & Options>(
  'scoring/assessors',
)
const editPage = view<{ form: FormState; assessor: Row<'assessor'> } & Options>('scoring/assessor')

/** The people who rate, with or without an account. */
export const assessorRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'rating.edit' } }, index)
  app.post('/', { config: { access: 'scoring.edit' } }, create)
  app.get('/:id', { config: { access: 'scoring.edit' } }, edit)
  app.post('/:id', { config: { access: 'scoring.edit' } }, update)
  removalRoutes(app, context, '/:id/removal', 'scoring.edit', {
    asked,
    toRemove,
    async remove(trx, assessor, version, request) {
      await removeRow(trx, 'assessor', assessor.id, version, request.by())
      return paths.assessors()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    return indexWith(request, reply, emptyForm())
  }

  async function indexWith(request: FastifyRequest, reply: FastifyReply, form: FormState) {
    const rows = await raters.assessors(db)
    return reply.page(indexPage, { form, rows, ...(await options(request)) })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => indexWith(request, reply, form)
    const parsed = parseForm(assessorForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    await requireKnown(request, parsed.data)
    return once(context, request, reply, parsed, again, async (trx) => {
      await requireNewName(trx, parsed.data, undefined)
      await insertRow(trx, 'assessor', parsed.data, request.by())
      return paths.assessors()
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const assessor = await asked(request)
    return editWith(request, reply, assessor, filledForm(assessor))
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const assessor = await asked(request)
    const again = (form: FormState) => editWith(request, reply, assessor, form)
    const parsed = parseForm(assessorForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    await requireKnown(request, parsed.data)
    return once(context, request, reply, parsed, again, async (trx) => {
      await requireNewName(trx, parsed.data, assessor.id)
      await updateRow(trx, 'assessor', assessor.id, parsed.version, parsed.data, request.by())
      return paths.assessors()
    })
  }

  async function editWith(
    request: FastifyRequest,
    reply: FastifyReply,
    assessor: Row<'assessor'>,
    form: FormState,
  ) {
    return reply.page(editPage, { form, assessor, ...(await options(request, assessor)) })
  }

  async function options(request: FastifyRequest, stored?: Row<'assessor'>): Promise<Options> {
    return {
      opdOptions: await opd.options(db, scopeOf(request.actor), request.today(), [stored?.opdId]),
      accountOptions: await raters.accountOptions(db),
    }
  }

  async function asked(request: FastifyRequest) {
    return orNotFound(await raters.findAssessor(db, idOf(request)))
  }

  /** An OPD or account that is not there is no choice of the form. */
  async function requireKnown(request: FastifyRequest, { opdId, accountId }: AssessorInput) {
    if (opdId !== null) orNotFound(await opd.findById(db, scopeOf(request.actor), opdId))
    if (accountId !== null) {
      const accounts = await raters.accountOptions(db)
      orNotFound(accounts.find((each) => each.value === accountId))
    }
  }
}

/** The same person of the same office twice would rate twice. */
async function requireNewName(trx: Tx, input: AssessorInput, id: number | undefined) {
  const same = (await raters.assessors(trx)).find(
    (each) =>
      each.id !== id &&
      each.name.toLowerCase() === input.name.toLowerCase() &&
      each.opdId === input.opdId,
  )
  if (same) throw new Refusal({ name: { key: 'scoring.error.sameName' } })
}

function toRemove(assessor: Row<'assessor'>): ToRemove {
  return {
    table: 'assessor',
    row: assessor,
    title: { key: 'scoring.assessor.remove' },
    subject: assessor.name,
    back: paths.assessor(assessor.id),
  }
}
