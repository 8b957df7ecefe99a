import { sql } from 'kysely'
import type { Db, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import type { Scope } from '../domain/access.ts'
import {
  type Check,
  type CheckName,
  dutyCheck,
  internetCheck,
  nationalCheck,
  type Settled,
  similarCheck,
} from '../domain/checks.ts'
import { type Code, isCode } from '../domain/words.ts'
import * as needs from '../needs/queries.ts'
import type { Proposal } from './queries.ts'

/**
 * The four checks of a proposal as of a day. Duty and internet are computed from what is recorded,
 * the other two are open until somebody settles them; `tanggal` among the blanks is a stored day.
 * Whoever sees the proposal sees its checks, whatever the offices it is used at.
 */
export async function checksOf(db: Db, proposal: Proposal, day: string) {
  const own: Scope = { all: false, opdIds: [proposal.opdId] }
  const answers = await settled(db, own, proposal.id)
  const answerOf = (check: CheckName): Settled | undefined => {
    const answer = answers.find((each) => each.check === check)
    return answer && { ...answer, name: answer.settledBy, day: answer.settledOn }
  }
  const locations = await locationsOfUse(db, own, proposal, day)
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
    nationalCheck({ settled: answerOf('national') }),
    similarCheck({ settled: answerOf('similar'), visible: true }),
  ]
  const versionOf = (check: CheckName) => answers.find((each) => each.check === check)?.version
  const lacking = answerOf('internet') ? [] : locations.flatMap(lackOf)
  return checks.map((check) => ({
    ...check,
    version: versionOf(check.check),
    lacking: check.check === 'internet' ? lacking : [],
  }))
}

type Lacking = { id: number; name: string; what: 'internet' | 'need' }

/** What is to be recorded of a location of use: its internet, or the need for it. */
function lackOf({ id, name, internet, planned }: LocationOfUse): Lacking[] {
  if (internet === undefined) return [{ id, name, what: 'internet' }]
  return internet === 'no' && !planned ? [{ id, name, what: 'need' }] : []
}

/** Settles a check, or settles it anew; `version` is that of the answer that was shown. */
export async function settle(
  trx: Tx,
  proposalId: number,
  input: { check: CheckName; result: 'met' | 'not'; note: string },
  version: number,
  day: string,
  by: By,
): Promise<void> {
  const row = { ...input, proposalId, settledBy: by.actorName, settledOn: day }
  const found = await trx
    .selectFrom('checkAnswer')
    .select('id')
    .where('proposalId', '=', proposalId)
    .where('check', '=', input.check)
    .executeTakeFirst()
  if (found) await updateRow(trx, 'checkAnswer', found.id, version, row, by)
  else await insertRow(trx, 'checkAnswer', row, by)
}

export function settled(db: Db | Tx, scope: Scope, proposalId: number) {
  return owned(db, scope, 'checkAnswer')
    .select([
      'checkAnswer.id',
      'checkAnswer.version',
      'checkAnswer.check',
      'checkAnswer.result',
      'checkAnswer.note',
      'checkAnswer.settledBy',
      'checkAnswer.settledOn',
    ])
    .where('checkAnswer.proposalId', '=', proposalId)
    .execute()
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
