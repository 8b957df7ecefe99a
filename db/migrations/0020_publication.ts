import { sql } from 'kysely'
import {
  actor,
  appendOnly,
  index,
  type Migration,
  mayReference,
  oneOf,
  references,
  type Schema,
  table,
  types,
} from './dialect.ts'

/** The acts by which results are told to every OPD, each with what was told as it stood then. */
export const publication: Migration = {
  async up(db) {
    await acts(db)
    await items(db)
  },
}

async function acts(db: Schema) {
  await actor(table(db, 'publication'))
    .addColumn('uid', types.text, (c) => c.notNull().unique())
    .addColumn('kind', types.text, oneOf('kind', ['publish', 'withdraw']))
    .addColumn('published_on', types.date, (c) => c.notNull())
    .addColumn('document', types.text)
    .addColumn('note', types.text)
    .addColumn('withdraws_id', types.int, mayReference('publication'))
    .addColumn('digest', types.text)
    .addColumn('example', types.text)
    .addColumn('recorded_at', types.instant, (c) => c.notNull())
    .addCheckConstraint(
      'publication_withdraws',
      sql`(kind = 'withdraw') = (withdraws_id is not null)`,
    )
    .execute()
  await index(db, 'publication', ['withdraws_id'])
  await appendOnly(db, 'publication', true)
}

async function items(db: Schema) {
  await table(db, 'publication_item')
    .addColumn('publication_id', types.int, references('publication', 'cascade'))
    .addColumn('proposal_id', types.int, references('proposal'))
    .addColumn('decision_id', types.int, references('decision'))
    .addColumn('opd_id', types.int, references('opd'))
    .addColumn('number', types.text)
    .addColumn('title', types.text, (c) => c.notNull())
    .addColumn('opd', types.text, (c) => c.notNull())
    .addColumn(
      'outcome',
      types.text,
      oneOf('outcome', ['accepted', 'redirected', 'postponed', 'declined']),
    )
    .addColumn('phase', types.text)
    .addColumn('phase_seq', types.int)
    .addColumn('year_from', types.int)
    .addColumn('year_to', types.int)
    .addColumn('target', types.text)
    .addColumn('look_again_on', types.date)
    .addColumn('reason', types.text, (c) => c.notNull())
    .addColumn('score', types.real)
    .addColumn('rank', types.int)
    .addColumn('rank_of', types.int)
    .addColumn('contributions', types.json)
    .addColumn('example', types.text)
    .execute()
  await index(db, 'publication_item', ['publication_id', 'proposal_id'], true)
  await index(db, 'publication_item', ['proposal_id'])
  await index(db, 'publication_item', ['decision_id'])
  await index(db, 'publication_item', ['opd_id'])
  await appendOnly(db, 'publication_item', true)
}
