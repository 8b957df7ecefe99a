import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow } from '../db/write.ts'
import { fold } from '../domain/text.ts'
import { orNotFound } from '../errors.ts'
import { refuseDayToCome } from '../web/day.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import * as applications from './queries.ts'
import { nationalForm } from './schema.ts'

const listPage = view<{ rows: applications.National[]; all: number; search: string }>(
  'applications/nationals',
)
const formPage = view<{ form: FormState; national: applications.National | undefined }>(
  'applications/national-form',
)

/** The reference rows of national applications; each says when it was verified. */
export const nationalRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/national', { config: { access: 'application.view' } }, index)
  app.get('/national/new', { config: { access: 'national.edit' } }, newForm)
  app.post('/national', { config: { access: 'national.edit' } }, create)
  app.get('/national/:id', { config: { access: 'national.edit' } }, edit)
  app.post('/national/:id', { config: { access: 'national.edit' } }, update)
  removalRoutes(app, context, '/national/:id/removal', 'national.edit', {
    asked,
    toRemove,
    async remove(trx, national, version, request) {
      await removeRow(trx, 'nationalApplication', national.id, version, request.by())
      return paths.nationals()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const search = queryText(request, 'q')
    const all = await applications.nationals(db)
    const wanted = fold(search)
    const rows = all.filter((row) =>
      fold(`${row.name} ${row.function} ${row.owner}`).includes(wanted),
    )
    return reply.page(listPage, { rows, all: all.length, search })
  }

  async function newForm(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(formPage, { form: emptyForm(), national: undefined })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(formPage, { form, national: undefined })
    const parsed = parseForm(nationalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      refuseDayToCome(parsed.data.verifiedOn ?? '', request.today(), 'verifiedOn')
      await applications.insertNational(trx, parsed.data, request.by())
      return paths.nationals()
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const national = await asked(request)
    return reply.page(formPage, { form: filledForm(national), national })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const national = await asked(request)
    const again = (form: FormState) => reply.page(formPage, { form, national })
    const parsed = parseForm(nationalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      refuseDayToCome(parsed.data.verifiedOn ?? '', request.today(), 'verifiedOn')
      const { id } = national
      await applications.updateNational(trx, id, parsed.version, parsed.data, request.by())
      return paths.nationals()
    })
  }

  async function asked(request: FastifyRequest): Promise<applications.National> {
    return orNotFound(await applications.findNational(db, idOf(request)))
  }
}

function toRemove(national: applications.National): ToRemove {
  return {
    table: 'nationalApplication',
    row: national,
    title: { key: 'applications.national.remove' },
    subject: national.name,
    back: paths.national(national.id),
  }
}
