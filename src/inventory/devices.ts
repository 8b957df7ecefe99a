import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Db, Tx } from '../db/schema.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { scopeOf } from '../domain/access.ts'
import { lists } from '../domain/words.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { backTo, outsideSession, sessionAsked } from '../fgd/carried.ts'
import { formatFor } from '../i18n/format.ts'
import type { Still } from '../opd/still.ts'
import { refuseDayToCome } from '../web/day.ts'
import { emptyForm, type FormState, filledForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { type AskedLocation, askedLocation, savedAt, stillAt } from './asked.ts'
import { havingSeen, saveOnDay } from './by-day.ts'
import { countsOf, typedCounts, wrongCounts } from './device-grid.ts'
import * as inventory from './queries.ts'
import { parseDevices } from './schema.ts'

const formPage = view<{
  form: FormState
  location: AskedLocation
  types: readonly string[]
  /** The survey that is edited; undefined when a day is added. */
  survey: inventory.DeviceSurvey | undefined
  /** The day of the survey that a new day was filled from. */
  from: string | undefined
  still: Still
  today: string
}>('inventory/device-form')

/** Devices of an office by type and condition, one survey a day. */
export const deviceRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/locations/:id/devices/new', { config: { access: 'inventory.edit' } }, newForm)
  app.post('/locations/:id/devices', { config: { access: 'inventory.edit' } }, create)
  app.get('/locations/:id/devices/:surveyId', { config: { access: 'inventory.edit' } }, edit)
  app.post('/locations/:id/devices/:surveyId', { config: { access: 'inventory.edit' } }, update)
  removalRoutes(app, context, '/locations/:id/devices/:surveyId/removal', 'inventory.edit', {
    asked,
    toRemove,
    async remove(trx, { location, survey }, version, request) {
      await removeRow(trx, 'deviceSurvey', survey.id, version, request.by())
      return paths.location(location.id)
    },
  })

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const [newest] = await inventory.deviceSurveys(db, scopeOf(request.actor), location.id)
    const form = emptyForm({
      ...(newest ? typedCounts(newest.counts) : {}),
      note: newest?.note ?? '',
      asOf: request.today(),
      fgdSessionId: await sessionAsked(db, request),
      fromId: String(newest?.id ?? ''),
    })
    const opened = { ...form, version: newest?.version }
    return formWith(request, reply, location, opened, undefined, newest?.asOf)
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const parsed = parseDevices(request.body)
    const again = async (form: FormState) => {
      const there =
        form.status === 409 && parsed.ok ? await onDay(db, parsed.data.head.asOf) : undefined
      return formWith(request, reply, location, outsideSession(havingSeen(form, there)))
    }
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { none: _, fromId, ...fields } = checked(request, parsed).head
      const to = await backTo(trx, fields.fgdSessionId, savedAt(request, location, 'devices'))
      const there = await onDay(trx, fields.asOf)
      const opened = { fromId, version: parsed.version }
      const values = { ...fields, locationId: location.id }
      const counts = countsOf(parsed.data.rows)
      await saveOnDay(trx, 'deviceSurvey', there, opened, values, request.by(), { counts })
      return to
    })

    async function onDay(reader: Db | Tx, day: string): Promise<number | undefined> {
      const surveys = await inventory.deviceSurveys(reader, scopeOf(request.actor), location.id)
      return surveys.find((survey) => survey.asOf === day)?.id
    }
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { location, survey } = await asked(request)
    const { counts, ...head } = survey
    const fgdSessionId = await sessionAsked(db, request)
    const form = filledForm(head)
    const values = { ...form.values, ...typedCounts(counts), fgdSessionId }
    return formWith(request, reply, location, { ...form, values }, survey)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { location, survey } = await asked(request)
    const again = (form: FormState) =>
      formWith(request, reply, location, outsideSession(form), survey)
    const parsed = parseDevices(request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { asOf, note, fgdSessionId } = checked(request, parsed).head
      const counts = countsOf(parsed.data.rows)
      const changes = { asOf, note }
      await updateRow(trx, 'deviceSurvey', survey.id, parsed.version, changes, request.by(), {
        counts,
      })
      return backTo(trx, fgdSessionId, savedAt(request, location, 'devices'))
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    location: AskedLocation,
    form: FormState,
    survey?: inventory.DeviceSurvey,
    from?: string,
  ) {
    const types = lists.device
    const still = await stillAt(db, request, location, paths.devicesNew(location.id), form)
    const today = request.today()
    return reply.page(formPage, { form, location, types, survey, from, still, today })
  }

  async function asked(request: FastifyRequest) {
    const location = await askedLocation(db, request)
    const surveys = await inventory.deviceSurveys(db, scopeOf(request.actor), location.id)
    const surveyId = idOf(request, 'surveyId')
    return { location, survey: orNotFound(surveys.find((survey) => survey.id === surveyId)) }
  }
}

type ParsedDevices = Extract<ReturnType<typeof parseDevices>, { ok: true }>

/** @throws Refusal where the rows contradict each other, the box or the calendar */
function checked(request: FastifyRequest, parsed: ParsedDevices): ParsedDevices['data'] {
  const wrong = wrongCounts(parsed.data.head, parsed.data.rows)
  if (Object.keys(wrong).length > 0) throw new Refusal(wrong)
  refuseDayToCome(parsed.data.head.asOf, request.today())
  return parsed.data
}

function toRemove(
  { location, survey }: { location: AskedLocation; survey: inventory.DeviceSurvey },
  { locale, site }: FastifyRequest,
): ToRemove {
  const date = formatFor(locale, site.timeZone).date(survey.asOf)
  return {
    table: 'deviceSurvey',
    row: survey,
    title: { key: 'inventory.devices.remove' },
    subject: { key: 'inventory.devices.remove.what', params: { date } },
    of: `${location.name}, ${location.opd}`,
    back: paths.deviceSurvey(location.id, survey.id),
    crumbs: [
      { href: paths.opd(location.opdId), text: location.opd },
      { href: paths.location(location.id), text: location.name },
    ],
  }
}
