import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { Hanging } from '../../db/hanging.ts'
import type { Tx } from '../../db/schema.ts'
import { everything } from '../../domain/access.ts'
import {
  assigned,
  dayBefore,
  type HandedKind,
  handedKinds,
  mayStay,
  type SuccessionKind,
  stays,
  successionKind,
  usualChoice,
} from '../../domain/succession.ts'
import { AppError, orHidden, orNotFound, Refusal } from '../../errors.ts'
import { counted } from '../../web/counted.ts'
import {
  emptyForm,
  type FormState,
  type Parsed,
  parseForm,
  valuesOf,
  wholeForm,
} from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { idOf } from '../../web/params.ts'
import { paths } from '../../web/paths.ts'
import { removalForm } from '../../web/removal.ts'
import { sayOf } from '../../web/say.ts'
import { view } from '../../web/view.ts'
import * as opd from '../queries.ts'
import { succeed } from './moving.ts'
import { hasEnded, type Plan, planOf, type Successor } from './plan.ts'
import { alongWith, type HandedRow, handedRows } from './queries.ts'
import { type ChangeRead, mostFresh, parseChange, parted, readChange } from './schema.ts'
import { begunNames, moved, stepsOf, takeBack } from './undo.ts'

/** `moved`: what goes back, by kind and number, in words. */
const undoPage = view<{
  form: FormState
  opd: opd.Opd
  moved: string
  /** The names of those that began with the change and go with it. */
  began: string[]
}>('opd/succession/undo')

/** The records of one kind that are handed on, and what each may be. */
type Section = { kind: HandedKind; mayStay: boolean; rows: HandedRow[] }

const changePage = view<{
  form: FormState
  opd: opd.Opd
  options: opd.OpdOption[]
  fresh: number[]
}>('opd/succession/change')
const assignPage = view<{
  form: FormState
  opd: opd.Opd
  plan: Plan
  kind: SuccessionKind
  /** The last day of those that end. */
  endsOn: string
  /** What the change says, to be sent with the assignment. */
  carried: [name: string, value: string][]
  /** The change as an address, for the way back. */
  query: string
  sections: Section[]
  names: ReadonlyMap<number, string>
  along: Awaited<ReturnType<typeof alongWith>>
}>('opd/succession/assign')

/** An OPD is split, joined with others or renamed: what it had goes to its successors. */
export const successionRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, now } = context
  app.get('/:id/succession', { config: { access: 'opd.edit' } }, ask)
  app.get('/:id/succession/assignment', { config: { access: 'opd.edit' } }, askAssignment)
  app.get('/:id/succession/undo', { config: { access: 'opd.edit' } }, askUndo)
  app.post('/:id/succession/undo', { config: { access: 'opd.edit' } }, undo)
  app.post('/:id/succession', { config: { access: 'opd.edit', maxFields: 5000 } }, change)

  async function ask(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const values = valuesOf(request.query as Record<string, unknown>)
    return changeWith(request, reply, found, { values, errors: {}, status: 200 })
  }

  async function askAssignment(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    if (Object.keys(request.query as object).length === 0) {
      return reply.redirect(paths.succession(found.id), 303)
    }
    const read = readChange(found.parentId !== null, parted(request.query).change)
    if (!read.ok) return changeWith(request, reply, found, read.form)
    const { plan, errors } = await planOf(db, found, read.data, request.today())
    const { values } = read
    if (Object.keys(errors).length > 0) {
      return changeWith(request, reply, found, { values, errors, status: 422 })
    }
    return assignWith(reply, found, plan, { values, errors, status: 200 })
  }

  async function change(request: FastifyRequest, reply: FastifyReply) {
    const found = orNotFound(await opd.findById(db, everything, idOf(request)))
    const { choices } = parted(request.body)
    const parsed = parseChange(found.parentId !== null, request.body)
    if (!parsed.ok) return changeWith(request, reply, found, parsed.form)
    const sent: Parsed<ChangeRead> = { ...parsed, values: { ...parsed.values, ...choices } }
    const again = async (form: FormState) => {
      const { plan, errors } = await planOf(db, found, parsed.data, request.today())
      const isWrong = hasEnded(found) || Object.keys(errors).length > 0
      return isWrong
        ? changeWith(request, reply, found, form)
        : assignWith(reply, found, plan, form)
    }
    return once(context, request, reply, sent, again, async (trx) => {
      const heirs = await hand(trx, request, found, parsed.data, choices)
      return {
        to: paths.opd(found.id),
        flash: { key: 'succession.done', params: { n: heirs.length } },
      }
    })
  }

  async function askUndo(request: FastifyRequest, reply: FastifyReply) {
    return undoWith(request, reply, await askedEnded(request), emptyForm())
  }

  async function undo(request: FastifyRequest, reply: FastifyReply) {
    const asked = await askedEnded(request)
    const { found } = asked
    const again = (form: FormState) => undoWith(request, reply, asked, form)
    const parsed = parseForm(removalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const words = (hanging: readonly Hanging[]) => counted(sayOf(request), hanging)
      await takeBack(trx, await stepsOf(trx, found.id), words, request.by())
      return { to: paths.opd(found.id), flash: { key: 'succession.undo.done' } }
    })
  }

  function undoWith(
    request: FastifyRequest,
    reply: FastifyReply,
    { found, steps, began }: Awaited<ReturnType<typeof askedEnded>>,
    form: FormState,
  ) {
    return reply.page(undoPage, {
      form,
      opd: found,
      moved: counted(sayOf(request), moved(steps)),
      began,
    })
  }

  /** An OPD that ended by a change of offices, with what that did. */
  async function askedEnded(request: FastifyRequest) {
    const found = orNotFound(await opd.findById(db, everything, idOf(request)))
    const steps = hasEnded(found) ? await stepsOf(db, found.id) : []
    orHidden(steps.length > 0)
    return { found, steps, began: await begunNames(db, steps) }
  }

  /** Checks what others may have changed since, and does it. */
  async function hand(
    trx: Tx,
    request: FastifyRequest,
    found: opd.Opd,
    data: ChangeRead,
    choices: Record<string, string>,
  ): Promise<number[]> {
    const first = orNotFound(await opd.findById(trx, everything, found.id))
    const { plan, errors } = await planOf(trx, first, data, request.today())
    if (hasEnded(first)) throw new Refusal({ [wholeForm]: { key: 'succession.error.over' } }, 409)
    if (Object.keys(errors).length > 0) throw new Refusal(errors)
    const ids = plan.ended.map((each) => each.id)
    const rows = await handedRows(trx, ids)
    const { rest = '' } = choices
    const { to, open } = assigned(rows, choices, rest, plan.successors, ids.length)
    if (open.length > 0) {
      throw new Refusal({ rest: { key: 'succession.error.open', params: { n: open.length } } })
    }
    return succeed(trx, plan, rows, to, request.by(), now())
  }

  async function changeWith(
    request: FastifyRequest,
    reply: FastifyReply,
    found: opd.Opd,
    form: FormState,
  ) {
    const options = await opd.options(db, everything, request.today())
    return reply.page(changePage, {
      form,
      opd: found,
      options: options.filter((each) => each.value !== found.id),
      fresh: placesOf(form),
    })
  }

  async function assignWith(reply: FastifyReply, found: opd.Opd, plan: Plan, form: FormState) {
    const ids = plan.ended.map((each) => each.id)
    const rows = await handedRows(db, ids)
    const kind = successionKind(ids.length, plan.successors)
    const carried = carriedOf(form)
    return reply.page(assignPage, {
      form: { ...form, values: { ...usualOf(rows, kind, plan.successors), ...form.values } },
      opd: found,
      plan,
      kind,
      endsOn: dayBefore(plan.startsOn),
      carried,
      query: `?${new URLSearchParams(carried).toString()}`,
      sections: handedKinds
        .map((each) => ({
          kind: each,
          mayStay: mayStay(each),
          rows: rows.filter((row) => row.kind === each),
        }))
        .filter((section) => section.rows.length > 0),
      names: new Map(plan.ended.map((each) => [each.id, each.shortName ?? each.name])),
      along: await alongWith(db, ids, now().toISOString()),
    })
  }

  /** @throws AppError conflict for an OPD that ended already */
  async function asked(request: FastifyRequest): Promise<opd.Opd> {
    const found = orNotFound(await opd.findById(db, everything, idOf(request)))
    if (hasEnded(found)) throw new AppError('conflict', { key: 'succession.error.over' })
    return found
  }
}

/** What is chosen before anybody chose: only what stays, or goes to the only successor. */
function usualOf(rows: readonly HandedRow[], kind: SuccessionKind, successors: Successor[]) {
  const only = successors.length === 1 ? successors[0]?.key : undefined
  return Object.fromEntries(
    rows.flatMap((row) => {
      const usual = usualChoice(row.kind, kind, only)
      return usual === stays || (only && usual) ? [[row.key, usual]] : []
    }),
  )
}

/** Every field of the change, as hidden fields and as an address carry it. */
function carriedOf({ values }: FormState): [string, string][] {
  return Object.entries(parted(values).change).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each): [string, string] => [name, String(each)])
      .filter(([, text]) => text !== '' && !name.startsWith('_')),
  )
}

/** The places of new successors to show: those with something in them, and two empty ones. */
function placesOf({ values, errors }: FormState): number[] {
  const named = [
    ...Object.entries(values).filter(([, value]) => value !== ''),
    ...Object.entries(errors),
  ]
    .map(([name]) => /^(\d+)\./.exec(name)?.[1])
    .filter((at) => at !== undefined)
  const last = Math.max(-1, ...named.map(Number))
  return Array.from({ length: Math.min(mostFresh, Math.max(2, last + 2)) }, (_, at) => at)
}
