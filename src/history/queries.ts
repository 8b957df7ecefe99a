import type { FastifyRequest } from 'fastify'
import type { SelectQueryBuilder } from 'kysely'
import { untilNextWrite } from '../db/memo.ts'
import type { Db, Row, Tables, Tx } from '../db/schema.ts'
import { countsFor, owned } from '../db/scope.ts'
import { type Actor, can, type Scope, scopeOf } from '../domain/access.ts'
import { midSentence } from '../domain/text.ts'
import { fieldOf, records } from '../web/record-fields.ts'
import { type ChangeInWords, type Changes, inWords, type Reader } from '../web/record-words.ts'
import { sayOf } from '../web/say.ts'
import { membersOf } from './families.ts'

export const pageSize = 50
const panelSize = 8

export type Event = Omit<Row<'event'>, 'changes' | 'hash'> & { changes: Changes }

/** One change as a timeline shows it. */
export type Entry = {
  id: number
  at: string
  actorName: string
  way: string
  /** What was done, in a sentence. */
  deed: string
  /** The record it was done to, '' where it has no name. */
  title: string
  /** The record that one belongs to, '' for none. */
  within: string
  entity: string
  entityId: number
  isInsert: boolean
  isRemoval: boolean
  changes: ChangeInWords[]
  /** Whether a field of it may be put back from its own page. */
  opens: boolean
}

export type Filters = {
  opdId: number | undefined
  entity: string | undefined
  person: string
  /** Instants: from … before. */
  from: string | undefined
  before: string | undefined
}

/** The kinds of record whose history this actor may see. */
export function visibleEntities(actor: Actor): string[] {
  return Object.entries(records).flatMap(([entity, { access }]) =>
    can(actor, access) ? [entity] : [],
  )
}

/** Whether the page of a record shows its history to this actor. */
export function mayLook(actor: Actor, entity: string): boolean {
  return can(actor, 'history.view') && visibleEntities(actor).includes(entity)
}

/**
 * What happened to a record and to what belongs to it, the newest first, also to what was removed
 * since. Undefined where this reader may not look.
 */
export async function timeline(
  db: Db,
  reader: Reader,
  entity: string,
  id: number,
  { page = 1, size = pageSize }: { page?: number; size?: number } = {},
) {
  if (!mayLook(reader.actor, entity)) return undefined
  const events = ofFamily(seen(db, reader.actor), visibleEntities(reader.actor), entity, id)
  return paged(db, reader, events, page, size)
}

/**
 * The newest changes of a record, for the panel on its page (views/history/panel): read once until
 * the next event for all who see and say the same.
 */
export function newest(
  db: Db,
  request: Pick<FastifyRequest, 'actor' | 'locale' | 'site'>,
  entity: string,
  id: number,
) {
  const { actor, locale } = request
  const reader = { actor, say: sayOf(request) }
  const isAccount = actor.kind === 'person' && actor.accountId !== null
  const sees = [actor.kind === 'person' ? actor.roles : [], isAccount, scopeOf(actor)]
  const key = `newest ${JSON.stringify([entity, id, locale, sees])}`
  return untilNextWrite(db, key, () => timeline(db, reader, entity, id, { size: panelSize }))
}
export type Newest = Awaited<ReturnType<typeof newest>>

/** The newest changes of everything in the reader's scope. */
export async function list(db: Db, reader: Reader, filters: Filters, page: number) {
  let events = seen(db, reader.actor)
  const { opdId, entity, person, from, before } = filters
  if (opdId !== undefined) events = events.where(countsFor('event.opdId', opdId))
  if (entity !== undefined) events = events.where('event.entity', '=', entity)
  if (person !== '') events = events.where('event.actorName', '=', person)
  if (from !== undefined) events = events.where('event.at', '>=', from)
  if (before !== undefined) events = events.where('event.at', '<', before)
  return paged(db, reader, events, page, pageSize)
}

/** Everyone who changed something in the reader's scope, by name. */
export async function people(db: Db, actor: Actor): Promise<string[]> {
  const rows = await seen(db, actor)
    .select('event.actorName')
    .distinct()
    .orderBy('event.actorName')
    .execute()
  return rows.map((row) => row.actorName).filter((name) => name !== '')
}

/** One event that this actor may see. */
export async function findEvent(db: Db | Tx, actor: Actor, id: number): Promise<Event | undefined> {
  const row = await seen(db, actor).selectAll('event').where('event.id', '=', id).executeTakeFirst()
  return row && parsed(row)
}

export type Removed = Entry & { others: number }

/** Records that are removed still, each told once with how many went with it, the newest first. */
export async function removed(db: Db, reader: Reader, page: number) {
  const tops = gone(seen(db, reader.actor)).where((eb) =>
    eb.not(
      eb.exists(
        eb
          .selectFrom('event as later')
          .select('later.id')
          .whereRef('later.batchId', '=', 'event.batchId')
          .whereRef('later.id', '>', 'event.id')
          .where('later.action', '=', 'remove'),
      ),
    ),
  )
  const found = await paged(db, reader, tops, page, pageSize)
  const entries: Removed[] = []
  for (const entry of found.entries) {
    const event = await findEvent(db, reader.actor, entry.id)
    const others = event ? (await removedTogether(db, reader.actor, event)).length - 1 : 0
    entries.push({ ...entry, others })
  }
  return { ...found, entries }
}

/** What was removed with this and is removed still, in the order in which it can be inserted again. */
export async function removedTogether(
  db: Db | Tx,
  actor: Actor,
  { id, batchId }: Pick<Event, 'id' | 'batchId'>,
): Promise<Event[]> {
  const events = gone(owned(db, scopeOf(actor), 'event')).selectAll('event')
  const rows = await (batchId === null
    ? events.where('event.id', '=', id)
    : events.where('event.batchId', '=', batchId)
  )
    .orderBy('event.id', 'desc')
    .execute()
  return rows.map(parsed)
}

/** Changes as entries of a timeline. */
export async function entriesOf(
  db: Db | Tx,
  reader: Reader,
  events: readonly Event[],
): Promise<Entry[]> {
  const words = await inWords(db, reader, events)
  return events.map((event) => {
    const { id, at, actorName, way, entity, entityId, action } = event
    const changes = words.changes(entity, event.changes)
    return {
      ...{ id, at, actorName, way, entity, entityId, changes },
      deed: deedOf(reader, event, changes),
      title: words.title(entity, entityId),
      within: words.within(entity, entityId),
      isInsert: action === 'insert',
      isRemoval: action === 'remove',
      opens: action === 'update' && changes.some(({ field }) => !fieldOf(entity, field)?.fixed),
    }
  })
}

/** What a record of a table is called: “Akses internet”. */
export function nounOf({ say }: Reader, entity: string): string {
  const record = records[entity]
  return record ? say.t.message({ key: record.noun }) : ''
}

function deedOf(reader: Reader, event: Event, changes: readonly ChangeInWords[]): string {
  const { t } = reader.say
  const noun = nounOf(reader, event.entity)
  if (event.action === 'remove') return t('history.remove', { noun })
  if (event.action === 'insert') {
    return t(event.way === 'restore' ? 'history.restored' : 'history.insert', { noun })
  }
  const fields = changes.map(({ label }) => midSentence(label)).join(', ')
  return fields === '' ? t('history.updated', { noun }) : t('history.update', { noun, fields })
}

type Events = SelectQueryBuilder<Tables, 'event', object>

/** The events in the actor's scope, of the kinds of record that the actor may see. */
function seen(db: Db | Tx, actor: Actor, scope: Scope = scopeOf(actor)): Events {
  const entities = visibleEntities(actor)
  const events = owned(db, scope, 'event')
  return entities.length === 0
    ? events.where((eb) => eb.lit(false))
    : events.where('event.entity', 'in', entities)
}

/** Removals after which nothing happened to the record: it is not there. */
function gone(events: Events): Events {
  return events
    .where('event.action', '=', 'remove')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('event as next')
            .select('next.id')
            .whereRef('next.entity', '=', 'event.entity')
            .whereRef('next.entityId', '=', 'event.entityId')
            .whereRef('next.id', '>', 'event.id'),
        ),
      ),
    )
}

/** A member is known by the event that inserted it, so that a removed one is found too. */
function ofFamily(events: Events, visible: readonly string[], entity: string, id: number): Events {
  const members = membersOf(entity).filter(([member]) => visible.includes(member))
  return events.where((eb) =>
    eb.or([
      eb.and([eb('event.entity', '=', entity), eb('event.entityId', '=', id)]),
      ...members.map(([member, column]) =>
        column === null
          ? eb('event.entity', '=', member)
          : eb.and([
              eb('event.entity', '=', member),
              eb(
                'event.entityId',
                'in',
                eb
                  .selectFrom('event as first')
                  .select('first.entityId')
                  .where('first.entity', '=', member)
                  .where('first.action', '=', 'insert')
                  .where('first.changes', 'like', `%"${column}":[null,${id}]%`),
              ),
            ]),
      ),
    ]),
  )
}

async function paged(db: Db, reader: Reader, events: Events, page: number, size: number) {
  const { n } = await events
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const rows = await events
    .selectAll('event')
    .orderBy('event.id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const entries = await entriesOf(db, reader, rows.map(parsed))
  return { entries, n, page, pages: Math.max(1, Math.ceil(n / size)) }
}

function parsed({ changes, hash: _, ...event }: Row<'event'>): Event {
  return { ...event, changes: JSON.parse(changes) as Changes }
}
