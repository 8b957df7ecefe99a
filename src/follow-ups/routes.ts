import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import * as decisions from '../decisions/queries.ts'
import { everything, scopeOf } from '../domain/access.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import * as fgd from '../fgd/queries.ts'
import { boardProgressForm, ownFollowUpForm } from '../fgd/schema.ts'
import { translator } from '../i18n/translate.ts'
import * as opd from '../opd/queries.ts'
import * as proposals from '../proposals/queries.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf, queryId } from '../web/params.ts'
import { ownPath, paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { type Filters, filtersOf, queryOf } from './filters.ts'
import * as followUps from './queries.ts'

const indexPage = view<
  Awaited<ReturnType<typeof followUps.list>> & {
    form: FormState
    /** Whether the reader reaches any at all. */
    any: boolean
    filters: Filters
    query: Record<string, string>
    opdOptions: opd.OpdOption[]
    sessions: fgd.SessionOption[]
  }
>('follow-ups/index')
const formPage = view<{
  form: FormState
  followUp: followUps.FollowUp | undefined
  proposal: { id: number; title: string } | undefined
  opdOptions: opd.OpdOption[]
}>('follow-ups/form')

/**
 * Every follow-up on one board. Those of a session are written in its workspace; here they are only
 * moved. Those of no session, a decision's among them, are kept here.
 */
export const followUpBoardRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'fgd.view' } }, index)
  app.get('/new', { config: { access: 'fgd.edit' } }, newForm)
  app.post('/', { config: { access: 'fgd.edit' } }, create)
  app.get('/:id', { config: { access: 'fgd.edit' } }, edit)
  app.post('/:id', { config: { access: 'fgd.edit' } }, update)
  app.post('/:id/progress', { config: { access: 'fgd.edit' } }, progress)
  removalRoutes(app, context, '/:id/removal', 'fgd.edit', {
    asked: askedOwn,
    toRemove,
    async remove(trx, followUp, version, request) {
      await followUps.remove(trx, followUp.id, version, request.by())
      return paths.followUpBoard()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    return board(request, reply, emptyForm())
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const proposalId = queryId(request, 'proposal')
    if (proposalId === undefined) return formWith(request, reply, emptyForm(), undefined)
    return formWith(request, reply, await fromDecision(request, proposalId), undefined)
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => formWith(request, reply, form, undefined)
    const parsed = parseForm(ownFollowUpForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await mustExist(trx, parsed.data)
      await followUps.insert(trx, parsed.data, request.by())
      return paths.followUpBoard()
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const followUp = await asked(request)
    if (followUp.fgdSessionId !== null) {
      return reply.redirect(paths.followUp(followUp.fgdSessionId, followUp.id), 303)
    }
    return formWith(request, reply, filledForm(followUp), followUp)
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const followUp = await askedOwn(request)
    const again = (form: FormState) => formWith(request, reply, form, followUp)
    const parsed = parseForm(ownFollowUpForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await mustExist(trx, parsed.data)
      await followUps.update(trx, followUp.id, parsed.version, parsed.data, request.by())
      return paths.followUpBoard()
    })
  }

  async function progress(request: FastifyRequest, reply: FastifyReply) {
    const followUp = await asked(request)
    const again = (form: FormState) => board(request, reply, form)
    const parsed = parseForm(boardProgressForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { state, back } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      if (state === 'late') throw new Refusal({ _form: { key: 'form.notInList' } })
      const { version } = parsed
      await followUps.move(trx, followUp.id, version, state, request.today(), request.by())
      return { to: ownPath(back, paths.followUpBoard()), flash: { key: 'fgd.board.moved' } }
    })
  }

  async function board(request: FastifyRequest, reply: FastifyReply, form: FormState) {
    const filters = filtersOf(request)
    const scope = scopeOf(request.actor)
    const found = await followUps.list(db, scope, filters, request.today(), pageOf(request))
    return reply.page(indexPage, {
      ...found,
      form,
      any: await followUps.hasAny(db, scope),
      filters,
      query: queryOf(filters),
      // the names of OPD are the session's circle's
      opdOptions: await opd.allOptions(db, everything),
      sessions: await fgd.options(db),
    })
  }

  async function formWith(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormState,
    followUp: followUps.FollowUp | undefined,
  ) {
    const id = Number(form.values.proposalId) || undefined
    const found = id ? await proposals.findById(db, scopeOf(request.actor), id) : undefined
    const opdOptions = await opd.options(db, everything, request.today(), [
      followUp?.opdId,
      found?.opdId,
    ])
    const proposal = found && { id: found.id, title: found.title }
    return reply.page(formPage, { form, followUp, proposal, opdOptions })
  }

  /** A form that says what the decision in force asks for: a proposal redirected needs preparing. */
  async function fromDecision(request: FastifyRequest, id: number): Promise<FormState> {
    const scope = scopeOf(request.actor)
    const proposal = orNotFound(await proposals.findById(db, scope, id))
    const decision = (await decisions.inForce(db, scope)).get(id)
    const target = decision?.target
    const { locale, site } = request
    const t = translator(locale, { dinas: site.officeShort, kepala_daerah: site.headTitle })
    const text = target ? t('fgd.board.redirected', { target, title: proposal.title }) : ''
    return emptyForm({ text, opdId: String(proposal.opdId), proposalId: String(id) })
  }

  async function asked(request: FastifyRequest) {
    return orNotFound(await followUps.findById(db, idOf(request)))
  }

  /** A follow-up that is kept here; one of a session is kept there. */
  async function askedOwn(request: FastifyRequest) {
    const followUp = await asked(request)
    orHidden(followUp.fgdSessionId === null)
    return followUp
  }
}

async function mustExist(trx: Tx, { opdId, proposalId }: followUps.OwnInput): Promise<void> {
  if (opdId !== null && !(await opd.findById(trx, everything, opdId))) {
    throw new Refusal({ opdId: { key: 'form.notInList' } })
  }
  if (proposalId !== null && !(await proposals.findById(trx, everything, proposalId))) {
    throw new Refusal({ _form: { key: 'form.notInList' } })
  }
}

function toRemove(followUp: followUps.FollowUp): ToRemove {
  return {
    table: 'followUp',
    row: followUp,
    title: { key: 'fgd.followUps.remove' },
    subject: followUp.text,
    back: paths.followUpOwn(followUp.id),
  }
}
