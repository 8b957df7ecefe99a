import { sql } from 'kysely'
import {
  flag,
  index,
  kept,
  type Migration,
  mayReference,
  oneOf,
  plainTable,
  references,
  table,
  types,
} from './dialect.ts'

/** Criteria sets, weightings, assessors, rounds and the single ratings. */
export const scoring: Migration = {
  async up(db) {
    await kept(table(db, 'criterion_set'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('origin', types.text)
      .addColumn('based_on_id', types.int, mayReference('criterion_set'))
      .addColumn('state', types.text, oneOf('state', ['draft', 'frozen']))
      .addColumn('frozen_at', types.instant)
      .execute()
    await index(db, 'criterion_set', ['based_on_id'])
    await kept(table(db, 'criterion'))
      .addColumn('set_id', types.int, references('criterion_set'))
      .addColumn('seq', types.int, (c) => c.notNull())
      .addColumn('code', types.text, (c) => c.notNull())
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('short_name', types.text, (c) => c.notNull())
      .addColumn('question', types.text)
      .addColumn('derived', types.int, flag('derived'))
      .addUniqueConstraint('criterion_code', ['set_id', 'code'])
      .execute()
    await plainTable(db, 'criterion_level')
      .addColumn('criterion_id', types.int, references('criterion', 'cascade'))
      .addColumn('level', types.int, (c) => c.notNull())
      .addColumn('value', types.real, (c) => c.notNull().check(sql`value between 0 and 1`))
      .addColumn('anchor', types.text, (c) => c.notNull())
      .addPrimaryKeyConstraint('criterion_level_pk', ['criterion_id', 'level'])
      .execute()
    await kept(table(db, 'weighting'))
      .addColumn('set_id', types.int, references('criterion_set'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('method', types.text, oneOf('method', ['direct', 'ranked', 'pairwise']))
      .addColumn('state', types.text, oneOf('state', ['draft', 'adopted']))
      .addColumn('adopted_on', types.date)
      .addColumn('adopted_by', types.text)
      .addColumn('office', types.text)
      .addColumn('document', types.text)
      .execute()
    await index(db, 'weighting', ['set_id'])
    await plainTable(db, 'weight')
      .addColumn('weighting_id', types.int, references('weighting', 'cascade'))
      .addColumn('criterion_id', types.int, references('criterion'))
      .addColumn('value', types.real, (c) => c.notNull().check(sql`value > 0`))
      .addPrimaryKeyConstraint('weight_pk', ['weighting_id', 'criterion_id'])
      .execute()
    await index(db, 'weight', ['criterion_id'])

    await kept(table(db, 'assessor'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('office', types.text)
      .addColumn('opd_id', types.int, mayReference('opd'))
      .addColumn('account_id', types.int, mayReference('account'))
      .execute()
    await index(db, 'assessor', ['opd_id'])
    await index(db, 'assessor', ['account_id'])
    await kept(table(db, 'round'))
      .addColumn('set_id', types.int, references('criterion_set'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('fgd_session_id', types.int, mayReference('fgd_session'))
      .addColumn('state', types.text, oneOf('state', ['prepared', 'open', 'closed']))
      .addColumn('due', types.date)
      .addColumn('minimum', types.int, (c) => c.notNull().check(sql`minimum >= 1`))
      .execute()
    await index(db, 'round', ['set_id'])
    await index(db, 'round', ['fgd_session_id'])
    await plainTable(db, 'round_proposal')
      .addColumn('round_id', types.int, references('round', 'cascade'))
      .addColumn('proposal_id', types.int, references('proposal'))
      .addPrimaryKeyConstraint('round_proposal_pk', ['round_id', 'proposal_id'])
      .execute()
    await index(db, 'round_proposal', ['proposal_id'])
    await plainTable(db, 'round_assessor')
      .addColumn('round_id', types.int, references('round', 'cascade'))
      .addColumn('assessor_id', types.int, references('assessor'))
      .addColumn('criterion_id', types.int, references('criterion'))
      .addPrimaryKeyConstraint('round_assessor_pk', ['round_id', 'assessor_id', 'criterion_id'])
      .execute()
    await index(db, 'round_assessor', ['assessor_id'])
    await index(db, 'round_assessor', ['criterion_id'])
    await kept(table(db, 'recusal'))
      .addColumn('round_id', types.int, references('round'))
      .addColumn('assessor_id', types.int, references('assessor'))
      .addColumn('proposal_id', types.int, references('proposal'))
      .addColumn('reason', types.text, (c) => c.notNull())
      .addUniqueConstraint('recusal_once', ['round_id', 'assessor_id', 'proposal_id'])
      .execute()
    await index(db, 'recusal', ['assessor_id'])
    await index(db, 'recusal', ['proposal_id'])
    await kept(table(db, 'rating'))
      .addColumn('round_id', types.int, references('round'))
      .addColumn('proposal_id', types.int, references('proposal'))
      .addColumn('criterion_id', types.int, references('criterion'))
      .addColumn('assessor_id', types.int, references('assessor'))
      .addColumn('level', types.int, (c) => c.notNull())
      .addColumn('note', types.text)
      .addUniqueConstraint('rating_once', [
        'round_id',
        'proposal_id',
        'criterion_id',
        'assessor_id',
      ])
      .execute()
    await index(db, 'rating', ['proposal_id'])
    await index(db, 'rating', ['criterion_id'])
    await index(db, 'rating', ['assessor_id'])
  },
}
