import { ground } from './0001_ground.ts'
import { register } from './0002_register.ts'
import { sessions } from './0003_sessions.ts'
import { proposals } from './0004_proposals.ts'
import { scoring } from './0005_scoring.ts'
import { decisions } from './0006_decisions.ts'
import { people } from './0007_people.ts'
import { portal } from './0008_portal.ts'
import { assets } from './0009_assets.ts'
import { scoringInForce } from './0010_scoring.ts'
import { papers } from './0011_papers.ts'
import { proposalPlans } from './0012_proposals.ts'
import { access } from './0013_access.ts'
import { opdSuccessors } from './0017_opd_successor.ts'
import { planning } from './0019_planning.ts'
import { publication } from './0020_publication.ts'
import { affairs } from './0021_affairs.ts'
import { emblem } from './0022_emblem.ts'
import { minuteDay } from './0023_minute_day.ts'
import type { Migration } from './dialect.ts'

/** Every migration in its order; a released one is never edited. */
export const migrations: Record<string, Migration> = {
  '0001_ground': ground,
  '0002_register': register,
  '0003_sessions': sessions,
  '0004_proposals': proposals,
  '0005_scoring': scoring,
  '0006_decisions': decisions,
  '0007_people': people,
  '0008_portal': portal,
  '0009_assets': assets,
  '0010_scoring': scoringInForce,
  '0011_papers': papers,
  '0012_proposals': proposalPlans,
  '0013_access': access,
  '0017_opd_successor': opdSuccessors,
  '0019_planning': planning,
  '0020_publication': publication,
  '0021_affairs': affairs,
  '0022_emblem': emblem,
  '0023_minute_day': minuteDay,
}
