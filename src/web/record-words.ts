import type { Db, Row, Tx, WholeDb } from '../db/schema.ts'
import { owned, reached } from '../db/scope.ts'
import { type Actor, can, type Scope, scopeOf } from '../domain/access.ts'
import { namedPicture } from '../domain/picture.ts'
import { midSentence } from '../domain/text.ts'
import { type ListName, lists } from '../domain/words.ts'
import { type FieldTold, fieldOf, type RecordTold, records } from './record-fields.ts'
import type { Say } from './say.ts'

/** Who reads, and how it is said to them. */
export type Reader = { actor: Actor; say: Say }

export type Change = readonly [old: unknown, fresh: unknown]
export type Changes = Record<string, Change>

/** A field with its values in words; `field` names it in the record. */
export type ChangeInWords = { field: string; label: string; old: string; fresh: string }

/** Longer texts are cut where they only name a record. */
const longestName = 90

type Wanted = Map<string, Set<number>>
/** By entity and id: the value of the field that names the record, and the id it is within. */
type Names = Map<string, { title: unknown; within: unknown }>

/**
 * What these changes are in words; ids are told by the names of their records.
 *
 * @param within whose records may be named: those the actor may read, unless told
 */
export async function inWords(
  db: Db | Tx | WholeDb,
  { actor, say }: Reader,
  changed: readonly { entity: string; entityId: number; changes: Changes }[],
  within: Scope = scopeOf(actor),
) {
  const wanted: Wanted = new Map()
  for (const { entity, entityId, changes } of changed) {
    want(wanted, entity, [entityId])
    for (const [name, values] of Object.entries(changes)) {
      wantOf(wanted, fieldOf(entity, name), values)
    }
  }
  const names = await namesOf(db, within, wanted)
  const spell = (field: FieldTold, value: unknown) => spelled(say, names, field, value)
  return {
    value: spell,
    /** The name of a record, '' where it has none that this reader may see. */
    title: (entity: string, id: number) => clipped(titled(say, names, entity, id)),
    /** The name of the record it belongs to, '' where it belongs to none. */
    within: (entity: string, id: number) => {
      const above = records[entity]?.within
      const kind = above && fieldOf(entity, above)?.names
      const of = names.get(keyOf(entity, id))?.within
      return kind && typeof of === 'number' ? clipped(titled(say, names, kind, of)) : ''
    },
    /** The changes that this reader may see, in the order of the form. */
    changes: (entity: string, changes: Changes): ChangeInWords[] =>
      toldFields(actor, entity).flatMap(([name, field]) => {
        const change = changes[name]
        if (!change) return []
        const [old, fresh] = change
        const label = say.t.message({ key: field.label })
        return [{ field: name, label, old: spell(field, old), fresh: spell(field, fresh) }]
      }),
  }
}

/** The fields of a record that this actor may see. */
export function toldFields(actor: Actor, entity: string): [string, FieldTold][] {
  return Object.entries(records[entity]?.fields ?? {}).flatMap(
    ([name, field]): [string, FieldTold][] =>
      field && (!field.access || can(actor, field.access)) ? [[name, field]] : [],
  )
}

function spelled(say: Say, names: Names, field: FieldTold, value: unknown): string {
  const { t } = say
  if (value === null || value === undefined || value === '') return t('form.empty')
  if (Array.isArray(value)) {
    return value.map((item) => spelled(say, names, field, item)).join(', ') || t('form.empty')
  }
  if (typeof value === 'object') {
    return itemSpelled(say, names, field.items ?? {}, value as Record<string, unknown>)
  }
  if (field.names) return titled(say, names, field.names, Number(value)) || t('history.gone')
  if (field.list) return t.label(listOf(field, String(value)) ?? field.list, String(value))
  return plain(say, field.kind, value)
}

/** The list in which the word of a code stands; undefined for a field without lists. */
export function listOf({ list, otherList }: FieldTold, code: string): ListName | undefined {
  if (!list || !otherList) return list
  return (lists[list] as readonly string[]).includes(code) ? list : otherList
}

function itemSpelled(
  say: Say,
  names: Names,
  items: Record<string, FieldTold>,
  item: Record<string, unknown>,
): string {
  const there = Object.entries(items).filter(([name]) => (item[name] ?? null) !== null)
  const [head = '', ...rest] = there.map(([name, field], at) => {
    const value = spelled(say, names, field, item[name])
    return at === 0 ? value : `${midSentence(say.t.message({ key: field.label }))} ${value}`
  })
  return rest.length === 0 ? head : `${head} (${rest.join(', ')})`
}

function plain(say: Say, kind: FieldTold['kind'], value: unknown): string {
  const { t, format } = say
  switch (kind) {
    case 'money':
      return format.rupiah(Number(value))
    case 'number':
      return format.hours(Number(value))
    case 'mbps':
      return t('inventory.mbps', { n: format.mbps(Number(value)) })
    case 'day':
      return format.date(String(value))
    case 'instant':
      return format.dateTime(String(value))
    case 'clock':
      return format.clock(String(value))
    case 'picture':
      return pictureSaid(say, String(value))
    case 'flag':
      return t(value ? 'history.yes' : 'history.no')
    default:
      return String(value)
  }
}

function pictureSaid({ t, format }: Say, name: string): string {
  const picture = namedPicture(name)
  if (!picture) return name
  const [width, height] = [format.number(picture.width), format.number(picture.height)]
  return t('government.emblem.told', { type: picture.type.toUpperCase(), width, height })
}

function titled(say: Say, names: Names, entity: string, id: number): string {
  const record = records[entity]
  const value = names.get(keyOf(entity, id))?.title
  const field = record && fieldOf(entity, record.title)
  return field && value !== undefined && value !== null ? spelled(say, names, field, value) : ''
}

function clipped(name: string): string {
  const line = name.replace(/\s+/g, ' ')
  return line.length > longestName ? `${line.slice(0, longestName - 1).trimEnd()}…` : line
}

const keyOf = (entity: string, id: number) => `${entity} ${id}`

function want(wanted: Wanted, entity: string, ids: readonly unknown[]) {
  const known = wanted.get(entity) ?? new Set()
  for (const id of ids) if (typeof id === 'number') known.add(id)
  wanted.set(entity, known)
}

function wantOf(wanted: Wanted, field: FieldTold | undefined, values: readonly unknown[]) {
  if (!field) return
  const all = values.flatMap((value) => (Array.isArray(value) ? value : [value]))
  if (field.names) want(wanted, field.names, all)
  for (const [name, part] of Object.entries(field.items ?? {})) {
    const parts = all.map((item) => (item as Record<string, unknown> | null)?.[name])
    if (part.names) want(wanted, part.names, parts)
  }
}

/** The names of these records, also of those that are removed, as far as the scope reaches. */
async function namesOf(
  db: Db | Tx | WholeDb,
  scope: Scope,
  wanted: Wanted,
  withAbove = true,
): Promise<Names> {
  const names: Names = new Map()
  const further: Wanted = new Map()
  for (const [entity, ids] of wanted) {
    const record = records[entity]
    if (!record || ids.size === 0) continue
    for (const { id, ...name } of await titlesOf(db, scope, entity, record, [...ids])) {
      names.set(keyOf(entity, id), name)
      wantOf(further, fieldOf(entity, record.title), [name.title])
      if (withAbove) wantOf(further, fieldOf(entity, record.within ?? ''), [name.within])
    }
  }
  const above = further.size > 0 ? await namesOf(db, scope, further, false) : new Map()
  return new Map([...above, ...names])
}

type Title = { id: number; title: unknown; within: unknown }

async function titlesOf(
  db: Db | Tx | WholeDb,
  scope: Scope,
  entity: string,
  record: RecordTold,
  ids: number[],
): Promise<Title[]> {
  const rows = await storedTitles(db, scope, entity, record, ids)
  const found = new Set(rows.map((row) => row.id))
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length === 0) return rows
  const removed: Pick<Row<'event'>, 'entityId' | 'changes'>[] = await owned(db, scope, 'event')
    .select(['event.entityId', 'event.changes'])
    .where('event.entity', '=', entity)
    .where('event.entityId', 'in', missing)
    .where('event.action', '=', 'remove')
    .orderBy('event.id')
    .execute()
  const titles = removed.map(({ entityId, changes }) => {
    const held = JSON.parse(changes) as Changes
    return {
      id: entityId,
      title: held[record.betterTitle ?? '']?.[0] ?? held[record.title]?.[0],
      within: held[record.within ?? '']?.[0],
    }
  })
  return [...rows, ...titles]
}

function storedTitles(
  db: Db | Tx | WholeDb,
  scope: Scope,
  entity: string,
  { title, betterTitle = title, within = 'id' }: RecordTold,
  ids: number[],
): Promise<Title[]> {
  return reached(db, scope, entity)
    .select([`${entity}.id`, `${entity}.${within} as within`])
    .select((eb) => eb.fn.coalesce(`${entity}.${betterTitle}`, `${entity}.${title}`).as('title'))
    .where(`${entity}.id`, 'in', ids)
    .$castTo<Title>()
    .execute()
}
