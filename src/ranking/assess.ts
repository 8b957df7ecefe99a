import { newestEvent } from '../db/memo.ts'
import type { Db } from '../db/schema.ts'
import { includes, type Scope } from '../domain/access.ts'
import { readStandards } from '../government/queries.ts'
import * as scoring from '../scoring/queries.ts'
import type { Assessed, Assessment } from './assessment.ts'
import { compute, computeBy, type WithRatings } from './compute.ts'

/** Computed once per revision of the data and kept for it: one entry a database. */
const kept = new WeakMap<object, { key: string; assessment: Promise<Assessment> }>()

/**
 * Where every proposal stands: scores, ranks, what is missing, checks and decisions. Everything that
 * shows a score or a rank takes it from here. Computed over all proposals, then narrowed to those
 * the scope may reach; ranks stay those of the whole.
 */
export async function assess(db: Db, scope: Scope): Promise<Assessment> {
  const standards = await readStandards(db)
  const key = `${await newestEvent(db)} ${JSON.stringify(standards)}`
  const known = kept.get(db)
  if (known?.key === key) return narrowed(await known.assessment, scope)

  const assessment = compute(db, standards).then((computed) => computed.assessment)
  kept.set(db, { key, assessment })
  assessment.catch(() => kept.delete(db))
  return narrowed(await assessment, scope)
}

/**
 * Where every proposal would stand by another round or weighting than those in force. Nothing is kept
 * of it. Without a weighting, that in force for the set of the round.
 */
export async function assessBy(
  db: Db,
  setId: number,
  by: { round: scoring.Round | undefined; weighting?: scoring.Weighting | undefined },
): Promise<Assessment> {
  const set = await scoring.findSet(db, setId)
  const weighting = by.weighting ?? (await scoring.weightingOf(db, setId))
  const standards = await readStandards(db)
  return (await computeBy(db, standards, { set, weighting, round: by.round })).assessment
}

/** The assessment of the whole and every rating of its round, read once; nothing is kept of it. */
export async function assessWithRatings(db: Db): Promise<WithRatings> {
  return compute(db, await readStandards(db))
}

/** One proposal of an assessment. */
export function scoreOf(assessment: Assessment, proposalId: number): Assessed | undefined {
  const known = byId.get(assessment)
  const all = known ?? new Map(everyOne(assessment).map((each) => [each.id, each]))
  if (!known) byId.set(assessment, all)
  return all.get(proposalId)
}

const byId = new WeakMap<Assessment, Map<number, Assessed>>()

function everyOne({ ranked, incomplete, aside }: Assessment): Assessed[] {
  return [ranked, incomplete, aside].flat()
}

function narrowed(all: Assessment, scope: Scope): Assessment {
  if (scope.all) return all
  const own = (list: readonly Assessed[]) =>
    list.filter((each) => each.opdIds.some((id) => includes(scope, id))).map(unnamedLikeness)
  return {
    ...all,
    assessors: [],
    ranked: own(all.ranked),
    incomplete: own(all.incomplete),
    aside: own(all.aside),
  }
}

/** The record that another OPD's proposal is like stays unsaid. */
function unnamedLikeness(assessed: Assessed): Assessed {
  const { note: _, ...similar } = assessed.checks.similar
  const hidden =
    similar.result === 'not'
      ? { key: 'check.similar.notHidden' as const, params: {} }
      : similar.result === 'check' && { key: 'check.similar.checkHidden' as const, params: {} }
  return { ...assessed, checks: { ...assessed.checks, similar: { ...similar, ...hidden } } }
}
