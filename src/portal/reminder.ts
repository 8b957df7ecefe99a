import type { OpdCompleteness } from '../domain/completeness.ts'
import { lists } from '../domain/words.ts'
import type { Format } from '../i18n/format.ts'
import type { Translate } from '../i18n/translate.ts'
import type { Site } from '../web/site.ts'
import type { LinkSettings } from './settings.ts'

export type Addressee = { name: string; headTitle: string | null; contactName: string | null }

export type Asked = {
  opd: Addressee
  /** What is not there yet, of the ten parts; the confirmation goes without saying. */
  lacking: OpdCompleteness['parts']
  /** The newest session, and whether the OPD was there. */
  session: { title: string; heldOn: string; present: boolean } | undefined
  due: string
  today: string
  /** The day of an earlier message that asked for it. */
  before: string | undefined
  /** The address and the last day of the link; without a public address there is none. */
  link: { address: string; until: string } | undefined
}

/**
 * The letter that asks one OPD for what is missing, as text for a message; once asked before, it says
 * so, and where nothing is missing it thanks.
 */
export function reminderOf(
  asked: Asked,
  settings: LinkSettings,
  site: Site,
  t: Translate,
  format: Format,
): string {
  const { opd, session, due, link, before } = asked
  if (asked.lacking.every((each) => each.done)) {
    return t('portal.reminder.complete', { opd: opd.name, day: format.date(asked.today) })
  }
  return [
    t('portal.reminder.to', {
      head: opd.headTitle ?? t('portal.reminder.head', { opd: opd.name }),
    }),
    opd.contactName ? t('portal.reminder.attention', { name: opd.contactName }) : '',
    '',
    before
      ? t('portal.reminder.again', { date: format.date(before) })
      : opening(session, t, format),
    t(before || session?.present ? 'portal.reminder.askThen' : 'portal.reminder.ask', {
      plan: site.planTitle,
      due: format.date(due),
    }),
    ...lackingOf(asked, t),
    '',
    link
      ? t('portal.reminder.link', {
          opd: opd.name,
          address: link.address,
          until: format.date(link.until),
        })
      : t('portal.reminder.paper'),
    t('portal.reminder.none'),
    '',
    t('portal.reminder.thanks', { contact: contactOf(settings, t) }),
    [settings.contactTitle, `${site.officeShort} ${site.name}`].filter(Boolean).join(', '),
  ]
    .filter((line, at, all) => line !== '' || all[at - 1] !== '')
    .join('\n')
}

function opening(session: Asked['session'], t: Translate, format: Format): string {
  if (!session) return t('portal.reminder.plain')
  return t(session.present ? 'portal.reminder.present' : 'portal.reminder.absent', {
    session: session.title,
    date: format.date(session.heldOn),
  })
}

function lackingOf({ lacking }: Asked, t: Translate): string[] {
  const named = lists.opdPart.filter(
    (part) => part !== 'confirmation' && lacking.some((each) => each.part === part && !each.done),
  )
  const lines = [...named.map((part) => t.label('opdPart', part)), t('portal.reminder.confirm')]
  return lines.map((line, at) => `${at + 1}. ${line}`)
}

/** Whom to ask: a person with a telephone where one is set, else the office. */
export function contactOf({ contactName, contactPhone }: LinkSettings, t: Translate): string {
  const known = [contactName, contactPhone].filter(Boolean).join(', ')
  return known || t('portal.contact.office')
}
