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

/** Proposals with their choices and locations of use, national applications, settled checks. */
export const proposals: Migration = {
  async up(db) {
    await kept(table(db, 'national_application'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('name_key', types.text, (c) => c.notNull().unique())
      .addColumn('function', types.text, (c) => c.notNull())
      .addColumn('owner', types.text, (c) => c.notNull())
      .addColumn('class', types.text, (c) => c.notNull())
      .addColumn('source', types.text)
      .addColumn('verified_on', types.date)
      .execute()

    await kept(table(db, 'proposal'))
      .addColumn('number', types.text, (c) => c.unique())
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('fgd_session_id', types.int, mayReference('fgd_session'))
      .addColumn('came_by', types.text, (c) => c.notNull())
      .addColumn('letter_no', types.text)
      .addColumn('letter_on', types.date)
      .addColumn('title', types.text, (c) => c.notNull())
      .addColumn('title_key', types.text, (c) => c.notNull())
      .addColumn('problem', types.text)
      .addColumn('purpose', types.text)
      .addColumn('duty_id', types.int, mayReference('opd_duty'))
      .addColumn('duty_text', types.text)
      .addColumn('rpjmd', types.text)
      .addColumn('form', types.text)
      .addColumn('expected_users', types.int)
      .addColumn('data_ready', types.text)
      .addColumn('data_note', types.text)
      .addColumn('integration', types.text)
      .addColumn('way', types.text)
      .addColumn('way_national_id', types.int, mayReference('national_application'))
      .addColumn('way_note', types.text)
      .addColumn('cost_unknown', types.int, flag('cost_unknown'))
      .addColumn('cost_low', types.money, (c) => c.check(sql`cost_low >= 0`))
      .addColumn('cost_high', types.money, (c) => c.check(sql`cost_high >= 0`))
      .addColumn('running_cost', types.money, (c) => c.check(sql`running_cost >= 0`))
      .addColumn('cost_basis', types.text)
      .addColumn('commitment', types.text)
      .addColumn('budget_paper', types.text)
      .addColumn('fund', types.text)
      .addColumn('year_wanted', types.int)
      .addColumn('contact_name', types.text)
      .addColumn('contact_title', types.text)
      .addColumn('contact_phone', types.text)
      .addColumn(
        'state',
        types.text,
        oneOf('state', [
          'draft',
          'submitted',
          'returned',
          'under_review',
          'reviewed',
          'merged',
          'withdrawn',
        ]),
      )
      .addColumn('state_note', types.text)
      .addColumn('state_at', types.instant, (c) => c.notNull())
      .addColumn('review_result', types.text)
      .addColumn('review_note', types.text)
      .addColumn('merged_into_id', types.int, mayReference('proposal'))
      .addColumn('submitted_at', types.instant)
      .addColumn('source', types.text)
      .addColumn('source_code', types.text)
      .addUniqueConstraint('proposal_source_source_code', ['source', 'source_code'])
      .addCheckConstraint('proposal_numbered', sql`state = 'draft' or number is not null`)
      .addCheckConstraint('proposal_merged', sql`(state = 'merged') = (merged_into_id is not null)`)
      .addCheckConstraint('proposal_not_into_itself', sql`merged_into_id <> id`)
      .addCheckConstraint(
        'proposal_costs',
        sql`cost_low is null or cost_high is null or cost_low <= cost_high`,
      )
      .execute()
    await index(db, 'proposal', ['opd_id', 'state'])
    await index(db, 'proposal', ['state', 'submitted_at'])
    await index(db, 'proposal', ['title_key'])
    await index(db, 'proposal', ['merged_into_id'])
    await index(db, 'proposal', ['fgd_session_id'])
    await index(db, 'proposal', ['duty_id'])
    await index(db, 'proposal', ['way_national_id'])
    await plainTable(db, 'proposal_choice')
      .addColumn('proposal_id', types.int, references('proposal', 'cascade'))
      .addColumn('list', types.text, (c) => c.notNull())
      .addColumn('code', types.text, (c) => c.notNull())
      .addPrimaryKeyConstraint('proposal_choice_pk', ['proposal_id', 'list', 'code'])
      .execute()
    await plainTable(db, 'proposal_location')
      .addColumn('proposal_id', types.int, references('proposal', 'cascade'))
      .addColumn('location_id', types.int, references('location'))
      .addPrimaryKeyConstraint('proposal_location_pk', ['proposal_id', 'location_id'])
      .execute()
    await index(db, 'proposal_location', ['location_id'])
    await plainTable(db, 'proposal_opd')
      .addColumn('proposal_id', types.int, references('proposal', 'cascade'))
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('part', types.text, oneOf('part', ['joint', 'user', 'data']))
      .addPrimaryKeyConstraint('proposal_opd_pk', ['proposal_id', 'opd_id'])
      .execute()
    await index(db, 'proposal_opd', ['opd_id'])
    await kept(table(db, 'check_answer'))
      .addColumn('proposal_id', types.int, references('proposal'))
      .addColumn('check', types.text, oneOf('check', ['duty', 'internet', 'national', 'similar']))
      .addColumn('result', types.text, oneOf('result', ['met', 'not']))
      .addColumn('note', types.text, (c) => c.notNull())
      .addColumn('settled_by', types.text, (c) => c.notNull())
      .addColumn('settled_on', types.date, (c) => c.notNull())
      .addUniqueConstraint('check_answer_once', ['proposal_id', 'check'])
      .execute()
    await plainTable(db, 'number_series')
      .addColumn('kind', types.text, (c) => c.notNull())
      .addColumn('year', types.int, (c) => c.notNull())
      .addColumn('last', types.int, (c) => c.notNull())
      .addPrimaryKeyConstraint('number_series_pk', ['kind', 'year'])
      .execute()
  },
}
