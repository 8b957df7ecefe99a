import { type Migration, plainTable, types } from './dialect.ts'

/**
 * Pictures by their names, in a table of their own: the row of the government only names its
 * emblem. A picture stays, so that the history can put one back and older papers keep theirs.
 */
export const emblem: Migration = {
  async up(db) {
    await plainTable(db, 'picture')
      .addColumn('name', types.text, (c) => c.primaryKey())
      .addColumn('bytes', types.bytes, (c) => c.notNull())
      .execute()
    await db.schema
      .alterTable('government')
      .addColumn('emblem', types.text, (c) => c.references('picture.name').onDelete('restrict'))
      .execute()
  },
}
