import { sql } from 'kysely'
import { index, type Migration, plainTable, references, types } from './dialect.ts'

/** Which OPD go on with what an ended one did, and the document that ended it. */
export const opdSuccessors: Migration = {
  async up(db) {
    await plainTable(db, 'opd_successor')
      .addColumn('opd_id', types.int, references('opd', 'cascade'))
      .addColumn('successor_id', types.int, references('opd'))
      .addPrimaryKeyConstraint('opd_successor_pk', ['opd_id', 'successor_id'])
      .addCheckConstraint('opd_successor_other', sql`successor_id <> opd_id`)
      .execute()
    await index(db, 'opd_successor', ['successor_id'])
    await db.schema.alterTable('opd').addColumn('ended_by', types.text).execute()
  },
}
