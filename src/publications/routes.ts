import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { newestEvent } from '../db/memo.ts'
import { can, scopeOf } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import { emptyForm, type FormState, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Paged, paged } from '../web/paged.ts'
import { idOf, pageOf, queryId, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { groupKey, groupsOf } from './groups.ts'
import * as publications from './queries.ts'
import { publishForm, withdrawForm } from './schema.ts'
import { sheetRoutes } from './sheet.ts'
import { type Differences, differences, type Snapshot, snapshotOf } from './snapshot.ts'

type Filters = { q: string; opd: string; phase: string }
type Listed = Paged<publications.Published> & {
  /** The publication that is shown; undefined where none is in force. */
  shown: publications.Publication | undefined
  acts: publications.Publication[]
  /** How many there are, and how many of them are looked for. */
  total: number
  n: number
  /** Every item, for what may be chosen among. */
  every: publications.Published[]
  /** Of those, what the reader's own OPD are told. */
  ownRows: publications.OwnPublished[]
  filters: Filters
  groupsOf: typeof groupsOf
}

const listPage = view<Listed>('publications/index')
const formPage = view<
  Snapshot & {
    form: FormState
    /** What differs from the list before; undefined for the first. */
    changed: Differences | undefined
    previous: publications.Publication | undefined
    /** Accepted without a phase. */
    phaseless: number
    groupsOf: typeof groupsOf
  }
>('publications/form')
const withdrawPage = view<{ form: FormState; publication: publications.Publication }>(
  'publications/withdraw',
)

/** The result as it is told to everybody: published by an act with a date, and withdrawn by one. */
export const publicationRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'publication.view' } }, showInForce)
  app.get('/new', { config: { access: 'publication.edit' } }, newForm)
  app.post('/', { config: { access: 'publication.edit' } }, create)
  app.get('/:id', { config: { access: 'publication.view' } }, show)
  app.get('/:id/withdrawal', { config: { access: 'publication.edit' } }, askWithdrawal)
  app.post('/:id/withdrawal', { config: { access: 'publication.edit' } }, withdraw)
  await app.register(sheetRoutes, { ...context, prefix: '' })

  async function showInForce(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, await publications.inForce(db))
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, await readable(request))
  }

  /** A list that was withdrawn is not read any more but by the office; that it was, everybody may know. */
  async function readable(request: FastifyRequest) {
    const found = orNotFound(await publications.findById(db, idOf(request)))
    const isReadable = found.kind === 'publish' && found.standing !== 'withdrawn'
    orHidden(isReadable || (found.kind === 'publish' && can(request.actor, 'decision.view')))
    return found
  }

  async function showWith(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: publications.Publication | undefined,
  ) {
    const scope = scopeOf(request.actor)
    const filters = filtersOf(request)
    const every = shown ? await publications.items(db, shown.id) : []
    const ownRows = shown && !scope.all ? await publications.ownItems(db, scope, shown.id) : []
    const found = every.filter((each) => isShown(each, filters))
    const acts = await publications.all(db)
    const counts = { total: every.length, n: found.length }
    const page = { ...paged(found, pageOf(request)), ...counts }
    return reply.page(listPage, { shown, acts, ...page, every, ownRows, filters, groupsOf })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    return formWith(reply, emptyForm({ publishedOn: request.today() }))
  }

  async function formWith(reply: FastifyReply, form: FormState, known?: Snapshot) {
    const snapshot = known ?? (await snapshotOf(db))
    const acts = await publications.all(db)
    const previous = acts.find((each) => each.kind === 'publish')
    const before = previous && (await publications.ownItems(db, { all: true }, previous.id))
    return reply.page(formPage, {
      ...snapshot,
      groupsOf,
      form,
      previous,
      changed: before && differences(before, snapshot.items),
      phaseless: snapshot.items.filter((each) => each.outcome === 'accepted' && !each.phase).length,
    })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const seenUntil = await newestEvent(db)
    const snapshot = await snapshotOf(db)
    const again = (form: FormState) => formWith(reply, form)
    const parsed = parseForm(publishForm, request.body)
    if (!parsed.ok) return formWith(reply, parsed.form, snapshot)
    const { digest, ...act } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      refuseLater(request, act.publishedOn)
      if (snapshot.items.length === 0) {
        throw new Refusal({ [wholeForm]: { key: 'publications.error.nothing' } }, 409)
      }
      const isSeen = digest === snapshot.digest && (await newestEvent(trx)) === seenUntil
      if (!isSeen) throw new Refusal({ [wholeForm]: { key: 'publications.error.changed' } }, 409)
      const told = { ...act, digest: snapshot.digest }
      await publications.publish(trx, told, snapshot.items, request.by())
      return { to: paths.publications(), flash: { key: 'publications.published' } }
    })
  }

  async function askWithdrawal(request: FastifyRequest, reply: FastifyReply) {
    const publication = await withdrawable(request)
    orHidden(publication.standing === 'inForce')
    const form = emptyForm({ publishedOn: request.today() })
    return reply.page(withdrawPage, { form, publication })
  }

  async function withdraw(request: FastifyRequest, reply: FastifyReply) {
    const publication = await withdrawable(request)
    const again = (form: FormState) => reply.page(withdrawPage, { form, publication })
    const parsed = parseForm(withdrawForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      refuseLater(request, parsed.data.publishedOn)
      if (!(await publications.isNewest(trx, publication.id))) {
        throw new Refusal({ [wholeForm]: { key: 'form.changedMeanwhile' } }, 409)
      }
      await publications.withdraw(trx, parsed.data, publication.id, request.by())
      return { to: paths.publications(), flash: { key: 'publications.withdrawn' } }
    })
  }

  /** A publication that is not withdrawn; sending tells when another has followed it meanwhile. */
  async function withdrawable(request: FastifyRequest) {
    const found = orNotFound(await publications.findById(db, idOf(request)))
    orHidden(found.kind === 'publish' && found.standing !== 'withdrawn')
    return found
  }
}

function refuseLater(request: FastifyRequest, day: string): void {
  if (day > request.today()) {
    throw new Refusal({ publishedOn: { key: 'publications.error.later' } })
  }
}

function filtersOf(request: FastifyRequest): Filters {
  return {
    q: queryText(request, 'q'),
    opd: String(queryId(request, 'opd') ?? ''),
    phase: queryText(request, 'phase'),
  }
}

function isShown(row: publications.Published, { q, opd, phase }: Filters): boolean {
  if (opd !== '' && String(row.opdId) !== opd) return false
  if (phase !== '' && groupKey(row) !== phase) return false
  const text = fold(`${row.number ?? ''} ${row.title} ${row.opd}`)
  return fold(q)
    .split(' ')
    .every((word) => text.includes(word))
}
