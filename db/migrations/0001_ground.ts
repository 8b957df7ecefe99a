import { sql } from 'kysely'
import {
  actor,
  appendOnly,
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

/** Government, people and their sessions, the history of every change, retry keys. */
export const ground: Migration = {
  async up(db) {
    await kept(table(db, 'government'))
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('level', types.text, oneOf('level', ['kabupaten', 'kota', 'provinsi']))
      .addColumn('province', types.text)
      .addColumn('capital', types.text)
      .addColumn('time_zone', types.text, (c) => c.notNull())
      .addColumn('office_name', types.text, (c) => c.notNull())
      .addColumn('office_short', types.text, (c) => c.notNull())
      .addColumn('head_title', types.text, (c) => c.notNull())
      .addColumn('spbe_term', types.text, (c) => c.notNull())
      .addColumn('plan_title', types.text, (c) => c.notNull())
      .addColumn('year_from', types.int, (c) => c.notNull())
      .addColumn('year_to', types.int, (c) => c.notNull())
      .addColumn('legal_bases', types.text)
      .addColumn('address', types.text)
      .addColumn('paper', types.text, oneOf('paper', ['A4', 'F4']))
      .addCheckConstraint('government_one_row', sql`id = 1`)
      .addCheckConstraint('government_years', sql`year_from <= year_to`)
      .execute()
    await kept(table(db, 'signatory'))
      .addColumn('seq', types.int, (c) => c.notNull())
      .addColumn('role', types.text, (c) => c.notNull())
      .addColumn('name', types.text)
      .addColumn('office', types.text, (c) => c.notNull())
      .addColumn('holds_as', types.text, (c) => c.notNull())
      .addColumn('rank', types.text)
      .addColumn('nip', types.text)
      .execute()
    await plainTable(db, 'setting')
      .addColumn('key', types.text, (c) => c.primaryKey())
      .addColumn('value', types.json, (c) => c.notNull())
      .execute()

    await kept(table(db, 'account'))
      .addColumn('username', types.text, (c) => c.notNull())
      .addColumn('username_key', types.text, (c) => c.notNull().unique())
      .addColumn('name', types.text, (c) => c.notNull())
      .addColumn('password_hash', types.text)
      .addColumn('locale', types.text, oneOf('locale', ['id', 'en']))
      .addColumn('state', types.text, oneOf('state', ['active', 'disabled']))
      .addColumn('last_seen_at', types.instant)
      .execute()
    await table(db, 'account_role')
      .addColumn('account_id', types.int, references('account', 'cascade'))
      .addColumn(
        'role',
        types.text,
        oneOf('role', ['admin', 'staff', 'planner', 'assessor', 'opd', 'reader']),
      )
      .addColumn('opd_id', types.int)
      .addCheckConstraint('account_role_opd', sql`(role = 'opd') = (opd_id is not null)`)
      .execute()
    await sql`create unique index account_role_once on account_role (account_id, role, coalesce(opd_id, 0))`.execute(
      db,
    )
    await index(db, 'account_role', ['opd_id'])

    await kept(table(db, 'access_link'))
      .addColumn(
        'purpose',
        types.text,
        oneOf('purpose', ['setup', 'invite', 'reset', 'opd', 'join']),
      )
      .addColumn('token_hash', types.text, (c) => c.notNull().unique())
      .addColumn('account_id', types.int, mayReference('account'))
      .addColumn('opd_id', types.int)
      .addColumn('fgd_session_id', types.int)
      .addColumn('expires_at', types.instant, (c) => c.notNull())
      .addColumn('uses_left', types.int)
      .addColumn('revoked_at', types.instant)
      .addColumn('last_used_at', types.instant)
      .execute()
    await index(db, 'access_link', ['account_id'])
    await plainTable(db, 'web_session')
      .addColumn('token_hash', types.text, (c) => c.primaryKey())
      .addColumn('account_id', types.int, (c) => c.references('account.id').onDelete('cascade'))
      .addColumn('link_id', types.int, (c) => c.references('access_link.id').onDelete('cascade'))
      .addColumn('made_at', types.instant, (c) => c.notNull())
      .addColumn('seen_at', types.instant, (c) => c.notNull())
      .addColumn('ends_at', types.instant, (c) => c.notNull())
      .addColumn('agent', types.text)
      .addCheckConstraint('web_session_of_one', sql`(account_id is null) <> (link_id is null)`)
      .execute()
    await index(db, 'web_session', ['account_id'])
    await index(db, 'web_session', ['link_id'])
    await index(db, 'web_session', ['ends_at'])
    await plainTable(db, 'throttle')
      .addColumn('key', types.text, (c) => c.primaryKey())
      .addColumn('failures', types.int, (c) => c.notNull())
      .addColumn('until', types.instant, (c) => c.notNull())
      .execute()
    await actor(table(db, 'access_log'))
      .addColumn('at', types.instant, (c) => c.notNull())
      .addColumn('kind', types.text, (c) => c.notNull())
      .addColumn('about', types.json, (c) => c.notNull())
      .execute()
    await index(db, 'access_log', ['at'])
    await appendOnly(db, 'access_log')

    await actor(table(db, 'event'))
      .addColumn('uid', types.text, (c) => c.notNull().unique())
      .addColumn('at', types.instant, (c) => c.notNull())
      .addColumn('made_at', types.instant)
      .addColumn('way', types.text, (c) => c.notNull())
      .addColumn('batch_id', types.int)
      .addColumn('opd_id', types.int)
      .addColumn('entity', types.text, (c) => c.notNull())
      .addColumn('entity_id', types.int, (c) => c.notNull())
      .addColumn('entity_uid', types.text, (c) => c.notNull())
      .addColumn('row_version', types.int, (c) => c.notNull())
      .addColumn('action', types.text, oneOf('action', ['insert', 'update', 'remove']))
      .addColumn('changes', types.json, (c) => c.notNull())
      .addColumn('hash', types.text, (c) => c.notNull())
      .execute()
    await index(db, 'event', ['entity', 'entity_id', 'id'])
    await index(db, 'event', ['opd_id', 'id'])
    await index(db, 'event', ['batch_id'])
    await appendOnly(db, 'event')

    await plainTable(db, 'request_key')
      .addColumn('actor', types.text, (c) => c.notNull())
      .addColumn('key', types.text, (c) => c.notNull())
      .addColumn('body_sha256', types.text, (c) => c.notNull())
      .addColumn('status', types.int, (c) => c.notNull())
      .addColumn('location', types.text, (c) => c.notNull())
      .addColumn('at', types.instant, (c) => c.notNull())
      .addPrimaryKeyConstraint('request_key_pk', ['actor', 'key'])
      .execute()
  },
}
