import { sql } from 'kysely'
import {
  actor,
  appendOnly,
  index,
  kept,
  type Migration,
  mayReference,
  oneOf,
  references,
  table,
  types,
} from './dialect.ts'

/** Phases with their ceilings, and the append-only decisions of the officials. */
export const decisions: Migration = {
  async up(db) {
    await kept(table(db, 'phase'))
      .addColumn('seq', types.int, (c) => c.notNull().unique())
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('year_from', types.int, (c) => c.notNull())
      .addColumn('year_to', types.int, (c) => c.notNull())
      .addColumn('ceiling', types.money, (c) => c.check(sql`ceiling >= 0`))
      .addColumn('capacity', types.int, (c) => c.check(sql`capacity >= 0`))
      .addCheckConstraint('phase_years', sql`year_from <= year_to`)
      .execute()
    await actor(table(db, 'decision'))
      .addColumn('uid', types.text, (c) => c.notNull().unique())
      .addColumn('proposal_id', types.int, references('proposal'))
      .addColumn(
        'outcome',
        types.text,
        oneOf('outcome', ['accepted', 'redirected', 'postponed', 'declined']),
      )
      .addColumn('phase_id', types.int, mayReference('phase'))
      .addColumn('place', types.int)
      .addColumn('national_id', types.int, mayReference('national_application'))
      .addColumn('redirect_to', types.text)
      .addColumn('level', types.text, oneOf('level', ['fgd', 'dinas', 'tim', 'kepala_daerah']))
      .addColumn('fgd_session_id', types.int, mayReference('fgd_session'))
      .addColumn('decided_by', types.text)
      .addColumn('office', types.text, (c) => c.notNull())
      .addColumn('holds_as', types.text, (c) => c.notNull())
      .addColumn('decided_on', types.date, (c) => c.notNull())
      .addColumn('document', types.text)
      .addColumn('reason', types.text, (c) => c.notNull())
      .addColumn('look_again_on', types.date)
      .addColumn('computed_rank', types.int)
      .addColumn('computed_score', types.real)
      .addColumn('corrects_id', types.int, mayReference('decision'))
      .addColumn('example', types.text)
      .addColumn('recorded_at', types.instant, (c) => c.notNull())
      .execute()
    await index(db, 'decision', ['proposal_id', 'decided_on', 'id'])
    await index(db, 'decision', ['phase_id'])
    await index(db, 'decision', ['national_id'])
    await index(db, 'decision', ['fgd_session_id'])
    await index(db, 'decision', ['corrects_id'])
    await appendOnly(db, 'decision', true)
  },
}
