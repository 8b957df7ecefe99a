import { type Expression, sql } from 'kysely'
import type { Db, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import type { CheckName } from '../domain/checks.ts'
import { tellingWords } from '../domain/likeness.ts'
import { fold } from '../domain/text.ts'
import type { Proposal } from './queries.ts'
import { decisionInForceId } from './standing.ts'

/** What a check may be settled about; `value` names it in the form: `proposal:12`. */
export type Candidate = {
  value: string
  kind: 'proposal' | 'application' | 'national'
  id: number
  title: string
  /** Number of a proposal. */
  number: string | null
  /** The OPD, or the owner of a national application. */
  owner: string
  /** What it does, where that is recorded. */
  function: string | null
  state: string | null
  outcome: string | null
  example: string | null
}

/** At most so many of each kind are shown. */
export const shownAtMost = 8

/**
 * What the search of a check finds, the likest first: for "similar" applications and proposals of
 * every OPD in reach, for "national" the reference rows. Every word that was typed must occur in the
 * name, the function or the owner; without a search, a word there begins as one of the telling words
 * of the title: an owner's name says nothing of what an application does, and half a word neither.
 */
export async function candidates(
  db: Db,
  scope: Scope,
  check: CheckName,
  proposal: Pick<Proposal, 'id' | 'titleKey'>,
  search: string,
): Promise<Candidate[]> {
  const typed = fold(search).split(' ').filter(Boolean)
  const sought = {
    words: typed.length > 0 ? typed : tellingWords(proposal.titleKey),
    all: typed.length > 0,
  }
  if (sought.words.length === 0) return []
  if (check === 'national') return nationals(db, sought)
  return [
    ...(await applications(db, scope, sought)),
    ...(await proposals(db, scope, sought, proposal.id)),
  ]
}

type Sought = { words: readonly string[]; all: boolean }

/** How many of the words occur in a folded text. */
function hits(text: Expression<string>, { words, all }: Sought) {
  const like = (word: string) => (all ? `%${word}%` : `% ${word}%`)
  const each = words.map(
    (word) => sql`(case when ' ' || ${text} like ${like(word)} then 1 else 0 end)`,
  )
  return sql<number>`(${sql.join(each, sql` + `)})`
}

/** The name of the OPD, where it is looked for too. */
function owner({ all }: Sought) {
  return all ? sql<string>`' ' || opd.name_key` : sql<string>`''`
}

const least = ({ words, all }: Sought) => (all ? words.length : 1)

async function applications(db: Db, scope: Scope, sought: Sought): Promise<Candidate[]> {
  const found = hits(
    sql<string>`(application.name_key || ' ' || lower(coalesce(application.function, '')) || ${owner(sought)})`,
    sought,
  )
  const rows = await owned(db, scope, 'application')
    .innerJoin('opd', 'opd.id', 'application.opdId')
    .select(['application.id', 'application.name', 'application.function'])
    .select(['application.useState', 'application.example', 'opd.name as opd'])
    .where(found, '>=', least(sought))
    .orderBy(found, 'desc')
    .orderBy('application.nameKey')
    .limit(shownAtMost)
    .execute()
  return rows.map(({ id, name, useState, opd, ...row }) => ({
    ...row,
    value: `application:${id}`,
    kind: 'application',
    id,
    title: name,
    number: null,
    owner: opd,
    state: useState,
    outcome: null,
  }))
}

async function proposals(
  db: Db,
  scope: Scope,
  sought: Sought,
  apartFrom: number,
): Promise<Candidate[]> {
  const found = hits(
    sql<string>`(proposal.title_key || ' ' || lower(coalesce(proposal.number, '')) || ' ' || lower(coalesce(proposal.purpose, '')) || ${owner(sought)})`,
    sought,
  )
  const rows = await owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .leftJoin('decision', (join) => join.on('decision.id', '=', decisionInForceId))
    .select(['proposal.id', 'proposal.number', 'proposal.title', 'proposal.purpose'])
    .select(['proposal.state', 'proposal.example', 'opd.name as opd', 'decision.outcome'])
    .where('proposal.id', '<>', apartFrom)
    .where('proposal.state', 'not in', ['draft', 'merged', 'withdrawn'])
    .where(found, '>=', least(sought))
    .orderBy(found, 'desc')
    .orderBy('proposal.number')
    .limit(shownAtMost)
    .execute()
  return rows.map(({ id, opd, purpose, ...row }) => ({
    ...row,
    value: `proposal:${id}`,
    kind: 'proposal',
    id,
    owner: opd,
    function: purpose,
  }))
}

async function nationals(db: Db, sought: Sought): Promise<Candidate[]> {
  const rows = await db.selectFrom('nationalApplication').selectAll().orderBy('nameKey').execute()
  return rows
    .map((row) => {
      const text = ` ${fold(`${row.name} ${row.function} ${sought.all ? row.owner : ''}`)}`
      const part = (word: string) => (sought.all ? word : ` ${word}`)
      return { row, found: sought.words.filter((word) => text.includes(part(word))).length }
    })
    .filter(({ found }) => found >= least(sought))
    .toSorted((a, b) => b.found - a.found)
    .slice(0, shownAtMost)
    .map(({ row: { id, name, owner, example, function: does } }) => ({
      value: `national:${id}`,
      kind: 'national',
      id,
      title: name,
      number: null,
      owner,
      function: does,
      state: null,
      outcome: null,
      example,
    }))
}

export type AboutColumns = {
  aboutOpdId: number | null
  aboutNationalId: number | null
  aboutApplicationId: number | null
  aboutProposalId: number | null
}

const tableOf = {
  opd: 'opd',
  national: 'nationalApplication',
  application: 'application',
  proposal: 'proposal',
} as const
type Kind = keyof typeof tableOf

const kindsOf: Record<CheckName, readonly Kind[]> = {
  duty: ['opd'],
  internet: [],
  national: ['national'],
  similar: ['application', 'proposal'],
}

/** What a form names as the subject of a check; undefined where it is not there or of no use to it. */
export async function aboutOf(
  trx: Tx,
  check: CheckName,
  proposal: Pick<Proposal, 'id' | 'opdId'>,
  value: string | null,
): Promise<AboutColumns | undefined> {
  const nothing = {
    aboutOpdId: null,
    aboutNationalId: null,
    aboutApplicationId: null,
    aboutProposalId: null,
  }
  if (value === null) return nothing
  const [name, digits] = value.split(':')
  const kind = kindsOf[check].find((each) => each === name)
  const id = Number(digits)
  const itself =
    (kind === 'proposal' && id === proposal.id) || (kind === 'opd' && id === proposal.opdId)
  if (!kind || itself || !(await isThere(trx, kind, id))) return undefined
  const column = `about${kind[0]?.toUpperCase()}${kind.slice(1)}Id` as keyof AboutColumns
  return { ...nothing, [column]: id }
}

async function isThere(trx: Tx, kind: Kind, id: number): Promise<boolean> {
  const row =
    kind === 'national'
      ? await trx
          .selectFrom('nationalApplication')
          .select('id')
          .where('id', '=', id)
          .executeTakeFirst()
      : await owned(trx, everything, tableOf[kind])
          .select(`${tableOf[kind]}.id`)
          .where(`${tableOf[kind]}.id`, '=', id)
          .executeTakeFirst()
  return row !== undefined
}
