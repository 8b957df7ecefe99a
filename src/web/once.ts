import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import {
  EditConflict,
  isDiskFull,
  isForeignKeyViolation,
  isUniqueViolation,
  uniqueFields,
} from '../db/conflict.ts'
import { StillUsed } from '../db/hanging.ts'
import { insertInto, prepared } from '../db/prepared.ts'
import type { Tx } from '../db/schema.ts'
import { together } from '../db/together.ts'
import { decide, unitOf } from '../db/unit.ts'
import { can } from '../domain/access.ts'
import { AppError, Refusal } from '../errors.ts'
import { conflictShown, decisionsOf, mergedShown } from './conflicts.ts'
import { counted } from './counted.ts'
import { type Flash, setFlash } from './flash.ts'
import { type FormState, type Parsed, wholeForm } from './form.ts'
import { paths } from './paths.ts'
import { mayRestore } from './restorable.ts'
import { sayOf } from './say.ts'
import { actorKey } from './session.ts'

/** Where to go on after saving, and what to say there (`form.saved` unless told otherwise). */
export type Outcome = string | { to: string; flash?: Flash | undefined }

/**
 * Does a form's work exactly once, whole or not at all, and answers 303 once it is on the disk.
 *
 * The form's retry key is written beside the work; a repeated key with the same contents is
 * answered as the first time, with other contents it is refused with 409. Work that is refused
 * (a `Refusal`, a conflict of edits, a rule of the database) leaves nothing behind, not even the
 * key: the form is shown `again` with a message at the field and what was typed. What others changed
 * meanwhile in other fields stays, and is told on the next page.
 */
export async function once(
  context: Pick<Context, 'whole' | 'now'>,
  request: FastifyRequest,
  reply: FastifyReply,
  parsed: Parsed<unknown>,
  again: (form: FormState) => Promise<FastifyReply>,
  work: (trx: Tx) => Promise<Outcome>,
): Promise<FastifyReply> {
  return answered(context, request, reply, parsed, again, () =>
    guarded(context, request, parsed, work),
  )
}

/**
 * Does the work of a form behind a link that works once, in one transaction, as `once` does but for
 * the retry key: a repeated post finds the link used up, whoever sends it.
 */
export async function byLink(
  context: Pick<Context, 'whole' | 'now'>,
  request: FastifyRequest,
  reply: FastifyReply,
  parsed: Parsed<unknown>,
  again: (form: FormState) => Promise<FastifyReply>,
  work: (trx: Tx) => Promise<Done>,
): Promise<FastifyReply> {
  return answered(context, request, reply, parsed, again, () =>
    context.whole.transaction().execute(work),
  )
}

async function answered(
  context: Pick<Context, 'whole'>,
  request: FastifyRequest,
  reply: FastifyReply,
  parsed: Parsed<unknown>,
  again: (form: FormState) => Promise<FastifyReply>,
  work: () => Promise<Done>,
): Promise<FastifyReply> {
  try {
    const { to, flash } = await work()
    setFlash(reply, flash ?? { key: 'form.saved' })
    return reply.redirect(to, 303)
  } catch (error) {
    return again(await refused(error, context, request, parsed))
  }
}

type Done = { to: string; flash?: Flash | undefined }

/** What says no more than that it is saved gives way to what others changed meanwhile. */
const plain: readonly string[] = ['form.saved', 'form.savedNamed']

async function guarded(
  { whole, now }: Pick<Context, 'whole' | 'now'>,
  request: FastifyRequest,
  { key, decided }: Parsed<unknown>,
  work: (trx: Tx) => Promise<Outcome>,
): Promise<Done> {
  const actor = senderOf(request)
  const bodySha256 = digestOf(request)
  return together(whole, async (trx) => {
    const [earlier] = await findKey(trx, { actor, key })
    if (earlier && earlier.bodySha256 !== bodySha256) {
      throw new Refusal({ [wholeForm]: { key: 'form.keyReused' } }, 409)
    }
    if (earlier) return { to: earlier.location }
    decide(trx, decisionsOf(decided))
    const outcome = await work(trx)
    const merged = mergedShown(request, unitOf(trx).merged)
    const told = typeof outcome === 'string' ? { to: outcome } : outcome
    const givesWay = merged && (!told.flash || plain.includes(told.flash.key))
    const done = givesWay ? { ...told, flash: merged } : await withWayBack(trx, request, told)
    const at = now().toISOString()
    await insertInto(trx, 'requestKey', {
      actor,
      key,
      bodySha256,
      status: 303,
      location: done.to,
      at,
    })
    return done
  })
}

/**
 * Where a form led that was sent before with this key and these contents; undefined where it was not.
 * What a removal took away is found no more when its form is sent again: that is answered as before.
 */
export async function ledTo(
  { whole }: Pick<Context, 'whole'>,
  request: FastifyRequest,
): Promise<string | undefined> {
  const { _key: key } = (request.body ?? {}) as { _key?: unknown }
  if (request.method !== 'POST' || typeof key !== 'string') return undefined
  const [earlier] = await findKey(whole, { actor: senderOf(request), key })
  return earlier?.bodySha256 === digestOf(request) ? earlier.location : undefined
}

const senderOf = ({ actor }: FastifyRequest) => actorKey(actor) ?? 'guest'

function digestOf({ url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(`${url} ${JSON.stringify(body ?? null, withoutPasswords)}`)
    .digest('hex')
}

/** What was removed leads to where it is given back, for those who may. */
async function withWayBack(trx: Tx, { actor }: FastifyRequest, done: Done): Promise<Done> {
  if (done.flash?.key !== 'form.removed' || !can(actor, 'history.restore')) return done
  const { batch } = unitOf(trx)
  const [last] = batch === undefined ? [] : await lastRemoval(trx, { batch })
  if (!last || !mayRestore(actor, last.entity)) return done
  return { ...done, flash: { ...done.flash, href: paths.removedRecord(last.id) } }
}

/** The row that others hung on goes last. */
const lastRemoval = prepared((db, of: { batch: number }) =>
  db
    .selectFrom('event')
    .select(['event.id', 'event.entity'])
    .where('event.batchId', '=', of.batch)
    .where('event.action', '=', 'remove')
    .orderBy('event.id', 'desc')
    .limit(1),
)

/** Passwords are no part of the digest: a fast digest of one would be a way to guess it. */
function withoutPasswords(name: string, value: unknown): unknown {
  return isPassword(name) ? undefined : value
}

/** Whether a field of that name holds a password. */
export function isPassword(name: string): boolean {
  return name.toLowerCase().includes('password')
}

const findKey = prepared((db, of: { actor: string; key: string }) =>
  db
    .selectFrom('requestKey')
    .select(['bodySha256', 'location'])
    .where('actor', '=', of.actor)
    .where('key', '=', of.key),
)

/** The form to be shown again for an error that the person can mend; any other is thrown on. */
async function refused(
  error: unknown,
  { whole }: Pick<Context, 'whole'>,
  request: FastifyRequest,
  parsed: Parsed<unknown>,
): Promise<FormState> {
  const { values } = parsed
  const version = parsed.version || undefined
  if (error instanceof Refusal) {
    return { values, errors: error.errors, status: error.status, version: error.version ?? version }
  }
  if (error instanceof EditConflict) {
    return {
      values,
      status: 409,
      version,
      ...(await conflictShown(whole, request, error, values)),
    }
  }
  if (isDiskFull(error)) {
    return { values, errors: { [wholeForm]: { key: 'form.full' } }, status: 507, version }
  }
  if (isUniqueViolation(error)) {
    return {
      values,
      errors: { [uniqueField(error, values)]: { key: 'form.taken' } },
      status: 422,
      version,
    }
  }
  if (error instanceof StillUsed && error.hanging.length > 0) {
    const list = counted(sayOf(request), error.hanging)
    return {
      values,
      errors: { [wholeForm]: { key: 'form.hanging', params: { list } } },
      status: 422,
      version,
    }
  }
  if (isForeignKeyViolation(error) || error instanceof StillUsed) {
    return { values, errors: { [wholeForm]: { key: 'form.stillUsed' } }, status: 422, version }
  }
  if (error instanceof AppError && error.code === 'conflict' && error.detail) {
    return { values, errors: { [wholeForm]: error.detail }, status: 409, version }
  }
  throw error
}

/** The field whose column the database named, where the form has it; else the whole form. */
function uniqueField(error: unknown, values: FormState['values']): string {
  const names = uniqueFields(error).flatMap((name) => [name, name.replace(/Key$/, '')])
  return names.findLast((name) => name in values) ?? wholeForm
}
