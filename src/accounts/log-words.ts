import { type Action, policy, type Role } from '../domain/access.ts'
import type { Message } from '../errors.ts'
import type { LogRow } from './queries.ts'

/** A line of the access log: what it was about, the roles it names, and what was refused. */
export type LogLine = Pick<LogRow, 'id' | 'at' | 'kind' | 'actorName'> & {
  about: Message | undefined
  roles: readonly Role[]
  action: Action | undefined
  route: string
}

/** Puts what was noted into words; notes of a form that is not known here stay untold. */
export function lineOf({ about: json, ...row }: LogRow): LogLine {
  const about = JSON.parse(json) as Record<string, unknown>
  const roles = row.kind === 'role' && Array.isArray(about.roles) ? (about.roles as Role[]) : []
  const action = Object.keys(policy).find((each) => each === about.action) as Action | undefined
  const route = row.kind === 'refusal' ? `${about.method} ${about.route}` : ''
  return { ...row, about: told(row.kind, about), roles, action, route }
}

function told(kind: LogRow['kind'], about: Record<string, unknown>): Message | undefined {
  const text = (name: string) => (typeof about[name] === 'string' ? about[name] : '')
  const name = text('name')
  if (kind === 'refusal') {
    return { key: about.why === 'tooMany' ? 'accounts.log.tooMany' : 'accounts.log.forbidden' }
  }
  if (kind === 'export') {
    const key = about.internal === true ? 'accounts.log.internal' : 'accounts.log.file'
    return { key, params: { file: text('file') } }
  }
  if (kind === 'restore' || kind === 'import') {
    return { key: 'accounts.log.file', params: { file: text('file') } }
  }
  if (kind === 'password' && text('by') !== '') return { key: 'accounts.log.byLink' }
  if (kind === 'account' && name !== '') {
    const state = text('state')
    if (state === 'disabled') return { key: 'accounts.log.disabled', params: { name } }
    if (state === 'active') return { key: 'accounts.log.enabled', params: { name } }
    return { key: 'accounts.log.until', params: { name } }
  }
  if (kind === 'sessions' && name !== '') return { key: 'accounts.log.of', params: { name } }
  if (kind === 'settings' && 'standards' in about) return { key: 'accounts.log.standards' }
  if (kind === 'setup' && about.example === true) return { key: 'accounts.log.example' }
  return name === '' ? undefined : { key: 'accounts.log.of', params: { name } }
}
