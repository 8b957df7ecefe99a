import type { Db } from '../db/schema.ts'
import { grouped } from '../domain/grouping.ts'
import type { Code } from '../domain/words.ts'
import type { ReportData, ReportSession } from './data.ts'

/** The sessions with who came, what was said and what is to be done; no NIP is read. */
export async function readSessions(
  db: Db,
): Promise<Pick<ReportData, 'sessions' | 'otherFollowUps'>> {
  const sessions = await db
    .selectFrom('fgdSession')
    .select(['id', 'title', 'stage', 'heldOn', 'endsOn', 'starts', 'ends', 'venue', 'organiser'])
    .select(['chair', 'moderator', 'noteTaker', 'invitationNo', 'invitationOn', 'state', 'example'])
    .select(['openedAt', 'closedAt', 'reopenedReason', 'recordNo', 'note'])
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
    .select(['employment', 'arrivedAt', 'example'])
    .orderBy('id')
    .execute()
  const minutes = await db
    .selectFrom('minute')
    .select([
      'fgdSessionId',
      'onDay',
      'at',
      'opdId',
      'speaker',
      'kind',
      'text',
      'answer',
      'example',
    ])
    .orderBy('onDay')
    .orderBy('seq')
    .orderBy('id')
    .execute()
  const followUps = await db
    .selectFrom('followUp')
    .select(['fgdSessionId', 'opdId', 'proposalId', 'text', 'who', 'due', 'state', 'doneOn'])
    .select('example')
    .orderBy('id')
    .execute()
  const editions = await db
    .selectFrom('sessionRecord')
    .select(['fgdSessionId', 'edition', 'recordedAt', 'actorName as by', 'example'])
    .orderBy('edition')
    .execute()
  const editionsOf = grouped(editions, sessionOf)
  const invitedOf = grouped(invited, sessionOf)
  const itemsOf = grouped(items, sessionOf)
  const attendanceOf = grouped(attendance, sessionOf)
  const minutesOf = grouped(minutes, sessionOf)
  const followUpsOf = grouped(followUps, sessionOf)
  const known = sessions.map(
    (session): ReportSession => ({
      ...session,
      state: session.state as Code<'sessionState'>,
      invited: (invitedOf.get(session.id) ?? []).map((each) => each.opdId),
      items: (itemsOf.get(session.id) ?? []).map(without),
      attendance: (attendanceOf.get(session.id) ?? []).map(without),
      minutes: (minutesOf.get(session.id) ?? []).map(without),
      followUps: (followUpsOf.get(session.id) ?? []).map(without),
      editions: (editionsOf.get(session.id) ?? []).map(without),
    }),
  )
  return { sessions: known, otherFollowUps: (followUpsOf.get(null) ?? []).map(without) }
}

const sessionOf = (row: { fgdSessionId: number | null }) => row.fgdSessionId

function without<T extends { fgdSessionId: number | null }>(row: T): Omit<T, 'fgdSessionId'> {
  const { fgdSessionId: _, ...rest } = row
  return rest
}
