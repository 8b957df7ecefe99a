import { index, type Migration, mayReference, type Schema, types } from './dialect.ts'

/**
 * What a settled check is about, the existing application that a proposal is redirected to, and the
 * way that the review recommends.
 */
export const planning: Migration = {
  async up(db) {
    await add(db, 'check_answer', 'about_opd_id', 'opd')
    await add(db, 'check_answer', 'about_national_id', 'national_application')
    await add(db, 'check_answer', 'about_application_id', 'application')
    await add(db, 'check_answer', 'about_proposal_id', 'proposal')
    await add(db, 'decision', 'application_id', 'application')
    await db.schema.alterTable('proposal').addColumn('review_way', types.text).execute()
  },
}

async function add(db: Schema, table: string, column: string, target: string) {
  await db.schema.alterTable(table).addColumn(column, types.int, mayReference(target)).execute()
  await index(db, table, [column])
}
