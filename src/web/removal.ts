import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { anyTable } from '../db/any-table.ts'
import { type Hanging, hangingOn, namedBy } from '../db/hanging.ts'
import type { KeptTable } from '../db/kept.ts'
import type { Tx, WholeDb } from '../db/schema.ts'
import { isOwned, reached } from '../db/scope.ts'
import { type Action, type Actor, can, scopeOf } from '../domain/access.ts'
import type { Message } from '../errors.ts'
import { counted } from './counted.ts'
import { emptyForm, type FormState, parseForm } from './form.ts'
import { once } from './once.ts'
import { pageOf } from './places.ts'
import { records } from './record-fields.ts'
import { inWords } from './record-words.ts'
import { isRestorable } from './restorable.ts'
import { sayOf } from './say.ts'
import { view } from './view.ts'

/** A confirmed removal carries nothing but its retry key and the version that was shown. */
export const removalForm = z.strictObject({})

/** What is asked about before it goes: the row, what it is called, and where it is kept. */
export type ToRemove = {
  table: KeptTable
  row: { id: number; version: number }
  /** The deed, as its button says it. */
  title: Message
  /** What it is called; a row without a name is told by what it says of which day. */
  subject: string | Message
  /** What it belongs to, by name: an OPD, an office, a session. */
  of?: string
  /** Where the row itself is shown. */
  back: string
  crumbs?: { href: string; text: string }[]
  /** What the route takes away with it, although the database would hold the row. */
  taking?: readonly KeptTable[] | ((entity: string, id: number) => boolean)
  /** What else follows from it, told where nothing stands against it. */
  note?: Message | undefined
  /** Why it is not removed now, whatever hangs on it, and where that is mended. */
  barred?: { why: Message; mend?: { href: string; text: Message } } | undefined
}

/** How many records of a kind that stand against a removal are named with their pages. */
const mostNamed = 5

/** Records of a kind that stand against it, as far as the reader may see them; `more` have no name here. */
type Standing = { list: string; named: { href: string; title: string }[]; more: number }

const removalPage = view<
  Omit<ToRemove, 'table' | 'row' | 'taking' | 'subject'> & {
    subject: string
    /** The page is where its form is sent. */
    action: string
    form: FormState
    version: number
    crumbs: { href: string; text: string }[]
    /** What stands against it, by kind; then there is no button. */
    stands: Standing[]
    /** More stands against it that this reader may not see: neither its kind nor its number is told. */
    unseen: boolean
    /** What of each kind goes with it, in words. */
    goes: string
    /** What of each kind stays and is only linked to it no more, in words. */
    stays: string
    /** Whether it can be given back from the history. */
    restorable: boolean
  }
>('removal')

/** How a record of one kind is removed: what the address names, how it is told, how it goes. */
export type Removal<Asked> = {
  /** What the address names, as far as the reader may reach it; throws otherwise. */
  asked: (request: FastifyRequest) => Promise<Asked>
  toRemove: (asked: Asked, request: FastifyRequest) => ToRemove | Promise<ToRemove>
  /** Takes it away, or throws a `Refusal`; answers where one goes on. */
  remove: (trx: Tx, asked: Asked, version: number, request: FastifyRequest) => Promise<string>
}

/** Registers the page that asks before a record is removed, and what its button does. */
export function removalRoutes<Asked>(
  app: FastifyInstance,
  context: Context,
  url: string,
  access: Action,
  { asked, toRemove, remove }: Removal<Asked>,
): void {
  app.get(url, { config: { access } }, async (request, reply) =>
    askRemoval(context, reply, await toRemove(await asked(request), request)),
  )
  app.post(url, { config: { access } }, async (request, reply) => {
    const found = await asked(request)
    const again = async (form: FormState) =>
      askRemoval(context, reply, await toRemove(found, request), form)
    const parsed = parseForm(removalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const to = await remove(trx, found, parsed.version, request)
      return { to, flash: { key: 'form.removed' } }
    })
  })
}

/**
 * Shows the one page that asks: what hangs on the row by kind, what becomes of that, and how it is
 * taken back.
 *
 * @param form what a refused removal left; its reason is shown above
 */
async function askRemoval(
  { whole }: Context,
  reply: FastifyReply,
  { table, row, taking = [], ...asked }: ToRemove,
  form: FormState = emptyForm(),
): Promise<FastifyReply> {
  const { request } = reply
  const isTaken =
    typeof taking === 'function' ? taking : (entity: string) => taking.some((t) => t === entity)
  const goesToo = ({ entity, goes }: Hanging, id: number) => goes || isTaken(entity, id)
  const hanging = await hangingOn(whole, table, row.id)
  const stands = only(hanging, (each, id) => !goesToo(each, id))
  const seen = await seenBy(whole, request.actor, stands)
  const { subject: name } = asked
  const subject = typeof name === 'string' ? name : sayOf(request).t.message(name)
  const told = (some: readonly Hanging[]) => counted(sayOf(request), some)
  return reply.page(removalPage, {
    ...asked,
    action: request.url,
    form,
    version: row.version,
    subject,
    crumbs: asked.crumbs ?? [{ href: asked.back, text: subject }],
    stands: await standing(whole, request, seen),
    unseen: total(seen) < total(stands),
    goes: told(only(hanging, goesToo)),
    stays: told(await namedBy(whole, table, row.id)),
    restorable: isRestorable(table),
  })
}

/** The records of each kind that pass; a kind of which none does is left out. */
function only(
  hanging: readonly Hanging[],
  passes: (each: Hanging, id: number) => boolean,
): Hanging[] {
  return hanging
    .map((each) => ({ ...each, ids: each.ids.filter((id) => passes(each, id)) }))
    .filter(({ ids }) => ids.length > 0)
}

/** What of it the reader may see: an OPD, what is its own, and no decision before it is published. */
async function seenBy(
  whole: WholeDb,
  actor: Actor,
  hanging: readonly Hanging[],
): Promise<readonly Hanging[]> {
  const scope = scopeOf(actor)
  if (scope.all) return hanging
  const seen: Hanging[] = []
  for (const each of hanging) {
    const table = tableOf(each)
    const told = records[table]
    if (!isOwned(table) || !told || !can(actor, told.access)) continue
    const own = await reached(whole, scope, table)
      .select(`${table}.id as id`)
      .where(`${table}.id`, 'in', each.ids)
      .$castTo<{ id: number }>()
      .execute()
    const ids = own.map(({ id }) => id)
    if (ids.length > 0) seen.push({ ...each, ids })
  }
  return seen
}

const total = (hanging: readonly Hanging[]) => hanging.reduce((sum, { ids }) => sum + ids.length, 0)

const tableOf = ({ entity }: Hanging) => (entity === 'unit' ? 'opd' : entity)

/** What stands against it by kind, some of each with the page on which it is let go. */
async function standing(
  whole: WholeDb,
  request: FastifyRequest,
  stands: readonly Hanging[],
): Promise<Standing[]> {
  const say = sayOf(request)
  const firstOf = ({ ids }: Hanging) => ids.slice(0, mostNamed)
  const asked = stands.flatMap((each) =>
    firstOf(each).map((entityId) => ({ entity: tableOf(each), entityId, changes: {} })),
  )
  const words = await inWords(whole, { actor: request.actor, say }, asked)
  const kinds: Standing[] = []
  for (const each of stands) {
    const table = tableOf(each)
    const named = new Map<string, string>()
    let covered = 0
    for (const id of records[table] ? firstOf(each) : []) {
      const title = words.title(table, id)
      const href = title && pageOf(table, id, await anyRow(whole, table, id))
      if (!href) continue
      covered += 1
      // several may be called the same, as the ratings of one proposal are
      if (!named.has(title)) named.set(title, href)
    }
    const links = [...named].map(([title, href]) => ({ title, href }))
    kinds.push({ list: counted(say, [each]), named: links, more: each.ids.length - covered })
  }
  return kinds
}

async function anyRow(whole: WholeDb, table: string, id: number): Promise<Record<string, unknown>> {
  const row = await anyTable(whole)
    .selectFrom(table)
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? {}
}
