import { type OpdCounts, type OpdPart, opdCompleteness } from '../domain/completeness.ts'
import { type Code, lists } from '../domain/words.ts'
import { paths } from '../web/paths.ts'

type OpdFacts = {
  id: number
  name: string
  shortName: string | null
  headName: string | null
  headTitle: string | null
  contactName: string | null
  example: string | null
}

/** What the database says, as it came; `decided` holds the proposals with a decision in force. */
export type HomeFacts = {
  opds: readonly OpdFacts[]
  counts: ReadonlyMap<number, OpdCounts>
  duties: readonly { opdId: number; n: number }[]
  answers: readonly { opdId: number; part: string }[]
  locations: readonly { id: number; opdId: number; isHead: 0 | 1; ownId: number }[]
  internet: readonly { locationId: number; available: string; downKbps: number | null }[]
  surveys: readonly { locationId: number }[]
  devices: readonly { type: string; good: number; minor: number; major: number }[]
  proposals: readonly { id: number; opdId: number; state: string }[]
  present: readonly { opdId: number | null }[]
  sessions: readonly { id: number }[]
  decided: ReadonlySet<number>
  /** Those among them whose decision in force is published. */
  published: ReadonlySet<number>
  ranked: number
  incomplete: number
}

export const chainKeys = [
  'opd',
  'fgd',
  'inventory',
  'proposals',
  'scoring',
  'decisions',
  'publications',
  'report',
] as const
export type ChainKey = (typeof chainKeys)[number]

/** The links that count OPD. */
export const opdKeys = ['opd', 'fgd', 'inventory', 'proposals'] as const
export type OpdKey = (typeof opdKeys)[number]

/**
 * One link of the chain: n of m are done; `href` leads on, `next` to the work that is waiting, `rest`
 * to the rows that are missing.
 */
export type ChainLink = {
  key: ChainKey
  href: string
  next: string
  rest: string
  n: number
  m: number
  state: 'done' | 'part' | 'none'
  isNow: boolean
}

export type InternetTile = { id: number; name: string; kbps: number | null }
export type InternetGroup = { state: 'no' | 'limited' | 'unknown' | 'yes'; tiles: InternetTile[] }

/** An OPD that is not complete: how many of the ten parts are there, and which are not. */
export type Waiting = {
  id: number
  name: string
  example: string | null
  present: boolean
  done: number
  of: number
  missing: OpdPart[]
}

export type Overview = {
  chain: ChainLink[]
  /** The link that waits first; the last one where nothing waits. */
  now: ChainLink
  internet: InternetGroup[]
  devices: { type: string; good: number; minor: number; major: number }[]
  /** The largest total of a type: one scale for all rows. */
  devicesMax: number
  surveyed: number
  locations: number
  waiting: Waiting[]
  /** Of each link that counts OPD those that it misses. */
  lacking: Record<OpdKey, Waiting[]>
  sessions: number
}

/** Where the work stands, from a handful of lists. */
export function overviewOf(facts: HomeFacts): Overview {
  const inventories = facts.opds.map((opd) => inventoryOf(opd, facts))
  const chain = chainOf(facts, inventories)
  const waiting = waitingOf(facts)
  const surveyed = new Set(facts.surveys.map((each) => each.locationId))
  const devices = lists.device.flatMap((type) =>
    facts.devices.filter((each) => each.type === type && totalOf(each) > 0),
  )
  return {
    ...chain,
    internet: internetOf(facts),
    devices,
    devicesMax: Math.max(0, ...devices.map(totalOf)),
    surveyed: facts.locations.filter((each) => surveyed.has(each.id)).length,
    locations: facts.locations.length,
    waiting: waiting.filter((each) => each.missing.length > 0),
    lacking: lackingOf(facts, inventories, waiting),
    sessions: facts.sessions.length,
  }
}

type Count = [n: number, m: number]
type Inventory = { present: boolean; done: boolean; parts: ReadonlySet<Code<'opdPart'>> }

/** Which parts of an OPD's data are there; people, budget and confirmation are not asked here. */
function inventoryOf(opd: OpdFacts, facts: HomeFacts): Inventory {
  const own = facts.locations.filter((each) => each.opdId === opd.id)
  const known = (rows: readonly { locationId: number }[]) => {
    const ids = new Set(rows.map((row) => row.locationId))
    return own.filter((each) => ids.has(each.id)).length
  }
  const says = (part: string) =>
    facts.answers.some((each) => each.opdId === opd.id && each.part === part)
  const internet = known(facts.internet)
  const surveys = known(facts.surveys)
  const hasMainOffice = own.some((each) => each.isHead === 1 && each.ownId === opd.id)
  const { parts } = opdCompleteness({
    hasHead: opd.headName !== null || opd.headTitle !== null,
    hasContact: opd.contactName !== null,
    duties: facts.duties.find((each) => each.opdId === opd.id)?.n ?? 0,
    peopleRecorded: false,
    hasMainOffice,
    locations: own.length,
    locationsWithInternet: internet,
    locationsWithDevices: surveys,
    applications: 0,
    saysNoApplications: says('applications'),
    proposals: facts.proposals.filter((each) => each.opdId === opd.id && each.state !== 'draft')
      .length,
    saysNoProposals: says('proposals'),
    budgetThisYear: false,
    budgetNextYear: false,
    confirmed: false,
  })
  const there = new Set(parts.filter((each) => each.done).map((each) => each.part))
  return {
    present: facts.present.some((each) => each.opdId === opd.id),
    parts: there,
    done: there.has('locations') && there.has('internet') && there.has('devices'),
  }
}

/** Of every OPD which of the ten parts are missing, whoever lacks most first. */
function waitingOf({ opds, counts, present }: HomeFacts): Waiting[] {
  return opds
    .flatMap(({ id, name, example }) => {
      const known = counts.get(id)
      if (!known) return []
      const { parts, done, of } = opdCompleteness(known)
      const missing = parts.filter((each) => !each.done).map((each) => each.part)
      const came = present.some((each) => each.opdId === id)
      return [{ id, name, example, present: came, done, of, missing }]
    })
    .toSorted((a, b) => b.missing.length - a.missing.length)
}

/** Whether an OPD is done with what a link of the chain counts. */
const isThere: Record<OpdKey, (each: Inventory) => boolean> = {
  opd: (each) => each.parts.has('duties'),
  fgd: (each) => each.present,
  inventory: (each) => each.done,
  proposals: (each) => each.parts.has('proposals'),
}

function lackingOf(
  facts: HomeFacts,
  inventories: readonly Inventory[],
  all: readonly Waiting[],
): Overview['lacking'] {
  const of = (key: OpdKey) => {
    const ids = new Set(
      facts.opds.filter((_, at) => !isThere[key](inventories[at] as Inventory)).map(({ id }) => id),
    )
    return all.filter((each) => ids.has(each.id))
  }
  return {
    opd: of('opd'),
    fgd: of('fgd'),
    inventory: of('inventory'),
    proposals: of('proposals'),
  }
}

function chainOf(
  facts: HomeFacts,
  inventories: readonly Inventory[],
): Pick<Overview, 'chain' | 'now'> {
  const all = inventories.length
  const having = (has: (each: Inventory) => boolean) => inventories.filter(has).length
  const open = facts.proposals.filter(({ id, state }) => {
    const isOut = state === 'merged' || state === 'withdrawn'
    return !isOut && ((state !== 'draft' && state !== 'returned') || facts.decided.has(id))
  })
  const decided = open.filter((each) => facts.decided.has(each.id))
  const counts: Record<Exclude<ChainKey, 'report'>, Count> = {
    opd: [having(isThere.opd), all],
    fgd: [having(isThere.fgd), all],
    inventory: [having(isThere.inventory), all],
    proposals: [having(isThere.proposals), all],
    scoring: [facts.ranked, facts.ranked + facts.incomplete],
    decisions: [decided.length, open.length],
    publications: [decided.filter((each) => facts.published.has(each.id)).length, decided.length],
  }
  const ready = Object.values(counts).filter(([n, m]) => isDone(n, m)).length
  const links: Record<ChainKey, Count> = {
    ...counts,
    report: [ready, Object.keys(counts).length],
  }
  const first = chainKeys.find((key) => !isDone(...links[key])) ?? 'report'
  const chain = chainKeys.map((key): ChainLink => {
    const [n, m] = links[key]
    const state = isDone(n, m) ? 'done' : n > 0 ? 'part' : 'none'
    return { key, ...places(key, facts), n, m, state, isNow: key === first }
  })
  const now = chain.find((each) => each.isNow)
  if (!now) throw new Error('no link of the chain waits')
  return { chain, now }
}

function places(key: ChainKey, facts: HomeFacts): Pick<ChainLink, 'href' | 'next' | 'rest'> {
  const href = {
    opd: paths.opds(),
    fgd: paths.sessions(),
    inventory: paths.inventory(),
    proposals: paths.proposals(),
    scoring: paths.scoring(),
    decisions: paths.decisions(),
    publications: paths.publications(),
    report: paths.report(),
  }[key]
  const next = nextOf(key, facts) ?? href
  return { href, next, rest: restOf(key, facts) ?? next }
}

function nextOf(key: ChainKey, { sessions, opds }: HomeFacts): string | undefined {
  if (key === 'fgd' && sessions.length === 0) return paths.sessionNew()
  if (key === 'inventory' && opds.length > 0) return '#waiting'
  return key === 'decisions' ? paths.decisionNew() : undefined
}

/** Where the rows are that a link of the chain misses, where there is a list of them. */
function restOf(key: ChainKey, { sessions, opds, ranked }: HomeFacts): string | undefined {
  if (key === 'fgd' && sessions.length === 0) return undefined
  if (isOpdKey(key) && opds.length > 0) return `${paths.home({ lacks: key })}#waiting`
  if (key === 'scoring' && ranked > 0) return paths.ranking({ list: 'incomplete' })
  if (key === 'publications') return paths.publicationNew()
  return key === 'decisions' ? paths.decisionNew({ standing: 'waiting' }) : undefined
}

function isOpdKey(key: ChainKey): key is OpdKey {
  return opdKeys.some((each) => each === key)
}

/** OPD by the best access at the head office, worst first; without a head office at any office. */
function internetOf(facts: HomeFacts): InternetGroup[] {
  const tiles = facts.opds.map((opd) => {
    const own = facts.locations.filter((each) => each.opdId === opd.id)
    const heads = own.filter((each) => each.isHead === 1 && each.ownId === opd.id)
    const asked = new Set((heads.length > 0 ? heads : own).map((each) => each.id))
    const lines = facts.internet.filter((each) => asked.has(each.locationId))
    const state = (['yes', 'limited', 'no'] as const).find((code) =>
      lines.some((line) => line.available === code),
    )
    const speeds = lines.flatMap((line) =>
      line.available === state && state !== 'no' && line.downKbps !== null ? [line.downKbps] : [],
    )
    const kbps = speeds.length > 0 ? Math.max(...speeds) : null
    return {
      state: state ?? ('unknown' as const),
      id: opd.id,
      name: opd.shortName ?? opd.name,
      kbps,
    }
  })
  return (['no', 'limited', 'unknown', 'yes'] as const)
    .map((state) => ({
      state,
      tiles: tiles
        .filter((each) => each.state === state)
        .map(({ id, name, kbps }) => ({ id, name, kbps }))
        .toSorted((a, b) => (b.kbps ?? 0) - (a.kbps ?? 0)),
    }))
    .filter((group) => group.tiles.length > 0)
}

function isDone(n: number, m: number): boolean {
  return m > 0 && n >= m
}

function totalOf({ good, minor, major }: { good: number; minor: number; major: number }): number {
  return good + minor + major
}
