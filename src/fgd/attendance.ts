import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import { type Message, orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import {
  emptyForm,
  type FormState,
  filledForm,
  parseForm,
  parseRows,
  type Values,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryOneOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { askedSession, takes } from './asked.ts'
import { barred, barredWith } from './barred.ts'
import type { Session } from './queries.ts'
import * as records from './records.ts'
import { gridHead, personForm } from './schema.ts'

/** How many people one form takes. */
const maxRows = 25
const emptyRows = 3

/** A row of the grid as it was typed, with its messages. */
type GridRow = {
  at: number
  values: Values
  errors: Record<string, Message>
}

const attendancePage = view<{
  form: FormState
  session: Session
  people: records.PrivatePerson[]
  grid: GridRow[]
  /** The number that the next row added to the grid gets. */
  next: number
  most: number
  /** Speakers of the plan who are not on the list yet. */
  speakers: number
  edits: boolean
  opdOptions: opd.OpdOption[]
}>('fgd/attendance')
const personPage = view<{
  form: FormState
  session: Session
  person: NonNullable<Awaited<ReturnType<typeof records.findPerson>>>
  opdOptions: opd.OpdOption[]
}>('fgd/person')

export const attendanceRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/attendance', { config: { access: 'fgd.private' } }, index)
  app.post('/:id/attendance', { config: { access: 'fgd.edit', maxFields: 1000 } }, create)
  app.get('/:id/attendance/:personId', { config: { access: 'fgd.edit' } }, edit)
  app.post('/:id/attendance/:personId', { config: { access: 'fgd.edit' } }, update)
  removalRoutes(app, context, '/:id/attendance/:personId/removal', 'fgd.edit', {
    asked,
    toRemove,
    async remove(trx, { session, person }, version, request) {
      await records.mustTake(trx, session.id, 'attendance')
      await removeRow(trx, 'attendance', person.id, version, request.by())
      return paths.attendances(session.id)
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const isFilled = queryOneOf(request, 'with', ['speakers']) && takes(session, 'attendance')
    const speakers = isFilled ? await speakersToCome(session) : []
    return attendanceWith(reply, session, emptyForm(typedSpeakers(speakers)))
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => attendanceWith(reply, session, form)
    const parsed = parseRows(gridHead, personForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { head, rows } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      if (rows.length === 0) throw new Refusal({ _form: { key: 'fgd.error.noRows' } })
      if (rows.length > maxRows) {
        throw new Refusal({ _form: { key: 'fgd.error.tooMany', params: { n: maxRows } } })
      }
      await records.mustTake(trx, session.id, 'attendance')
      for (const { at, row } of rows) {
        await records.mustBeOpd(trx, [row.opdId], `${at}.opdId`)
        await records.insertPerson(trx, session.id, row, request.by())
      }
      const flash = { key: 'fgd.attendance.saved', params: { n: rows.length } } as const
      const to = head.from
        ? `${paths.session(session.id, { opd: head.from })}#opd`
        : paths.attendances(session.id)
      return { to, flash }
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { session, person } = await asked(request)
    const told = barred(session, 'attendance')
    if (told) return barredWith(reply, session, told, 'fgd.attendance.edit')
    return personWith(reply, session, person, filledForm(person))
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { session, person } = await asked(request)
    const again = (form: FormState) => personWith(reply, session, person, form)
    const parsed = parseForm(personForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'attendance')
      await records.mustBeOpd(trx, [parsed.data.opdId])
      await updateRow(trx, 'attendance', person.id, parsed.version, parsed.data, request.by())
      return paths.attendances(session.id)
    })
  }

  async function attendanceWith(reply: FastifyReply, session: Session, form: FormState) {
    const edits = takes(session, 'attendance')
    const grid = gridOf(form)
    return reply.page(attendancePage, {
      form,
      session,
      people: await records.privateAttendance(db, session.id),
      grid,
      next: (grid.at(-1)?.at ?? 0) + 1,
      most: maxRows,
      speakers: (await speakersToCome(session)).length,
      // what was typed is shown even if the session takes it no more
      edits: edits || Object.keys(form.values).length > 0,
      opdOptions: await opd.options(db, everything, session.heldOn),
    })
  }

  /** The speakers of the plan who are not on the list yet, by name. */
  async function speakersToCome(session: Session): Promise<records.Item[]> {
    const there = new Set(
      (await records.attendance(db, session.id)).map((person) => fold(person.name)),
    )
    return (await records.items(db, session.id)).filter(
      ({ kind, name }) => kind === 'speaker' && name !== null && !there.has(fold(name)),
    )
  }

  async function personWith(
    reply: FastifyReply,
    session: Session,
    person: NonNullable<Awaited<ReturnType<typeof records.findPerson>>>,
    form: FormState,
  ) {
    const opdOptions = await opd.options(db, everything, session.heldOn, [person.opdId])
    return reply.page(personPage, { form, session, person, opdOptions })
  }

  async function asked(request: FastifyRequest) {
    const session = await askedSession(db, request)
    const id = idOf(request, 'personId')
    return { session, person: orNotFound(await records.findPerson(db, session.id, id)) }
  }
}

/** Speakers as they would be typed into the grid, as many as one form takes. */
function typedSpeakers(speakers: readonly records.Item[]): Values {
  const rows = speakers.slice(0, maxRows).map(({ name, office }, at) => ({
    [`${at}.name`]: name ?? '',
    [`${at}.institution`]: office ?? '',
    [`${at}.presentAs`]: 'narasumber',
  }))
  return Object.assign({}, ...rows)
}

/** The rows that were typed, by their numbers, and empty ones to go on with. */
function gridOf(form: FormState): GridRow[] {
  const cells = Object.entries(form.values).flatMap(([name, value]) => {
    const [, at, field] = /^(\d{1,3})\.(\w+)$/.exec(name) ?? []
    return at && field ? [{ at: Number(at), field, value }] : []
  })
  const typed = [...new Set(cells.map((cell) => cell.at))]
    .map((at) => ({
      at,
      values: Object.fromEntries(
        cells.filter((cell) => cell.at === at).map(({ field, value }) => [field, value]),
      ),
      errors: errorsOfRow(form, at),
    }))
    .filter((row) => Object.values(row.values).some((value) => value !== ''))
    .sort((a, b) => a.at - b.at)
  const next = (typed.at(-1)?.at ?? -1) + 1
  const empty = Array.from({ length: emptyRows }, (_, k) => ({
    at: next + k,
    values: {},
    errors: {},
  }))
  return [...typed, ...empty]
}

function errorsOfRow(form: FormState, at: number): Record<string, Message> {
  return Object.fromEntries(
    Object.entries(form.errors)
      .filter(([name]) => name.startsWith(`${at}.`))
      .map(([name, message]) => [name.slice(`${at}.`.length), message]),
  )
}

function toRemove({ session, person }: { session: Session; person: Row<'attendance'> }): ToRemove {
  return {
    table: 'attendance',
    row: person,
    title: { key: 'fgd.attendance.remove' },
    subject: person.name,
    back: paths.attendance(session.id, person.id),
    of: session.title,
    crumbs: [{ href: paths.session(session.id), text: session.title }],
    barred: barred(session, 'attendance'),
  }
}
