import { type Migration, types } from './dialect.ts'

/** The last day of an account, for those who help for a season. */
export const people: Migration = {
  async up(db) {
    await db.schema.alterTable('account').addColumn('valid_until', types.date).execute()
  },
}
