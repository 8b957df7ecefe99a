import type { report as source } from '../id/report.ts'

export const report: Record<keyof typeof source, string> = {
  'report.title': 'Report',
  'report.lede': 'An Excel workbook with all data, ratings, decisions and the roadmap.',
  'report.state': 'State of the data as of {at}.',
  'report.drafts': 'Drafts not handed in, and so not included: {n}.',
  'report.download': 'Download the workbook',
  'report.download.note':
    'Putting it together takes some seconds; when it takes longer you may leave this page. Every download is noted: who, when, and which file.',
  'report.internal': 'Include the names of the assessors (internal copy)',
  'report.internal.hint':
    'Without this mark assessors are numbered. The internal copy is not to be handed on.',
  'report.exports': 'Your workbooks',
  'report.exports.lede':
    'Those being written and those that are finished. A file is deleted one hour after it was finished, or when you sign out.',
  'report.export.waiting': 'Waiting for its turn',
  'report.export.reading': 'Reading the data',
  'report.export.sheet': 'Writing sheet {n} of {m}: {sheet}',
  'report.export.ready': 'Ready to download',
  'report.export.failed': 'Not finished',
  'report.export.failed.busy': 'Too much is waiting already. Try again in some minutes.',
  'report.export.failed.disk':
    'The disk of the computer on which Rancang runs is full. Ask whoever runs it to make room, then try again.',
  'report.export.failed.time':
    'It took longer than two minutes and was ended. Try again when Rancang is less busy, or ask whoever runs it for npm run report.',
  'report.export.failed.memory':
    'The data is too large for the memory set aside. Ask whoever runs Rancang for npm run report.',
  'report.export.failed.other':
    'It failed through a fault of Rancang. Try once more; if it fails again, tell whoever runs it the number {reference}.',
  'report.export.kb': '{size} kB',
  'report.export.mb': '{size} MB',
  'report.export.internal': 'Internal copy',
  'report.export.lede': 'State of the data as of {at}. You may leave this page; the work goes on.',
  'report.export.refresh': 'Refresh',
  'report.export.cancel': 'Cancel it',
  'report.export.again': 'Try again',
  'report.export.cancelled': 'The export was cancelled.',
  'report.export.removed': 'The workbook was deleted.',
  'report.export.enough':
    'Two workbooks of yours are still being written. Wait for them or cancel one on the page of the report.',
  'report.export.gone':
    'This workbook is no longer here: it was deleted after an hour, when you signed out, or when Rancang was started anew. Write it again from the page of the report.',
  'report.pending': 'The contents of the workbook are being computed.',
  'report.pending.older': 'Data changed since; the new contents are being computed.',
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
