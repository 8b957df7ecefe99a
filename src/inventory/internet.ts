import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { scopeOf } from '../domain/access.ts'
import { orNotFound } from '../errors.ts'
import { backTo, outsideSession, sessionAsked } from '../fgd/carried.ts'
import { formatFor } from '../i18n/format.ts'
import type { Still } from '../opd/still.ts'
import { refuseDayToCome } from '../web/day.ts'
import {
  emptyForm,
  type FormState,
  filledForm,
  parseForm,
  typedMoney,
  type Values,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { type AskedLocation, askedLocation, savedAt, stillAt } from './asked.ts'
import { havingSeen, saveOnDay } from './by-day.ts'
import * as inventory from './queries.ts'
import { type InternetInput, internetForm } from './schema.ts'
import { typedFields, typedMbps, typedNumber } from './typed.ts'

const formPage = view<{
  form: FormState
  location: AskedLocation
  /** The row that is edited; undefined when a day is added. */
  access: inventory.InternetAccess | undefined
  /** The day of the row that a new day was filled from. */
  from: string | undefined
  still: Still
  today: string
}>('inventory/internet-form')

/** Internet access of an office, by line and day. */
export const internetRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/locations/:id/internet/new', { config: { access: 'inventory.edit' } }, newForm)
  app.post('/locations/:id/internet', { config: { access: 'inventory.edit' } }, create)
  app.get('/locations/:id/internet/:rowId', { config: { access: 'inventory.edit' } }, edit)
  app.post('/locations/:id/internet/:rowId', { config: { access: 'inventory.edit' } }, update)
  removalRoutes(app, context, '/locations/:id/internet/:rowId/removal', 'inventory.edit', {
    asked,
    toRemove,
    async remove(trx, { location, access }, version, request) {
      await removeRow(trx, 'internetAccess', access.id, version, request.by())
      return paths.location(location.id)
    },
  })

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const line = Math.min(queryId(request, 'line') ?? 1, 9)
    const rows = await inventory.internetRows(db, scopeOf(request.actor), location.id)
    const newest = rows.find((row) => row.line === line)
    const carried = {
      line: String(line),
      asOf: request.today(),
      fgdSessionId: await sessionAsked(db, request),
      fromId: String(newest?.id ?? ''),
    }
    const values = { ...(newest ? typedAccess(newest) : {}), ...carried }
    const form = { ...emptyForm(values), version: newest?.version }
    return formWith(request, reply, location, form, undefined, newest?.asOf)
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const parsed = parseForm(internetForm, request.body)
    const again = async (form: FormState) => {
      const there = form.status === 409 && parsed.ok ? await onDay(db, parsed.data) : undefined
      return formWith(request, reply, location, outsideSession(havingSeen(form, there)))
    }
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fromId, ...fields } = parsed.data
      refuseDayToCome(fields.asOf, request.today())
      const to = await backTo(trx, fields.fgdSessionId, savedAt(request, location, 'offices'))
      const opened = { fromId, version: parsed.version }
      const values = { ...fields, locationId: location.id }
      const there = await onDay(trx, parsed.data)
      await saveOnDay(trx, 'internetAccess', there, opened, values, request.by())
      return to
    })

    async function onDay(reader: typeof db | Parameters<typeof backTo>[0], input: InternetInput) {
      const rows = await inventory.internetRows(reader, scopeOf(request.actor), location.id)
      return rows.find((row) => row.line === input.line && row.asOf === input.asOf)?.id
    }
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { location, access } = await asked(request)
    const fgdSessionId = await sessionAsked(db, request)
    const form = filledForm(access)
    const values = { ...form.values, ...typedAccess(access), fgdSessionId }
    return formWith(request, reply, location, { ...form, values }, access)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { location, access } = await asked(request)
    const again = (form: FormState) =>
      formWith(request, reply, location, outsideSession(form), access)
    const parsed = parseForm(internetForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fromId: _, fgdSessionId, ...fields } = parsed.data
      refuseDayToCome(fields.asOf, request.today())
      await updateRow(trx, 'internetAccess', access.id, parsed.version, fields, request.by())
      return backTo(trx, fgdSessionId, savedAt(request, location, 'offices'))
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    location: AskedLocation,
    form: FormState,
    access?: inventory.InternetAccess,
    from?: string,
  ) {
    const still = await stillAt(db, request, location, paths.internetNew(location.id), form)
    return reply.page(formPage, { form, location, access, from, still, today: request.today() })
  }

  async function asked(request: FastifyRequest) {
    const location = await askedLocation(db, request)
    const rows = await inventory.internetRows(db, scopeOf(request.actor), location.id)
    const rowId = idOf(request, 'rowId')
    return { location, access: orNotFound(rows.find((row) => row.id === rowId)) }
  }
}

/** The fields of the form as they are typed. */
function typedAccess(access: inventory.InternetAccess): Values {
  return {
    ...filledForm(access).values,
    ...typedFields(
      access,
      ['downKbps', 'intranetKbps', 'measuredDownKbps', 'measuredUpKbps'],
      typedMbps,
    ),
    ...typedFields(access, ['outageHours'], typedNumber),
    costMonth: typedMoney(access.costMonth),
  }
}

function toRemove(
  { location, access }: { location: AskedLocation; access: inventory.InternetAccess },
  { locale, site }: FastifyRequest,
): ToRemove {
  const date = formatFor(locale, site.timeZone).date(access.asOf)
  return {
    table: 'internetAccess',
    row: access,
    title: { key: 'inventory.internet.remove' },
    subject: { key: 'inventory.internet.remove.what', params: { line: access.line, date } },
    of: `${location.name}, ${location.opd}`,
    back: paths.internet(location.id, access.id),
    crumbs: [
      { href: paths.opd(location.opdId), text: location.opd },
      { href: paths.location(location.id), text: location.name },
    ],
  }
}
