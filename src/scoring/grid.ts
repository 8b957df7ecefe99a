import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { can, everything } from '../domain/access.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import { assess, scoreOf } from '../ranking/assess.ts'
import { sayReadiness } from '../ranking/say.ts'
import { emptyForm, type FormState, parseRows, type Values, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { type Say, sayOf } from '../web/say.ts'
import { view } from '../web/view.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'
import { cellName, type GridRow, gridHead, gridRow, seenText } from './schema.ts'
import { digest, noteOf, planRow, writeRow } from './sheet.ts'

export const pageSize = 25

/** A line of the sheet: `at` numbers its fields. */
type Line = scoring.RoundProposal & {
  at: number
  opd: string
  /** The reason why this assessor does not rate it; 'own' = comes from the proposing OPD. */
  excused?: string
  /** The criteria this assessor rates here; fewer than the columns where they replace somebody. */
  duties: readonly number[]
  /** The level computed from the inventory. */
  readiness: number | null
  /** What keeps it from being computed. */
  lacks: string | undefined
}

type Sheet = {
  round: scoring.Round
  assessor: { id: number; name: string; office: string | null }
  /** Those that this assessor is to rate. */
  criteria: scoring.SetCriterion[]
  lines: Line[]
  page: number
  pages: number
  n: number
  /** Rows may be typed into. */
  open: boolean
}

const gridPage = view<Sheet & { form: FormState }>('scoring/grid')

/** One assessor's sheet, typed in by staff or by themselves: proposals by criteria, 25 a form. */
export const gridRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/ratings/:assessorId', { config: { access: 'rating.own' } }, show)
  app.post('/:id/ratings/:assessorId', { config: { access: 'rating.own', maxFields: 500 } }, save)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const sheet = await sheetOf(request)
    return reply.page(gridPage, { ...sheet, form: emptyForm(await storedValues(sheet)) })
  }

  async function save(request: FastifyRequest, reply: FastifyReply) {
    const sheet = await sheetOf(request)
    const { round, assessor, criteria, page, pages } = sheet
    const again = async (form: FormState) => showAgain(reply, sheet, form)
    const parsed = parseRows(gridHead, gridRow(criteria), request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    const known = await assess(db, everything)

    return once(context, request, reply, parsed, again, async (trx) => {
      await requireOpen((await scoring.findRound(trx, round.id))?.state)
      const duties = await raters.duties(trx, round.id)
      if (rows.some(({ row }) => !mayRate(row, duties(assessor.id, row.proposalId)))) {
        throw new Refusal({ [wholeForm]: { key: 'scoring.error.excusedRow' } }, 409)
      }
      const ids = rows.map(({ row }) => row.proposalId)
      const stored = await raters.ratingsBy(trx, everything, round.id, assessor.id, ids)
      const plans = rows.map(({ at, row }) => ({
        at,
        row,
        plan: planRow(
          row,
          stored.filter((each) => each.proposalId === row.proposalId),
          criteria,
          levelOf(known, row.proposalId),
        ),
      }))
      refuseWrong(plans)
      let written = 0
      for (const { row, plan } of plans) {
        const at = { roundId: round.id, proposalId: row.proposalId, assessorId: assessor.id }
        written += await writeRow(trx, plan, at, { ...request.by(), way: 'grid' })
      }
      const onward = head.next === 1 ? Math.min(page + 1, pages) : page
      return {
        to: paths.ratingGrid(round.id, assessor.id, { page: onward }),
        flash:
          written === 0
            ? { key: 'form.nothingChanged' }
            : { key: 'scoring.typed', params: { n: written } },
      }
    })
  }

  /**
   * The sheet with what was typed. A cell in conflict is now seen as it is stored, so that saving
   * again is a decision; lines that were not sent stand as they are stored.
   */
  async function showAgain(reply: FastifyReply, sheet: Sheet, form: FormState) {
    const lines = numbered(sheet.lines, form.values)
    const stored = await storedValues({ ...sheet, lines })
    const values = { ...stored, ...form.values }
    if (form.status === 409) refreshSeen(values, stored, form.errors, sheet.criteria)
    return reply.page(gridPage, { ...sheet, lines, form: { ...form, values } })
  }

  async function sheetOf(request: FastifyRequest): Promise<Sheet> {
    const round = orNotFound(await scoring.findRound(db, idOf(request)))
    const people = await raters.peopleOf(db, round.id)
    const assessorId = idOf(request, 'assessorId')
    orNotFound(people.find((each) => each.id === assessorId))
    const assessor = orNotFound(await raters.findAssessor(db, assessorId))
    orHidden(mayOpen(request, assessor))
    const criteria = await scoring.criteriaOf(db, round.setId, undefined)
    const recusals = await raters.recusals(db, round.id)
    const reasonOf = new Map(
      recusals
        .filter((each) => each.assessorId === assessorId)
        .map((each) => [each.proposalId, each.reason]),
    )
    const duties = await raters.duties(db, round.id)
    const tasks = await raters.tasks(db, round.id)
    const assigned = tasks.find((each) => each.id === assessorId)?.criterionIds
    const all = (await scoring.roundProposals(db, everything, round.id)).filter(
      ({ id }) => assigned || duties(assessorId, id).length > 0,
    )
    const columns = new Set([
      ...(assigned ?? []),
      ...all.flatMap(({ id }) => duties(assessorId, id)),
    ])
    const pages = Math.max(1, Math.ceil(all.length / pageSize))
    const page = Math.min(pageOf(request), pages)
    const names = new Map(
      (await opd.allOptions(db, everything)).map((each) => [each.value, each.label]),
    )
    const known = await assess(db, everything)
    const say = sayOf(request)
    return {
      round,
      assessor,
      criteria: criteria.filter((each) => columns.has(each.id)),
      lines: all.slice((page - 1) * pageSize, page * pageSize).map((proposal, at) => {
        const excused = proposal.opdId === assessor.opdId ? 'own' : reasonOf.get(proposal.id)
        return {
          ...proposal,
          at,
          duties: duties(assessorId, proposal.id),
          opd: names.get(proposal.opdId) ?? '',
          ...(excused !== undefined && { excused }),
          readiness: levelOf(known, proposal.id),
          // what an inventory lacks is for the OPD and the office, the level for whoever rates
          lacks: can(request.actor, 'inventory.view')
            ? lacksOf(known, proposal.id, say)
            : undefined,
        }
      }),
      page,
      pages,
      n: all.length,
      open: round.state === 'open',
    }
  }

  async function storedValues(sheet: Sheet): Promise<Values> {
    const ids = sheet.lines.map((line) => line.id)
    const { round, assessor, criteria } = sheet
    const stored = await raters.ratingsBy(db, everything, round.id, assessor.id, ids)
    const values: Values = {}
    for (const { at, id } of sheet.lines) {
      const own = stored.filter((each) => each.proposalId === id)
      const levels = criteria.map(
        (each) => own.find((rating) => rating.criterionId === each.id)?.level ?? null,
      )
      const note = noteOf(own, criteria)
      values[`${at}.proposalId`] = String(id)
      values[`${at}.seen`] = seenText(levels, digest(note))
      values[`${at}.note`] = note ?? ''
      for (const [k, each] of criteria.entries()) {
        values[`${at}.${cellName(each.id)}`] = String(levels[k] ?? '')
      }
    }
    return values
  }
}

/** Staff open any sheet, an assessor the own one. */
function mayOpen({ actor }: FastifyRequest, assessor: { accountId: number | null }): boolean {
  if (can(actor, 'rating.edit')) return true
  return (
    actor.kind === 'person' && actor.accountId !== null && assessor.accountId === actor.accountId
  )
}

function requireOpen(state: string | undefined) {
  if (state === 'open') return
  const key = state === 'closed' ? 'scoring.error.closed' : 'scoring.error.notOpen'
  throw new Refusal({ [wholeForm]: { key } }, 409)
}

/** Nothing was typed but for criteria that are the assessor's to rate there. */
function mayRate(row: GridRow, duties: readonly number[]): boolean {
  const typed = [...row.levels].filter(([, level]) => level !== null)
  return duties.length > 0 && typed.every(([criterionId]) => duties.includes(criterionId))
}

function refuseWrong(plans: readonly { at: number; plan: ReturnType<typeof planRow> }[]) {
  const named = (of: (plan: ReturnType<typeof planRow>) => object) =>
    plans.flatMap(({ at, plan }) =>
      Object.entries(of(plan)).map(([field, message]) => [`${at}.${field}`, message]),
    )
  const conflicts = named((plan) => plan.conflicts)
  const errors = [...conflicts, ...named((plan) => plan.errors)]
  if (errors.length > 0) {
    throw new Refusal(Object.fromEntries(errors), conflicts.length > 0 ? 409 : 422)
  }
}

/** The lines with the numbers that their fields were typed under. */
function numbered(lines: readonly Line[], values: Values): Line[] {
  const atOf = new Map(
    Object.entries(values).flatMap(([name, value]) => {
      const [, at] = /^(\d{1,3})\.proposalId$/.exec(name) ?? []
      return at === undefined ? [] : [[String(value), Number(at)] as const]
    }),
  )
  return lines.map((line, index) => ({ ...line, at: atOf.get(String(line.id)) ?? 500 + index }))
}

function refreshSeen(
  values: Values,
  stored: Values,
  errors: FormState['errors'],
  criteria: readonly scoring.SetCriterion[],
) {
  for (const name of Object.keys(errors)) {
    const [at, field] = name.split('.')
    const seenName = `${at}.seen`
    const [levels = '', note = ''] = String(values[seenName] ?? '').split('|')
    const [levelsNow = '', noteNow = ''] = String(stored[seenName] ?? '').split('|')
    const place = criteria.findIndex((each) => cellName(each.id) === field)
    const cells = levels.split(',')
    if (place >= 0) cells[place] = levelsNow.split(',')[place] ?? ''
    values[seenName] = `${cells.join(',')}|${field === 'note' ? noteNow : note}`
  }
}

type Known = Awaited<ReturnType<typeof assess>>

function lacksOf(known: Known, proposalId: number, { t, format }: Say): string | undefined {
  const found = scoreOf(known, proposalId)
  if (!found || found.readiness.complete) return undefined
  return sayReadiness(t, format, found.readiness, found.locationsOfUse)
}

function levelOf(known: Known, proposalId: number): number | null {
  const ready = scoreOf(known, proposalId)?.readiness
  return ready?.complete ? ready.level : null
}
