import type { report as source } from '../id/report.ts'

export const report: Record<keyof typeof source, string> = {
  'report.title': 'Report',
  'report.lede': 'An Excel workbook with all data, ratings, decisions and the roadmap.',
  'report.state': 'State of the data as of {at}.',
  'report.drafts': 'Drafts not handed in, and so not included: {n}.',
  'report.download': 'Download the workbook',
  'report.download.note':
    'Putting it together takes some seconds. Every download is noted: who, when, and which file.',
  'report.internal': 'Include the names of the assessors (internal copy)',
  'report.internal.hint':
    'Without this mark assessors are numbered. The internal copy is not to be handed on.',
  'report.contents': 'What is in the workbook',
  'report.contents.lede':
    'Every sheet with its number of rows. Computed figures are written as formulas, so that they can be checked. The workbook is in Indonesian.',
  'report.sheet': 'Sheet',
  'report.about': 'Contents',
  'report.rows': 'Rows of data',
  'report.lacks': 'What is still missing',
  'report.lacks.lede':
    'The workbook can be downloaded all the same; these parts will be empty in it.',
  'report.lacks.nothing': 'Nothing is missing. The workbook can be handed on.',
  'report.lacks.opd': 'There is no agency yet.',
  'report.lacks.proposals': 'No proposal has been handed in yet.',
  'report.lacks.set': 'Criteria and weights have not been adopted yet.',
  'report.lacks.phases': 'There are no phases yet.',
  'report.lacks.legalBases': 'The legal bases are missing in the settings of the government.',
  'report.lacks.signatories': 'The signing officials are missing.',
  'report.lacks.duties': 'Agencies without duties: {n}.',
  'report.lacks.internet': 'Locations whose internet access is not recorded: {n}.',
  'report.lacks.devices': 'Locations whose devices are not recorded: {n}.',
  'report.lacks.cost': 'Proposals without an estimate, left out of the sums: {n}.',
  'report.lacks.ratings': 'Proposals not completely rated, and so not ranked: {n}.',
  'report.lacks.decisions': 'Proposals without a decision: {n}.',
}
