import { type Action, policy, type Role } from '../domain/access.ts'
import type { Message } from '../errors.ts'
import type { MessageKey } from '../i18n/translate.ts'
import type { LogKind } from '../web/access-log.ts'
import type { LogRow } from './queries.ts'

/** A line of the access log: what it was about, the roles it names, and what was refused. */
export type LogLine = Pick<LogRow, 'id' | 'at' | 'kind' | 'actorName'> & {
  about: Message | undefined
  roles: readonly Role[]
  action: Action | undefined
  route: string
}

type About = Record<string, unknown>

/** Puts what was noted into words; notes of a form that is not known here stay untold. */
export function lineOf({ about: json, ...row }: LogRow): LogLine {
  const about = JSON.parse(json) as About
  const roles = row.kind === 'role' && Array.isArray(about.roles) ? (about.roles as Role[]) : []
  const action = Object.keys(policy).find((each) => each === about.action) as Action | undefined
  const route = row.kind === 'refusal' ? `${about.method} ${about.route}` : ''
  return { ...row, about: tellers[row.kind](about), roles, action, route }
}

const tellers: Record<LogKind, (about: About) => Message | undefined> = {
  signIn: ofName,
  signInRefused: ({ why }) => ({ key: known(refusedWhy, why) ?? 'accounts.log.wrongPassword' }),
  signOut: ofName,
  password: ({ by }) => (by === undefined ? undefined : { key: 'accounts.log.byLink' }),
  invite: (about) => ('links' in about ? links(about) : ofName(about)),
  reset: ofName,
  role: ofName,
  account: accountChanged,
  sessions: (about) =>
    about.link === true ? named('accounts.log.linkEnded', about) : ofName(about),
  export: (about) =>
    ofFile(about.internal === true ? 'accounts.log.internal' : 'accounts.log.file', about),
  import: (about) => ('added' in about ? imported(about) : ofFile('accounts.log.file', about)),
  refusal: ({ why }) => ({
    key: why === 'tooMany' ? 'accounts.log.tooMany' : 'accounts.log.forbidden',
  }),
  settings: setting,
  backup: (about) =>
    ofFile(about.scheduled === true ? 'accounts.log.scheduled' : 'accounts.log.file', about),
  restore: (about) => ofFile('accounts.log.file', about),
  setup: ({ example }) => (example === true ? { key: 'accounts.log.example' } : undefined),
}

/** Why somebody was not let in, by how the account stood; an active one brought a wrong password. */
const refusedWhy: Record<string, MessageKey> = {
  active: 'accounts.log.wrongPassword',
  disabled: 'accounts.log.isDisabled',
  ended: 'accounts.log.isEnded',
  invited: 'accounts.log.isInvited',
  unknown: 'accounts.log.unknownName',
}

const settings: Record<string, MessageKey> = {
  government: 'accounts.log.government',
  signatory: 'accounts.log.signatory',
  example: 'accounts.log.exampleRemoved',
  standards: 'accounts.log.standards',
  emblem: 'accounts.log.emblem',
  links: 'accounts.log.linkSettings',
}

function setting(about: About): Message | undefined {
  const what = Object.keys(settings).find((each) => each === about.what || each in about)
  const key = known(settings, what)
  return key && { key }
}

function accountChanged(about: About): Message | undefined {
  if (about.state === 'disabled') return named('accounts.log.disabled', about)
  return named(about.state === 'active' ? 'accounts.log.enabled' : 'accounts.log.until', about)
}

function links(about: About): Message {
  const one = named('accounts.log.linkOf', about)
  return one ?? { key: 'accounts.log.links', params: { n: Number(about.links) } }
}

function imported({ file, added, refused }: About): Message {
  const params = { file: textOf(file), added: Number(added), refused: Number(refused) }
  return { key: 'accounts.log.import', params }
}

function ofFile(key: MessageKey, { file }: About): Message {
  return { key, params: { file: textOf(file) } }
}

function ofName(about: About): Message | undefined {
  return named('accounts.log.of', about)
}

function named(key: MessageKey, about: About): Message | undefined {
  const name = textOf(about.name)
  return name === '' ? undefined : { key, params: { name } }
}

function known(words: Record<string, MessageKey>, code: unknown): MessageKey | undefined {
  return typeof code === 'string' && Object.hasOwn(words, code) ? words[code] : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
