import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db, Tx } from '../db/schema.ts'
import { orNotFound } from '../errors.ts'
import { idOf } from '../web/params.ts'
import { endSessionsOf, startSession } from '../web/session.ts'
import * as accounts from './queries.ts'
import { isLastingAdministrator, type Standing, standingOf } from './standing.ts'

/** An account as pages show it: how it stands, and nothing of its password. */
export type Person = Omit<accounts.Listed, 'passwordHash'> & { standing: Standing }

export function personOf({ passwordHash, ...account }: accounts.Listed, today: string): Person {
  return { ...account, standing: standingOf({ passwordHash, ...account }, today) }
}

/** The account whose id is in the address. */
export async function askedAccount(db: Db, request: FastifyRequest): Promise<accounts.Listed> {
  return orNotFound(await accounts.findWithRoles(db, idOf(request)))
}

export function isOwn({ actor }: FastifyRequest, accountId: number): boolean {
  return actor.kind === 'person' && actor.accountId === accountId
}

/** Ends every session of the account; an administrator's own browser goes on with a new one. */
export async function endAllSessions(
  trx: Tx,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: number,
  now: Date,
): Promise<void> {
  await endSessionsOf(trx, accountId)
  if (isOwn(request, accountId)) await startSession(trx, request, reply, accountId, now)
}

/** Whether a lasting administrator is left once the account is changed like this. */
export async function keptAdministrator(
  trx: Tx,
  id: number,
  changes: Partial<Pick<accounts.Listed, 'state' | 'validUntil'> & { roles: accounts.RoleRow[] }>,
): Promise<boolean> {
  const before = orNotFound(await accounts.findWithRoles(trx, id))
  if (!isLastingAdministrator(before)) return true
  if (isLastingAdministrator({ ...before, ...changes })) return true
  return (await accounts.otherAdministrators(trx, id)) > 0
}
