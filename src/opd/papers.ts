import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { sum } from '../domain/scoring.ts'
import { midSentence } from '../domain/text.ts'
import { lists } from '../domain/words.ts'
import { orNotFound } from '../errors.ts'
import * as government from '../government/queries.ts'
import { readLinkSettings } from '../portal/settings.ts'
import {
  type Letterhead,
  letterheadOf,
  type PaperSize,
  type PaperWords,
  paperSize,
  paperWords,
} from '../web/paper.ts'
import { idOf } from '../web/params.ts'
import { view } from '../web/view.ts'
import { type KnownOpd, knownOf } from './known.ts'
import {
  type AskedOnPaper,
  emptyOnPaper,
  type PaperRecord,
  recordsOnPaper,
} from './paper-fields.ts'
import * as opd from './queries.ts'

type Paper = {
  paper: PaperWords
  size: PaperSize
  head: Letterhead
}

/** One line of the confirmation sheet: what is recorded of a part; undefined = nothing. */
type Part = { name: string; text: string | undefined }

/** What the paper form asks of each kind of record: those that are known, then one to fill in. */
type Asked = { known: readonly PaperRecord[]; empty: PaperRecord }

const formPage = view<
  Paper & {
    known: KnownOpd
    offices: Asked
    internet: Asked
    applications: Asked
    proposals: Asked
    needs: Asked
    contact: string | null
    blank: (n: number) => number[]
  }
>('opd/paper-form')
const confirmationPage = view<Paper & { known: KnownOpd; parts: Part[]; today: string }>(
  'opd/confirmation-sheet',
)

/** The paper form of an OPD with what is known filled in, and the sheet on which it confirms. */
export const paperRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/form', { config: { access: 'opd.view' } }, form)
  app.get('/:id/confirmation-sheet', { config: { access: 'opd.view' } }, confirmation)

  async function form(request: FastifyRequest, reply: FastifyReply) {
    const known = await knownTo(request)
    const { contactName: contact } = await readLinkSettings(db)
    const paper = await paperOf(request)
    const reader = { actor: request.actor, say: paper.paper }
    const idsOf = (rows: readonly { id: number }[]) => rows.map((row) => row.id)
    const asked = async (entity: AskedOnPaper, rows: readonly { id: number }[]) => ({
      known: await recordsOnPaper(db, reader, entity, idsOf(rows)),
      empty: await emptyOnPaper(db, reader, entity),
    })
    const internet = known.offices.map((office) =>
      office.lines.length > 0
        ? recordsOnPaper(db, reader, 'internetAccess', idsOf(office.lines))
        : emptyOnPaper(db, reader, 'internetAccess', { locationId: office.id }).then((one) => [
            one,
          ]),
    )
    return reply.page(formPage, {
      ...paper,
      known,
      offices: await asked('location', known.offices),
      internet: {
        known: (await Promise.all(internet)).flat(),
        empty: await emptyOnPaper(db, reader, 'internetAccess'),
      },
      applications: await asked('application', known.applications),
      proposals: await asked('proposal', known.proposals),
      needs: await asked('infrastructureNeed', known.needs),
      contact,
      blank,
    })
  }

  async function confirmation(request: FastifyRequest, reply: FastifyReply) {
    const known = await knownTo(request)
    const paper = await paperOf(request)
    const parts = partsOf(known, paper.paper)
    return reply.page(confirmationPage, { ...paper, known, parts, today: request.today() })
  }

  async function knownTo(request: FastifyRequest): Promise<KnownOpd> {
    const scope = scopeOf(request.actor)
    const found = orNotFound(await opd.findById(db, scope, idOf(request)))
    return knownOf(db, scope, found, request.today())
  }

  async function paperOf(request: FastifyRequest): Promise<Paper> {
    const row = await government.find(db)
    return {
      paper: paperWords(request.site),
      size: paperSize(row?.paper),
      head: letterheadOf(row),
    }
  }
}

const blank = (n: number): number[] => Array.from({ length: Math.max(0, n) }, (_, at) => at)

/** The best of the lines of an office; undefined where none is recorded. */
const bestOf = (available: readonly string[]) =>
  lists.internet.find((code) => available.includes(code))

function partsOf(known: KnownOpd, { t, label, format }: PaperWords): Part[] {
  const { opd: of, people, offices, budgets, says } = known
  const handedIn = known.proposals.filter((row) => row.state !== 'draft').length
  const m = offices.length
  const some = (n: number, text: string) => (n > 0 ? text : undefined)
  const states = offices.flatMap(({ lines }) => bestOf(lines.map((line) => line.available)) ?? [])
  const internet = lists.internet.flatMap((code) => {
    const n = states.filter((each) => each === code).length
    return n > 0 ? [`${midSentence(label('internet', code))} ${n}`] : []
  })
  const surveys = offices.flatMap((office) => office.survey ?? [])
  const devices = lists.deviceCondition.map((code) => {
    const n = sum(surveys.flatMap(({ counts }) => counts.map((count) => count[code])))
    return `${midSentence(label('deviceCondition', code))} ${format.number(n)}`
  })
  const onDay = (n: number, found: readonly string[]) =>
    some(n, t('papers.confirmation.n.of', { n, m, found: found.join(', ') }))
  const texts: Record<(typeof lists.opdPart)[number], string | undefined> = {
    head: [of.headName, of.headTitle, of.contactName].filter(Boolean).join('; ') || undefined,
    duties: some(
      known.duties.length,
      t('papers.confirmation.n.duties', { n: known.duties.length }),
    ),
    people:
      people &&
      t('papers.confirmation.people', {
        pns: people.pns ?? '–',
        pppk: people.pppk ?? '–',
        other: people.other ?? '–',
        users: people.computerUsers ?? '–',
      }),
    locations: some(m, t('papers.confirmation.n.locations', { n: m })),
    internet: onDay(states.length, internet),
    devices: onDay(surveys.length, devices),
    applications: says.includes('applications')
      ? t('papers.form.says.applications')
      : some(
          known.applications.length,
          t('papers.confirmation.n.applications', { n: known.applications.length }),
        ),
    proposals: says.includes('proposals')
      ? t('papers.form.says.proposals')
      : some(handedIn, t('papers.confirmation.n.proposals', { n: handedIn })),
    budget:
      budgets
        .flatMap(({ year, budget }) => (budget ? `${year}: ${format.rupiah(budget.amount)}` : []))
        .join('; ') || undefined,
    confirmation: undefined,
  }
  return lists.opdPart
    .filter((part) => part !== 'confirmation')
    .map((part) => ({ name: label('opdPart', part), text: texts[part] }))
}
