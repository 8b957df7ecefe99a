import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { updateRow } from '../db/write.ts'
import { signingDays } from '../domain/session.ts'
import { orNotFound } from '../errors.ts'
import * as government from '../government/queries.ts'
import { type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import {
  cssString,
  type Letterhead,
  letterheadOf,
  type PaperSize,
  type PaperWords,
  paperSize,
  paperWords,
} from '../web/paper.ts'
import { queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { askedSession } from './asked.ts'
import type { SessionDocument } from './document.ts'
import { type Edition, editionsOf, nextDocument, readEdition } from './editions.ts'
import type { Session } from './queries.ts'
import { type RecordView, recordView } from './record-view.ts'
import * as records from './records.ts'
import { recordForm } from './schema.ts'

type Paper = { paper: PaperWords; size: PaperSize }

const recordPage = view<
  Paper & {
    session: Session
    document: SessionDocument
    head: Letterhead
    told: RecordView
    /** Absent: a draft of what would be written now. */
    edition: Edition | undefined
    editions: Edition[]
  }
>('fgd/record')
const damagedPage = view<{ session: Session; edition: Edition }>('fgd/record-damaged')
const numberPage = view<{ form: FormState; session: Session; editions: Edition[] }>(
  'fgd/record-number',
)
const attendancePage = view<
  Paper & {
    session: Session
    head: Letterhead
    people: records.PrivatePerson[]
    /** The invited OPD from which nobody is on the list yet. */
    awaited: string[]
    blank: number[]
    /** The days that have a list of their own; none: one list for the whole session. */
    days: string[]
  }
>('fgd/attendance-sheet')
const minutesPage = view<
  Paper & {
    session: Session
    head: Letterhead
    minutes: records.Minute[]
    blank: number[]
  }
>('fgd/minutes-sheet')

/** How many empty rows a sheet has on which people write by hand. */
const emptyRows = 10

/** The papers of a session. The record holds the inventory of each OPD: for the office only. */
export const recordRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, now } = context
  app.get('/:id/record', { config: { access: 'fgd.private' } }, show)
  app.get('/:id/record/pages.css', { config: { access: 'fgd.private' } }, pageNumbers)
  app.get('/:id/record/number', { config: { access: 'fgd.edit' } }, askNumber)
  app.post('/:id/record/number', { config: { access: 'fgd.edit' } }, saveNumber)
  app.get('/:id/attendance/sheet', { config: { access: 'fgd.private' } }, attendanceSheet)
  app.get('/:id/minutes/sheet', { config: { access: 'fgd.private' } }, minutesSheet)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const editions = await editionsOf(db, session.id)
    const wanted = queryId(request, 'edition') ?? (session.state === 'closed' ? editions.length : 0)
    const edition = editions.find((each) => each.edition === wanted)
    if (!edition) {
      const document = await nextDocument(db, session, now().toISOString(), editions)
      return page(request, reply, session, document, undefined, editions)
    }
    const { document } = orNotFound(await readEdition(db, session.id, edition.edition))
    if (!document) return reply.page(damagedPage, { session, edition })
    return page(request, reply, session, document, edition, editions)
  }

  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    session: Session,
    document: SessionDocument,
    edition: Edition | undefined,
    editions: Edition[],
  ) {
    const paper = await paperOf(request)
    const told = recordView(document, paper.paper)
    const head = letterheadOf(document.government)
    return reply.page(recordPage, { ...paper, session, document, head, told, edition, editions })
  }

  /** The foot of every page: it names the record, which only a stylesheet of its own can do. */
  async function pageNumbers(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const { t } = paperWords(request.site)
    const number = session.recordNo ?? t('papers.noNumber')
    const foot = cssString(`${t('papers.record.foot', { number })} `)
    const [page, of] = [cssString(t('papers.page')), cssString(t('papers.of'))]
    return reply
      .type('text/css; charset=utf-8')
      .send(
        `@page { @bottom-center { content: ${foot} ${page} " " counter(page) " " ${of} " " counter(pages); } }\n`,
      )
  }

  async function askNumber(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    return numberWith(reply, session, filledForm(session))
  }

  async function saveNumber(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => numberWith(reply, session, form)
    const parsed = parseForm(recordForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await updateRow(trx, 'fgdSession', session.id, parsed.version, parsed.data, request.by())
      return `${paths.session(session.id)}#papers`
    })
  }

  async function numberWith(reply: FastifyReply, session: Session, form: FormState) {
    return reply.page(numberPage, { form, session, editions: await editionsOf(db, session.id) })
  }

  async function attendanceSheet(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const people = await records.privateAttendance(db, session.id)
    const here = new Set(people.map((person) => person.opdId))
    const awaited =
      session.state === 'closed'
        ? []
        : (await records.invitedOpds(db, session.id)).filter((row) => !here.has(row.id))
    return reply.page(attendancePage, {
      ...(await paperOf(request)),
      session,
      head: letterheadOf(await government.find(db)),
      people,
      awaited: awaited.map((row) => row.name),
      blank: blankRows(session),
      days: session.state === 'closed' ? [] : signingDays(session),
    })
  }

  async function minutesSheet(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    return reply.page(minutesPage, {
      ...(await paperOf(request)),
      session,
      head: letterheadOf(await government.find(db)),
      minutes: await records.minutes(db, session.id),
      blank: blankRows(session),
    })
  }

  async function paperOf(request: FastifyRequest): Promise<Paper> {
    const { paper } = (await government.find(db)) ?? {}
    return { paper: paperWords(request.site), size: paperSize(paper) }
  }
}

function blankRows(session: Session): number[] {
  return session.state === 'closed' ? [] : Array.from({ length: emptyRows }, (_, at) => at)
}
