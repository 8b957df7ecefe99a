import {
  flag,
  index,
  kept,
  type Migration,
  mayReference,
  oneOf,
  plainTable,
  references,
  table,
  types,
} from './dialect.ts'

/** FGD sessions: who was invited, who came, what was said and agreed, what is to be done. */
export const sessions: Migration = {
  async up(db) {
    await kept(table(db, 'fgd_session'))
      .addColumn('title', types.text, (c) => c.notNull())
      .addColumn('stage', types.text)
      .addColumn('held_on', types.date, (c) => c.notNull())
      .addColumn('ends_on', types.date)
      .addColumn('starts', types.clock)
      .addColumn('ends', types.clock)
      .addColumn('venue', types.text)
      .addColumn('organiser', types.text)
      .addColumn('chair', types.text)
      .addColumn('moderator', types.text)
      .addColumn('note_taker', types.text)
      .addColumn('invitation_no', types.text)
      .addColumn('invitation_on', types.date)
      .addColumn(
        'state',
        types.text,
        oneOf('state', ['planned', 'open', 'closed', 'postponed', 'cancelled']),
      )
      .addColumn('opened_at', types.instant)
      .addColumn('closed_at', types.instant)
      .addColumn('reopened_reason', types.text)
      .addColumn('note', types.text)
      .execute()
    await index(db, 'fgd_session', ['held_on'])
    await kept(table(db, 'session_item'))
      .addColumn('fgd_session_id', types.int, references('fgd_session'))
      .addColumn('kind', types.text, (c) => c.notNull())
      .addColumn('seq', types.int, (c) => c.notNull())
      .addColumn('name', types.text)
      .addColumn('office', types.text)
      .addColumn('text', types.text)
      .execute()
    await index(db, 'session_item', ['fgd_session_id', 'kind', 'seq'])
    await plainTable(db, 'session_opd')
      .addColumn('fgd_session_id', types.int, references('fgd_session', 'cascade'))
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('invited', types.int, flag('invited'))
      .addPrimaryKeyConstraint('session_opd_pk', ['fgd_session_id', 'opd_id'])
      .execute()
    await index(db, 'session_opd', ['opd_id'])
    await kept(table(db, 'attendance'))
      .addColumn('fgd_session_id', types.int, references('fgd_session'))
      .addColumn('opd_id', types.int, mayReference('opd'))
      .addColumn('institution', types.text)
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('position', types.text)
      .addColumn('employment', types.text)
      .addColumn('nip', types.text)
      .addColumn('present_as', types.text, (c) => c.notNull())
      .addColumn('spokesman', types.int, flag('spokesman'))
      .addColumn('arrived_at', types.clock)
      .execute()
    await index(db, 'attendance', ['fgd_session_id', 'opd_id'])
    await index(db, 'attendance', ['opd_id'])
    await kept(table(db, 'minute'))
      .addColumn('fgd_session_id', types.int, references('fgd_session'))
      .addColumn('seq', types.int, (c) => c.notNull())
      .addColumn('at', types.clock)
      .addColumn('opd_id', types.int, mayReference('opd'))
      .addColumn('speaker', types.text)
      .addColumn('kind', types.text, (c) => c.notNull())
      .addColumn('text', types.text, (c) => c.notNull())
      .addColumn('answer', types.text)
      .execute()
    await index(db, 'minute', ['fgd_session_id', 'seq'])
    await index(db, 'minute', ['opd_id'])
    await kept(table(db, 'follow_up'))
      .addColumn('fgd_session_id', types.int, mayReference('fgd_session'))
      .addColumn('opd_id', types.int, mayReference('opd'))
      .addColumn('text', types.text, (c) => c.notNull())
      .addColumn('who', types.text)
      .addColumn('due', types.date)
      .addColumn('state', types.text, oneOf('state', ['open', 'doing', 'done']))
      .addColumn('done_on', types.date)
      .execute()
    await index(db, 'follow_up', ['state', 'due'])
    await index(db, 'follow_up', ['fgd_session_id'])
    await index(db, 'follow_up', ['opd_id'])
  },
}
