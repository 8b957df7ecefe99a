import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { updateRow } from '../db/write.ts'
import { can, everything, scopeOf } from '../domain/access.ts'
import type { SessionState } from '../domain/session.ts'
import { likelyDay, sessionMovesFrom } from '../domain/session.ts'
import * as history from '../history/queries.ts'
import * as opd from '../opd/queries.ts'
import { stillLacking } from '../opd/still.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { queryId, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { askedSession, takes } from './asked.ts'
import { attendanceRoutes } from './attendance.ts'
import { barred, barredWith } from './barred.ts'
import { editionsOf, readEdition } from './editions.ts'
import { followUpRoutes, withState } from './follow-ups.ts'
import { itemRoutes } from './items.ts'
import { minuteRoutes } from './minutes.ts'
import { missingRoutes } from './missing.ts'
import * as sessions from './queries.ts'
import { recordRoutes } from './record.ts'
import * as records from './records.ts'
import { invitedForm, sessionForm } from './schema.ts'
import { stateRoutes } from './state.ts'
import * as workspace from './workspace.ts'

const indexPage = view<{ rows: sessions.SessionRow[] }>('fgd/index')
const formPage = view<{ form: FormState; session: sessions.Session | undefined }>('fgd/form')
const invitedPage = view<{
  form: FormState
  session: sessions.Session
  options: opd.OpdOption[]
}>('fgd/invited')
const showPage = view<Awaited<ReturnType<typeof workspaceOf>>>('fgd/show')

export const sessionRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  // the options of this plugin hold its own prefix, which the parts have already
  const parts = { ...context, prefix: '' }
  app.get('/', { config: { access: 'fgd.view' } }, index)
  app.get('/new', { config: { access: 'fgd.edit' } }, newForm)
  app.post('/', { config: { access: 'fgd.edit' } }, create)
  app.get('/:id', { config: { access: 'fgd.view' } }, show)
  app.get('/:id/edit', { config: { access: 'fgd.edit' } }, edit)
  app.post('/:id', { config: { access: 'fgd.edit' } }, update)
  removalRoutes(app, context, '/:id/removal', 'fgd.edit', {
    asked: (request) => askedSession(db, request),
    toRemove,
    async remove(trx, session, version, request) {
      await sessions.remove(trx, session.id, version, request.by())
      return paths.sessions()
    },
  })
  app.get('/:id/invited', { config: { access: 'fgd.edit' } }, editInvited)
  app.post('/:id/invited', { config: { access: 'fgd.edit', maxFields: 600 } }, invite)
  await app.register(stateRoutes, parts)
  await app.register(attendanceRoutes, parts)
  await app.register(minuteRoutes, parts)
  await app.register(itemRoutes, parts)
  await app.register(followUpRoutes, parts)
  await app.register(missingRoutes, parts)
  await app.register(recordRoutes, parts)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    return reply.page(indexPage, { rows: await sessions.list(db, scopeOf(request.actor)) })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    return reply.page(showPage, await workspaceOf(context, request, session))
  }

  async function newForm(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(formPage, { form: emptyForm(), session: undefined })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(formPage, { form, session: undefined })
    const parsed = parseForm(sessionForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) =>
      paths.sessionInvited(await sessions.insert(trx, parsed.data, request.by())),
    )
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const told = barred(session, 'plan')
    if (told) return barredWith(reply, session, told, 'fgd.edit')
    return reply.page(formPage, { form: filledForm(session), session })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => reply.page(formPage, { form, session })
    const parsed = parseForm(sessionForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'plan')
      await sessions.update(trx, session.id, parsed.version, parsed.data, request.by())
      return paths.session(session.id)
    })
  }

  /** Its plan goes with it: speakers and agenda. What was recorded in it stands against that. */
  async function toRemove(session: sessions.Session): Promise<ToRemove> {
    const items = await records.items(db, session.id)
    const plan = items.filter(({ kind }) => kind !== 'agreement').map(({ id }) => id)
    return {
      table: 'fgdSession',
      row: session,
      title: { key: 'fgd.remove' },
      subject: session.title,
      back: paths.session(session.id),
      taking: (entity, id) => entity === 'sessionItem' && plan.includes(id),
    }
  }

  async function editInvited(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const told = barred(session, 'plan')
    if (told) return barredWith(reply, session, told, 'fgd.invited.title')
    const invited = (await sessions.invitedIds(db, session.id)).map(String)
    return invitedWith(reply, session, { ...emptyForm({ invited }), version: session.version })
  }

  async function invite(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => invitedWith(reply, session, form)
    const parsed = parseForm(invitedForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { all } = parsed.data
    const invited = all
      ? (await opd.options(db, everything, session.heldOn)).map((o) => o.value)
      : parsed.data.invited
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'plan')
      await records.mustBeOpd(trx, invited, 'invited')
      await updateRow(trx, 'fgdSession', session.id, parsed.version, {}, request.by(), { invited })
      return paths.session(session.id)
    })
  }

  async function invitedWith(reply: FastifyReply, session: sessions.Session, form: FormState) {
    const kept = await sessions.invitedIds(db, session.id)
    const options = await opd.options(db, everything, session.heldOn, kept)
    return reply.page(invitedPage, { session, form, options })
  }
}

/** Whether a record was made after the session had been closed for the first time. */
function isLate(row: { createdAt: string }, firstClosedAt: string | undefined): boolean {
  return firstClosedAt !== undefined && row.createdAt > firstClosedAt
}

const mayPrint = (request: FastifyRequest) => can(request.actor, 'fgd.private')

/** A closed session goes on calling its OPD what they were called on its day. */
async function namesOf({ db }: Context, session: sessions.Session, edition: number) {
  const written = session.state === 'closed' && (await readEdition(db, session.id, edition))
  const opds = written ? (written.document?.opds ?? []) : []
  const byId = new Map(opds.map((row) => [row.id, row]))
  const ofId = (id: number | null) => (id === null ? undefined : byId.get(id))
  return {
    opd: (row: workspace.WorkspaceOpd): workspace.WorkspaceOpd => {
      const { name, shortName } = ofId(row.id) ?? row
      return { ...row, name, shortName }
    },
    record: <R extends { opdId: number | null; opd: string | null }>(row: R): R => {
      const known = row.opd === null ? undefined : ofId(row.opdId)
      return known ? { ...row, opd: known.shortName ?? known.name } : row
    },
  }
}

/** What the next note is filled with: an OPD only where its own input was asked for. */
function noteOf(request: FastifyRequest, opdId: number | undefined): Record<string, string> {
  if (opdId === undefined || queryText(request, 'note') !== 'opd') return {}
  return { kind: 'input', opdId: String(opdId) }
}

/** All that the page of one session shows to this reader. */
async function workspaceOf(context: Context, request: FastifyRequest, session: sessions.Session) {
  const { db } = context
  const scope = scopeOf(request.actor)
  const editions = await editionsOf(db, session.id)
  const then = await namesOf(context, session, editions.length)
  const opds = (await workspace.opds(db, scope, session.id)).map(then.opd)
  const asked = queryId(request, 'opd')
  const own = opds.find((row) => !scope.all && scope.opdIds.includes(row.id))
  const chosen = opds.find((row) => row.id === asked) ?? own ?? opds[0]
  const named = then.record
  const marked = <R extends { createdAt: string }>(rows: readonly R[]) =>
    rows.map((row) => ({ ...row, late: isLate(row, editions[0]?.recordedAt) }))
  const items = marked(await records.items(db, session.id))
  const people = marked((await records.attendance(db, session.id)).map(named))
  const minutes = marked((await records.minutes(db, session.id)).map(named))
  const proposals = marked((await workspace.proposals(db, scope, session.id)).map(named))
  const followUps = marked((await records.followUps(db, session.id)).map(named))
  const mine = <R extends { opdId: number | null }>(rows: R[]) =>
    rows.filter((row) => chosen !== undefined && row.opdId === chosen.id)
  const mayEdit = can(request.actor, 'fgd.edit')
  return {
    session,
    form: emptyForm(),
    editions: mayPrint(request) ? editions : [],
    counts: await sessions.countsOf(db, scope, session.id),
    moves: mayEdit ? sessionMovesFrom(session.state as SessionState) : [],
    edits: {
      plan: mayEdit && takes(session, 'plan'),
      attendance: mayEdit && takes(session, 'attendance'),
      minutes: mayEdit && takes(session, 'minutes'),
    },
    opds,
    chosen: chosen && {
      ...chosen,
      offices: chosen.inventory && (await workspace.offices(db, scope, chosen.id)),
      applications: can(request.actor, 'application.view')
        ? await workspace.applications(db, scope, chosen.id)
        : [],
      needs: can(request.actor, 'need.view') ? await workspace.needs(db, scope, chosen.id) : [],
      still:
        mayEdit && session.state === 'open' && chosen.inventory && !chosen.validUntil
          ? await stillLacking(
              db,
              request,
              chosen,
              '',
              emptyForm({ fgdSessionId: `${session.id}` }),
            )
          : undefined,
      people: mine(people),
      minutes: mine(minutes),
      proposals: mine(proposals),
    },
    reaches: (opdId: number) => scope.all || scope.opdIds.includes(opdId),
    speakers: items.filter((item) => item.kind === 'speaker'),
    agenda: items.filter((item) => item.kind === 'agenda'),
    agreements: items.filter((item) => item.kind === 'agreement'),
    people,
    minutes,
    note: noteOf(request, chosen?.id),
    minuteDay: likelyDay(session, request.today(), minutes.at(-1)?.onDay),
    proposals,
    followUps: followUps.map((row) => withState(row, request.today())),
    history: await history.newest(db, request, 'fgdSession', session.id),
    opdOptions: mayEdit ? await opd.options(db, everything, session.heldOn) : [],
  }
}
