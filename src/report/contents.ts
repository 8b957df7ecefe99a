import type { Message } from '../i18n/translate.ts'
import type { ReportData } from './data.ts'
import { figures } from './figures.ts'
import type { SheetName } from './layout.ts'
import { planWorkbook } from './workbook.ts'

/** What is in the workbook now, and what it still lacks. */
export type Contents = {
  /** Instant of the state of the data. */
  at: string
  sheets: { name: SheetName; rows: number }[]
  lacks: Message[]
  drafts: number
}

export function contentsIn(data: ReportData): Contents {
  return {
    at: data.at,
    sheets: planWorkbook(data, { internal: false, madeBy: null })
      .filter((plan) => plan.name !== 'Sampul')
      .map((plan) => ({ name: plan.name, rows: plan.count })),
    lacks: lacksOf(data),
    drafts: data.drafts,
  }
}

/** What a reader of the workbook would miss, most important first. */
function lacksOf(data: ReportData): Message[] {
  const found = figures(data)
  const surveyed = new Set(data.surveys.map((each) => each.locationId))
  const unsurveyed = data.locations.filter((each) => !surveyed.has(each.id)).length
  const unrated = data.assessment.standings.filter((each) => each.group === 'incomplete').length
  const undecided = data.proposals.filter(
    (each) => each.decision === null && each.state !== 'merged' && each.state !== 'withdrawn',
  ).length
  const withoutDuties = data.opds.length - new Set(data.duties.map((each) => each.opdId)).size
  const counted: [Message['key'], number][] = [
    ['report.lacks.duties', withoutDuties],
    ['report.lacks.internet', found.locationsByInternet.unrecorded],
    ['report.lacks.devices', unsurveyed],
    ['report.lacks.cost', found.withoutCost],
    ['report.lacks.ratings', unrated],
    ['report.lacks.decisions', undecided],
  ]
  const flat: [Message['key'], boolean][] = [
    ['report.lacks.opd', data.opds.length === 0],
    ['report.lacks.proposals', data.proposals.length === 0],
    ['report.lacks.set', data.assessment.set === null],
    ['report.lacks.phases', data.plan.phases.length === 0],
    ['report.lacks.legalBases', !data.government.legalBases],
    ['report.lacks.signatories', data.government.signatories.length === 0],
  ]
  return [
    ...flat.filter(([, missing]) => missing).map(([key]) => ({ key })),
    ...counted.filter(([, n]) => n > 0).map(([key, n]) => ({ key, params: { n } })),
  ]
}
