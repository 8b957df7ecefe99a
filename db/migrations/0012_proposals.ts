import { sql } from 'kysely'
import {
  actor,
  appendOnly,
  index,
  type Migration,
  mayReference,
  plainTable,
  references,
  table,
  types,
} from './dialect.ts'

/** What a proposal waits for, what it costs year by year, and where a planner moved it by hand. */
export const proposalPlans: Migration = {
  async up(db) {
    await plainTable(db, 'proposal_requires')
      .addColumn('proposal_id', types.int, references('proposal', 'cascade'))
      .addColumn('required_id', types.int, references('proposal'))
      .addPrimaryKeyConstraint('proposal_requires_pk', ['proposal_id', 'required_id'])
      .addCheckConstraint('proposal_requires_other', sql`required_id <> proposal_id`)
      .execute()
    await index(db, 'proposal_requires', ['required_id'])
    await plainTable(db, 'proposal_cost')
      .addColumn('proposal_id', types.int, references('proposal', 'cascade'))
      .addColumn('year', types.int, (c) => c.notNull())
      .addColumn('amount', types.money, (c) => c.notNull().check(sql`amount >= 0`))
      .addPrimaryKeyConstraint('proposal_cost_pk', ['proposal_id', 'year'])
      .execute()
    await actor(table(db, 'placement'))
      .addColumn('uid', types.text, (c) => c.notNull().unique())
      .addColumn('proposal_id', types.int, references('proposal'))
      .addColumn('phase_id', types.int, mayReference('phase'))
      .addColumn('reason', types.text, (c) => c.notNull())
      .addColumn('example', types.text)
      .addColumn('recorded_at', types.instant, (c) => c.notNull())
      .execute()
    await index(db, 'placement', ['proposal_id', 'id'])
    await index(db, 'placement', ['phase_id'])
    await appendOnly(db, 'placement', true)
  },
}
