import { sql } from 'kysely'
import type { Db, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import { includes, type Scope } from '../domain/access.ts'
import {
  type Check,
  type CheckName,
  dutyCheck,
  internetCheck,
  nationalCheck,
  type Settled,
  similarCheck,
} from '../domain/checks.ts'
import { likenesses } from '../domain/likeness.ts'
import { type Code, isCode } from '../domain/words.ts'
import * as needs from '../needs/queries.ts'
import * as ranking from '../ranking/queries.ts'
import type { AboutColumns } from './candidates.ts'
import type { Proposal } from './queries.ts'

const aboutKinds = ['proposal', 'application', 'national', 'opd'] as const

/** What a check was settled about; `value` names it in the form, as that of a candidate does. */
export type About = {
  value: string
  kind: (typeof aboutKinds)[number]
  id: number
  title: string
  number: string | null
}

export type ShownCheck = Check & {
  /** Of the answer, where somebody settled it. */
  version: number | undefined
  answerId: number | undefined
  /** Who settled it and on which day, where its sentence does not say so. */
  by: { name: string; day: string } | undefined
  about: About | undefined
  lacking: Lacking[]
}

/**
 * The four checks of a proposal as of a day. Duty and internet are computed from what is recorded,
 * the other two are open until somebody settles them; `tanggal` among the blanks is a stored day.
 * Whoever sees the proposal sees its checks, whatever the offices it is used at; but what another
 * OPD has or asks for, and the reason that may name it, only where the scope reaches it.
 */
export async function checksOf(
  db: Db,
  scope: Scope,
  proposal: Proposal,
  day: string,
): Promise<ShownCheck[]> {
  const own: Scope = { all: false, opdIds: [proposal.opdId] }
  const answers = await ranking.checkAnswers(db, proposal.id)
  const found = (check: CheckName) => answers.find((each) => each.check === check)
  const answerOf = (check: CheckName): Settled | undefined => {
    const answer = found(check)
    return answer && { ...answer, name: answer.settledBy, day: answer.settledOn }
  }
  const locations = await locationsOfUse(db, own, proposal, day)
  const alike = likenesses({
    nationals: await ranking.nationals(db),
    applications: await ranking.alikeApplications(db, proposal),
    proposals: await ranking.sameTitle(db, proposal.titleKey),
  })
  const similar = alike.application(proposal) ?? alike.proposal(proposal)
  const owner = found('similar')?.aboutOwnerId ?? similar?.opdId
  const sees = scope.all || (typeof owner === 'number' && includes(scope, owner))
  const checks: Check[] = [
    dutyCheck({
      settled: answerOf('duty'),
      duty: proposal.duty ?? proposal.dutyText,
      listed: Boolean(proposal.duty),
      verified: proposal.dutyVerified === 1,
      legalBasis: proposal.dutyBasis ?? '',
    }),
    internetCheck({
      settled: answerOf('internet'),
      locations,
      phase: proposal.phase
        ? { name: proposal.phase, yearFrom: proposal.phaseFrom ?? 0 }
        : undefined,
    }),
    nationalCheck({ settled: answerOf('national'), candidate: alike.national(proposal) }),
    similarCheck({ settled: answerOf('similar'), candidate: similar, visible: sees }),
  ]
  const lacking = answerOf('internet') ? [] : locations.flatMap(lackOf)
  return checks.map((check) => {
    const answer = found(check.check)
    const isTold = check.check !== 'similar' || sees
    return {
      ...check,
      version: answer?.version,
      answerId: answer?.id,
      by:
        answer && isTold && !check.params.nama
          ? { name: answer.settledBy, day: answer.settledOn }
          : undefined,
      about: isTold ? aboutOf(answer) : undefined,
      lacking: check.check === 'internet' ? lacking : [],
    }
  })
}

type Lacking = { id: number; name: string; what: 'internet' | 'need' }

/** What is to be recorded of a location of use: its internet, or the need for it. */
function lackOf({ id, name, internet, planned }: LocationOfUse): Lacking[] {
  if (internet === undefined) return [{ id, name, what: 'internet' }]
  return internet === 'no' && !planned ? [{ id, name, what: 'need' }] : []
}

function aboutOf(answer: ranking.CheckAnswer | undefined): About | undefined {
  if (!answer || answer.about === null) return undefined
  const ids = {
    proposal: answer.aboutProposalId,
    application: answer.aboutApplicationId,
    national: answer.aboutNationalId,
    opd: answer.aboutOpdId,
  }
  const kind = aboutKinds.find((each) => ids[each] !== null)
  const id = kind && ids[kind]
  if (!kind || !id) return undefined
  return { value: `${kind}:${id}`, kind, id, title: answer.about, number: answer.aboutNumber }
}

type Answer = { check: CheckName; result: 'met' | 'not'; note: string; about: AboutColumns }

/** Settles a check, or settles it anew; `version` is that of the answer that was shown. */
export async function settle(
  trx: Tx,
  proposalId: number,
  { about, ...input }: Answer,
  version: number,
  day: string,
  by: By,
): Promise<void> {
  const row = { ...input, ...about, proposalId, settledBy: by.actorName, settledOn: day }
  const found = await answerTo(trx, proposalId, input.check)
  if (found) await updateRow(trx, 'checkAnswer', found.id, version, row, by)
  else await insertRow(trx, 'checkAnswer', row, by)
}

function answerTo(trx: Tx, proposalId: number, check: CheckName) {
  return trx
    .selectFrom('checkAnswer')
    .select('id')
    .where('proposalId', '=', proposalId)
    .where('check', '=', check)
    .executeTakeFirst()
}

type LocationOfUse = Awaited<ReturnType<typeof locationsOfUse>>[number]

/** The locations of use, or the head office, each with its internet as of the day. */
async function locationsOfUse(db: Db, own: Scope, proposal: Proposal, day: string) {
  const all = owned(db, own, 'location').select(['location.id', 'location.name'])
  const named = proposal.places.map((place) => place.id)
  const locations = await (named.length > 0
    ? all.where('location.id', 'in', named)
    : all.where('location.isHead', '=', 1)
  )
    .orderBy('location.nameKey')
    .execute()
  if (locations.length === 0) return []
  const lines = await owned(db, own, 'internetAccess')
    .select(['internetAccess.locationId', 'internetAccess.available'])
    .where(
      'internetAccess.locationId',
      'in',
      locations.map((location) => location.id),
    )
    .where(
      sql<boolean>`internet_access.as_of = (select max(a.as_of) from internet_access a
        where a.location_id = internet_access.location_id and a.line = internet_access.line
          and a.as_of <= ${day})`,
    )
    .execute()
  const planned = await needs.plannedInternet(db, own)
  return locations.map(({ id, name }) => ({
    id,
    name,
    planned: planned.get(id),
    internet: best(lines.filter((line) => line.locationId === id).map((line) => line.available)),
  }))
}

/** The best of a location's lines: available before limited before none. */
function best(found: readonly string[]): Code<'internet'> | undefined {
  const order: readonly Code<'internet'>[] = ['yes', 'limited', 'no']
  return order.find((code) => found.some((each) => isCode('internet', each) && each === code))
}
