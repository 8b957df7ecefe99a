import type { Config } from './config.ts'
import type { Connection } from './db/connect.ts'
import type { Db, WholeDb } from './db/schema.ts'
import { type Workshop, workshop } from './workshop.ts'

/** All that the world gives to a feature. */
export type Context = {
  config: Config
  /** What features read from. */
  db: Db
  /** The same database whole: for `web/` and for opening transactions. */
  whole: WholeDb
  now: () => Date
  /** Where the server lets others compute. */
  shop: Workshop
}

export function contextOf(
  config: Config,
  connection: Connection,
  now: () => Date,
  shop = workshop(),
): Context {
  return { config, db: connection.db as unknown as Db, whole: connection.db, now, shop }
}
