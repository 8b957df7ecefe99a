import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type Protection, protectionOf } from '../backup/copies.ts'
import type { Context } from '../context.ts'
import { namedPicture, type Picture } from '../domain/picture.ts'
import { orNotFound } from '../errors.ts'
import * as history from '../history/queries.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalForm, removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { emblemRoutes } from './emblem.ts'
import * as example from './example.ts'
import * as government from './queries.ts'
import { governmentForm, signatoryForm, standardsForm } from './schema.ts'

const showPage = view<{
  government: government.Government
  signatories: government.Signatory[]
  standards: government.Standards
  protection: Protection
  emblem: Picture | undefined
  /** Something of the example is in the database. */
  hasExample: boolean
  history: history.Newest
}>('government/show')
const formPage = view<{ form: FormState }>('government/form')
const signatoryPage = view<{ form: FormState; signatory: government.Signatory | undefined }>(
  'government/signatory',
)
const standardsPage = view<{ form: FormState }>('government/standards')
const examplePage = view<{
  form: FormState
  lines: example.PlanLine[]
  goes: number
  stays: number
}>('government/example')

export const governmentRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { config, db, now, whole } = context
  await app.register(emblemRoutes, { ...context, prefix: '' })
  app.get('/', { config: { access: 'government.view' } }, show)
  app.get('/government', { config: { access: 'government.edit' } }, edit)
  app.post('/government', { config: { access: 'government.edit' } }, update)
  app.get('/signatories/new', { config: { access: 'government.edit' } }, newSignatory)
  app.post('/signatories', { config: { access: 'government.edit' } }, createSignatory)
  app.get('/signatories/:id', { config: { access: 'government.edit' } }, editSignatory)
  app.post('/signatories/:id', { config: { access: 'government.edit' } }, updateSignatory)
  removalRoutes(app, context, '/signatories/:id/removal', 'government.edit', {
    asked,
    toRemove: signatoryToRemove,
    async remove(trx, signatory, version, request) {
      await government.removeSignatory(trx, signatory.id, version, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'signatory' })
      return paths.settings()
    },
  })
  app.get('/standards', { config: { access: 'government.edit' } }, editStandards)
  app.post('/standards', { config: { access: 'government.edit' } }, updateStandards)
  app.get('/example/removal', { config: { access: 'example.remove' } }, askExample)
  app.post('/example/removal', { config: { access: 'example.remove' } }, removeExample)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const found = orNotFound(await government.find(db))
    return reply.page(showPage, {
      government: found,
      emblem: namedPicture(found.emblem),
      history: await history.newest(db, request, 'government', found.id),
      signatories: await government.signatories(db),
      standards: await government.readStandards(db),
      protection: protectionOf(config, now()),
      hasExample: await example.isThere(whole),
    })
  }

  async function edit(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(formPage, { form: filledForm(orNotFound(await government.find(db))) })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(formPage, { form })
    const parsed = parseForm(governmentForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await government.update(trx, parsed.version, parsed.data, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'government' })
      return paths.settings()
    })
  }

  async function newSignatory(_request: FastifyRequest, reply: FastifyReply) {
    const form = emptyForm({ holdsAs: 'definitif' })
    return reply.page(signatoryPage, { form, signatory: undefined })
  }

  async function createSignatory(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(signatoryPage, { form, signatory: undefined })
    const parsed = parseForm(signatoryForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await government.insertSignatory(trx, parsed.data, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'signatory' })
      return paths.settings()
    })
  }

  async function editSignatory(request: FastifyRequest, reply: FastifyReply) {
    const signatory = await asked(request)
    return reply.page(signatoryPage, { form: filledForm(signatory), signatory })
  }

  async function updateSignatory(request: FastifyRequest, reply: FastifyReply) {
    const signatory = await asked(request)
    const again = (form: FormState) => reply.page(signatoryPage, { form, signatory })
    const parsed = parseForm(signatoryForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { version, data } = parsed
      await government.updateSignatory(trx, signatory.id, version, data, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'signatory' })
      return paths.settings()
    })
  }

  async function editStandards(_request: FastifyRequest, reply: FastifyReply) {
    const { kbpsPerUser, minKbps, usersPerPc } = await government.readStandards(db)
    const values = {
      kbpsPerUser: typed(kbpsPerUser / 1000),
      minKbps: typed(minKbps / 1000),
      usersPerPc: typed(usersPerPc),
    }
    return reply.page(standardsPage, { form: emptyForm(values) })
  }

  async function updateStandards(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(standardsPage, { form })
    const parsed = parseForm(standardsForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await government.saveStandards(trx, parsed.data)
      await logAccess(trx, 'settings', request.by(), { standards: parsed.data })
      return paths.settings()
    })
  }

  async function askExample(request: FastifyRequest, reply: FastifyReply) {
    return removalWith(request, reply, emptyForm())
  }

  async function removeExample(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => removalWith(request, reply, form)
    const parsed = parseForm(removalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const plan = await example.planRemoval(trx, accountOf(request))
      await example.removeExamples(trx, plan, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'example' })
      const params = { goes: plan.goes.length, stays: plan.stays.length }
      const key = plan.stays.length > 0 ? 'government.example.partly' : 'government.example.done'
      return { to: paths.settings(), flash: { key, params } }
    })
  }

  async function removalWith(request: FastifyRequest, reply: FastifyReply, form: FormState) {
    const plan = await example.planRemoval(whole, accountOf(request))
    const lines = example.linesOf(plan)
    const figures = { goes: plan.goes.length, stays: plan.stays.length }
    return reply.page(examplePage, { form, lines, ...figures })
  }

  async function asked(request: FastifyRequest): Promise<government.Signatory> {
    return orNotFound(await government.findSignatory(db, idOf(request)))
  }
}

function signatoryToRemove(signatory: government.Signatory): ToRemove {
  return {
    table: 'signatory',
    row: signatory,
    title: { key: 'government.signatory.remove' },
    subject: signatory.office,
    back: paths.signatory(signatory.id),
  }
}

function accountOf(request: FastifyRequest): number {
  return request.actor.kind === 'person' ? (request.actor.accountId ?? 0) : 0
}

/** A number as it would be typed. */
function typed(value: number): string {
  return String(value).replace('.', ',')
}
