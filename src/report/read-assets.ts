import * as applications from '../applications/queries.ts'
import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { officeGap } from '../domain/office.ts'
import { readStandards } from '../government/queries.ts'
import * as inventory from '../inventory/queries.ts'
import type { ReportApplication, ReportData, ReportNeed } from './data.ts'

/** Applications, needs and budgets by OPD, and how far each office is below the standard. */
export async function readAssets(
  db: Db,
  today: string,
): Promise<Pick<ReportData, 'applications' | 'needs' | 'budgets' | 'gaps'>> {
  const standards = await readStandards(db)
  const offices = await inventory.readinessInputs(db, everything, today)
  return {
    applications: await readApplications(db),
    needs: await readNeeds(db),
    budgets: await owned(db, everything, 'opdBudget')
      .select(['opdBudget.opdId', 'opdBudget.year', 'opdBudget.amount'])
      .select(['opdBudget.document', 'opdBudget.example'])
      .orderBy('opdBudget.opdId')
      .orderBy('opdBudget.year')
      .execute(),
    gaps: offices.map((office) => {
      const { requiredKbps, missingKbps, requiredComputers, missingComputers } = officeGap(
        office,
        standards,
      )
      return {
        locationId: office.locationId,
        internet: office.internet ?? null,
        requiredKbps,
        missingKbps: missingKbps ?? null,
        requiredComputers: requiredComputers ?? null,
        missingComputers: missingComputers ?? null,
      }
    }),
  }
}

async function readApplications(db: Db): Promise<ReportApplication[]> {
  const rows = await owned(db, everything, 'application')
    .innerJoin('opd', 'opd.id', 'application.opdId')
    .leftJoin('nationalApplication', 'nationalApplication.id', 'application.nationalApplicationId')
    .select(['application.id', 'application.opdId', 'application.name'])
    .select(['application.description', 'application.function', 'application.output'])
    .select(['application.url', 'application.licence', 'application.sourceHeld'])
    .select(['application.language', 'application.framework', 'application.database'])
    .select(['application.developer', 'application.builtYear', 'application.hosting'])
    .select(['application.useState', 'application.plan', 'application.class'])
    .select(['application.yearlyCost', 'application.contactName', 'application.contactTitle'])
    .select(['application.note', 'application.fgdSessionId as sessionId', 'application.example'])
    .select('nationalApplication.name as national')
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .orderBy('application.nameKey')
    .orderBy('application.id')
    .execute()
  const choices = grouped(
    await owned(db, everything, 'applicationChoice').selectAll('applicationChoice').execute(),
    (row) => row.applicationId,
  )
  const opds = grouped(
    await owned(db, everything, 'applicationOpd').selectAll('applicationOpd').execute(),
    (row) => row.applicationId,
  )
  const names = new Map(rows.map((row) => [row.id, row.name]))
  const nationals = new Map((await applications.nationals(db)).map((row) => [row.id, row.name]))
  const integrations = grouped(
    await owned(db, everything, 'integration')
      .selectAll('integration')
      .orderBy('integration.id')
      .execute(),
    (row) => row.applicationId,
  )
  return rows.map((row) => {
    const chosen = (list: string) =>
      (choices.get(row.id) ?? []).filter((each) => each.list === list).map((each) => each.code)
    return {
      ...row,
      platforms: chosen('platforms'),
      users: chosen('users'),
      userOpds: (opds.get(row.id) ?? []).map((each) => each.opdId),
      integrations: (integrations.get(row.id) ?? []).map(
        (each) =>
          each.withName ??
          nationals.get(each.withNationalId ?? 0) ??
          names.get(each.withApplicationId ?? 0) ??
          '',
      ),
    }
  })
}

async function readNeeds(db: Db): Promise<ReportNeed[]> {
  const rows = await owned(db, everything, 'infrastructureNeed')
    .innerJoin('opd', 'opd.id', 'infrastructureNeed.opdId')
    .select(['infrastructureNeed.id', 'infrastructureNeed.opdId'])
    .select(['infrastructureNeed.locationId', 'infrastructureNeed.kind'])
    .select(['infrastructureNeed.text', 'infrastructureNeed.quantity'])
    .select(['infrastructureNeed.reason', 'infrastructureNeed.costUnknown'])
    .select(['infrastructureNeed.cost', 'infrastructureNeed.fund', 'infrastructureNeed.year'])
    .select(['infrastructureNeed.state', 'infrastructureNeed.note'])
    .select(['infrastructureNeed.fgdSessionId as sessionId', 'infrastructureNeed.example'])
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .orderBy('infrastructureNeed.year')
    .orderBy('infrastructureNeed.id')
    .execute()
  const proposals = grouped(
    await owned(db, everything, 'needProposal')
      .selectAll('needProposal')
      .orderBy('needProposal.proposalId')
      .execute(),
    (row) => row.needId,
  )
  return rows.map((row) => ({
    ...row,
    proposalIds: (proposals.get(row.id) ?? []).map((each) => each.proposalId),
  }))
}
