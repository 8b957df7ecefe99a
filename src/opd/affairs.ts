import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { insertRow, removeRow, updateRow } from '../db/write.ts'
import { fold } from '../domain/text.ts'
import { orNotFound } from '../errors.ts'
import * as history from '../history/queries.ts'
import { refuseDayToCome } from '../web/day.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import * as opd from './queries.ts'
import { affairForm, newAffairForm } from './schema.ts'

const listPage = view<{
  rows: (opd.Affair & { chosen: number })[]
  all: number
  search: string
}>('opd/affair-list')
const formPage = view<{
  form: FormState
  affair: opd.Affair | undefined
  history: history.Newest
}>('opd/affair-form')

/** The list of government affairs that OPD choose from; each row says when it was verified. */
export const affairRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/affairs', { config: { access: 'opd.view' } }, index)
  app.get('/affairs/new', { config: { access: 'affair.edit' } }, newForm)
  app.post('/affairs', { config: { access: 'affair.edit' } }, create)
  app.get('/affairs/:id', { config: { access: 'affair.edit' } }, edit)
  app.post('/affairs/:id', { config: { access: 'affair.edit' } }, update)
  removalRoutes(app, context, '/affairs/:id/removal', 'affair.edit', {
    asked,
    toRemove,
    async remove(trx, affair, version, request) {
      await removeRow(trx, 'affair', affair.id, version, request.by())
      return paths.affairs()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const search = queryText(request, 'q')
    const wanted = fold(search)
    const all = await opd.affairs(db)
    const chosen = await opd.chosenAffairs(db)
    const rows = all
      .filter((row) => fold(`${row.code} ${row.name}`).includes(wanted))
      .map((row) => ({ ...row, chosen: chosen.get(row.code) ?? 0 }))
    return reply.page(listPage, { rows, all: all.length, search })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    return formWith(request, reply, emptyForm())
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => formWith(request, reply, form)
    const parsed = parseForm(newAffairForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      refuseDayToCome(parsed.data.verifiedOn ?? '', request.today(), 'verifiedOn')
      await insertRow(trx, 'affair', parsed.data, request.by())
      return paths.affairs()
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const affair = await asked(request)
    return formWith(request, reply, filledForm(affair), affair)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const affair = await asked(request)
    const again = (form: FormState) => formWith(request, reply, form, affair)
    const parsed = parseForm(affairForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      refuseDayToCome(parsed.data.verifiedOn ?? '', request.today(), 'verifiedOn')
      await updateRow(trx, 'affair', affair.id, parsed.version, parsed.data, request.by())
      return paths.affairs()
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormState,
    affair?: opd.Affair,
  ) {
    const told = affair && (await history.newest(db, request, 'affair', affair.id))
    return reply.page(formPage, { form, affair, history: told })
  }

  async function asked(request: FastifyRequest): Promise<opd.Affair> {
    return orNotFound(await opd.findAffair(db, idOf(request)))
  }
}

function toRemove(affair: opd.Affair): ToRemove {
  return {
    table: 'affair',
    row: affair,
    title: { key: 'opd.affair.remove' },
    subject: `${affair.code} ${affair.name}`,
    back: paths.affair(affair.id),
    crumbs: [{ href: paths.affairs(), text: affair.name }],
  }
}
