import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import * as applications from '../applications/queries.ts'
import type { Context } from '../context.ts'
import { whyEnded } from '../db/ended.ts'
import { untilNextWrite } from '../db/memo.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { can, includes, scopeOf } from '../domain/access.ts'
import { type OpdCompleteness, opdCompleteness } from '../domain/completeness.ts'
import { type OfficeGap, officeGap } from '../domain/office.ts'
import { sum } from '../domain/scoring.ts'
import { AppError, orHidden, orNotFound, Refusal } from '../errors.ts'
import { backTo, outsideSession, sessionAsked } from '../fgd/carried.ts'
import { readStandards } from '../government/queries.ts'
import * as history from '../history/queries.ts'
import * as inventory from '../inventory/queries.ts'
import * as needs from '../needs/queries.ts'
import { type ShownLink, shownLinks } from '../portal/listed.ts'
import { emptyForm, type FormState, filledForm, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf, queryId, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { affairRoutes } from './affairs.ts'
import { budgetRoutes } from './budgets.ts'
import { type Gap, gapsOf } from './gaps.ts'
import { paperRoutes } from './papers.ts'
import * as opd from './queries.ts'
import * as recorded from './recorded.ts'
import { answerForm, answerParts, dutyForm, opdForm, unitForm } from './schema.ts'
import { successionRoutes } from './succession/pages.ts'
import { relatives, successorNames } from './succession/queries.ts'
import { stepsOf } from './succession/undo.ts'
import { rollUp } from './units.ts'

const indexPage = view<{
  rows: (opd.OpdRow & { done: number; of: number; ended: boolean; successors: string[] })[]
  n: number
  page: number
  pages: number
  search: string
}>('opd/index')
const showPage = view<{
  opd: opd.Opd
  parent: opd.Opd | undefined
  /** Whether it ended before today; it takes no more records then. */
  ended: boolean
  relatives: Awaited<ReturnType<typeof relatives>>
  /** Whether it ended by a change of offices that the history tells whole. */
  undoable: boolean
  affairs: opd.Affair[]
  units: opd.Unit[]
  year: string
  /** With its units, where it has some. */
  rolled: Awaited<ReturnType<typeof rollUp>> | undefined
  duties: recorded.Duty[]
  people: recorded.People | undefined
  budgets: recorded.Budget[]
  applications: applications.ApplicationRow[]
  needs: needs.NeedRow[]
  /** For those who may make and end them; undefined for others. */
  links: ShownLink[] | undefined
  offices: (inventory.ReadinessInput & { gap: OfficeGap })[]
  completeness: OpdCompleteness
  gaps: Gap[]
  answers: {
    part: (typeof answerParts)[number]
    said: recorded.Answer | undefined
    open: boolean
  }[]
  history: history.Newest
  form: FormState
  answerErrors: FormState['errors']
}>('opd/show')
const formPage = view<{
  form: FormState
  opd: opd.Opd | undefined
  parent: Pick<opd.Opd, 'id' | 'name' | 'shortName'> | undefined
  affairs: opd.Affair[]
}>('opd/form')
const dutyPage = view<{ form: FormState; opd: opd.Opd; duty: recorded.Duty }>('opd/duty')

export const opdRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, whole, now } = context
  await app.register(paperRoutes, { ...context, prefix: '' })
  await app.register(affairRoutes, { ...context, prefix: '' })
  await app.register(budgetRoutes, { ...context, prefix: '' })
  await app.register(successionRoutes, { ...context, prefix: '' })
  app.get('/', { config: { access: 'opd.view', kept: true } }, index)
  app.get('/new', { config: { access: 'opd.edit' } }, newForm)
  app.post('/', { config: { access: 'opd.edit' } }, create)
  app.get('/:id', { config: { access: 'opd.view' } }, show)
  app.get('/:id/edit', { config: { access: 'opd.edit' } }, edit)
  app.post('/:id', { config: { access: 'opd.edit' } }, update)
  removalRoutes(app, context, '/:id/removal', 'opd.edit', {
    asked,
    toRemove: opdToRemove,
    async remove(trx, found, version, request) {
      await opd.remove(trx, found.id, version, request.by())
      return paths.opds()
    },
  })
  app.post('/:id/answers', { config: { access: 'inventory.edit' } }, createAnswer)
  app.post('/:id/answers/removal', { config: { access: 'inventory.edit' } }, removeAnswer)
  app.post('/:id/duties', { config: { access: 'opd.edit' } }, createDuty)
  app.get('/:id/duties/:dutyId', { config: { access: 'opd.edit' } }, editDuty)
  app.post('/:id/duties/:dutyId', { config: { access: 'opd.edit' } }, updateDuty)
  removalRoutes(app, context, '/:id/duties/:dutyId/removal', 'opd.edit', {
    asked: askedDuty,
    toRemove: dutyToRemove,
    async remove(trx, { found, duty }, version, request) {
      await removeRow(trx, 'opdDuty', duty.id, version, request.by())
      return `${paths.opd(found.id)}#duties`
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const search = queryText(request, 'q')
    const page = pageOf(request)
    const scope = scopeOf(request.actor)
    const found = await opd.list(db, scope, search, page)
    const ids = found.rows.map((row) => row.id)
    const today = request.today()
    const key = JSON.stringify([scope, ids, today])
    const counts = await untilNextWrite(db, `counts of opd ${key}`, () =>
      recorded.countsWithUnits(db, scope, ids, today),
    )
    const successors = await untilNextWrite(db, `successors of opd ${key}`, () =>
      successorNames(db, ids),
    )
    const rows = found.rows.map((row) => {
      const parts = orNotFound(counts.get(row.id)).map(opdCompleteness)
      const done = sum(parts.map((part) => part.done))
      const of = sum(parts.map((part) => part.of))
      const ended = opd.hasEndedBy(row, today)
      return { ...row, done, of, ended, successors: successors.get(row.id) ?? [] }
    })
    return reply.page(indexPage, { ...found, rows, page, search })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, emptyForm())
  }

  async function showWith(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormState,
    answerErrors: FormState['errors'] = {},
  ) {
    const found = await asked(request)
    const scope = scopeOf(request.actor)
    const ofOpd = { all: false, opdIds: [found.id] } as const
    const standards = await readStandards(db)
    const offices = (await inventory.readinessInputs(db, ofOpd)).map((office) => ({
      ...office,
      gap: officeGap(office, standards),
    }))
    const today = request.today()
    const counted = await recorded.countsOf(db, scope, [found.id], today)
    const counts = orNotFound(counted.get(found.id))
    const completeness = opdCompleteness(counts)
    const said = await recorded.answers(db, scope, found.id)
    const [people] = await recorded.peopleDays(db, scope, found.id)
    const units = await opd.units(db, scope, found.id)
    return reply.page(showPage, {
      opd: found,
      parent: found.parentId ? await opd.findById(db, scope, found.parentId) : undefined,
      ended: opd.hasEndedBy(found, today),
      relatives: await relatives(db, found.id),
      undoable: found.validUntil !== null && (await stepsOf(db, found.id)).length > 0,
      affairs: await opd.affairsOf(db, found.id),
      units,
      year: today.slice(0, 4),
      rolled: units.length > 0 ? await rollUp(db, scope, found, today) : undefined,
      duties: await recorded.duties(db, scope, found.id),
      people,
      budgets: await recorded.budgets(db, scope, found.id),
      applications: await applications.ofOpd(db, scope, found.id),
      needs: await needs.ofOpd(db, scope, found.id),
      links: can(request.actor, 'link.edit')
        ? await shownLinks(db, now(), request.site.timeZone, found.id)
        : undefined,
      offices,
      completeness,
      gaps: gapsOf(request.actor, found.id, completeness, offices),
      answers: answerParts.map((part) => ({
        part,
        said: said.find((answer) => answer.part === part),
        open: counts[part] === 0,
      })),
      history: await history.newest(db, request, 'opd', found.id),
      form,
      answerErrors,
    })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const parent = await askedParent(request)
    return newWith(reply, parent, emptyForm())
  }

  async function newWith(reply: FastifyReply, parent: opd.Opd | undefined, form: FormState) {
    return reply.page(formPage, { form, opd: undefined, parent, affairs: await opd.affairs(db) })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const parent = await askedParent(request)
    const again = (form: FormState) => newWith(reply, parent, form)
    const parsed = parent ? parseForm(unitForm, request.body) : parseForm(opdForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { fgdSessionId: _, ...fields } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) =>
      paths.opd(await opd.insert(trx, fields, request.by(), parent?.id)),
    )
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const codes = (await opd.affairsOf(db, found.id)).map((each) => each.code)
    const form = filledForm({ ...found, affairs: codes })
    const values = { ...form.values, fgdSessionId: await sessionAsked(db, request) }
    return editWith(request, reply, found, { ...form, values })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = (form: FormState) => editWith(request, reply, found, outsideSession(form))
    const parsed = found.parentId
      ? parseForm(unitForm, request.body)
      : parseForm(opdForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { fgdSessionId, ...fields } = parsed.data
      await opd.update(trx, found.id, parsed.version, fields, request.by())
      const saved = { href: paths.opd(found.id), name: fields.name, opdId: found.id }
      return backTo(trx, fgdSessionId, saved)
    })
  }

  async function editWith(
    request: FastifyRequest,
    reply: FastifyReply,
    found: opd.Opd,
    form: FormState,
  ) {
    const scope = scopeOf(request.actor)
    const parent = found.parentId ? await opd.findById(db, scope, found.parentId) : undefined
    return reply.page(formPage, { form, opd: found, parent, affairs: await opd.affairs(db) })
  }

  /** "None" is an answer: the OPD has no applications, or proposes none. */
  async function createAnswer(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = ({ status, errors }: FormState) =>
      showWith(request, reply, { ...emptyForm(), status }, errors)
    const parsed = parseForm(answerForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { part } = parsed.data
      const scope = scopeOf(request.actor)
      const counts = (await recorded.countsOf(trx, scope, [found.id], request.today())).get(
        found.id,
      )
      if (counts && counts[part] > 0) {
        throw new Refusal({ [wholeForm]: { key: 'opd.error.answer' } }, 409)
      }
      await recorded.insertAnswer(trx, found.id, part, request.today(), request.by())
      return `${paths.opd(found.id)}#answers`
    })
  }

  async function removeAnswer(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = ({ status, errors }: FormState) =>
      showWith(request, reply, { ...emptyForm(), status }, errors)
    const parsed = parseForm(answerForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await recorded.removeAnswer(trx, found.id, parsed.data.part, request.by())
      return { to: `${paths.opd(found.id)}#answers`, flash: { key: 'opd.answer.takenBack' } }
    })
  }

  async function createDuty(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = (form: FormState) => showWith(request, reply, form)
    const parsed = parseForm(dutyForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await recorded.insertDuty(trx, found.id, parsed.data, request.by())
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

  async function asked(request: FastifyRequest): Promise<opd.Opd> {
    const scope = scopeOf(request.actor)
    const id = idOf(request)
    orHidden(includes(scope, id))
    return orNotFound(await opd.findById(db, scope, id))
  }

  /** The OPD under which a unit is added (`?parent=`); a unit has none of its own. */
  async function askedParent(request: FastifyRequest): Promise<opd.Opd | undefined> {
    const id = queryId(request, 'parent')
    if (id === undefined) return undefined
    const parent = orNotFound(await opd.findById(db, scopeOf(request.actor), id))
    orHidden(parent.parentId === null)
    const ended = await whyEnded(whole, parent.id, 'insert', now().toISOString())
    if (ended) throw new AppError('conflict', ended)
    return parent
  }

  async function askedDuty(request: FastifyRequest) {
    const found = await asked(request)
    const dutyId = idOf(request, 'dutyId')
    const duty = orNotFound(await recorded.findDuty(db, scopeOf(request.actor), found.id, dutyId))
    return { found, duty }
  }
}

/** Its duties and its answers go with it. */
function opdToRemove(found: opd.Opd): ToRemove {
  return {
    table: 'opd',
    row: found,
    title: { key: found.parentId === null ? 'opd.remove' : 'opd.removeUnit' },
    subject: found.name,
    back: paths.opd(found.id),
    taking: ['opdDuty', 'opdAnswer'],
  }
}

function dutyToRemove({ found, duty }: { found: opd.Opd; duty: recorded.Duty }): ToRemove {
  return {
    table: 'opdDuty',
    row: duty,
    title: { key: 'opd.duties.remove' },
    subject: duty.text,
    back: paths.duty(found.id, duty.id),
    crumbs: [{ href: paths.opd(found.id), text: found.name }],
  }
}
