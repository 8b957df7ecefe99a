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

/** Who uses a link of an OPD, on which phone; and an OPD's word that its data are right. */
export const portal: Migration = {
  async up(db) {
    await db.schema.alterTable('web_session').addColumn('name', types.text).execute()
    await db.schema.alterTable('web_session').addColumn('position', types.text).execute()
    await index(db, 'access_link', ['opd_id'])

    await actor(table(db, 'opd_confirmation'))
      .addColumn('uid', types.text, (c) => c.notNull().unique())
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('as_of', types.date, (c) => c.notNull())
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('position', types.text, (c) => c.notNull())
      .addColumn('note', types.text)
      .addColumn('event_id', types.int, mayReference('event'))
      .addColumn('example', types.text)
      .addColumn('recorded_at', types.instant, (c) => c.notNull())
      .execute()
    await index(db, 'opd_confirmation', ['opd_id', 'id'])
    await index(db, 'opd_confirmation', ['event_id'])
    await appendOnly(db, 'opd_confirmation', true)
  },
}
