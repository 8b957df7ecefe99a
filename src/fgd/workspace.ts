import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import { type Owner, ownersThen } from './owners.ts'
import { invitedIds, toldProposals } from './queries.ts'

/** How far the inventory of an OPD's offices is; absent for those who may not know it. */
export type Inventory = { offices: number; internet: number; devices: number }

export type WorkspaceOpd = {
  id: number
  name: string
  shortName: string | null
  /** Its last day, if it has one. */
  validUntil: string | null
  invited: boolean
  people: number
  proposals: number
  inventory: Inventory | undefined
}

/** The OPD of a session by name: the invited, those who came, and those who proposed in it. */
export async function opds(db: Db, scope: Scope, sessionId: number): Promise<WorkspaceOpd[]> {
  const invited = new Set(await invitedIds(db, sessionId))
  const people = await peopleByOpd(db, sessionId)
  const proposals = await proposalsByOpd(db, scope, sessionId)
  const ids = [...new Set([...invited, ...people.keys(), ...proposals.keys()])]
  if (ids.length === 0) return []
  const rows = await owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name', 'opd.shortName', 'opd.validUntil'])
    .where('opd.id', 'in', ids)
    .orderBy(sql`lower(coalesce(opd.short_name, opd.name))`)
    .orderBy('opd.id')
    .execute()
  const inventory = await inventoryByOpd(db, scope, ids)
  return rows.map((row) => ({
    ...row,
    invited: invited.has(row.id),
    people: people.get(row.id) ?? 0,
    proposals: proposals.get(row.id) ?? 0,
    inventory: inventory.get(row.id),
  }))
}

export type Office = {
  id: number
  name: string
  internetOn: string | null
  available: string | null
  devicesOn: string | null
}

/** The offices of an OPD with the newest day on which internet and devices were recorded. */
export function offices(db: Db, scope: Scope, opdId: number): Promise<Office[]> {
  return owned(db, scope, 'location')
    .select([
      'location.id',
      'location.name',
      sql<string | null>`(select max(i.as_of) from internet_access i
        where i.location_id = location.id)`.as('internetOn'),
      sql<string | null>`(select i.available from internet_access i
        where i.location_id = location.id order by i.as_of desc, i.id desc limit 1)`.as(
        'available',
      ),
      sql<string | null>`(select max(d.as_of) from device_survey d
        where d.location_id = location.id)`.as('devicesOn'),
    ])
    .where('location.opdId', '=', opdId)
    .orderBy('location.isHead', 'desc')
    .orderBy('location.nameKey')
    .execute()
}

/** The applications of an OPD that exist, by name. */
export function applications(db: Db, scope: Scope, opdId: number) {
  return owned(db, scope, 'application')
    .select(['application.id', 'application.name', 'application.useState', 'application.example'])
    .where('application.opdId', '=', opdId)
    .orderBy('application.nameKey')
    .execute()
}

/** What an OPD needs that is no application, the newest last. */
export function needs(db: Db, scope: Scope, opdId: number) {
  return owned(db, scope, 'infrastructureNeed')
    .leftJoin('location', 'location.id', 'infrastructureNeed.locationId')
    .select(['infrastructureNeed.id', 'infrastructureNeed.kind', 'infrastructureNeed.text'])
    .select(['infrastructureNeed.example', 'location.name as location'])
    .where('infrastructureNeed.opdId', '=', opdId)
    .where('infrastructureNeed.state', '<>', 'dropped')
    .orderBy('infrastructureNeed.id')
    .execute()
}

export type ToldProposal = {
  id: number
  title: string
  opdId: number
  opd: string
  platforms: string[]
  createdAt: string
  example: string | null
}

/** The proposals made in a session: title, OPD and platform, nothing else. */
export async function proposals(db: Db, scope: Scope, sessionId: number): Promise<ToldProposal[]> {
  const rows = await toldProposals(db, scope)
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .where('proposal.fgdSessionId', '=', sessionId)
    .select([
      'proposal.id',
      'proposal.title',
      'proposal.opdId',
      'proposal.example',
      'proposal.createdAt',
      'opd.name',
      'opd.shortName',
    ])
    .orderBy('proposal.id')
    .execute()
  const platforms = await platformsOf(
    db,
    rows.map((row) => row.id),
  )
  const then = await ownersThen(db, sessionId, 'proposal')
  return rows.map(({ name, shortName, ...row }) => ({
    ...row,
    ...ownerOf(then.get(row.id) ?? { id: row.opdId, name, shortName }),
    platforms: platforms.filter((choice) => choice.proposalId === row.id).map(({ code }) => code),
  }))
}

function ownerOf({ id, name, shortName }: Owner) {
  return { opdId: id, opd: shortName ?? name }
}

async function platformsOf(db: Db, ids: number[]) {
  if (ids.length === 0) return []
  return owned(db, everything, 'proposalChoice')
    .select(['proposalChoice.proposalId', 'proposalChoice.code'])
    .where('proposalChoice.list', '=', 'platforms')
    .where('proposalChoice.proposalId', 'in', ids)
    .orderBy('proposalChoice.code')
    .execute()
}

async function peopleByOpd(db: Db, sessionId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('attendance')
    .select(['opdId', sql<number>`count(*)`.as('n')])
    .where('fgdSessionId', '=', sessionId)
    .groupBy('opdId')
    .execute()
  return new Map(rows.flatMap((row) => (row.opdId === null ? [] : [[row.opdId, row.n]])))
}

async function proposalsByOpd(db: Db, scope: Scope, sessionId: number) {
  const rows = await toldProposals(db, scope)
    .select(['proposal.id', 'proposal.opdId'])
    .where('proposal.fgdSessionId', '=', sessionId)
    .execute()
  const then = await ownersThen(db, sessionId, 'proposal')
  const counts = new Map<number, number>()
  for (const { id, opdId } of rows) {
    const owner = then.get(id)?.id ?? opdId
    counts.set(owner, (counts.get(owner) ?? 0) + 1)
  }
  return counts
}

async function inventoryByOpd(db: Db, scope: Scope, ids: number[]) {
  const rows = await owned(db, scope, 'location')
    .select([
      'location.opdId',
      sql<number>`count(*)`.as('offices'),
      sql<number>`sum(exists (select 1 from internet_access i
        where i.location_id = location.id))`.as('internet'),
      sql<number>`sum(exists (select 1 from device_survey d
        where d.location_id = location.id))`.as('devices'),
    ])
    .where('location.opdId', 'in', ids)
    .groupBy('location.opdId')
    .execute()
  const known = new Map(rows.map(({ opdId, ...inventory }) => [opdId, inventory]))
  const nothing: Inventory = { offices: 0, internet: 0, devices: 0 }
  const mine = scope.all ? ids : ids.filter((id) => scope.opdIds.includes(id))
  return new Map(mine.map((id) => [id, known.get(id) ?? nothing]))
}
