import type { Code } from './words.ts'

export type CheckName = Code<'checkName'>
export type CheckResult = Code<'checkResult'>

type Texts = {
  duty: 'met' | 'check' | 'checkListed' | 'not' | 'notUnnamed' | 'none'
  internet: 'met' | 'planned' | 'plannedOpen' | 'not' | 'notOpen' | 'none' | 'noLocation'
  national: 'met' | 'check' | 'not' | 'notUnnamed' | 'none'
  similar: 'met' | 'check' | 'checkHidden' | 'not' | 'notHidden' | 'none'
}
export type CheckKey =
  | { [C in CheckName]: `check.${C}.${Texts[C]}` }[CheckName]
  | `check.settled.${Settled['result']}`

/** What a check says: never part of a score, never a refusal. */
export type Check = {
  check: CheckName
  result: CheckResult
  /** Message key and its blanks, as in `i18n/id/checks.ts`. */
  key: CheckKey
  params: Record<string, string | number>
  /** The word of reason of whoever settled it. */
  note?: string
}

/** What a person settled about a check. */
export type Settled = {
  result: 'met' | 'not'
  note: string
  name: string
  /** The day as it shall be read; goes into the text as it is. */
  day: string
  /** What it was settled about: the other OPD, the application, the title. */
  about?: string | null | undefined
}

type Answer = Settled | null | undefined

export type DutyFacts = {
  settled?: Answer
  /** The duty item, chosen or typed in; blank = none. */
  duty?: string | null | undefined
  /** The item was chosen from the OPD's list, not typed in with the proposal. */
  listed: boolean
  /** The item is in the OPD's list and verified. */
  verified: boolean
  /** The regulation to compare with, as the installation names it. */
  legalBasis: string
}

/** Basis in the duties: met by a verified item, to be checked while it is not. */
export function dutyCheck({ settled, duty, listed, verified, legalBasis }: DutyFacts): Check {
  const item = (duty ?? '').trim()
  if (settled?.result === 'not') {
    return settled.about
      ? say('duty', 'not', 'not', { opd_lain: settled.about }, settled)
      : say('duty', 'not', 'notUnnamed', {}, settled)
  }
  if (item === '') {
    return settled ? settledAs('duty', settled) : say('duty', 'none', 'none')
  }
  return settled || verified
    ? say('duty', 'met', 'met', { butir: item }, settled)
    : say('duty', 'check', listed ? 'checkListed' : 'check', { dasar_hukum: legalBasis })
}

export type InternetFacts = {
  settled?: Answer
  /** The locations of use; where a proposal names none, its head office (the caller's choice). */
  locations: readonly {
    name: string
    /** Undefined or null = not recorded. */
    internet?: Code<'internet'> | null | undefined
    /** The infrastructure need that will bring it. */
    planned?: { year: number; need: string } | null | undefined
  }[]
  /** The phase the proposal stands in, if any. */
  phase?: { name: string; yearFrom: number } | null | undefined
}

/**
 * Internet at the locations of use. Met where every one has it, be it limited, or has it planned for
 * a year before the phase begins (any year while there is no phase); not met as soon as one has
 * neither; without data while one was not recorded.
 */
export function internetCheck({ settled, locations, phase }: InternetFacts): Check {
  if (settled) return settledAs('internet', settled)
  if (locations.length === 0) return say('internet', 'none', 'noLocation')

  const without = locations.filter((each) => each.internet === 'no')
  const unplanned = without.filter((each) => !isInTime(each.planned?.year, phase?.yearFrom))
  if (unplanned.length > 0) {
    const where = { lokasi: namesOf(unplanned) }
    return phase
      ? say('internet', 'not', 'not', { ...where, tahap: phase.name })
      : say('internet', 'not', 'notOpen', where)
  }
  const unrecorded = locations.filter((each) => each.internet == null)
  if (unrecorded.length > 0) {
    return say('internet', 'none', 'none', { lokasi: namesOf(unrecorded) })
  }
  const [last] = without.flatMap((each) => each.planned ?? []).toSorted((a, b) => b.year - a.year)
  if (last) {
    const plan = { tahun: last.year, kebutuhan: last.need }
    return phase
      ? say('internet', 'met', 'planned', { ...plan, tahap: phase.name })
      : say('internet', 'met', 'plannedOpen', plan)
  }
  return say('internet', 'met', 'met', { n: locations.length, m: locations.length })
}

export type NationalFacts = {
  settled?: Answer
  /** The likeliest national application, found by function. */
  candidate?: { name: string; owner: string } | null | undefined
}

/** No national application does it: settled by a person alone; a candidate asks for it. */
export function nationalCheck({ settled, candidate }: NationalFacts): Check {
  if (settled?.result === 'met') {
    return say('national', 'met', 'met', { nama: settled.name, tanggal: settled.day }, settled)
  }
  if (settled) {
    const name = settled.about ?? candidate?.name
    return name
      ? say('national', 'not', 'not', { aplikasi: name }, settled)
      : say('national', 'not', 'notUnnamed', {}, settled)
  }
  if (!candidate) return say('national', 'none', 'none')
  return say('national', 'check', 'check', {
    aplikasi: candidate.name,
    pemilik: candidate.owner,
  })
}

export type SimilarFacts = {
  settled?: Answer
  /** The likest application or proposal. */
  candidate?: { title: string; opd: string } | null | undefined
  /** Whether the reader may see it: the title, owner and reason of another OPD's stay unsaid else. */
  visible: boolean
}

/** Nothing similar exists or is proposed: settled by a person alone; a candidate asks for it. */
export function similarCheck({ settled, candidate, visible }: SimilarFacts): Check {
  if (settled?.result === 'met') {
    const who = { nama: settled.name, tanggal: settled.day }
    return withoutNote(say('similar', 'met', 'met', who), settled, visible)
  }
  if (settled) {
    const title = settled.about ?? candidate?.title
    return title && visible
      ? say('similar', 'not', 'not', { judul: title }, settled)
      : withoutNote(say('similar', 'not', 'notHidden'), settled, visible)
  }
  if (!candidate) return say('similar', 'none', 'none')
  return visible
    ? say('similar', 'check', 'check', { judul: candidate.title, opd: candidate.opd })
    : say('similar', 'check', 'checkHidden')
}

/** The note of a settled likeness may name the other record, so it goes with the title. */
function withoutNote(check: Check, settled: Settled, visible: boolean): Check {
  return visible ? { ...check, note: settled.note } : check
}

function settledAs(check: CheckName, settled: Settled): Check {
  return {
    check,
    result: settled.result,
    key: `check.settled.${settled.result}`,
    params: { nama: settled.name, tanggal: settled.day },
    note: settled.note,
  }
}

function say<C extends CheckName>(
  check: C,
  result: CheckResult,
  text: Texts[C],
  params: Check['params'] = {},
  settled?: Answer,
): Check {
  const note = settled ? { note: settled.note } : {}
  return { check, result, key: `check.${check}.${text}` as CheckKey, params, ...note }
}

function isInTime(year: number | undefined, phaseBegins: number | undefined): boolean {
  return year !== undefined && (phaseBegins === undefined || year < phaseBegins)
}

function namesOf(locations: readonly { name: string }[]): string {
  return locations.map((each) => each.name).join(', ')
}
