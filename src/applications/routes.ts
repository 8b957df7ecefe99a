import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { includes, scopeOf } from '../domain/access.ts'
import { safeAddress } from '../domain/web-address.ts'
import { orHidden, orNotFound } from '../errors.ts'
import { backTo, outsideSession, type SavedRecord, sessionAsked } from '../fgd/carried.ts'
import * as history from '../history/queries.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import { type Still, stillLacking } from '../opd/still.ts'
import { emptyForm, type FormState } from '../web/form.ts'
import { once } from '../web/once.ts'
import { ownCard } from '../web/own-card.ts'
import { idOf, pageOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { type Filters, filtersOf, queryOf } from './filters.ts'
import { choicesOf, typedAnswers } from './form.ts'
import { nationalRoutes } from './national.ts'
import * as applications from './queries.ts'
import { parseApplication, parseNewApplication } from './schema.ts'

type Listed = Awaited<ReturnType<typeof applications.list>>

const indexPage = view<
  Listed & { filters: Filters; query: ReturnType<typeof queryOf>; opds: opd.OpdOption[] }
>('applications/index')
const showPage = view<{
  application: applications.Application
  /** The address, where it may be a link. */
  link: string | undefined
  doubles: { id: number; opd: string }[]
  proposals: Awaited<ReturnType<typeof applications.proposalsOn>>
  history: history.Newest
}>('applications/show')
const formPage = view<
  Awaited<ReturnType<typeof choicesOf>> & {
    form: FormState
    application: applications.Application | undefined
    opds: opd.OpdOption[]
    /** Absent while no OPD is chosen. */
    still: Still | undefined
  }
>('applications/form')

/** Applications that exist, and the reference rows of national ones. */
export const applicationRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  await app.register(nationalRoutes, { ...context, prefix: '' })
  app.get('/', { config: { access: 'application.view', kept: true } }, index)
  app.get('/new', { config: { access: 'application.edit' } }, newForm)
  app.post('/', { config: { access: 'application.edit', maxFields: 700 } }, create)
  app.get('/:id', { config: { access: 'application.view' } }, show)
  app.get('/:id/edit', { config: { access: 'application.edit' } }, edit)
  app.post('/:id', { config: { access: 'application.edit', maxFields: 700 } }, update)
  removalRoutes(app, context, '/:id/removal', 'application.edit', {
    asked,
    toRemove,
    async remove(trx, application, version, request) {
      await applications.remove(trx, application.id, version, request.by())
      return paths.applications()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const filters = filtersOf(request)
    return reply.page(indexPage, {
      ...(await applications.list(db, scope, filters, pageOf(request))),
      filters,
      query: queryOf(filters),
      opds: await opd.options(db, scope, request.today()),
    })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const application = await asked(request)
    const scope = scopeOf(request.actor)
    return reply.page(showPage, {
      application,
      link: safeAddress(application.url),
      doubles: await applications.doublesOf(db, scope, application),
      proposals: await applications.proposalsOn(db, scope, application.id),
      history: await history.newest(db, request, 'application', application.id),
    })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const opds = await opd.options(db, scopeOf(request.actor), request.today())
    const [only] = opds.length === 1 ? opds : []
    const opdId = String(queryId(request, 'opd') ?? only?.value ?? '')
    const fgdSessionId = await sessionAsked(db, request)
    return formWith(request, reply, emptyForm({ opdId, fgdSessionId }))
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => formWith(request, reply, outsideSession(form))
    const parsed = parseNewApplication(request.body)
    if (!parsed.ok) return again(parsed.form)

    const { opdId, ...head } = parsed.data.head
    const scope = scopeOf(request.actor)
    orHidden(includes(scope, opdId))
    orNotFound(await opd.findById(db, scope, opdId))
    return once(context, request, reply, parsed, again, async (trx) => {
      const input = { head, rows: parsed.data.rows }
      const id = await applications.insert(trx, scope, opdId, input, request.by())
      await recorded.removeAnswer(trx, opdId, 'applications', request.by())
      const saved = savedAs(request, { id, name: head.name, opdId })
      return backTo(trx, head.fgdSessionId, saved)
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const application = await asked(request)
    const fgdSessionId = await sessionAsked(db, request)
    const form = emptyForm({ ...typedAnswers(application), fgdSessionId })
    return formWith(request, reply, { ...form, version: application.version }, application)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const application = await asked(request)
    const again = (form: FormState) => formWith(request, reply, outsideSession(form), application)
    const parsed = parseApplication(request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const scope = scopeOf(request.actor)
      await applications.update(trx, scope, application, parsed.version, parsed.data, request.by())
      const { fgdSessionId, name } = parsed.data.head
      const { id, opdId } = application
      return backTo(trx, fgdSessionId, savedAs(request, { id, name, opdId }))
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormState,
    application?: applications.Application,
  ) {
    const scope = scopeOf(request.actor)
    const opds = await opd.options(db, scope, request.today(), [application?.opdId])
    const owner = String(application?.opdId ?? form.values.opdId)
    const of = opds.find(({ value }) => String(value) === owner)
    const still =
      of &&
      (await stillLacking(
        db,
        request,
        { id: of.value, name: of.label },
        paths.applicationNew({ opd: of.value }),
        form,
      ))
    return reply.page(formPage, {
      ...(await choicesOf(db, scope, form, request.today(), application)),
      form,
      application,
      opds,
      still,
    })
  }

  async function asked(request: FastifyRequest): Promise<applications.Application> {
    return orNotFound(await applications.findById(db, scopeOf(request.actor), idOf(request)))
  }
}

function savedAs(
  { actor }: FastifyRequest,
  { id, name, opdId }: { id: number; name: string; opdId: number },
): SavedRecord {
  return { href: ownCard(actor, opdId, 'applications', paths.application(id)), name, opdId }
}

function toRemove(application: applications.Application): ToRemove {
  return {
    table: 'application',
    row: application,
    title: { key: 'applications.remove' },
    subject: application.name,
    of: application.opd,
    back: paths.application(application.id),
  }
}
