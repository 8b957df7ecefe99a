import { sql } from 'kysely'
import { index, type Migration, plainTable, references, types } from './dialect.ts'

/** Browsers from which an account signed in before, and which ratings the program computed itself. */
export const access: Migration = {
  async up(db) {
    await plainTable(db, 'known_browser')
      .addColumn('token_hash', types.text, (c) => c.notNull())
      .addColumn('account_id', types.int, references('account', 'cascade'))
      .addColumn('seen_at', types.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('known_browser_pk', ['token_hash', 'account_id'])
      .execute()
    await index(db, 'known_browser', ['account_id'])
    await db.schema
      .alterTable('rating')
      .addColumn('derived', types.int, (c) => c.notNull().defaultTo(0))
      .execute()
    await sql`update rating set derived = 1
      where note like 'Dihitung dari inventaris saat putaran ditutup.%'`.execute(db)
  },
}
