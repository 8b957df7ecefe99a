import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { EditConflict } from '../db/conflict.ts'
import type { Tx } from '../db/schema.ts'
import { removeRow } from '../db/write.ts'
import { everything, includes, scopeOf } from '../domain/access.ts'
import { type Message, orHidden, orNotFound, Refusal } from '../errors.ts'
import { heard } from '../fgd/carried.ts'
import * as fgd from '../fgd/queries.ts'
import * as history from '../history/queries.ts'
import * as opd from '../opd/queries.ts'
import * as ranking from '../ranking/queries.ts'
import {
  emptyForm,
  type FormState,
  type Parsed,
  parseForm,
  type Unparsed,
  wholeForm,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf, queryId, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { checkRoutes } from './checking.ts'
import { type Filters, filtersOf, queryOf } from './filters.ts'
import { merge } from './merging.ts'
import { caseOf, choicesOf, nameOption, typedAnswers } from './page.ts'
import * as proposals from './queries.ts'
import { isOffice, mayEdit, mayMerge, mayRemove, offeredMoves } from './rules.ts'
import * as saving from './saving.ts'
import {
  inFormOrder,
  type MoveInput,
  mergeForm,
  missingOf,
  moveForm,
  parseNewProposal,
  parseProposal,
} from './schema.ts'

type Listed = Awaited<ReturnType<typeof proposals.list>>
type Case = Awaited<ReturnType<typeof caseOf>>
type Choices = Awaited<ReturnType<typeof choicesOf>>
type FormProps = Choices & {
  form: FormState
  opd: { id: number; name: string }
  proposal: proposals.Proposal | undefined
  session: { id: number; title: string } | undefined
  sessionOver: boolean
  /** The form came back for no other reason than answers that submitting needs. */
  onlyMissing: boolean
  office: boolean
}

const indexPage = view<
  Listed & {
    filters: Filters
    query: ReturnType<typeof queryOf>
    page: number
    opds: opd.OpdOption[]
    sessions: proposals.Option[]
  }
>('proposals/index')
const choosePage = view<{ opds: opd.OpdOption[]; session: number | undefined }>('proposals/choose')
const formPage = view<FormProps>('proposals/form')
const showPage = view<Case & { history: history.Newest; form: FormState }>('proposals/show')
const mergePage = view<{
  form: FormState
  proposal: proposals.Proposal
  nameable: ReturnType<typeof nameOption>[]
}>('proposals/merge')

export const proposalRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'proposal.view', kept: true } }, index)
  app.get('/new', { config: { access: 'proposal.edit' } }, newForm)
  app.post('/', { config: { access: 'proposal.edit', maxFields: 700 } }, create)
  app.get('/:id', { config: { access: 'proposal.view' } }, show)
  app.get('/:id/edit', { config: { access: 'proposal.edit' } }, edit)
  app.post('/:id', { config: { access: 'proposal.edit', maxFields: 700 } }, update)
  removalRoutes(app, context, '/:id/removal', 'proposal.edit', {
    asked: editable,
    toRemove,
    async remove(trx, proposal, version, request) {
      if (!mayRemove(request.actor, await storedNow(trx, proposal.id))) {
        throw new Refusal({ [wholeForm]: { key: 'form.changedMeanwhile' } }, 409)
      }
      for (const answer of await ranking.checkAnswers(trx, proposal.id)) {
        await removeRow(trx, 'checkAnswer', answer.id, answer.version, request.by())
      }
      await removeRow(trx, 'proposal', proposal.id, version, request.by())
      return paths.proposals()
    },
  })
  app.get('/:id/merge', { config: { access: 'proposal.merge' } }, askMerge)
  app.post('/:id/merge', { config: { access: 'proposal.merge' } }, mergeInto)
  app.post('/:id/state', { config: { access: 'proposal.edit' } }, move)
  await app.register(checkRoutes, { ...context, prefix: '' })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const filters = filtersOf(request)
    const page = pageOf(request)
    return reply.page(indexPage, {
      ...(await proposals.list(db, scope, filters, page)),
      filters,
      query: queryOf(filters),
      page,
      opds: await opd.options(db, scope, request.today()),
      sessions: await proposals.sessions(db, scope),
    })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const opds = await opd.options(db, scopeOf(request.actor), request.today())
    const [only] = opds.length === 1 ? opds : []
    const opdId = queryId(request, 'opd') ?? only?.value
    const session = queryId(request, 'session')
    if (opdId === undefined) return reply.page(choosePage, { opds, session })

    const cameBy = usualWay(request, session ?? null)
    const values = { fgdSessionId: String(session ?? ''), cameBy }
    return newWith(request, reply, opdId, emptyForm(values))
  }

  async function newWith(
    request: FastifyRequest,
    reply: FastifyReply,
    opdId: number,
    form: FormState,
    onlyMissing = false,
  ) {
    const scope = scopeOf(request.actor)
    orHidden(includes(scope, opdId))
    const found = orNotFound(await opd.findById(db, scope, opdId))
    const sessionId = Number(form.values.fgdSessionId) || 0
    const session = sessionId ? await proposals.findSession(db, sessionId) : undefined
    const isOpen = session?.state === 'open'
    const choices = await choicesOf(db, scope, found.id, form, request.today())
    return reply.page(formPage, {
      ...choices,
      form: dutyAsked(form, choices),
      opd: { id: found.id, name: found.name },
      proposal: undefined,
      session: isOpen ? session : undefined,
      sessionOver: sessionId > 0 && !isOpen,
      onlyMissing,
      office: isOffice(request.actor),
    })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const parsed = withMissing(parseNewProposal(request.body))
    const opdId = parsed.ok ? parsed.data.opdId : Number(parsed.form.values.opdId) || 0
    const again = (form: FormState, onlyMissing = false) =>
      opdId > 0 ? newWith(request, reply, opdId, form, onlyMissing) : askOpd(request, reply)
    if (!parsed.ok) return again(parsed.form, parsed.onlyMissing)

    orHidden(includes(scopeOf(request.actor), opdId))
    const { opdId: _, fgdSessionId, intent, ...answers } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      if (fgdSessionId !== null && !(await fgd.isOpen(trx, fgdSessionId))) {
        throw new Refusal({ [wholeForm]: { key: 'proposals.error.sessionClosed' } }, 409)
      }
      const cameBy = isOffice(request.actor) ? answers.cameBy : null
      const { id, number } = await saving.insert(
        trx,
        answers,
        { opdId, fgdSessionId, cameBy: cameBy ?? usualWay(request, fgdSessionId) },
        { submit: intent === 'submit', year: yearOf(request) },
        request.by(),
        scopeOf(request.actor),
      )
      const href = paths.proposal(id)
      if (fgdSessionId === null) return { to: href, flash: told(number) }
      return { to: heard(fgdSessionId, opdId), flash: { ...told(number), href } }
    })
  }

  async function askOpd(request: FastifyRequest, reply: FastifyReply) {
    reply.code(422)
    const opds = await opd.options(db, scopeOf(request.actor), request.today())
    return reply.page(choosePage, { opds, session: undefined })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, { id: idOf(request) }, emptyForm())
  }

  async function showWith(
    request: FastifyRequest,
    reply: FastifyReply,
    { id }: { id: number },
    form: FormState,
  ) {
    const proposal = orNotFound(await proposals.shown(db, scopeOf(request.actor), id))
    const zone = request.site.timeZone
    const all = await caseOf(db, request.actor, proposal, request.today(), zone)
    const changed = await history.newest(db, request, 'proposal', id)
    return reply.page(showPage, { ...all, history: changed, form })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const proposal = await editable(request)
    const form = { ...emptyForm(typedAnswers(proposal)), version: proposal.version }
    return editWith(request, reply, proposal, form)
  }

  async function editWith(
    request: FastifyRequest,
    reply: FastifyReply,
    proposal: proposals.Proposal,
    form: FormState,
    onlyMissing = false,
  ) {
    const { opdId, id } = proposal
    const choices = await choicesOf(db, scopeOf(request.actor), opdId, form, request.today(), id)
    return reply.page(formPage, {
      ...choices,
      form: dutyAsked(form, choices),
      opd: { id: proposal.opdId, name: proposal.opd },
      proposal,
      session: undefined,
      sessionOver: false,
      onlyMissing,
      office: isOffice(request.actor),
    })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const proposal = await editable(request)
    const parsed = withMissing(parseProposal(request.body), proposal)
    const again = (form: FormState, onlyMissing = false) =>
      editWith(request, reply, proposal, form, onlyMissing)
    if (!parsed.ok) return again(parsed.form, parsed.onlyMissing)

    const { intent, ...answers } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      const stored = await storedNow(trx, proposal.id)
      if (!mayEdit(request.actor, stored)) {
        throw new Refusal({ [wholeForm]: { key: 'proposals.error.notEditable' } }, 409)
      }
      const number = await saving.update(
        trx,
        stored,
        parsed.version,
        answers,
        isOffice(request.actor) ? (answers.cameBy ?? undefined) : undefined,
        { submit: intent === 'submit', year: yearOf(request) },
        request.by(),
        scopeOf(request.actor),
      )
      return { to: paths.proposal(stored.id), flash: told(number, stored.state) }
    })
  }

  async function move(request: FastifyRequest, reply: FastifyReply) {
    const proposal = await found(request)
    const again = (form: FormState) => showWith(request, reply, proposal, form)
    const parsed = parseForm(moveForm, request.body)
    if (!parsed.ok) return again(stillOffered(request, proposal, parsed.form))
    return once(context, request, reply, parsed, again, async (trx) => {
      const stored = await storedNow(trx, proposal.id)
      refuseMove(request, stored, parsed.data)
      await moved(() =>
        saving.move(trx, stored, parsed.version, parsed.data, yearOf(request), request.by()),
      )
      return { to: paths.proposal(proposal.id), flash: { key: 'proposals.move.done' } }
    })
  }

  async function askMerge(request: FastifyRequest, reply: FastifyReply) {
    const proposal = await mergeable(request)
    const form = emptyForm({ target: queryText(request, 'target') })
    return mergeWith(reply, proposal, { ...form, version: proposal.version })
  }

  async function mergeWith(reply: FastifyReply, proposal: proposals.Proposal, form: FormState) {
    const nameable = (await proposals.nameable(db, everything, proposal.id)).map(nameOption)
    return reply.page(mergePage, { form, proposal, nameable })
  }

  async function mergeInto(request: FastifyRequest, reply: FastifyReply) {
    const proposal = await mergeable(request)
    const again = (form: FormState) => mergeWith(reply, proposal, form)
    const parsed = parseForm(mergeForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const stored = await storedNow(trx, proposal.id)
      if (!mayMerge(request.actor, stored)) {
        throw new Refusal({ [wholeForm]: { key: 'form.changedMeanwhile' } }, 409)
      }
      await moved(() => merge(trx, stored, parsed.version, parsed.data, request.by()))
      return { to: paths.proposal(proposal.id), flash: { key: 'proposals.merge.done' } }
    })
  }

  async function mergeable(request: FastifyRequest): Promise<proposals.Proposal> {
    const proposal = await found(request)
    orHidden(mayMerge(request.actor, proposal))
    return proposal
  }

  async function found(request: FastifyRequest): Promise<proposals.Proposal> {
    return orNotFound(await proposals.findById(db, scopeOf(request.actor), idOf(request)))
  }

  async function editable(request: FastifyRequest): Promise<proposals.Proposal> {
    const proposal = await found(request)
    orHidden(mayEdit(request.actor, proposal))
    return proposal
  }
}

function toRemove(proposal: proposals.Proposal, { actor }: FastifyRequest): ToRemove {
  const page = paths.proposal(proposal.id)
  return {
    table: 'proposal',
    row: proposal,
    title: { key: 'proposals.remove' },
    subject: proposal.title,
    of: proposal.opd,
    back: page,
    taking: ['checkAnswer'],
    barred: mayRemove(actor, proposal)
      ? undefined
      : {
          why: { key: 'proposals.remove.barred' },
          mend: { href: page, text: { key: 'proposals.remove.mend' } },
        },
  }
}

/** The proposal as it is stored at this moment of the transaction. */
async function storedNow(trx: Tx, id: number): Promise<proposals.Proposal> {
  return orNotFound(await proposals.findById(trx, everything, id))
}

/** A form of a move that is not offered any more says so: the page has no place for its messages. */
function stillOffered(
  request: FastifyRequest,
  proposal: proposals.Proposal,
  form: FormState,
): FormState {
  const isOffered = offeredMoves(request.actor, proposal).some((to) => to === form.values.to)
  if (isOffered) return form
  return { ...form, errors: { [wholeForm]: { key: 'form.changedMeanwhile' } }, status: 409 }
}

/** Passes a move that the actor may make and that has what it needs. */
function refuseMove(
  request: FastifyRequest,
  stored: proposals.Proposal,
  { to, note }: MoveInput,
): void {
  if (!offeredMoves(request.actor, stored).includes(to)) {
    throw new Refusal({ [wholeForm]: { key: 'form.changedMeanwhile' } }, 409)
  }
  if (to === 'submitted' && Object.keys(missingOf(typedAnswers(stored))).length > 0) {
    throw new Refusal({ [wholeForm]: { key: 'proposals.error.incomplete' } })
  }
  const begun = stored.state === 'under_review' || stored.state === 'reviewed'
  if (to === 'withdrawn' && begun && note === null) {
    throw new Refusal({ note: { key: 'proposals.error.withdrawNote' } })
  }
}

/** Two people who move a proposal at once: the second is told, not asked to choose a code. */
async function moved(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof EditConflict)) throw error
    throw new Refusal({ [wholeForm]: { key: 'form.changedMeanwhile' } }, 409, error.version)
  }
}

/**
 * What submitting needs, asked beside what is unreadable. Of a proposal that was handed in already
 * only what would be taken away is asked for: what staff recorded without an answer may stay so.
 */
function withMissing<T extends { intent: string }>(
  parsed: Parsed<T> | Unparsed,
  proposal?: proposals.Proposal,
): Parsed<T> | (Unparsed & { onlyMissing: boolean }) {
  const form = parsed.ok ? undefined : parsed.form
  const values = parsed.ok ? parsed.values : parsed.form.values
  const isFiled = proposal !== undefined && !['draft', 'returned'].includes(proposal.state)
  const lacked = isFiled ? Object.keys(missingOf(typedAnswers(proposal))) : []
  const missing = Object.entries(
    values.intent === 'submit' || isFiled ? missingOf(values) : {},
  ).filter(([field]) => !lacked.includes(field))
  if (parsed.ok && missing.length === 0) return parsed

  const errors = inFormOrder({ ...Object.fromEntries(missing), ...form?.errors })
  const version = parsed.ok ? parsed.version || undefined : parsed.form.version
  return {
    ok: false,
    onlyMissing: parsed.ok && !isFiled,
    form: { values, errors, status: 422, version },
  }
}

/** Where an OPD has no duties to choose from, the one to be typed in is what is asked for. */
function dutyAsked(form: FormState, { duties }: Choices): FormState {
  const { dutyId, ...errors } = form.errors
  if (duties.length > 0 || dutyId === undefined) return form
  return { ...form, errors: inFormOrder({ dutyText: dutyId, ...errors }) }
}

/** What to say after saving: the number that was given, or that a draft is one still. */
function told(number: string | null, state = 'draft'): Message {
  if (number !== null) return { key: 'proposals.submitted', params: { number } }
  return { key: state === 'draft' ? 'proposals.draftSaved' : 'form.saved' }
}

/** How a proposal comes in when nobody says otherwise. */
function usualWay(request: FastifyRequest, sessionId: number | null): string {
  if (sessionId !== null) return 'fgd'
  return isOffice(request.actor) ? 'staff' : 'link'
}

/** The year of the local day. */
function yearOf(request: FastifyRequest): number {
  return Number(request.today().slice(0, 4))
}
