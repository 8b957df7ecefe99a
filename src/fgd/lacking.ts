import type { Db } from '../db/schema.ts'
import { everything } from '../domain/access.ts'
import { opdCompleteness } from '../domain/completeness.ts'
import type { MessageKey } from '../i18n/translate.ts'
import * as recorded from '../opd/recorded.ts'
import { type Session, toldProposals } from './queries.ts'
import * as records from './records.ts'
import * as workspace from './workspace.ts'

/** What one OPD of the session still owes; the parts of its completeness that are not done. */
export type OpdLack = {
  id: number
  name: string
  invited: boolean
  present: boolean
  done: number
  of: number
  parts: ReturnType<typeof opdCompleteness>['parts']
}

/** What a session lacks before it is closed: of itself, and from whom. */
export type SessionLack = { own: MessageKey[]; absent: string[]; opds: OpdLack[] }

export async function lackingOf(db: Db, session: Session, today: string): Promise<SessionLack> {
  const opds = await lackingOpds(db, session.id, today)
  return {
    own: await lackingInSession(db, session),
    absent: opds.filter((row) => row.invited && !row.present).map((row) => row.name),
    opds: opds.filter((row) => row.parts.length > 0),
  }
}

/** Every OPD of a session with the parts that are not done, by name. */
export async function lackingOpds(db: Db, sessionId: number, today: string): Promise<OpdLack[]> {
  const opds = await workspace.opds(db, everything, sessionId)
  const ids = opds.map((row) => row.id)
  const counts = await recorded.countsOf(db, everything, ids, today)
  return opds.flatMap((row) => {
    const counted = counts.get(row.id)
    if (!counted) return []
    const { parts, done, of } = opdCompleteness(counted)
    const lacking = parts.filter((each) => !each.done)
    const { id, name, invited } = row
    return [{ id, name, invited, present: row.people > 0, done, of, parts: lacking }]
  })
}

async function lackingInSession(db: Db, session: Session): Promise<MessageKey[]> {
  const items = await records.items(db, session.id)
  const has = (kind: string) => items.some((item) => item.kind === kind)
  const proposals = await toldProposals(db, everything)
    .where('proposal.fgdSessionId', '=', session.id)
    .where('proposal.state', '<>', 'withdrawn')
    .select('proposal.state')
    .execute()
  const lacks: [boolean, MessageKey][] = [
    [session.venue === null, 'fgd.lack.venue'],
    [session.noteTaker === null, 'fgd.lack.noteTaker'],
    [!has('speaker'), 'fgd.lack.speaker'],
    [(await records.attendance(db, session.id)).length === 0, 'fgd.lack.people'],
    [(await records.minutes(db, session.id)).length === 0, 'fgd.lack.minutes'],
    [!has('agreement'), 'fgd.lack.agreements'],
    [proposals.length === 0, 'fgd.lack.proposals'],
    [proposals.some((each) => each.state === 'draft'), 'fgd.lack.drafts'],
  ]
  return lacks.flatMap(([lacks, key]) => (lacks ? [key] : []))
}
