import {
  actor,
  appendOnly,
  index,
  type Migration,
  mayReference,
  references,
  table,
  types,
} from './dialect.ts'

/** What was printed at a closing, edition by edition; follow-ups that a decision asked for. */
export const papers: Migration = {
  async up(db) {
    await db.schema.alterTable('fgd_session').addColumn('record_no', types.text).execute()
    await actor(table(db, 'session_record'))
      .addColumn('uid', types.text, (c) => c.notNull().unique())
      .addColumn('fgd_session_id', types.int, references('fgd_session'))
      .addColumn('edition', types.int, (c) => c.notNull())
      .addColumn('document', types.json, (c) => c.notNull())
      .addColumn('sha256', types.text, (c) => c.notNull())
      .addColumn('example', types.text)
      .addColumn('recorded_at', types.instant, (c) => c.notNull())
      .addUniqueConstraint('session_record_edition', ['fgd_session_id', 'edition'])
      .execute()
    await appendOnly(db, 'session_record', true)
    await db.schema
      .alterTable('follow_up')
      .addColumn('proposal_id', types.int, mayReference('proposal'))
      .execute()
    await index(db, 'follow_up', ['proposal_id'])
  },
}
