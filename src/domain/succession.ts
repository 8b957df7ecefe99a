/** What the offices that end hand on, in the order of the screen. */
export const handedKinds = [
  'unit',
  'duty',
  'affair',
  'location',
  'application',
  'used',
  'need',
  'proposal',
  'further',
  'followUp',
  'assessor',
  'people',
  'budget',
  'account',
] as const
export type HandedKind = (typeof handedKinds)[number]

/** Leaves a record with the office that ended; for an account: its access ends. */
export const stays = 'stay'

/** What tells of the old office alone, or lets somebody in: it stays unless somebody says otherwise. */
const mayStayKinds: ReadonlySet<HandedKind> = new Set(['assessor', 'people', 'budget', 'account'])

export function mayStay(kind: HandedKind): boolean {
  return mayStayKinds.has(kind)
}

export type SuccessionKind = 'rename' | 'split' | 'merge'

/** One office goes on as one new one: it was renamed; as one of several: it was split. */
export function successionKind(
  ended: number,
  successors: readonly { isNew: boolean }[],
): SuccessionKind {
  if (successors.length > 1) return 'split'
  return ended === 1 && successors[0]?.isNew ? 'rename' : 'merge'
}

/** A record that goes to one of the successors; its key is unique within the change. */
export type Handed = { key: string; kind: HandedKind }

/**
 * Where a record goes without a word about it: undefined where somebody has to say. An office that
 * is only renamed keeps its people and budgets; who may sign in for it is always said by a person.
 */
export function usualChoice(
  kind: HandedKind,
  of: SuccessionKind,
  rest: string | undefined,
): string | undefined {
  if (!mayStay(kind) || kind === 'assessor') return rest
  return of === 'rename' && kind !== 'account' ? rest : stays
}

/**
 * The one successor (or `stays`) of every record: what was chosen for it, else what is usual. One
 * successor alone needs no choice.
 *
 * @param choices by the key of a record; '' is no choice
 * @param rest the successor of all that nothing else is said of; '' is none
 * @returns the choice by key, and the records for which there is none or an impossible one
 */
export function assigned(
  records: readonly Handed[],
  choices: Readonly<Record<string, string>>,
  rest: string,
  successors: readonly { key: string; isNew: boolean }[],
  ended: number,
): { to: Map<string, string>; open: string[] } {
  const kind = successionKind(ended, successors)
  const only = successors.length === 1 ? successors[0]?.key : undefined
  const usual = only ?? (rest || undefined)
  const known = new Set(successors.map((each) => each.key))
  const to = new Map<string, string>()
  const open: string[] = []
  for (const record of records) {
    const choice = choices[record.key] || usualChoice(record.kind, kind, usual)
    const isPossible =
      choice !== undefined && (known.has(choice) || (choice === stays && mayStay(record.kind)))
    if (isPossible) to.set(record.key, choice)
    else open.push(record.key)
  }
  return { to, open }
}

/**
 * The name of an office among those of its new owner, `taken` in folded form: its own, or with that
 * of the office it came from, numbered where even that is taken.
 */
export function freeName(
  name: string,
  from: string,
  taken: ReadonlySet<string>,
  fold: (text: string) => string,
  longest: number,
): string {
  if (!taken.has(fold(name))) return name
  for (let n = 1; ; n += 1) {
    const tail = n === 1 ? ` (${from})` : ` (${from} ${n})`
    const named = name.slice(0, Math.max(0, longest - tail.length)) + tail.slice(0, longest)
    if (!taken.has(fold(named))) return named
  }
}

/** The day before (both as `2018-09-14`). */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
