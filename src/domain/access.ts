import { lists } from './words.ts'

/**
 * Who may do what. The table below is the whole policy: an action, and the roles that may do it.
 * `everyone` is anyone at all, `guest` only someone not signed in, `signedIn` any account or link of
 * an OPD, `account` only an account.
 */

export const roles = lists.role
export type Role = (typeof roles)[number]

type Audience = Role | 'everyone' | 'guest' | 'signedIn' | 'account'

const all = ['signedIn'] as const
const account = ['account'] as const
const office = ['admin', 'staff', 'planner'] as const
const data = ['staff', 'planner'] as const
const planning = ['planner'] as const

export const policy = {
  'page.public': ['everyone'],
  'session.start': ['everyone'],
  'session.own': all,
  'password.own': account,
  'setup.do': ['everyone'],

  'home.view': all,
  'government.view': office,
  'government.edit': ['admin'],
  'account.manage': ['admin'],
  'example.remove': ['admin'],

  'opd.view': [...office, 'opd'],
  'opd.edit': data,
  'affair.edit': data,
  'inventory.view': [...office, 'opd'],
  'inventory.edit': [...data, 'opd'],

  'portal.open': ['everyone'],
  'link.edit': data,

  'fgd.view': account,
  'fgd.edit': ['staff', 'planner'],
  'fgd.private': office,

  'application.view': [...office, 'opd'],
  'application.edit': [...data, 'opd'],
  'national.edit': data,
  'need.view': [...office, 'opd'],
  'need.edit': [...data, 'opd'],

  'proposal.view': [...office, 'opd'],
  'proposal.edit': [...data, 'opd'],
  'proposal.move': data,
  'proposal.merge': planning,
  'cost.view': [...office, 'opd'],

  'scoring.view': [...office, 'assessor'],
  'scoring.edit': planning,
  'rating.edit': data,
  /** An assessor's own sheet, no other; so it is asked again. */
  'rating.own': [...data, 'assessor'],
  'rating.named': planning,
  'ranking.view': office,

  'decision.view': office,
  'decision.edit': data,
  /** The result as published: to everybody who may come in at all. */
  'publication.view': all,
  'publication.edit': planning,
  'roadmap.view': office,
  'phase.edit': planning,

  'history.view': [...office, 'opd'],
  'history.all': office,
  /** Whoever may edit the record itself, no more; so it is asked again. */
  'history.restore': [...office, 'opd'],

  'report.view': office,
  'report.export': office,
} as const satisfies Record<string, readonly Audience[]>

export type Action = keyof typeof policy

/**
 * Someone not signed in, or a person with roles; an `opd` role brings the OPD it is for. A person
 * without an account came by the link of an OPD, with the name and position they gave.
 */
export type Actor =
  | { kind: 'guest' }
  | {
      kind: 'person'
      accountId: number | null
      linkId?: number
      name: string
      position?: string
      username: string
      roles: readonly Role[]
      opdIds: readonly number[]
      /** The units under these OPD, which whoever speaks for them speaks for too. */
      unitIds?: readonly number[]
    }

/** What an actor's queries may reach: everything, or the records of these OPD. */
export type Scope = { all: true } | { all: false; opdIds: readonly number[] }

/** True when one of the actor's roles is in the action's row of the policy. */
export function can(actor: Actor, action: Action): boolean {
  const audiences: readonly Audience[] = policy[action]
  if (audiences.includes('everyone')) return true
  if (actor.kind === 'guest') return audiences.includes('guest')
  if (audiences.includes('signedIn')) return true
  if (audiences.includes('account') && actor.accountId !== null) return true
  return actor.roles.some((role) => audiences.includes(role))
}

/**
 * Staff, planners and the administrator reach every OPD; a representative reaches the OPD of the
 * account with the units under it, that of a unit only the unit; anyone else reaches none. An empty list means nothing, not everything.
 */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'guest') return { all: false, opdIds: [] }
  const seesAll = actor.roles.some((role) => (office as readonly Role[]).includes(role))
  if (seesAll) return everything
  return { all: false, opdIds: [...new Set([...actor.opdIds, ...(actor.unitIds ?? [])])] }
}

export function includes(scope: Scope, opdId: number): boolean {
  return scope.all || scope.opdIds.includes(opdId)
}

/** For scripts and for what belongs to nobody in particular. */
export const everything: Scope = { all: true }
