import type { Check, CheckName } from '../domain/checks.ts'
import type { ReadinessFact } from '../domain/readiness.ts'
import type { Format } from '../i18n/format.ts'
import type { Translate } from '../i18n/translate.ts'
import type { ProposalReadiness, UseLocation } from './assessment.ts'

/** How the infrastructure level was computed, or what keeps it from being computed. */
export function sayReadiness(
  t: Translate,
  format: Format,
  ready: ProposalReadiness,
  locations: readonly UseLocation[],
): string {
  const points = (value: number) => format.hours(value)
  if (ready.complete) {
    const { parts } = ready
    return t('scoring.readiness.level', {
      t: ready.level,
      a: points(parts.bandwidth),
      b: points(parts.devices),
      c: points(parts.network),
      d: points(parts.outages),
      J: points(ready.j),
      n: ready.locations.length,
      tanggal: ready.asOf ? format.date(ready.asOf) : t('scoring.readiness.undated'),
    })
  }
  if (ready.locations.length === 0) return t('scoring.readiness.noLocation')
  const lacks = locations.flatMap(({ id, name }) => {
    const facts = ready.missing.filter((each) => each.locationId === id)
    const words = [...new Set(facts.map((each) => t(`scoring.readiness.fact.${each.fact}`)))]
    return words.length === 0 ? [] : [`${name} (${words.join(', ')})`]
  })
  return t('scoring.readiness.missing', { lacks: lacks.join('; ') })
}

/** Which form of an office records a fact that readiness needs. */
const recordedIn = {
  computerUsers: 'office',
  kbps: 'internet',
  goodComputers: 'devices',
  network: 'internet',
  internetOutageHours: 'internet',
  powerOutageHours: 'office',
} as const satisfies Record<ReadinessFact, 'office' | 'internet' | 'devices'>

/** What nobody recorded, by location of use and by the form that takes it; none where complete. */
export function unrecordedFacts(ready: ProposalReadiness, locations: readonly UseLocation[]) {
  return locations.flatMap(({ id, name }) => {
    const facts = ready.missing.filter((each) => each.locationId === id).map(({ fact }) => fact)
    const forms = [...new Set(facts.map((fact) => recordedIn[fact]))]
    const of = (form: string) => [...new Set(facts.filter((fact) => recordedIn[fact] === form))]
    return forms.length === 0
      ? []
      : [{ id, name, forms: forms.map((form) => ({ form, facts: of(form) })) }]
  })
}

/** What a check says, with its days written out. */
export function sayCheck(t: Translate, format: Format, check: Check): string {
  const { tanggal, dasar_hukum, ...params } = check.params
  return t.message({
    key: check.key,
    params: {
      ...params,
      ...(tanggal !== undefined && { tanggal: format.date(String(tanggal)) }),
      ...(dasar_hukum !== undefined && {
        dasar_hukum: dasar_hukum === '' ? t('ranking.dutyBasis') : dasar_hukum,
      }),
    },
  })
}

/** The four checks in the order of the screen. */
export const checkNames: readonly CheckName[] = ['duty', 'internet', 'national', 'similar']
