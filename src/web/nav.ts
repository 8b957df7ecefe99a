import { type Action, type Actor, can } from '../domain/access.ts'
import { paths } from './paths.ts'

type Link = { key: string; href: string; action: Action; icon?: string }

/** The steps of the work in their order; the way through the program. */
const steps: readonly Link[] = [
  { key: 'home', href: paths.home(), action: 'home.view' },
  { key: 'opd', href: paths.opds(), action: 'opd.view' },
  { key: 'fgd', href: paths.sessions(), action: 'fgd.view' },
  { key: 'inventory', href: paths.inventory(), action: 'inventory.view' },
  { key: 'applications', href: paths.applications(), action: 'application.view' },
  { key: 'proposals', href: paths.proposals(), action: 'proposal.view' },
  { key: 'scoring', href: paths.scoring(), action: 'scoring.view' },
  { key: 'ranking', href: paths.ranking(), action: 'ranking.view' },
  { key: 'decisions', href: paths.decisions(), action: 'decision.view' },
  { key: 'roadmap', href: paths.roadmap(), action: 'roadmap.view' },
  { key: 'publications', href: paths.publications(), action: 'publication.view' },
  { key: 'followUps', href: paths.followUpBoard(), action: 'fgd.view' },
  { key: 'report', href: paths.report(), action: 'report.view' },
]

const more: readonly Link[] = [
  { key: 'history', href: paths.histories(), action: 'history.all', icon: 'history' },
  { key: 'accounts', href: paths.accounts(), action: 'account.manage', icon: 'users' },
  { key: 'settings', href: paths.settings(), action: 'government.view', icon: 'gear' },
]

export function navigation(actor: Actor, url: string) {
  const shown = (links: readonly Link[]) =>
    links
      .filter((link) => can(actor, link.action))
      .map(({ key, href, icon }) => ({ key, href, icon, current: isCurrent(href, url) }))
  return { steps: shown(steps), more: shown(more) }
}

function isCurrent(href: string, url: string): boolean {
  const path = url.split('?')[0] ?? ''
  if (href === '/') return path === '/'
  if (href === paths.opds() && path.startsWith('/locations/')) return true
  if (href === paths.inventory() && path.startsWith('/needs')) return true
  return path === href || path.startsWith(`${href}/`)
}
