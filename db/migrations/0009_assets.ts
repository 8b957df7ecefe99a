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

/** Applications that exist, infrastructure needs, and the ICT budget of an OPD by year. */
export const assets: Migration = {
  async up(db) {
    await kept(table(db, 'application'))
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('fgd_session_id', types.int, mayReference('fgd_session'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('name_key', types.text, (c) => c.notNull())
      .addColumn('description', types.text)
      .addColumn('function', types.text)
      .addColumn('output', types.text)
      .addColumn('url', types.text)
      .addColumn('licence', types.text)
      .addColumn('source_held', types.text)
      .addColumn('language', types.text)
      .addColumn('framework', types.text)
      .addColumn('database', types.text)
      .addColumn('developer', types.text)
      .addColumn('built_year', types.int)
      .addColumn('hosting', types.text)
      .addColumn('use_state', types.text)
      .addColumn('plan', types.text)
      .addColumn('class', types.text)
      .addColumn('yearly_cost', types.money, (c) => c.check(sql`yearly_cost >= 0`))
      .addColumn('national_application_id', types.int, mayReference('national_application'))
      .addColumn('contact_name', types.text)
      .addColumn('contact_title', types.text)
      .addColumn('contact_phone', types.text)
      .addColumn('note', types.text)
      .addColumn('source', types.text)
      .addColumn('source_code', types.text)
      .addUniqueConstraint('application_source_source_code', ['source', 'source_code'])
      .execute()
    await index(db, 'application', ['opd_id', 'name_key'])
    await index(db, 'application', ['name_key'])
    await index(db, 'application', ['fgd_session_id'])
    await index(db, 'application', ['national_application_id'])
    await plainTable(db, 'application_choice')
      .addColumn('application_id', types.int, references('application', 'cascade'))
      .addColumn('list', types.text, (c) => c.notNull())
      .addColumn('code', types.text, (c) => c.notNull())
      .addPrimaryKeyConstraint('application_choice_pk', ['application_id', 'list', 'code'])
      .execute()
    await plainTable(db, 'application_opd')
      .addColumn('application_id', types.int, references('application', 'cascade'))
      .addColumn('opd_id', types.int, references('opd'))
      .addPrimaryKeyConstraint('application_opd_pk', ['application_id', 'opd_id'])
      .execute()
    await index(db, 'application_opd', ['opd_id'])
    await table(db, 'integration')
      .addColumn('application_id', types.int, references('application', 'cascade'))
      .addColumn('with_application_id', types.int, mayReference('application'))
      .addColumn('with_national_id', types.int, mayReference('national_application'))
      .addColumn('with_name', types.text)
      .addCheckConstraint(
        'integration_with_one',
        sql`(with_application_id is not null) + (with_national_id is not null)
          + (with_name is not null) = 1`,
      )
      .execute()
    await index(db, 'integration', ['application_id'])
    await index(db, 'integration', ['with_application_id'])
    await index(db, 'integration', ['with_national_id'])

    await kept(table(db, 'infrastructure_need'))
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('location_id', types.int, mayReference('location'))
      .addColumn('fgd_session_id', types.int, mayReference('fgd_session'))
      .addColumn('kind', types.text, (c) => c.notNull())
      .addColumn('text', types.text, (c) => c.notNull())
      .addColumn('quantity', types.int, (c) => c.check(sql`quantity >= 0`))
      .addColumn('reason', types.text)
      .addColumn('cost_unknown', types.int, flag('cost_unknown'))
      .addColumn('cost', types.money, (c) => c.check(sql`cost >= 0`))
      .addColumn('fund', types.text)
      .addColumn('year', types.int)
      .addColumn('state', types.text, oneOf('state', ['recorded', 'planned', 'met', 'dropped']))
      .addColumn('note', types.text)
      .execute()
    await index(db, 'infrastructure_need', ['opd_id', 'state'])
    await index(db, 'infrastructure_need', ['location_id'])
    await index(db, 'infrastructure_need', ['fgd_session_id'])
    await plainTable(db, 'need_proposal')
      .addColumn('need_id', types.int, references('infrastructure_need', 'cascade'))
      .addColumn('proposal_id', types.int, references('proposal'))
      .addPrimaryKeyConstraint('need_proposal_pk', ['need_id', 'proposal_id'])
      .execute()
    await index(db, 'need_proposal', ['proposal_id'])

    await kept(table(db, 'opd_budget'))
      .addColumn('opd_id', types.int, references('opd'))
      .addColumn('year', types.int, (c) => c.notNull())
      .addColumn('amount', types.money, (c) => c.notNull().check(sql`amount >= 0`))
      .addColumn('document', types.text)
      .addUniqueConstraint('opd_budget_year', ['opd_id', 'year'])
      .execute()

    await db.schema
      .alterTable('proposal')
      .addColumn('way_application_id', types.int, mayReference('application'))
      .execute()
    await index(db, 'proposal', ['way_application_id'])
  },
}
