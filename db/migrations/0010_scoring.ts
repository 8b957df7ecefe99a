import { index, type Migration, mayReference, types } from './dialect.ts'

/**
 * Which set, weighting and round are in force, by the instant at which each was chosen; the pattern
 * a set follows; who rates in the place of an absent assessor.
 */
export const scoringInForce: Migration = {
  async up(db) {
    for (const name of ['criterion_set', 'weighting', 'round']) {
      await db.schema.alterTable(name).addColumn('in_force_at', types.instant).execute()
    }
    await db.schema.alterTable('criterion_set').addColumn('pattern', types.text).execute()
    await db.schema
      .alterTable('recusal')
      .addColumn('replaced_by_id', types.int, mayReference('assessor'))
      .execute()
    await index(db, 'recusal', ['replaced_by_id'])
  },
}
