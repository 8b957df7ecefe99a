import type { history as id } from '../id/history.ts'

export const history: Record<keyof typeof id, string> = {
  'history.insert': 'Recorded',
  'history.update': 'Changed',
  'history.remove': 'Removed',
  'history.of': '{what}: {fields}',
  'history.values': 'See the contents',
  'history.empty': 'No history yet.',
  'history.way.import': 'by import',
  'history.way.link': 'by the agency’s link',
  'history.yes': 'Yes',
  'history.no': 'No',
}
