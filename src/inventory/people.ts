import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Db, Tx } from '../db/schema.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { scopeOf } from '../domain/access.ts'
import { orNotFound } from '../errors.ts'
import { backTo, outsideSession, sessionAsked } from '../fgd/carried.ts'
import { formatFor } from '../i18n/format.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import { peopleForm } from '../opd/schema.ts'
import { type Still, stillLacking } from '../opd/still.ts'
import { refuseDayToCome } from '../web/day.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { ownCard } from '../web/own-card.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { havingSeen, saveOnDay } from './by-day.ts'

const listPage = view<{ opd: opd.Opd; days: recorded.People[] }>('inventory/people')
const formPage = view<{
  form: FormState
  opd: opd.Opd
  /** The row that is edited; undefined when a day is added. */
  people: recorded.People | undefined
  from: string | undefined
  still: Still
  today: string
}>('inventory/people-form')

/** Employees of an OPD by date. */
export const peopleRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/opd/:id/people', { config: { access: 'inventory.view' } }, index)
  app.get('/opd/:id/people/new', { config: { access: 'inventory.edit' } }, newForm)
  app.post('/opd/:id/people', { config: { access: 'inventory.edit' } }, create)
  app.get('/opd/:id/people/:rowId', { config: { access: 'inventory.edit' } }, edit)
  app.post('/opd/:id/people/:rowId', { config: { access: 'inventory.edit' } }, update)
  removalRoutes(app, context, '/opd/:id/people/:rowId/removal', 'inventory.edit', {
    asked,
    toRemove,
    async remove(trx, { found, people }, version, request) {
      await removeRow(trx, 'opdPeople', people.id, version, request.by())
      return paths.people(found.id)
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const days = await recorded.peopleDays(db, scopeOf(request.actor), found.id)
    return reply.page(listPage, { opd: found, days })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const [newest] = await recorded.peopleDays(db, scopeOf(request.actor), found.id)
    const form = newest ? filledForm(newest) : emptyForm()
    const values = {
      ...form.values,
      asOf: request.today(),
      fgdSessionId: await sessionAsked(db, request),
      fromId: String(newest?.id ?? ''),
    }
    return formWith(request, reply, found, { ...form, values }, undefined, newest?.asOf)
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const parsed = parseForm(peopleForm, request.body)
    const again = async (form: FormState) => {
      const there = form.status === 409 && parsed.ok ? await onDay(db, parsed.data.asOf) : undefined
      return formWith(request, reply, found, outsideSession(havingSeen(form, there)))
    }
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fromId, ...fields } = parsed.data
      refuseDayToCome(fields.asOf, request.today())
      const to = await backTo(trx, fields.fgdSessionId, savedOf(request, found))
      const there = await onDay(trx, fields.asOf)
      const opened = { fromId, version: parsed.version }
      const values = { ...fields, opdId: found.id }
      await saveOnDay(trx, 'opdPeople', there, opened, values, request.by())
      return to
    })

    async function onDay(reader: Db | Tx, day: string): Promise<number | undefined> {
      const days = await recorded.peopleDays(reader, scopeOf(request.actor), found.id)
      return days.find((people) => people.asOf === day)?.id
    }
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { found, people } = await asked(request)
    const form = filledForm(people)
    const values = { ...form.values, fgdSessionId: await sessionAsked(db, request) }
    return formWith(request, reply, found, { ...form, values }, people)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { found, people } = await asked(request)
    const again = (form: FormState) => formWith(request, reply, found, outsideSession(form), people)
    const parsed = parseForm(peopleForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fromId: _, fgdSessionId, ...fields } = parsed.data
      refuseDayToCome(fields.asOf, request.today())
      await updateRow(trx, 'opdPeople', people.id, parsed.version, fields, request.by())
      return backTo(trx, fgdSessionId, savedOf(request, found))
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    found: opd.Opd,
    form: FormState,
    people?: recorded.People,
    from?: string,
  ) {
    const still = await stillLacking(db, request, found, paths.peopleNew(found.id), form)
    return reply.page(formPage, { form, opd: found, people, from, still, today: request.today() })
  }

  async function askedOpd(request: FastifyRequest): Promise<opd.Opd> {
    return orNotFound(await opd.findById(db, scopeOf(request.actor), idOf(request)))
  }

  async function asked(request: FastifyRequest) {
    const found = await askedOpd(request)
    const days = await recorded.peopleDays(db, scopeOf(request.actor), found.id)
    const rowId = idOf(request, 'rowId')
    return { found, people: orNotFound(days.find((people) => people.id === rowId)) }
  }
}

function savedOf({ actor }: FastifyRequest, { id, name }: opd.Opd) {
  return { href: ownCard(actor, id, 'people', paths.people(id)), name, opdId: id }
}

function toRemove(
  { found, people }: { found: opd.Opd; people: recorded.People },
  { locale, site }: FastifyRequest,
): ToRemove {
  const date = formatFor(locale, site.timeZone).date(people.asOf)
  return {
    table: 'opdPeople',
    row: people,
    title: { key: 'inventory.people.remove' },
    subject: { key: 'inventory.people.remove.what', params: { date } },
    of: found.name,
    back: paths.people(found.id),
    crumbs: [{ href: paths.opd(found.id), text: found.name }],
  }
}
