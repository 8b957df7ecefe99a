import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { instantOf, isDay } from '../domain/calendar.ts'
import { orHidden, orNotFound } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf as pageNumber, queryId, queryOneOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { pageOf } from '../web/places.ts'
import { records } from '../web/record-fields.ts'
import { inWords, type Reader } from '../web/record-words.ts'
import { isRestorable, mayRestore } from '../web/restorable.ts'
import { sayOf } from '../web/say.ts'
import { view } from '../web/view.ts'
import * as history from './queries.ts'
import { heldBy, isInReach, putBack, recordNow, restoreField, restoreRemoved } from './restoring.ts'
import { maySay } from './rules.ts'
import { putBackForm, restoreForm } from './schema.ts'

type Page = { entries: history.Entry[]; n: number; page: number; pages: number }
type Option = { value: string | number; label: string }

const indexPage = view<
  Page & {
    query: Record<string, string | number | undefined>
    opds: opd.OpdOption[]
    kinds: Option[]
    persons: Option[]
  }
>('history/index')
const recordPage = view<
  Page & { entity: string; recordId: number; noun: string; title: string; back: string | undefined }
>('history/record')
const eventPage = view<{
  form: FormState
  entry: history.Entry
  fields: FieldRow[]
  /** The record is removed: nothing of it is put back before it is. */
  isGone: boolean
  link: string | undefined
}>('history/event')
const removedPage = view<Omit<Page, 'entries'> & { entries: history.Removed[] }>('history/removed')
const restorePage = view<{
  form: FormState
  entry: history.Entry
  together: history.Entry[]
  mayPut: boolean
}>('history/restore')

type FieldRow = {
  field: string
  label: string
  before: string
  after: string
  now: string
  mayPut: boolean
}

/** What was changed by whom; from there a field, or what was removed, is put back. */
export const historyRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, whole } = context
  app.get('/', { config: { access: 'history.all' } }, index)
  app.get('/removed', { config: { access: 'history.view' } }, removed)
  app.get('/removed/:id', { config: { access: 'history.restore' } }, askRestore)
  app.post('/removed/:id', { config: { access: 'history.restore' } }, restore)
  app.get('/events/:id', { config: { access: 'history.view' } }, showEvent)
  app.post('/events/:id', { config: { access: 'history.restore' } }, putFieldBack)
  app.get('/:entity/:id', { config: { access: 'history.view' } }, showRecord)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const reader = readerOf(request)
    const { t } = reader.say
    const query = queryOf(request)
    const found = await history.list(db, reader, filtersOf(request), pageNumber(request))
    const kinds = history.visibleEntities(request.actor).flatMap((entity): Option[] => {
      const noun = records[entity]?.noun
      return noun ? [{ value: entity, label: t.message({ key: noun }) }] : []
    })
    const persons = await history.people(db, request.actor)
    return reply.page(indexPage, {
      ...found,
      query,
      opds: await opd.allOptions(db, scopeOf(request.actor)),
      kinds: kinds.toSorted((a, b) => a.label.localeCompare(b.label)),
      persons: persons.map((name) => ({ value: name, label: name })),
    })
  }

  async function showRecord(request: FastifyRequest, reply: FastifyReply) {
    const reader = readerOf(request)
    const { entity = '' } = request.params as { entity?: string }
    const record = orNotFound(Object.hasOwn(records, entity) ? records[entity] : undefined)
    const recordId = idOf(request)
    const page = pageNumber(request)
    const found = orNotFound(await history.timeline(db, reader, entity, recordId, { page }))
    orHidden(found.n > 0)
    const words = await inWords(db, reader, [{ entity, entityId: recordId, changes: {} }])
    const row = await readableNow(request, entity, recordId)
    return reply.page(recordPage, {
      ...found,
      entity,
      recordId,
      noun: reader.say.t.message({ key: record.noun }),
      title: words.title(entity, recordId),
      back: row && pageOf(entity, recordId, row),
    })
  }

  async function showEvent(request: FastifyRequest, reply: FastifyReply) {
    return eventWith(request, reply, await askedEvent(request), emptyForm())
  }

  async function putFieldBack(request: FastifyRequest, reply: FastifyReply) {
    const event = await askedEvent(request)
    const again = (form: FormState) => eventWith(request, reply, event, form)
    const parsed = parseForm(putBackForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { field } = parsed.data
    const back = orNotFound(putBack(event, field))
    const reader = readerOf(request)
    return once(context, request, reply, parsed, again, async (trx) => {
      const changed = await restoreField(trx, reader, event, field, parsed.version, request.by())
      const { t } = reader.say
      const label = t.message({ key: back.field.label })
      return {
        to: paths.history(event.entity, event.entityId),
        flash: changed
          ? { key: 'history.event.done', params: { field: label } }
          : { key: 'form.nothingChanged' },
      }
    })
  }

  async function eventWith(
    request: FastifyRequest,
    reply: FastifyReply,
    event: history.Event,
    form: FormState,
  ) {
    const reader = readerOf(request)
    const { entity, entityId } = event
    const [entry] = await history.entriesOf(db, reader, [event])
    const row = await readableNow(request, entity, entityId)
    const mayPut = row !== undefined && mayRestore(request.actor, entity)
    return reply.page(eventPage, {
      form: { ...form, version: row?.version },
      entry: orNotFound(entry),
      fields: await fieldRows(reader, event, row, mayPut),
      isGone: row === undefined && (await isRemoved(entity, entityId)),
      link: row && pageOf(entity, entityId, row),
    })
  }

  /** A record as it is now, where it is this reader's still; undefined also when it is removed. */
  async function readableNow({ actor }: FastifyRequest, entity: string, id: number) {
    const row = await recordNow(whole, entity, id)
    if (!row || !isRestorable(entity)) return undefined
    return (await isInReach(whole, actor, entity, row)) ? row : undefined
  }

  async function isRemoved(entity: string, id: number): Promise<boolean> {
    return isRestorable(entity) && (await recordNow(whole, entity, id)) === undefined
  }

  async function fieldRows(
    reader: Reader,
    event: history.Event,
    row: Record<string, unknown> | undefined,
    mayPut: boolean,
  ): Promise<FieldRow[]> {
    const { entity, entityId, changes } = event
    const held = Object.fromEntries(
      Object.keys(changes).map((field) => [field, [row?.[field], row?.[field]] as const]),
    )
    const words = await inWords(db, reader, [
      { entity, entityId, changes },
      { entity, entityId, changes: held },
    ])
    const now = new Map(words.changes(entity, held).map(({ field, old }) => [field, old]))
    return words.changes(entity, changes).map(({ field, label, old, fresh }) => ({
      ...{ field, label, before: old, after: fresh },
      now: row ? (now.get(field) ?? '') : '',
      mayPut: mayPut && mayPutField(reader, event, field) && now.get(field) !== old,
    }))
  }

  async function removed(request: FastifyRequest, reply: FastifyReply) {
    const found = await history.removed(db, readerOf(request), pageNumber(request))
    return reply.page(removedPage, found)
  }

  async function askRestore(request: FastifyRequest, reply: FastifyReply) {
    return restoreWith(request, reply, await askedRemoval(request), emptyForm())
  }

  async function restore(request: FastifyRequest, reply: FastifyReply) {
    const event = await askedRemoval(request)
    const again = (form: FormState) => restoreWith(request, reply, event, form)
    const parsed = parseForm(restoreForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { entity, entityId } = event
    const reader = readerOf(request)
    const words = await inWords(db, reader, [{ entity, entityId, changes: {} }])
    const params = { noun: history.nounOf(reader, entity), name: words.title(entity, entityId) }
    return once(context, request, reply, parsed, again, async (trx) => {
      const together = await history.removedTogether(trx, request.actor, event)
      await restoreRemoved(trx, request.actor, together, request.by())
      return {
        to: pageOf(entity, entityId, heldBy(event)) ?? paths.removals(),
        flash: { key: 'history.removed.done', params },
      }
    })
  }

  async function restoreWith(
    request: FastifyRequest,
    reply: FastifyReply,
    event: history.Event,
    form: FormState,
  ) {
    const reader = readerOf(request)
    const together = await history.removedTogether(db, request.actor, event)
    const entries = await history.entriesOf(db, reader, together)
    const entry = entries.find(({ id }) => id === event.id)
    return reply.page(restorePage, {
      form,
      entry: orNotFound(entry ?? (await history.entriesOf(db, reader, [event]))[0]),
      together: entries.filter(({ id }) => id !== event.id),
      mayPut:
        together.length > 0 && together.every(({ entity }) => mayRestore(request.actor, entity)),
    })
  }

  async function askedEvent(request: FastifyRequest): Promise<history.Event> {
    return orNotFound(await history.findEvent(db, request.actor, idOf(request)))
  }

  /** A removal; of several that were removed together, the one on which the others hung. */
  async function askedRemoval(request: FastifyRequest): Promise<history.Event> {
    const event = await askedEvent(request)
    orHidden(event.action === 'remove')
    const [top] = await history.removedTogether(db, request.actor, event)
    return top ?? event
  }
}

function mayPutField({ actor }: Reader, event: history.Event, field: string): boolean {
  const back = putBack(event, field)
  return back !== undefined && maySay(actor, back.entity, field)
}

function readerOf(request: FastifyRequest): Reader {
  return { actor: request.actor, say: sayOf(request) }
}

/** The filters as they stand in the address; a day that does not exist is left out. */
function queryOf(request: FastifyRequest) {
  const day = (name: string) => {
    const text = queryText(request, name)
    return isDay(text) ? text : undefined
  }
  return {
    opd: queryId(request, 'opd'),
    kind: queryOneOf(request, 'kind', history.visibleEntities(request.actor)),
    person: queryText(request, 'person') || undefined,
    from: day('from'),
    until: day('until'),
  }
}

function filtersOf(request: FastifyRequest): history.Filters {
  const { opd: opdId, kind, person, from, until } = queryOf(request)
  const zone = request.site.timeZone
  return {
    opdId,
    entity: kind,
    person: person ?? '',
    from: from && instantOf(from, '00:00', zone),
    before: until && dayLater(instantOf(until, '00:00', zone)),
  }
}

/** No zone of the country has summer time: a day later is 24 hours later. */
function dayLater(instant: string): string {
  return new Date(Date.parse(instant) + 24 * 3_600_000).toISOString()
}
