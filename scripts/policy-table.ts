import { type Action, type Actor, can, policy, type Role, roles } from '../src/domain/access.ts'
import { translator } from '../src/i18n/translate.ts'

/** The policy as a page for docs/: one row for each action, one column for each kind of person. */
export function policyPage(): string {
  const t = translator('id', { dinas: 'Diskominfo', kepala_daerah: 'Bupati' })
  const columns: [string, Actor][] = [
    ...roles.map((role): [string, Actor] => [t.label('role', role), person([role])]),
    [t('policy.link'), { ...person(['opd']), accountId: null, linkId: 1 }],
    [t('policy.guest'), { kind: 'guest' }],
  ]
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const actions = Object.keys(policy) as Action[]
  return [
    `# ${t('policy.title')}`,
    '',
    t('policy.lede'),
    '',
    row([t('policy.action'), ...columns.map(([name]) => name)]),
    row(['---', ...columns.map(() => ':-:')]),
    ...actions.map((action) =>
      row([t(`policy.${action}`), ...columns.map(([, actor]) => (can(actor, action) ? '✓' : ''))]),
    ),
    '',
  ].join('\n')
}

function person(of: readonly Role[]): Extract<Actor, { kind: 'person' }> {
  return { kind: 'person', accountId: 1, name: '', username: '', roles: of, opdIds: [] }
}
