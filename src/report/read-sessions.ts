import type { Db } from '../db/schema.ts'
import { grouped } from '../domain/grouping.ts'
import type { Code } from '../domain/words.ts'
import type { ReportSession } from './data.ts'

/** The sessions with who came, what was said and what is to be done; no NIP is read. */
export async function readSessions(db: Db): Promise<ReportSession[]> {
  const sessions = await db
    .selectFrom('fgdSession')
    .select(['id', 'title', 'stage', 'heldOn', 'endsOn', 'starts', 'ends', 'venue', 'organiser'])
    .select(['chair', 'moderator', 'noteTaker', 'invitationNo', 'invitationOn', 'state', 'example'])
    .orderBy('heldOn')
    .orderBy('id')
    .execute()
  const invited = await db
    .selectFrom('sessionOpd')
    .select(['fgdSessionId', 'opdId'])
    .where('invited', '=', 1)
    .orderBy('opdId')
    .execute()
  const items = await db
    .selectFrom('sessionItem')
    .select(['fgdSessionId', 'kind', 'name', 'office', 'text'])
    .orderBy('kind')
    .orderBy('seq')
    .orderBy('id')
    .execute()
  const attendance = await db
    .selectFrom('attendance')
    .select(['fgdSessionId', 'opdId', 'institution', 'name', 'position', 'presentAs', 'spokesman'])
    .select(['arrivedAt', 'example'])
    .orderBy('id')
    .execute()
  const minutes = await db
    .selectFrom('minute')
    .select(['fgdSessionId', 'at', 'opdId', 'speaker', 'kind', 'text', 'answer', 'example'])
    .orderBy('seq')
    .orderBy('id')
    .execute()
  const followUps = await db
    .selectFrom('followUp')
    .select(['fgdSessionId', 'opdId', 'text', 'who', 'due', 'state', 'doneOn', 'example'])
    .orderBy('id')
    .execute()
  const invitedOf = grouped(invited, sessionOf)
  const itemsOf = grouped(items, sessionOf)
  const attendanceOf = grouped(attendance, sessionOf)
  const minutesOf = grouped(minutes, sessionOf)
  const followUpsOf = grouped(followUps, sessionOf)
  return sessions.map((session) => ({
    ...session,
    state: session.state as Code<'sessionState'>,
    invited: (invitedOf.get(session.id) ?? []).map((each) => each.opdId),
    items: (itemsOf.get(session.id) ?? []).map(without),
    attendance: (attendanceOf.get(session.id) ?? []).map(without),
    minutes: (minutesOf.get(session.id) ?? []).map(without),
    followUps: (followUpsOf.get(session.id) ?? []).map(without),
  }))
}

const sessionOf = (row: { fgdSessionId: number | null }) => row.fgdSessionId

function without<T extends { fgdSessionId: number | null }>(row: T): Omit<T, 'fgdSessionId'> {
  const { fgdSessionId: _, ...rest } = row
  return rest
}
