import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { orHidden } from '../errors.ts'
import * as government from '../government/queries.ts'
import * as roadmap from '../roadmap/queries.ts'
import {
  type Letterhead,
  letterheadOf,
  type PaperSize,
  type PaperWords,
  paperSize,
  paperWords,
  type Signer,
  signerOf,
} from '../web/paper.ts'
import { queryText } from '../web/params.ts'
import { view } from '../web/view.ts'
import { inOrder } from './order.ts'
import * as decisions from './queries.ts'

type Dated = { document: string; decidedOn: string }
type Group = { name: string; rows: decisions.DecisionRow[] }

const annexPage = view<{
  paper: PaperWords
  size: PaperSize
  head: Letterhead
  /** The document it is an annex to; '' = every decision in force. */
  document: string
  documents: Dated[]
  act: decisions.DecisionRow | undefined
  groups: Group[]
  signer: Signer
  place: string
}>('decisions/annex')

/** Room for a day that is written by hand. */
const dots = '………………'

/** The list that a decision of an official has as its annex: what one document decided, by phase. */
export const annexRoutes: FastifyPluginAsync<Context> = async (app, { db }) => {
  app.get('/annex', { config: { access: 'decision.view' } }, show)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const document = queryText(request, 'document')
    const all = await decisions.all(db, scopeOf(request.actor))
    const held = all.filter((row) => row.standing !== 'corrected')
    const rows = held.filter((row) =>
      document === '' ? row.standing === 'inForce' : row.document === document,
    )
    orHidden(document === '' || rows.length > 0)
    const act = document === '' ? undefined : rows[0]
    const row = await government.find(db)
    const paper = paperWords(request.site)
    return reply.page(annexPage, {
      paper,
      size: paperSize(row?.paper),
      head: headOf(letterheadOf(row), act),
      document,
      documents: documentsOf(held),
      act,
      groups: groupsOf(rows, await roadmap.phases(db), paper),
      signer: signerOf(await signing(act), paper),
      place: [row?.capital, act ? paper.format.date(act.decidedOn) : dots]
        .filter(Boolean)
        .join(', '),
    })
  }

  /** The official who decided; else the signatory that is named for decisions, else the first. */
  async function signing(act: decisions.DecisionRow | undefined) {
    const all = await government.signatories(db)
    if (!act) return all.find((each) => /keputusan|penetapan/i.test(each.role)) ?? all[0]
    const { rank = null, nip = null, name } = all.find(({ office }) => office === act.office) ?? {}
    return { ...act, name: act.decidedBy ?? name ?? null, rank, nip }
  }
}

/** What the head of the region decides does not go out under the name of an office. */
function headOf(head: Letterhead, act: decisions.DecisionRow | undefined): Letterhead {
  if (act?.level !== 'kepala_daerah') return head
  return { ...head, officeName: act.office, address: null }
}

/** Every document that decided something, newest first, with the day of its newest decision. */
function documentsOf(newestFirst: readonly decisions.DecisionRow[]): Dated[] {
  const days = new Map<string, string>()
  for (const { document, decidedOn } of newestFirst) {
    if (document && !days.has(document)) days.set(document, decidedOn)
  }
  return [...days].map(([document, decidedOn]) => ({ document, decidedOn }))
}

/** The accepted by phase in fixed order, then those redirected, postponed and declined. */
function groupsOf(
  rows: readonly decisions.DecisionRow[],
  phases: readonly roadmap.PhaseRow[],
  { t, label, format }: PaperWords,
): Group[] {
  const nameOf = (row: decisions.DecisionRow) => {
    if (row.outcome !== 'accepted') return label('outcome', row.outcome)
    const phase = phases.find((each) => each.id === row.phaseId)
    if (!phase) return t('papers.annex.next')
    return `${phase.name} (${format.years(phase.yearFrom, phase.yearTo)})`
  }
  return [...grouped(rows.toSorted(inOrder), nameOf)].map(([name, of]) => ({ name, rows: of }))
}
