import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Db, Tx } from '../db/schema.ts'
import * as decisions from '../decisions/queries.ts'
import { everything, scopeOf } from '../domain/access.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import * as history from '../history/queries.ts'
import * as needs from '../needs/queries.ts'
import * as proposals from '../proposals/queries.ts'
import { assess } from '../ranking/assess.ts'
import { emptyForm, type FormState, filledForm, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { sayOf } from '../web/say.ts'
import { view } from '../web/view.ts'
import { byHand } from './by-hand.ts'
import { type Planned, planOf, type Roadmap } from './plan.ts'
import * as roadmap from './queries.ts'
import { moveForm, type PhaseInput, phaseForm, placementForm } from './schema.ts'

const indexPage = view<{ roadmap: Roadmap; needs: ReturnType<typeof needs.byYear<needs.NeedRow>> }>(
  'roadmap/index',
)
const phasesPage = view<{ phases: roadmap.PhaseRow[]; form: FormState }>('roadmap/phases')
const formPage = view<{
  form: FormState
  phase: roadmap.PhaseRow | undefined
  history?: history.Newest
}>('roadmap/form')
const placementPage = view<{
  form: FormState
  item: Planned
  phases: roadmap.PhaseRow[]
  moves: roadmap.Move[]
}>('roadmap/placement')

export const roadmapRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'roadmap.view' } }, index)
  app.get('/proposals/:id/placement', { config: { access: 'phase.edit' } }, askPlacement)
  app.post('/proposals/:id/placement', { config: { access: 'phase.edit' } }, place)
  app.get('/phases', { config: { access: 'roadmap.view' } }, phases)
  app.get('/phases/new', { config: { access: 'phase.edit' } }, newForm)
  app.post('/phases', { config: { access: 'phase.edit' } }, create)
  app.get('/phases/:id', { config: { access: 'phase.edit' } }, edit)
  app.post('/phases/:id', { config: { access: 'phase.edit' } }, update)
  app.post('/phases/:id/move', { config: { access: 'phase.edit' } }, move)
  removalRoutes(app, context, '/phases/:id/removal', 'phase.edit', {
    asked,
    toRemove,
    async remove(trx, phase, version, request) {
      const barred = await barredBy(trx, phase.id)
      if (barred) throw new Refusal({ [wholeForm]: barred.why }, 409)
      await roadmap.removePhase(trx, phase.id, version, request.by())
      return paths.phases()
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const scope = scopeOf(request.actor)
    const years = needs.byYear(await needs.onRoadmap(db, scope))
    return reply.page(indexPage, { roadmap: await planNow(request), needs: years })
  }

  async function planNow(request: FastifyRequest): Promise<Roadmap> {
    const scope = scopeOf(request.actor)
    return planOf(
      await assess(db, scope),
      await roadmap.phases(db),
      await decisions.inForce(db, scope),
      await byHand(db),
    )
  }

  async function askPlacement(request: FastifyRequest, reply: FastifyReply) {
    const item = await movable(request)
    return placementWith(reply, item, emptyForm({ phaseId: String(item.placement.phaseId ?? '') }))
  }

  async function placementWith(reply: FastifyReply, item: Planned, form: FormState) {
    return reply.page(placementPage, {
      form,
      item,
      phases: await roadmap.phases(db),
      moves: await roadmap.movesOf(db, item.id),
    })
  }

  async function place(request: FastifyRequest, reply: FastifyReply) {
    const item = await movable(request)
    const again = (form: FormState) => placementWith(reply, item, form)
    const parsed = parseForm(placementForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { phaseId } = parsed.data
      const [last] = await roadmap.movesOf(trx, item.id)
      const isMoved = (last?.phaseId ?? null) !== null
      if (phaseId === null ? !isMoved : phaseId === item.placement.phaseId) {
        throw new Refusal({ phaseId: { key: 'roadmap.error.moveSame' } })
      }
      if (phaseId !== null && !(await roadmap.findPhase(trx, phaseId))) {
        throw new Refusal({ phaseId: { key: 'form.notInList' } })
      }
      const stored = await proposals.findById(trx, everything, item.id)
      if (!stored || stored.outcome !== null) {
        throw new Refusal({ [wholeForm]: { key: 'roadmap.error.decided' } }, 409)
      }
      await roadmap.place(trx, item.id, parsed.data, request.by())
      return { to: paths.roadmap(), flash: { key: 'roadmap.move.done' } }
    })
  }

  /** An undecided proposal that stands on the roadmap or beside it. */
  async function movable(request: FastifyRequest): Promise<Planned> {
    const { phases, nowhere, unschedulable, unrated } = await planNow(request)
    const all = [...phases.flatMap(({ items }) => items), ...nowhere, ...unschedulable, ...unrated]
    const id = idOf(request)
    const item = orNotFound(all.find((each) => each.id === id))
    if (item.decision) throw new AppError('conflict', { key: 'roadmap.error.decided' })
    return item
  }

  async function phases(_request: FastifyRequest, reply: FastifyReply) {
    return phasesWith(reply, emptyForm())
  }

  async function phasesWith(reply: FastifyReply, form: FormState) {
    return reply.page(phasesPage, { phases: await roadmap.phases(db), form })
  }

  async function newForm(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(formPage, { form: emptyForm(), phase: undefined })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(formPage, { form, phase: undefined })
    const parsed = parseForm(phaseForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await refuseOverlap(trx, parsed.data)
      await roadmap.insertPhase(trx, parsed.data, request.by())
      return paths.phases()
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const phase = await asked(request)
    const changed = await history.newest(db, request, 'phase', phase.id)
    return reply.page(formPage, { form: filledForm(phase), phase, history: changed })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const phase = await asked(request)
    const again = (form: FormState) => reply.page(formPage, { form, phase })
    const parsed = parseForm(phaseForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await refuseOverlap(trx, parsed.data, phase.id)
      await roadmap.updatePhase(trx, phase.id, parsed.version, parsed.data, request.by())
      return paths.phases()
    })
  }

  async function move(request: FastifyRequest, reply: FastifyReply) {
    const phase = await asked(request)
    const again = (form: FormState) => phasesWith(reply, form)
    const parsed = parseForm(moveForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const { towards } = parsed.data
      await roadmap.movePhase(trx, phase.id, parsed.version, towards, request.by())
      return paths.phases()
    })
  }

  async function toRemove(phase: roadmap.PhaseRow, request: FastifyRequest): Promise<ToRemove> {
    const column = (await planNow(request)).phases.find((each) => each.phase.id === phase.id)
    const n = column?.items.length ?? 0
    const { t } = sayOf(request)
    return {
      table: 'phase',
      row: phase,
      title: { key: 'roadmap.phases.remove' },
      subject: phase.name,
      back: paths.phases(),
      crumbs: [
        { href: paths.roadmap(), text: t('roadmap.title') },
        { href: paths.phases(), text: t('roadmap.phases') },
      ],
      note: n > 0 ? { key: 'roadmap.remove.note', params: { n } } : undefined,
      barred: await barredBy(db, phase.id),
    }
  }

  async function asked(request: FastifyRequest): Promise<roadmap.PhaseRow> {
    return orNotFound(await roadmap.findPhase(db, idOf(request)))
  }
}

/** What names a phase for good: decisions and moves are never changed. */
async function barredBy(db: Db | Tx, id: number): Promise<ToRemove['barred']> {
  const n = await roadmap.decisionsOf(db, id)
  if (n > 0) {
    return {
      why: { key: 'roadmap.remove.hangs', params: { n } },
      mend: {
        href: paths.decisions({ phase: id, show: 'all' }),
        text: { key: 'roadmap.remove.see' },
      },
    }
  }
  if ((await roadmap.movesInto(db, id)) === 0) return undefined
  return {
    why: { key: 'roadmap.remove.moved' },
    mend: { href: paths.phase(id), text: { key: 'roadmap.phases.edit' } },
  }
}

/** Two phases share no year, else the cost of that year would belong to both. */
async function refuseOverlap(trx: Tx, input: PhaseInput, apartFrom?: number): Promise<void> {
  const other = await roadmap.overlapping(trx, input, apartFrom)
  if (!other) return
  const { name, yearFrom, yearTo } = other
  throw new Refusal({
    yearFrom: { key: 'roadmap.error.overlap', params: { name, from: yearFrom, to: yearTo } },
  })
}
