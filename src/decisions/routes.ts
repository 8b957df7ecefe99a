import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import * as applications from '../applications/queries.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { appendRow } from '../db/write.ts'
import { everything, type Scope, scopeOf } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import { lists } from '../domain/words.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import { heard } from '../fgd/carried.ts'
import * as fgd from '../fgd/queries.ts'
import * as followUps from '../follow-ups/queries.ts'
import * as history from '../history/queries.ts'
import { translator } from '../i18n/translate.ts'
import * as opd from '../opd/queries.ts'
import * as proposals from '../proposals/queries.ts'
import * as roadmap from '../roadmap/queries.ts'
import { type FormState, type Parsed, parseRows, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Paged, paged } from '../web/paged.ts'
import { idOf, pageOf, queryId, queryOneOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { annexRoutes } from './annex.ts'
import { type Computed, computedNow } from './computed.ts'
import {
  correctingForm,
  type FormRow,
  formRows,
  type Listed,
  type Looking,
  listErrors,
  openedForm,
  standings,
} from './form.ts'
import { inOrder } from './order.ts'
import * as decisions from './queries.ts'
import { type ActInput, actForm, type DecidedInput, decidedForm, nextStage } from './schema.ts'

type Filters = {
  q: string
  opd: string
  phase: string
  level: string
  outcome: string
  show: string
}
type Option = { value: number | string; label: string }

const indexPage = view<
  Paged<decisions.DecisionRow> & {
    n: number
    total: number
    filters: Filters
    phases: roadmap.PhaseRow[]
    opds: opd.OpdOption[]
  }
>('decisions/index')
const showPage = view<{
  decision: decisions.DecisionRow
  others: decisions.DecisionRow[]
  followUps: followUps.FollowUp[]
  computed: Computed | undefined
  history: history.Newest
}>('decisions/show')
const formPage = view<{
  form: FormState
  looking: Looking
  rows: FormRow[]
  /** How many proposals may be decided at all. */
  total: number
  phases: roadmap.PhaseRow[]
  nationals: Option[]
  applications: Option[]
  opds: opd.OpdOption[]
  corrects: decisions.DecisionRow | undefined
}>('decisions/form')

type Typed = { head: ActInput; rows: { at: number; row: DecidedInput }[] }

export const decisionRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  await app.register(annexRoutes, { ...context, prefix: '' })
  app.get('/', { config: { access: 'decision.view' } }, index)
  app.get('/new', { config: { access: 'decision.edit' } }, newForm)
  app.post('/', { config: { access: 'decision.edit', maxFields: 3000 } }, create)
  app.get('/:id', { config: { access: 'decision.view' } }, show)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const phases = await roadmap.phases(db)
    const filters = filtersOf(request, phases)
    const scope = scopeOf(request.actor)
    const all = await decisions.all(db, scope)
    const further = await decisions.furtherOpds(db, scope)
    const within = filters.opd === '' ? [] : await opd.withUnits(db, [Number(filters.opd)])
    const found = all
      .filter((row) => isShown(row, filters, within, further.get(row.proposalId)))
      .toSorted(inOrder)
    const total = all.length
    const opds = await opd.allOptions(db, scope)
    const shown = paged(found, pageOf(request))
    return reply.page(indexPage, { ...shown, n: found.length, total, filters, phases, opds })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const decision = orNotFound(await decisions.findById(db, scope, idOf(request)))
    const all = await decisions.forProposal(db, scope, decision.proposalId)
    const computed = (await computedNow(db, scope)).get(decision.proposalId)
    const others = all.filter((row) => row.id !== decision.id)
    const changed = await history.newest(db, request, 'decision', decision.id)
    const shown = { decision, others, computed, history: changed }
    return reply.page(showPage, {
      ...shown,
      followUps: await followUps.ofProposal(db, decision.proposalId),
    })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const corrects = await corrected(request, queryId(request, 'corrects'))
    if (corrects?.standing === 'corrected') {
      throw new AppError('conflict', { key: 'decisions.error.corrected' })
    }
    const form = corrects
      ? correctingForm(corrects)
      : openedForm(request.today(), queryId(request, 'session'))
    const opened = { ...form, values: { ...lookingOf(request), ...form.values } }
    return ask(request, reply, opened, corrects, queryId(request, 'proposal'))
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const parsed = parseRows(actForm, decidedForm, request.body, isUntouched)
    const typed = parsed.ok ? parsed.values : parsed.form.values
    const corrects = await corrected(request, Number(typed.correctsId) || undefined)
    const again = (form: FormState) => ask(request, reply, form, corrects)
    if (typed.intent === 'find' || typed.intent === 'tick') {
      const form = { values: typed, errors: {}, status: 200 as const }
      return ask(request, reply, form, corrects, undefined, typed.intent === 'tick')
    }
    if (!parsed.ok) return again(withSummary(parsed.form))
    const { head, rows } = parsed.data
    const wrong = {
      ...listErrors(rows, head.outcome === 'accepted' && head.phase !== nextStage),
      ...(head.decidedOn > request.today() && {
        decidedOn: { key: 'decisions.error.future' as const },
      }),
    }
    if (Object.keys(wrong).length > 0) return again(refusedForm(parsed, wrong))

    const computed = await computedNow(db, scopeOf(request.actor))
    return once(context, request, reply, parsed, again, async (trx) => {
      await check(trx, request, parsed.data, corrects)
      const ids: number[] = []
      for (const { row } of rows) {
        const values = decisionOf(head, row, computed.get(row.proposal), corrects)
        ids.push(await appendRow(trx, 'decision', values, request.by()))
      }
      await followUp(trx, request, parsed.data)
      const only = ids.length === 1 ? ids[0] : undefined
      const flash = { key: 'decisions.saved' as const, params: { n: ids.length } }
      const href = only ? paths.decision(only) : paths.decisions()
      if (head.fgdSessionId === null) return { to: href, flash }
      const opdId = await decisions.opdOf(trx, rows[0]?.row.proposal ?? 0)
      return { to: heard(head.fgdSessionId, opdId), flash: { ...flash, href } }
    })
  }

  /**
   * Whatever is to use another application is to be prepared for: what is redirected, and what is
   * accepted in the national way. One that is under way already is enough.
   */
  async function followUp(trx: Tx, request: FastifyRequest, { head, rows }: Typed): Promise<void> {
    const { locale, site } = request
    const t = translator(locale, { dinas: site.officeShort, kepala_daerah: site.headTitle })
    for (const { row } of rows) {
      const proposal = await proposals.findById(trx, everything, row.proposal)
      const target = proposal && (await targetOf(trx, head, proposal))
      if (!proposal || !target || (await followUps.isOpenFor(trx, proposal.id))) continue
      const text = t('fgd.board.redirected', { target, title: proposal.title })
      const asked = { text, opdId: proposal.opdId, proposalId: proposal.id, who: null, due: null }
      await followUps.insert(trx, asked, request.by())
    }
  }

  /** The decision to be corrected, which must be in reach and not corrected already. */
  async function corrected(request: FastifyRequest, id: number | undefined) {
    if (id === undefined) return undefined
    return orNotFound(await decisions.findById(db, scopeOf(request.actor), id))
  }

  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormState,
    corrects: decisions.DecisionRow | undefined,
    chosenId?: number,
    tick = false,
  ) {
    const scope = scopeOf(request.actor)
    const now = await listedNow(scope)
    const listed = corrects
      ? [now.find((each) => each.id === corrects.proposalId) ?? corrects.proposal]
      : now
    const asked = corrects ? { q: '', opd: '', standing: '' } : lookedFor(form)
    const within = asked.opd === '' ? [] : await opd.withUnits(db, [Number(asked.opd)])
    const looking = { ...asked, within }
    const chosen = corrects?.proposalId ?? chosenId
    return reply.page(formPage, {
      form,
      looking,
      rows: formRows(listed, form.values, looking, chosen, tick),
      total: listed.length,
      phases: await roadmap.phases(db),
      nationals: await decisions.nationals(db),
      applications: (await applications.options(db, scope)).map(({ value, label, opd }) => ({
        value,
        label: `${label} (${opd})`,
      })),
      opds: await opd.allOptions(db, scope),
      corrects,
    })
  }

  /** What may be decided, with what is decided and computed of it now. */
  async function listedNow(scope: Scope): Promise<Listed[]> {
    const computed = await computedNow(db, scope)
    const force = await decisions.inForce(db, scope)
    const further = await decisions.furtherOpds(db, scope)
    return (await decisions.decidable(db, scope)).map((proposal) => ({
      ...proposal,
      computed: computed.get(proposal.id),
      outcome: force.get(proposal.id)?.outcome,
      phase: force.get(proposal.id)?.phase,
      furtherIds: further.get(proposal.id),
    }))
  }
}

/** Where a proposal goes by this act, in words; undefined where it is built or not taken. */
async function targetOf(
  trx: Tx,
  { outcome, nationalId, applicationId, redirectTo }: ActInput,
  proposal: proposals.Proposal,
): Promise<string | undefined> {
  if (outcome === 'accepted' && proposal.way === 'national') return proposal.national ?? undefined
  if (outcome !== 'redirected') return undefined
  if (nationalId !== null) return (await applications.findNational(trx, nationalId))?.name
  if (applicationId === null) return redirectTo ?? undefined
  const found = await applications.findById(trx, everything, applicationId)
  return found && `${found.name} (${found.opd})`
}

/** What only the database knows: the records named are there, and the session is open. */
async function check(
  trx: Tx,
  request: FastifyRequest,
  { head, rows }: Typed,
  corrects: decisions.DecisionRow | undefined,
): Promise<void> {
  const reachable = corrects
    ? [corrects.proposalId]
    : (await decisions.decidable(trx, scopeOf(request.actor))).map((each) => each.id)
  if (rows.some(({ row }) => !reachable.includes(row.proposal))) {
    throw new Refusal({ proposals: { key: 'decisions.error.gone' } })
  }
  if (head.phase !== null && head.phase !== nextStage) {
    const phase = await roadmap.findPhase(trx, Number(head.phase))
    if (!phase) throw new Refusal({ phase: { key: 'form.notInList' } })
  }
  if (head.nationalId !== null && !(await decisions.isNational(trx, head.nationalId))) {
    throw new Refusal({ nationalId: { key: 'form.notInList' } })
  }
  if (head.applicationId !== null) {
    const options = await applications.options(trx, scopeOf(request.actor))
    const isThere = options.some((each) => each.value === head.applicationId)
    if (!isThere) throw new Refusal({ applicationId: { key: 'form.notInList' } })
  }
  if (head.fgdSessionId !== null && !(await fgd.isOpen(trx, head.fgdSessionId))) {
    throw new Refusal({ [wholeForm]: { key: 'decisions.error.session' } }, 409)
  }
  if (corrects && (await decisions.isCorrected(trx, corrects.id))) {
    throw new Refusal({ [wholeForm]: { key: 'decisions.error.corrected' } }, 409)
  }
}

function decisionOf(
  head: ActInput,
  row: DecidedInput,
  computed: Computed | undefined,
  corrects: decisions.DecisionRow | undefined,
) {
  const { phase, fgdSessionId, correctsId: _, q, opd, standing, intent, ...act } = head
  return {
    ...act,
    proposalId: row.proposal,
    phaseId: phase === null || phase === nextStage ? null : Number(phase),
    place: row.place,
    fgdSessionId: corrects ? corrects.fgdSessionId : fgdSessionId,
    computedRank: computed?.rank ?? null,
    computedScore: computed?.score ?? null,
    correctsId: corrects?.id ?? null,
    example: null,
  }
}

function isUntouched(cells: FormState['values']): boolean {
  return (cells.chosen ?? '') === '' && (cells.place ?? '') === ''
}

function refusedForm(parsed: Parsed<unknown>, errors: FormState['errors']): FormState {
  return { values: parsed.values, errors, status: 422 }
}

/** A form whose fields are wrong also says that nothing was ticked. */
function withSummary(form: FormState): FormState {
  const ticked = Object.entries(form.values).some(
    ([name, value]) => name.endsWith('.chosen') && value === '1',
  )
  if (ticked) return form
  return { ...form, errors: { proposals: { key: 'decisions.error.proposals' }, ...form.errors } }
}

function filtersOf(request: FastifyRequest, phases: readonly roadmap.PhaseRow[]): Filters {
  const known = [nextStage, ...phases.map((phase) => String(phase.id))]
  return {
    phase: known.find((value) => value === queryText(request, 'phase')) ?? '',
    level: queryOneOf(request, 'level', lists.decisionLevel) ?? '',
    outcome: queryOneOf(request, 'outcome', lists.outcome) ?? '',
    show: queryOneOf(request, 'show', ['all']) ?? '',
    q: queryText(request, 'q'),
    opd: String(queryId(request, 'opd') ?? ''),
  }
}

/** What the address narrows the list of proposals of the form to. */
function lookingOf(request: FastifyRequest): Looking {
  return {
    q: queryText(request, 'q'),
    opd: String(queryId(request, 'opd') ?? ''),
    standing: queryOneOf(request, 'standing', standings) ?? '',
  }
}

function lookedFor({ values }: FormState): Looking {
  const said = (name: string) => String(values[name] ?? '')
  return { q: said('q'), opd: said('opd'), standing: said('standing') }
}

function isShown(
  row: decisions.DecisionRow,
  filters: Filters,
  /** The OPD that is asked for, with its units; none for all. */
  within: readonly number[],
  further: readonly number[] = [],
): boolean {
  const ids = [row.proposal.opdId, ...further]
  if (within.length > 0 && !ids.some((id) => within.includes(id))) return false
  if (!fold(`${row.proposal.number ?? ''} ${row.proposal.title}`).includes(fold(filters.q))) {
    return false
  }
  if (filters.show !== 'all' && row.standing !== 'inForce') return false
  if (filters.level && row.level !== filters.level) return false
  if (filters.outcome && row.outcome !== filters.outcome) return false
  if (filters.phase === nextStage) return row.outcome === 'accepted' && row.phaseId === null
  return !filters.phase || String(row.phaseId) === filters.phase
}
