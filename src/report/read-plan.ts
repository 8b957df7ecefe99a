import type { Db } from '../db/schema.ts'
import * as decisions from '../decisions/queries.ts'
import { everything } from '../domain/access.ts'
import { costByYear } from '../domain/phase-cost.ts'
import type { Assessment } from '../ranking/assessment.ts'
import { byHand } from '../roadmap/by-hand.ts'
import { type Planned, planOf, type Roadmap } from '../roadmap/plan.ts'
import * as roadmap from '../roadmap/queries.ts'
import type { ReportPhase, ReportPlacement, ReportPlan } from './data.ts'

/** The roadmap as the page shows it, with the cost of every application by year. */
export async function readPlan(db: Db, assessment: Assessment): Promise<ReportPlan> {
  const phases = await roadmap.phases(db)
  const inForce = await decisions.inForce(db, everything)
  const plan = planOf(assessment, phases, inForce, await byHand(db))
  const running = new Map(
    [assessment.ranked, assessment.incomplete, assessment.aside]
      .flat()
      .map((each) => [each.id, each.runningCost]),
  )
  const costsOf = (planned: Planned, from: number) => {
    const runningCost = running.get(planned.id) ?? null
    const cost = { costHigh: planned.cost, runningCost, years: planned.years }
    const placed = phases.map((_, index) => (index === from ? [cost] : []))
    return phases.flatMap((_, at) => (at < from ? [] : costByYear(phases, placed, at)))
  }
  const placements = plan.phases.flatMap(({ items }, from) =>
    items.map((planned) => placementOf(planned, costsOf(planned, from))),
  )
  return {
    phases: phases.map(phaseOf),
    placements: [...placements, ...unplaced(plan).map((planned) => placementOf(planned, []))],
    uses: plan.phases.map(({ use }) => ({
      phaseId: use.phaseId,
      used: use.used,
      count: use.count,
      uncounted: use.uncounted,
    })),
  }
}

function unplaced({ nextStage, nowhere, unschedulable, postponed, unrated }: Roadmap): Planned[] {
  return [...nextStage, ...nowhere, ...unschedulable, ...postponed, ...unrated]
}

function placementOf(planned: Planned, years: ReportPlacement['years']): ReportPlacement {
  const { placement } = planned
  return {
    proposalId: planned.id,
    phaseId: placement.phaseId,
    place: placement.place,
    reason: placement.reason.code,
    decided: planned.decision !== undefined,
    move: planned.move
      ? { computedPhaseId: planned.move.computedPhaseId, reason: planned.move.reason }
      : null,
    requires: planned.requires.map((each) => each.number ?? each.title),
    uncounted: placement.uncounted,
    years: years.filter((each) => each.cost > 0),
  }
}

function phaseOf(phase: roadmap.PhaseRow): ReportPhase {
  const { id, seq, name, yearFrom, yearTo, ceiling, capacity, example } = phase
  return { id, seq, name, yearFrom, yearTo, ceiling, capacity, example }
}
