import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { type DeviceTotal, deviceTotals, type OfficeGap, officeGap } from '../domain/office.ts'
import { orNotFound } from '../errors.ts'
import { backTo, outsideSession, sessionAsked } from '../fgd/carried.ts'
import { readStandards } from '../government/queries.ts'
import * as history from '../history/queries.ts'
import * as needs from '../needs/queries.ts'
import * as opd from '../opd/queries.ts'
import { emptyForm, type FormState, filledForm, parseForm, type Values } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { type AskedLocation, askedLocation, savedAt } from './asked.ts'
import * as inventory from './queries.ts'
import { locationForm } from './schema.ts'
import { typedFields, typedNumber } from './typed.ts'

type Line = {
  line: number
  now: inventory.InternetAccess
  earlier: inventory.InternetAccess[]
}
type Survey = inventory.DeviceSurvey & {
  totals: (DeviceTotal & { years: string })[]
  sum: Omit<DeviceTotal, 'type'>
}

const showPage = view<{
  location: AskedLocation
  lines: Line[]
  nextLine: number
  surveys: Survey[]
  gap: OfficeGap
  history: history.Newest
  needs: needs.NeedRow[]
}>('inventory/location')
const formPage = view<{
  form: FormState
  opd: Pick<opd.Opd, 'id' | 'name'>
  location: AskedLocation | undefined
  districts: string[]
}>('inventory/location-form')

/** The offices of an OPD. */
export const locationRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/opd/:id/locations/new', { config: { access: 'inventory.edit' } }, newForm)
  app.post('/opd/:id/locations', { config: { access: 'inventory.edit' } }, create)
  app.get('/locations/:id', { config: { access: 'inventory.view' } }, show)
  app.get('/locations/:id/edit', { config: { access: 'inventory.edit' } }, edit)
  app.post('/locations/:id', { config: { access: 'inventory.edit' } }, update)
  removalRoutes(app, context, '/locations/:id/removal', 'inventory.edit', {
    asked: (request) => askedLocation(db, request),
    toRemove,
    async remove(trx, location, version, request) {
      await inventory.removeLocation(trx, location.id, version, request.by())
      return paths.opd(location.opdId)
    },
  })

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const ofOpd = { all: false, opdIds: [location.opdId] } as const
    const lines = linesOf(await inventory.internetRows(db, ofOpd, location.id))
    const surveys = await inventory.deviceSurveys(db, ofOpd, location.id)
    const inputs = await inventory.readinessInputs(db, ofOpd)
    const facts = orNotFound(inputs.find((input) => input.locationId === location.id))
    return reply.page(showPage, {
      location,
      lines,
      nextLine: Math.max(0, ...lines.map((each) => each.line)) + 1,
      surveys: surveys.map(withTotals),
      gap: officeGap(facts, await readStandards(db)),
      history: await history.newest(db, request, 'location', location.id),
      needs: await needs.openAt(db, ofOpd, location.id),
    })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const offices = await inventory.locationsOf(db, scopeOf(request.actor), found.id)
    const first: Values = offices.some((office) => office.isHead)
      ? {}
      : { isHead: '1', kind: 'main' }
    const fgdSessionId = await sessionAsked(db, request)
    const form = emptyForm({ ...first, serverRoom: '', fgdSessionId })
    return formWith(request, reply, found, form)
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const again = (form: FormState) => formWith(request, reply, found, outsideSession(form))
    const parsed = parseForm(locationForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const id = await inventory.insertLocation(trx, found.id, parsed.data, request.by())
      const saved = { href: paths.location(id), name: parsed.data.name, opdId: found.id }
      return backTo(trx, parsed.data.fgdSessionId, saved)
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const form = filledForm(location)
    const fgdSessionId = await sessionAsked(db, request)
    const values = {
      ...form.values,
      ...typedFields(location, ['powerOutHours'], typedNumber),
      fgdSessionId,
    }
    return editWith(request, reply, location, { ...form, values })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const location = await askedLocation(db, request)
    const again = (form: FormState) => editWith(request, reply, location, outsideSession(form))
    const parsed = parseForm(locationForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await inventory.updateLocation(trx, location, parsed.version, parsed.data, request.by())
      return backTo(trx, parsed.data.fgdSessionId, savedAt(request, location, 'offices'))
    })
  }

  async function editWith(
    request: FastifyRequest,
    reply: FastifyReply,
    location: AskedLocation,
    form: FormState,
  ) {
    return formWith(request, reply, { id: location.opdId, name: location.opd }, form, location)
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    of: Pick<opd.Opd, 'id' | 'name'>,
    form: FormState,
    location?: AskedLocation,
  ) {
    const districts = await inventory.districts(db, scopeOf(request.actor))
    return reply.page(formPage, { form, opd: of, location, districts })
  }

  async function askedOpd(request: FastifyRequest): Promise<opd.Opd> {
    return orNotFound(await opd.findById(db, scopeOf(request.actor), idOf(request)))
  }
}

/** Its internet access and its devices go with it. */
function toRemove(location: AskedLocation): ToRemove {
  return {
    table: 'location',
    row: location,
    title: { key: 'inventory.office.remove' },
    subject: location.name,
    of: location.opd,
    back: paths.location(location.id),
    crumbs: [
      { href: paths.opd(location.opdId), text: location.opd },
      { href: paths.location(location.id), text: location.name },
    ],
    taking: ['internetAccess', 'deviceSurvey'],
  }
}

/** The rows of an office, newest first within a line, as lines with what was recorded earlier. */
function linesOf(rows: readonly inventory.InternetAccess[]): Line[] {
  const lines: Line[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (last?.line === row.line) last.earlier.push(row)
    else lines.push({ line: row.line, now: row, earlier: [] })
  }
  return lines
}

function withTotals(survey: inventory.DeviceSurvey): Survey {
  const totals = deviceTotals(survey.counts)
  const add = (part: 'good' | 'minor' | 'major' | 'total') =>
    totals.reduce((sum, each) => sum + each[part], 0)
  const sum = { good: add('good'), minor: add('minor'), major: add('major'), total: add('total') }
  const dated = totals.map((each) => ({ ...each, years: yearsOf(survey, each.type) }))
  return { ...survey, totals: dated, sum }
}

/** The years in which devices of a type were got, as far as they are known: “2012–2018”. */
function yearsOf({ counts }: inventory.DeviceSurvey, type: string): string {
  const years = counts
    .filter((each) => each.type === type)
    .flatMap((each) => [each.oldestYear, each.newestYear])
  return [...new Set(years)].filter((year) => year !== null).join('–')
}
