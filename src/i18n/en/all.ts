import { accounts } from './accounts.ts'
import { applications } from './applications.ts'
import { checks } from './checks.ts'
import { decisions } from './decisions.ts'
import { fgd } from './fgd.ts'
import { form } from './form.ts'
import { frame } from './frame.ts'
import { government } from './government.ts'
import { history } from './history.ts'
import { home } from './home.ts'
import { inventory } from './inventory.ts'
import { needs } from './needs.ts'
import { opd } from './opd.ts'
import { papers } from './papers.ts'
import { policy } from './policy.ts'
import { portal } from './portal.ts'
import { proposals } from './proposals.ts'
import { publications } from './publications.ts'
import { ranking } from './ranking.ts'
import { report } from './report.ts'
import { roadmap } from './roadmap.ts'
import { scoring } from './scoring.ts'
import { security } from './security.ts'
import { start } from './start.ts'
import { succession } from './succession.ts'
import { words } from './words.ts'

/** English: the same keys as the Indonesian source. */
export const en = {
  ...words,
  ...checks,
  ...frame,
  ...form,
  ...accounts,
  ...government,
  ...opd,
  ...succession,
  ...inventory,
  ...needs,
  ...applications,
  ...fgd,
  ...papers,
  ...portal,
  ...policy,
  ...proposals,
  ...scoring,
  ...ranking,
  ...decisions,
  ...publications,
  ...roadmap,
  ...report,
  ...history,
  ...home,
  ...security,
  ...start,
}
