import type { KeptTable } from '../../db/kept.ts'
import type { ListItem } from '../../db/lists.ts'
import { findRow } from '../../db/rows.ts'
import type { Tx } from '../../db/schema.ts'
import { type By, type Changes, updateRow } from '../../db/write.ts'
import { dayBefore, freeName, stays, successionKind } from '../../domain/succession.ts'
import { fold } from '../../domain/text.ts'
import { Refusal } from '../../errors.ts'
import * as portal from '../../portal/queries.ts'
import { logAccess } from '../../web/access-log.ts'
import { endSessionsOf } from '../../web/session.ts'
import * as opd from '../queries.ts'
import * as recorded from '../recorded.ts'
import type { Plan, Successor } from './plan.ts'
import { type HandedRow, ratedBy } from './queries.ts'

/** The names that a location may have, in letters. */
const longestName = 160

type Move = {
  trx: Tx
  by: By
  plan: Plan
  rows: readonly HandedRow[]
  /** The OPD that a row goes to; undefined where it stays. */
  goal: (row: HandedRow) => number | undefined
  /** The successors by their ids. */
  heirs: ReadonlyMap<number, Successor>
  /** The head offices of the OPD that end, by OPD. */
  heads: ReadonlyMap<number, number>
  /** The names of the OPD that ended, as they stand in brackets. */
  nameOf: (id: number) => string
}

/**
 * Ends the OPD of the plan and hands on what they had, in one transaction and so in one batch of the
 * history: what is assigned goes to its successor, links end, invitations to sessions to come go to
 * every successor, and the OPD that end keep their names and what is told of their days.
 *
 * @param to the successor of each row by its key, or `stays`
 * @returns the ids of the successors
 * @throws Refusal at the key of a row that cannot go where it is sent
 */
export async function succeed(
  trx: Tx,
  plan: Plan,
  rows: readonly HandedRow[],
  to: ReadonlyMap<string, string>,
  by: By,
  now: Date,
): Promise<number[]> {
  const ids = await successorIds(trx, plan, rows, to, by)
  const ended = new Map(plan.ended.map((each) => [each.id, each.shortName ?? each.name]))
  const move: Move = {
    trx,
    by,
    plan,
    rows,
    goal: ({ key }) => {
      const choice = to.get(key)
      return choice === undefined || choice === stays ? undefined : ids.get(choice)
    },
    heirs: new Map(plan.successors.map((each) => [ids.get(each.key) ?? 0, each])),
    heads: await headOffices(trx, [...ended.keys()]),
    nameOf: (id) => ended.get(id) ?? '',
  }
  await refuseImpossible(move)
  await moveOwn(move)
  await moveLocations(move)
  await moveProposals(move)
  await moveApplications(move)
  await moveAccounts(move)
  await moveAnswers(move, ids)
  await endLinks(move, now)
  await invite(move, [...ids.values()])
  for (const { id } of plan.ended) {
    const changes = { validUntil: dayBefore(plan.startsOn), endedBy: plan.document }
    await change(move, 'opd', id, changes, { successors: [...ids.values()] })
  }
  return [...ids.values()]
}

/** The ids of the successors by their keys; those that begin now are written down. */
async function successorIds(
  trx: Tx,
  plan: Plan,
  rows: readonly HandedRow[],
  to: ReadonlyMap<string, string>,
  by: By,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  const follows = plan.ended.map((each) => each.id)
  for (const successor of plan.successors) {
    const affairs = rows
      .filter((row) => row.kind === 'affair' && to.get(row.key) === successor.key)
      .flatMap((row) => row.note ?? [])
    ids.set(
      successor.key,
      await successorId(trx, plan, successor, [...new Set(affairs)], follows, by),
    )
  }
  return ids
}

async function successorId(
  trx: Tx,
  plan: Plan,
  successor: Successor,
  affairs: string[],
  follows: readonly number[],
  by: By,
): Promise<number> {
  if (successor.isNew) {
    const nothing = { headTitle: null, validUntil: null, endedBy: null, note: null }
    const people = peopleOf(plan)
    const row = { ...nothing, ...people, ...successor.fresh, validFrom: plan.startsOn, affairs }
    return opd.insert(trx, row, by, successor.parentId, follows)
  }
  const known = (await opd.affairsOf(trx, successor.id)).map((each) => each.code)
  const all = [...new Set([...known, ...affairs])].sort()
  const stored = await findRow(trx, 'opd', successor.id)
  if (stored) await updateRow(trx, 'opd', stored.id, stored.version, {}, by, { affairs: all })
  return successor.id
}

/** Who heads and answers for a new office is the same only where the old one was renamed. */
function peopleOf({ ended, successors }: Plan) {
  const nobody = { headName: null, contactName: null, contactTitle: null, contactPhone: null }
  const [first] = ended
  if (!first || successionKind(ended.length, successors) !== 'rename') return nobody
  const { headName, contactName, contactTitle, contactPhone } = first
  return { headName, contactName, contactTitle, contactPhone }
}

/** Changes a row as it stands now. */
async function change<T extends KeptTable>(
  { trx, by }: Move,
  table: T,
  id: number,
  changes: Changes<T>,
  lists: Record<string, readonly ListItem[]> = {},
): Promise<void> {
  const stored = await findRow(trx, table, id)
  if (stored) await updateRow(trx, table, id, stored.version, changes, by, lists)
}

/** What cannot go where it was sent: units below a unit, a day or year twice, a rating lost. */
async function refuseImpossible(move: Move): Promise<void> {
  const errors: ConstructorParameters<typeof Refusal>[0] = {}
  const taken = new Set<string>()
  for (const row of move.rows) {
    const goal = move.goal(row)
    if (goal === undefined) continue
    const heir = move.heirs.get(goal)
    const name = heir?.name ?? ''
    if (row.kind === 'unit' && heir?.parentId !== null) {
      errors[row.key] = { key: 'succession.error.unit', params: { name } }
    }
    if (row.kind === 'people' || row.kind === 'budget') {
      const place = `${row.kind} ${goal} ${row.label}`
      if (taken.has(place) || (await isTaken(move.trx, row, goal))) {
        errors[row.key] = { key: 'succession.error.twice', params: { name, label: row.label } }
      }
      taken.add(place)
    }
    if (row.kind === 'assessor') {
      const n = await ratingsLost(move, row, goal)
      if (n > 0) errors[row.key] = { key: 'succession.error.rated', params: { name, n } }
    }
  }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
}

async function isTaken(trx: Tx, row: HandedRow, goal: number): Promise<boolean> {
  const found =
    row.kind === 'people'
      ? await trx
          .selectFrom('opdPeople')
          .select('id')
          .where('opdId', '=', goal)
          .where('asOf', '=', row.label)
          .executeTakeFirst()
      : await trx
          .selectFrom('opdBudget')
          .select('id')
          .where('opdId', '=', goal)
          .where('year', '=', Number(row.label))
          .executeTakeFirst()
  return found !== undefined
}

/** Nobody rates what their own OPD proposes: how many ratings would no longer count. */
async function ratingsLost(move: Move, row: HandedRow, goal: number): Promise<number> {
  const goals = new Map(
    move.rows.flatMap((each) => (each.kind === 'proposal' ? [[each.id, move.goal(each)]] : [])),
  )
  const rated = await ratedBy(move.trx, row.id)
  return rated.filter(({ id, opdId }) => opdId !== row.from && (goals.get(id) ?? opdId) === goal)
    .length
}

/** Rows that only change their OPD. */
async function moveOwn(move: Move): Promise<void> {
  for (const row of move.rows) {
    const opdId = move.goal(row)
    if (opdId === undefined) continue
    if (row.kind === 'unit') await change(move, 'opd', row.id, { parentId: opdId })
    if (row.kind === 'duty') {
      await change(move, 'opdDuty', row.id, { opdId, seq: await recorded.nextSeq(move.trx, opdId) })
    }
    if (row.kind === 'need') await change(move, 'infrastructureNeed', row.id, { opdId })
    if (row.kind === 'followUp') await change(move, 'followUp', row.id, { opdId })
    if (row.kind === 'assessor') await change(move, 'assessor', row.id, { opdId })
    if (row.kind === 'people') await change(move, 'opdPeople', row.id, { opdId })
    if (row.kind === 'budget') await change(move, 'opdBudget', row.id, { opdId })
  }
}

/** Offices with what was recorded in them and what they need; an OPD has one head office. */
async function moveLocations(move: Move): Promise<void> {
  const { trx } = move
  for (const row of move.rows) {
    const opdId = move.goal(row)
    if (row.kind !== 'location' || opdId === undefined) continue
    const there = await trx
      .selectFrom('location')
      .select(['nameKey', 'isHead'])
      .where('opdId', '=', opdId)
      .execute()
    const taken = new Set(there.map((each) => each.nameKey))
    const name = freeName(row.label, move.nameOf(row.from), taken, fold, longestName)
    const hasHead = there.some((each) => each.isHead === 1)
    const second = hasHead ? { isHead: 0 as const, ...(row.note === 'main' ? branch : {}) } : {}
    await change(move, 'location', row.id, { opdId, name, nameKey: fold(name), ...second })
    const needs = await trx
      .selectFrom('infrastructureNeed')
      .select('id')
      .where('locationId', '=', row.id)
      .execute()
    for (const { id } of needs) await change(move, 'infrastructureNeed', id, { opdId })
  }
}

const branch = { kind: 'branch' }

/**
 * Proposals with their numbers, whatever their state: somebody must answer for them and build what
 * was decided. A duty that went elsewhere stays as a text, to be verified anew.
 */
async function moveProposals(move: Move): Promise<void> {
  const { trx, rows } = move
  const goals = new Map(
    rows.filter((row) => row.kind === 'proposal').map((row) => [row.id, move.goal(row)]),
  )
  const parts = new Map(rows.filter((row) => row.kind === 'further').map((row) => [row.key, row]))
  const ids = new Set([...goals.keys(), ...[...parts.values()].map((row) => row.id)])
  for (const id of ids) {
    const stored = await findRow(trx, 'proposal', id)
    if (!stored) continue
    const opdId = goals.get(id) ?? Number(stored.opdId)
    const further = await trx
      .selectFrom('proposalOpd')
      .select(['opdId', 'part'])
      .where('proposalId', '=', id)
      .execute()
    const moved = further.map((each) => {
      const row = parts.get(`further.${id}-${each.opdId}`)
      return { ...each, opdId: (row && move.goal(row)) ?? each.opdId }
    })
    const once = moved.filter(
      (each, at) =>
        each.opdId !== opdId && moved.findIndex((other) => other.opdId === each.opdId) === at,
    )
    await change(
      move,
      'proposal',
      id,
      { opdId, ...(await dutyOf(trx, Number(stored.dutyId), opdId)) },
      { further: once, ...(await placesOf(move, id, Number(stored.opdId), opdId)) },
    )
  }
}

async function headOffices(trx: Tx, opdIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await trx
    .selectFrom('location')
    .select(['id', 'opdId'])
    .where('opdId', 'in', opdIds)
    .where('isHead', '=', 1)
    .execute()
  return new Map(rows.map((row) => [row.opdId, row.id]))
}

/**
 * Where a proposal is used: one that names no office is used in the head office of its OPD, which it
 * names where its new OPD has another or none, so that what is known of its readiness stays.
 */
async function placesOf(
  { trx, heads }: Move,
  id: number,
  from: number,
  opdId: number,
): Promise<Record<string, number[]>> {
  const head = heads.get(from)
  if (head === undefined || from === opdId) return {}
  const named = await trx
    .selectFrom('proposalLocation')
    .select('locationId')
    .where('proposalId', '=', id)
    .executeTakeFirst()
  if (named || (await headOffices(trx, [opdId])).get(opdId) === head) return {}
  return { locations: [head] }
}

/** The duty of a proposal after the duties have gone where they go. */
async function dutyOf(trx: Tx, dutyId: number, opdId: number) {
  if (!dutyId) return {}
  const duty = await trx
    .selectFrom('opdDuty')
    .select(['opdId', 'text'])
    .where('id', '=', dutyId)
    .executeTakeFirst()
  return !duty || duty.opdId === opdId ? {} : { dutyId: null, dutyText: duty.text }
}

/** Applications, and who uses them; an owner is not also a further user. */
async function moveApplications(move: Move): Promise<void> {
  const { trx, rows } = move
  const goals = new Map(
    rows.filter((row) => row.kind === 'application').map((row) => [row.id, move.goal(row)]),
  )
  const uses = new Map(rows.filter((row) => row.kind === 'used').map((row) => [row.key, row]))
  const ids = new Set([...goals.keys(), ...[...uses.values()].map((row) => row.id)])
  for (const id of ids) {
    const stored = await findRow(trx, 'application', id)
    if (!stored) continue
    const opdId = goals.get(id) ?? Number(stored.opdId)
    const users = await trx
      .selectFrom('applicationOpd')
      .select('opdId')
      .where('applicationId', '=', id)
      .execute()
    const moved = users.map((each) => {
      const row = uses.get(`used.${id}-${each.opdId}`)
      return (row && move.goal(row)) ?? each.opdId
    })
    const userOpds = [...new Set(moved)].filter((each) => each !== opdId)
    await change(move, 'application', id, { opdId }, { userOpds })
  }
}

/** Nobody goes on seeing what became another's: an account moves where it was said, or its access ends. */
async function moveAccounts(move: Move): Promise<void> {
  const { trx, by } = move
  const rows = move.rows.filter((row) => row.kind === 'account')
  for (const id of new Set(rows.map((row) => row.id))) {
    const roles = await trx
      .selectFrom('accountRole')
      .select(['role', 'opdId'])
      .where('accountId', '=', id)
      .execute()
    const after = roles.flatMap(({ role, opdId }) => {
      const row = rows.find((each) => each.id === id && each.from === opdId)
      if (!row) return [{ role, opdId }]
      const goal = move.goal(row)
      return goal === undefined ? [] : [{ role, opdId: goal }]
    })
    const once = after.filter(
      (each, at) =>
        after.findIndex((other) => other.role === each.role && other.opdId === each.opdId) === at,
    )
    await change(move, 'account', id, {}, { roles: once })
    await endSessionsOf(trx, id)
    const name = rows.find((row) => row.id === id)?.label
    await logAccess(trx, 'role', by, { account: id, name, roles: once.map((each) => each.role) })
  }
}

/** An office that is only renamed has still said what it said. */
async function moveAnswers(move: Move, ids: ReadonlyMap<string, number>): Promise<void> {
  const { trx, plan } = move
  if (successionKind(plan.ended.length, plan.successors) !== 'rename') return
  const [opdId] = ids.values()
  for (const table of ['opdAnswer', 'opdAlias'] as const) {
    const rows = await trx
      .selectFrom(table)
      .select('id')
      .where('opdId', '=', plan.ended[0]?.id ?? 0)
      .execute()
    for (const { id } of rows) if (opdId) await change(move, table, id, { opdId })
  }
}

async function endLinks({ trx, by, plan }: Move, now: Date): Promise<void> {
  for (const { id } of plan.ended) {
    for (const link of await portal.listLinks(trx, now, id)) await portal.endLink(trx, link, by)
  }
}

/** Sessions to come invite the successors; a session that was held keeps whom it invited. */
async function invite(move: Move, successors: readonly number[]): Promise<void> {
  const { trx, plan } = move
  const ended = plan.ended.map((each) => each.id)
  const sessions = await trx
    .selectFrom('sessionOpd')
    .innerJoin('fgdSession', 'fgdSession.id', 'sessionOpd.fgdSessionId')
    .select('fgdSession.id')
    .distinct()
    .where('sessionOpd.opdId', 'in', ended)
    .where('sessionOpd.invited', '=', 1)
    .where('fgdSession.state', 'in', ['planned', 'postponed'])
    .execute()
  for (const { id } of sessions) {
    const rows = await trx
      .selectFrom('sessionOpd')
      .select('opdId')
      .where('fgdSessionId', '=', id)
      .where('invited', '=', 1)
      .execute()
    const others = rows.map((row) => row.opdId).filter((each) => !ended.includes(each))
    await change(move, 'fgdSession', id, {}, { invited: [...new Set([...others, ...successors])] })
  }
}
