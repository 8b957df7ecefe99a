import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { includes, scopeOf } from '../domain/access.ts'
import { lists } from '../domain/words.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import { backTo, outsideSession, type SavedRecord, sessionAsked, told } from '../fgd/carried.ts'
import { readStandards } from '../government/queries.ts'
import * as history from '../history/queries.ts'
import * as inventory from '../inventory/queries.ts'
import * as opd from '../opd/queries.ts'
import {
  emptyForm,
  type FormState,
  filledForm,
  parseForm,
  typedMoney,
  type Values,
  wholeForm,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { ownCard } from '../web/own-card.ts'
import { idOf, pageOf, queryId, queryOneOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { sayOf } from '../web/say.ts'
import { view } from '../web/view.ts'
import { type Filters, filtersOf, queryOf } from './filters.ts'
import { filledFromGap } from './from-gap.ts'
import * as needs from './queries.ts'
import { mayEdit, maySetState } from './rules.ts'
import { needForm, newNeedForm } from './schema.ts'

type Listed = Awaited<ReturnType<typeof needs.list>>

const indexPage = view<
  Listed & {
    filters: Filters
    query: ReturnType<typeof queryOf>
    opds: opd.OpdOption[]
    years: number[]
  }
>('needs/index')
const showPage = view<{ need: needs.Need; mayEdit: boolean; history: history.Newest }>('needs/show')
const choosePage = view<{ opds: opd.OpdOption[]; kept: Record<string, string | number> }>(
  'needs/choose',
)
const formPage = view<{
  form: FormState
  opd: { id: number; name: string }
  stored: needs.Need | undefined
  locations: { value: number; label: string }[]
  proposals: needs.ProposalOption[]
  office: boolean
}>('needs/form')

/** What OPD need that is no application: internet, devices, power, people. */
export const needRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'need.view' } }, index)
  app.get('/new', { config: { access: 'need.edit' } }, newForm)
  app.post('/', { config: { access: 'need.edit', maxFields: 700 } }, create)
  app.get('/:id', { config: { access: 'need.view' } }, show)
  app.get('/:id/edit', { config: { access: 'need.edit' } }, edit)
  app.post('/:id', { config: { access: 'need.edit', maxFields: 700 } }, update)
  removalRoutes(app, context, '/:id/removal', 'need.edit', {
    asked: editable,
    toRemove,
    async remove(trx, need, version, request) {
      await stillEditable(trx, request, need.id)
      await needs.remove(trx, need.id, version, request.by())
      return paths.needs()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const filters = filtersOf(request)
    return reply.page(indexPage, {
      ...(await needs.list(db, scope, filters, pageOf(request))),
      filters,
      query: queryOf(filters),
      opds: await opd.options(db, scope, request.today()),
      years: await needs.years(db, scope),
    })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const need = await asked(request)
    return reply.page(showPage, {
      need,
      mayEdit: mayEdit(request.actor, need),
      history: await history.newest(db, request, 'infrastructureNeed', need.id),
    })
  }

  /**
   * Filled from a gap of the inventory where the address names one (`?location=…&kind=…`), and from
   * the proposal that waits for it (`?proposal=…`), which is where saving leads back to.
   */
  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const opds = await opd.options(db, scope, request.today())
    const locationId = queryId(request, 'location')
    const kind = queryOneOf(request, 'kind', lists.needKind) ?? ''
    const office = locationId
      ? orNotFound(await inventory.findLocation(db, scope, locationId))
      : undefined
    const [only] = opds.length === 1 ? opds : []
    const opdId = office?.opdId ?? queryId(request, 'opd') ?? only?.value
    const session = queryText(request, 'session')
    if (opdId === undefined) return reply.page(choosePage, { opds, kept: { kind, session } })
    const waiting = queryId(request, 'proposal')

    const values = {
      opdId: String(opdId),
      locationId: String(office?.id ?? ''),
      kind,
      state: 'recorded',
      fgdSessionId: await sessionAsked(db, request),
      forProposal: String(waiting ?? ''),
      proposals: waiting ? [String(waiting)] : [],
      ...(office ? await gapFilled(request, office, kind) : {}),
    }
    return formWith(request, reply, await opdAsked(request, opdId), emptyForm(values))
  }

  /** What an office lacks to meet the standard, as it would be typed. */
  async function gapFilled(
    request: FastifyRequest,
    { id, opdId }: Pick<inventory.Location, 'id' | 'opdId'>,
    kind: string,
  ): Promise<Values> {
    const offices = await inventory.readinessInputs(db, { all: false, opdIds: [opdId] })
    const office = orNotFound(offices.find((each) => each.locationId === id))
    return filledFromGap(kind, office, await readStandards(db), sayOf(request))
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const parsed = parseForm(newNeedForm, request.body)
    const opdId = parsed.ok ? parsed.data.opdId : Number(parsed.form.values.opdId) || 0
    const found = opdId > 0 ? await opdAsked(request, opdId) : undefined
    if (!found) {
      reply.code(422)
      const opds = await opd.options(db, scopeOf(request.actor), request.today())
      return reply.page(choosePage, { opds, kept: {} })
    }
    const again = (form: FormState) => formWith(request, reply, found, outsideSession(form))
    if (!parsed.ok) return again(parsed.form)

    const { opdId: _, forProposal, ...input } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      const state = maySetState(request.actor) ? input.state : null
      const id = await needs.insert(trx, opdId, { ...input, state }, request.by())
      const saved = savedAs(request, { id, name: input.text, opdId })
      const { to, flash } = await backTo(trx, input.fgdSessionId, saved)
      if (forProposal === null || !input.proposals.includes(forProposal)) return { to, flash }
      return { to: `${paths.proposal(forProposal)}#checks`, flash: flash ?? told(saved) }
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const need = await editable(request)
    const { proposals, ...row } = need
    const form = filledForm(row)
    const values = {
      ...form.values,
      cost: typedMoney(need.cost),
      proposals: proposals.map((each) => String(each.id)),
      fgdSessionId: await sessionAsked(db, request),
    }
    return editWith(request, reply, need, { ...form, values })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const need = await editable(request)
    const again = (form: FormState) => editWith(request, reply, need, outsideSession(form))
    const parsed = parseForm(needForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const stored = await stillEditable(trx, request, need.id)
      const state = maySetState(request.actor) ? parsed.data.state : null
      const input = { ...parsed.data, state }
      await needs.update(trx, stored, parsed.version, input, request.by())
      const { fgdSessionId, text } = parsed.data
      const { id, opdId } = need
      return backTo(trx, fgdSessionId, savedAs(request, { id, name: text, opdId }))
    })
  }

  async function editWith(
    request: FastifyRequest,
    reply: FastifyReply,
    need: needs.Need,
    form: FormState,
  ) {
    return formWith(request, reply, { id: need.opdId, name: need.opd }, form, need)
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    of: { id: number; name: string },
    form: FormState,
    need?: needs.Need,
  ) {
    const own = { all: false, opdIds: [of.id] } as const
    return reply.page(formPage, {
      form,
      opd: { id: of.id, name: of.name },
      stored: need,
      locations: await inventory.locationOptions(db, own),
      proposals: await needs.proposalOptions(db, of.id),
      office: maySetState(request.actor),
    })
  }

  async function opdAsked(request: FastifyRequest, opdId: number) {
    const scope = scopeOf(request.actor)
    orHidden(includes(scope, opdId))
    return orNotFound(await opd.findById(db, scope, opdId))
  }

  /** @throws Refusal where the office planned it since the form was opened */
  async function stillEditable(trx: Tx, request: FastifyRequest, id: number): Promise<needs.Need> {
    const stored = orNotFound(await needs.findById(trx, scopeOf(request.actor), id))
    if (mayEdit(request.actor, stored)) return stored
    throw new Refusal({ [wholeForm]: { key: 'needs.error.planned' } }, 409)
  }

  async function asked(request: FastifyRequest): Promise<needs.Need> {
    return orNotFound(await needs.findById(db, scopeOf(request.actor), idOf(request)))
  }

  async function editable(request: FastifyRequest): Promise<needs.Need> {
    const need = await asked(request)
    orHidden(mayEdit(request.actor, need))
    return need
  }
}

/** A need after saving, with where that leads. */
function savedAs(
  { actor }: FastifyRequest,
  { id, name, opdId }: { id: number; name: string; opdId: number },
): SavedRecord {
  return { href: ownCard(actor, opdId, 'needs', paths.need(id)), name, opdId }
}

/** The proposals that wait for it stay: they wait for it no more. */
function toRemove(need: needs.Need): ToRemove {
  return {
    table: 'infrastructureNeed',
    row: need,
    title: { key: 'needs.remove' },
    subject: need.text,
    of: need.opd,
    back: paths.need(need.id),
    crumbs: [
      { href: paths.opd(need.opdId), text: need.opd },
      { href: paths.need(need.id), text: need.text },
    ],
  }
}
