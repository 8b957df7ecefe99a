import { sql } from 'kysely'
import { kept, type Migration, plainTable, table, types } from './dialect.ts'

/**
 * Government affairs become kept rows with where they come from and the day they were compared with
 * it. What OPD chose by code is laid aside meanwhile: a table cannot go while others point to it.
 */
export const affairs: Migration = {
  async up(db) {
    await plainTable(db, 'affair_held')
      .addColumn('code', types.text, (c) => c.notNull())
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('grouping', types.text, (c) => c.notNull())
      .execute()
    await plainTable(db, 'opd_affair_held')
      .addColumn('opd_id', types.int, (c) => c.notNull())
      .addColumn('affair_code', types.text, (c) => c.notNull())
      .execute()
    await sql`insert into affair_held select code, name, grouping from affair`.execute(db)
    await sql`insert into opd_affair_held select opd_id, affair_code from opd_affair`.execute(db)
    await sql`delete from opd_affair`.execute(db)
    await db.schema.dropTable('affair').execute()
    await kept(table(db, 'affair'))
      .addColumn('code', types.text, (c) => c.notNull().unique())
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('grouping', types.text, (c) => c.notNull())
      .addColumn('source', types.text)
      .addColumn('verified_on', types.date)
      .execute()
    await sql`
      insert into affair (uid, created_at, updated_at, code, name, grouping, source)
      select lower(hex(randomblob(16))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
        strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), code, name, grouping, 'Daftar awal Rancang'
      from affair_held order by code`.execute(db)
    await sql`insert into opd_affair select opd_id, affair_code from opd_affair_held`.execute(db)
    await db.schema.dropTable('opd_affair_held').execute()
    await db.schema.dropTable('affair_held').execute()
  },
}
