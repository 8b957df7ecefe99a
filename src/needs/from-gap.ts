import { type OfficeGap, officeGap } from '../domain/office.ts'
import type { LocationFacts, Standards } from '../domain/readiness.ts'
import type { Values } from '../web/form.ts'
import type { Say } from '../web/say.ts'

/**
 * What a need says when it is made from what an office lacks against the standards: text, how many
 * and why, to be changed by whoever records it. Nothing where the office lacks none of that kind.
 */
export function filledFromGap(
  kind: string,
  facts: LocationFacts & { name: string },
  standards: Standards,
  say: Say,
): Values {
  const gap = officeGap(facts, standards)
  if (kind === 'internet') return internetFrom(facts, gap, say)
  return kind === 'device' ? devicesFrom(facts, gap, standards, say) : {}
}

function internetFrom(
  { name, internet, computerUsers }: LocationFacts & { name: string },
  { kbps, requiredKbps, missingKbps }: OfficeGap,
  { t, format }: Say,
): Values {
  if (!missingKbps || kbps === undefined) return {}
  const need = format.mbps(requiredKbps)
  const now = format.mbps(kbps)
  return {
    text:
      internet === 'no'
        ? t('needs.filled.internet.new', { need, name })
        : t('needs.filled.internet.more', { need, now, name }),
    quantity: '1',
    reason:
      computerUsers == null
        ? t('needs.filled.internet.reasonLeast', { need, now })
        : t('needs.filled.internet.reason', { need, now, users: computerUsers }),
  }
}

function devicesFrom(
  { name, computerUsers }: LocationFacts & { name: string },
  { goodComputers, missingComputers }: OfficeGap,
  { usersPerPc }: Standards,
  { t, format }: Say,
): Values {
  if (!missingComputers) return {}
  const reason = { good: goodComputers ?? 0, users: computerUsers ?? 0 }
  return {
    text: t('needs.filled.device', { name }),
    quantity: String(missingComputers),
    reason: t('needs.filled.device.reason', { ...reason, perPc: format.hours(usersPerPc) }),
  }
}
