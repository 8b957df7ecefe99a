import { type Migration, types } from './dialect.ts'

/** The day of a note of the minutes, in a session that goes over several: a clock alone is none. */
export const minuteDay: Migration = {
  async up(db) {
    await db.schema.alterTable('minute').addColumn('on_day', types.date).execute()
  },
}
