import type { Db } from '../db/schema.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import * as publications from '../publications/queries.ts'
import { assessWithRatings } from '../ranking/assess.ts'
import type { ReportData } from './data.ts'
import { readAssessment } from './read-assessment.ts'
import { readAssets } from './read-assets.ts'
import { readPlan } from './read-plan.ts'
import { readProposals } from './read-proposals.ts'
import { readGovernment, readInventory, readOpds } from './read-register.ts'
import { readSessions } from './read-sessions.ts'

/**
 * Reads the whole report in one read transaction, so that no two sheets can disagree.
 *
 * @throws Error when the government has not been set up yet
 */
export function gather(db: Db, now: Date): Promise<ReportData> {
  return db.transaction().execute(async (trx) => {
    const snapshot = trx as unknown as Db
    const government = await readGovernment(snapshot)
    const today = localDay(now, government.timeZone as Zone)
    const proposals = await readProposals(snapshot)
    const { assessment, ratings } = await assessWithRatings(snapshot)
    return {
      at: now.toISOString(),
      today,
      government,
      ...(await readOpds(snapshot, today)),
      ...(await readInventory(snapshot, today)),
      ...(await readAssets(snapshot, today)),
      nationals: proposals.nationals,
      proposals: proposals.handedIn,
      drafts: proposals.drafts,
      publication: (await publications.inForce(snapshot)) ?? null,
      assessment: await readAssessment(snapshot, assessment, ratings),
      plan: await readPlan(snapshot, assessment),
      ...(await readSessions(snapshot)),
    }
  })
}
