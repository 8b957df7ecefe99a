import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { includes, scopeOf } from '../domain/access.ts'
import { orHidden, orNotFound } from '../errors.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalForm } from '../web/removal.ts'
import { view } from '../web/view.ts'
import * as opd from './queries.ts'
import { dutyForm, opdForm } from './schema.ts'

const indexPage = view<{
  rows: opd.OpdRow[]
  n: number
  page: number
  pages: number
  search: string
}>('opd/index')
const showPage = view<{ opd: opd.Opd; duties: opd.Duty[]; form: FormState }>('opd/show')
const formPage = view<{ form: FormState; opd: opd.Opd | undefined }>('opd/form')
const removalPage = view<{
  form: FormState
  opd: opd.Opd
  hangs: { locations: number; proposals: number }
}>('opd/removal')
const dutyPage = view<{ form: FormState; opd: opd.Opd; duty: opd.Duty }>('opd/duty')

export const opdRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'opd.view' } }, index)
  app.get('/new', { config: { access: 'opd.edit' } }, newForm)
  app.post('/', { config: { access: 'opd.edit' } }, create)
  app.get('/:id', { config: { access: 'opd.view' } }, show)
  app.get('/:id/edit', { config: { access: 'opd.edit' } }, edit)
  app.post('/:id', { config: { access: 'opd.edit' } }, update)
  app.get('/:id/removal', { config: { access: 'opd.edit' } }, askRemoval)
  app.post('/:id/removal', { config: { access: 'opd.edit' } }, remove)
  app.post('/:id/duties', { config: { access: 'opd.edit' } }, createDuty)
  app.get('/:id/duties/:dutyId', { config: { access: 'opd.edit' } }, editDuty)
  app.post('/:id/duties/:dutyId', { config: { access: 'opd.edit' } }, updateDuty)
  app.post('/:id/duties/:dutyId/removal', { config: { access: 'opd.edit' } }, removeDuty)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const search = queryText(request, 'q')
    const page = pageOf(request)
    const found = await opd.list(db, scopeOf(request.actor), search, page)
    return reply.page(indexPage, { ...found, page, search })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, emptyForm())
  }

  async function showWith(request: FastifyRequest, reply: FastifyReply, form: FormState) {
    const found = await asked(request)
    const duties = await opd.duties(db, scopeOf(request.actor), found.id)
    return reply.page(showPage, { opd: found, duties, form })
  }

  async function newForm(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(formPage, { form: emptyForm(), opd: undefined })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(formPage, { form, opd: undefined })
    const parsed = parseForm(opdForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) =>
      paths.opd(await opd.insert(trx, parsed.data, request.by())),
    )
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    return reply.page(formPage, { form: filledForm(found), opd: found })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = (form: FormState) => reply.page(formPage, { form, opd: found })
    const parsed = parseForm(opdForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await opd.update(trx, found.id, parsed.version, parsed.data, request.by())
      return paths.opd(found.id)
    })
  }

  async function askRemoval(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    return removalWith(reply, found, { ...emptyForm(), version: found.version })
  }

  async function remove(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = (form: FormState) => removalWith(reply, found, form)
    const parsed = parseForm(removalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await opd.remove(trx, found.id, parsed.version, request.by())
      return { to: paths.opds(), flash: { key: 'form.removed' } }
    })
  }

  async function removalWith(reply: FastifyReply, found: opd.Opd, form: FormState) {
    return reply.page(removalPage, { opd: found, form, hangs: await opd.dependents(db, found.id) })
  }

  async function createDuty(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = (form: FormState) => showWith(request, reply, form)
    const parsed = parseForm(dutyForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await opd.insertDuty(trx, found.id, parsed.data, request.by())
      return `${paths.opd(found.id)}#duties`
    })
  }

  async function editDuty(request: FastifyRequest, reply: FastifyReply) {
    const { found, duty } = await askedDuty(request)
    return reply.page(dutyPage, { form: filledForm(duty), opd: found, duty })
  }

  async function updateDuty(request: FastifyRequest, reply: FastifyReply) {
    const { found, duty } = await askedDuty(request)
    const again = (form: FormState) => reply.page(dutyPage, { form, opd: found, duty })
    const parsed = parseForm(dutyForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await updateRow(trx, 'opdDuty', duty.id, parsed.version, parsed.data, request.by())
      return `${paths.opd(found.id)}#duties`
    })
  }

  async function removeDuty(request: FastifyRequest, reply: FastifyReply) {
    const { found, duty } = await askedDuty(request)
    const again = (form: FormState) => reply.page(dutyPage, { form, opd: found, duty })
    const parsed = parseForm(removalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await removeRow(trx, 'opdDuty', duty.id, parsed.version, request.by())
      return { to: `${paths.opd(found.id)}#duties`, flash: { key: 'form.removed' } }
    })
  }

  async function asked(request: FastifyRequest): Promise<opd.Opd> {
    const scope = scopeOf(request.actor)
    const id = idOf(request)
    orHidden(includes(scope, id))
    return orNotFound(await opd.findById(db, scope, id))
  }

  async function askedDuty(request: FastifyRequest) {
    const found = await asked(request)
    const dutyId = idOf(request, 'dutyId')
    const duty = orNotFound(await opd.findDuty(db, scopeOf(request.actor), found.id, dutyId))
    return { found, duty }
  }
}
