import type { ReportData } from './data.ts'
import { type SheetPlan, sheetNames, type TableSheet } from './layout.ts'
import { applicationSheet } from './sheets/application.ts'
import { budgetSheet } from './sheets/budget.ts'
import { sourceOf } from './sheets/context.ts'
import { coverSheet } from './sheets/cover.ts'
import { deviceSheet } from './sheets/device.ts'
import { dictionarySheet } from './sheets/dictionary.ts'
import { gapSheet } from './sheets/gap.ts'
import { internetSheet } from './sheets/internet.ts'
import { locationSheet } from './sheets/location.ts'
import { matrixSheet } from './sheets/matrix.ts'
import { methodSheet } from './sheets/method.ts'
import { nationalSheet } from './sheets/national.ts'
import { needSheet } from './sheets/need.ts'
import { dutySheet, opdSheet } from './sheets/opd.ts'
import { peopleSheet } from './sheets/people.ts'
import { proposalSheet } from './sheets/proposal.ts'
import { ratingSheet } from './sheets/rating.ts'
import { recapSheet } from './sheets/recap.ts'
import { roadmapSheet } from './sheets/roadmap.ts'
import { scoreSheet } from './sheets/scores.ts'
import { sessionSheet } from './sheets/session.ts'
import { summarySheet } from './sheets/summary.ts'

export type WorkbookOptions = {
  /** Assessors by name: the planner's own copy, not to be handed on. */
  internal: boolean
  /** Who exported it, as the cover says it. */
  madeBy: string | null
}

/**
 * Every sheet of the workbook in its order. Sheets that others' formulas point to come first here,
 * so that each can be told where the cells are.
 */
export function planWorkbook(data: ReportData, options: WorkbookOptions): SheetPlan[] {
  const source = sourceOf(data, options.internal)
  const opds = opdSheet(source)
  const people = peopleSheet(source)
  const devices = deviceSheet(source, () => locations.table)
  const locations: TableSheet = locationSheet(source, devices.computers)
  const needs = needSheet(source)
  const applications = applicationSheet(source)
  const proposals = proposalSheet(source)
  const method = methodSheet(source)
  const ratings = ratingSheet(source, method.levels)
  const scores = scoreSheet(source, ratings.blocks)
  const matrix = matrixSheet(source, scores.scores)
  const roadmap = roadmapSheet(source)
  const budget = budgetSheet(source, proposals.table, roadmap.table)
  const recap = recapSheet(source, {
    locations: locations.table,
    devices: devices.table,
    people: people.table,
    applications: applications.table,
    proposals: proposals.table,
  })
  const summary = summarySheet(source, {
    recap: recap.table,
    locations: locations.table,
    needs: needs.table,
    applications: applications.table,
    proposals: proposals.table,
    matrix: matrix.table,
    roadmap: roadmap.table,
  })
  const plans = [
    summary,
    recap.plan,
    opds.plan,
    dutySheet(source).plan,
    people.plan,
    locations.plan,
    internetSheet(source).plan,
    devices.plan,
    needs.plan,
    applications.plan,
    nationalSheet(source).plan,
    proposals.plan,
    ratings.plan,
    scores.plan,
    matrix.plan,
    gapSheet(source).plan,
    roadmap.plan,
    budget.plan,
    sessionSheet(source).plan,
    method.plan,
  ]
  const dictionary = dictionarySheet(plans)
  const inside = [...plans, dictionary]
  const all = [coverSheet(source, inside, options.madeBy), ...inside]
  return sheetNames.flatMap((name) => all.find((plan) => plan.name === name) ?? [])
}
