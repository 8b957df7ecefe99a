import {
  type ColumnDefinitionBuilder,
  type CreateTableBuilder,
  type Kysely,
  sql,
  type Transaction,
} from 'kysely'

/** What a migration receives: a transaction that knows no row types, for they change later. */
export type Migration = { up: (db: Transaction<unknown>) => Promise<void> }
export type Schema = Kysely<unknown>

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

/**
 * The only place that names an engine's column types. SQLite tables are STRICT; instants are UTC
 * ISO text, dates and clocks are text in the government's zone, flags are 0 or 1, money is whole
 * rupiah, json is text.
 */
export const types = {
  int: 'integer',
  money: 'integer',
  real: 'real',
  text: 'text',
  json: 'text',
  instant: 'text',
  date: 'text',
  clock: 'text',
  bytes: 'blob',
} as const

const notNull: Column = (column) => column.notNull()

/** Starts a table whose `id` is never used twice, for links and history outlive a row. */
export function table(db: Schema, name: string) {
  return plainTable(db, name).addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
}

/** Starts a table without an id of its own. */
export function plainTable(db: Schema, name: string) {
  return db.schema.createTable(name).modifyEnd(sql`strict`)
}

/** Adds what every kept row carries: identity across databases, version, times, example mark. */
export function kept<T extends string, C extends string>(builder: CreateTableBuilder<T, C>) {
  return builder
    .addColumn('uid', types.text, (c) => c.notNull().unique())
    .addColumn('version', types.int, (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', types.instant, notNull)
    .addColumn('updated_at', types.instant, notNull)
    .addColumn('example', types.text)
}

/** Adds who did it, with the name as it was then. */
export function actor<T extends string, C extends string>(builder: CreateTableBuilder<T, C>) {
  return builder
    .addColumn('account_id', types.int)
    .addColumn('link_id', types.int)
    .addColumn('actor_name', types.text, notNull)
}

/** A 0 | 1 column; its CHECK goes into the column so that SQLite and PostgreSQL read it alike. */
export function flag(name: string): Column {
  return (column) =>
    column
      .notNull()
      .defaultTo(0)
      .check(sql`${sql.ref(name)} in (0, 1)`)
}

/** A required reference: `restrict` by default, `cascade` only for child rows of the same noun. */
export function references(target: string, onDelete: 'restrict' | 'cascade' = 'restrict'): Column {
  return (column) => column.references(`${target}.id`).onDelete(onDelete).notNull()
}

export function mayReference(target: string): Column {
  return (column) => column.references(`${target}.id`).onDelete('restrict')
}

/** A column whose value must be one of a closed list that drives a rule. */
export function oneOf(name: string, codes: readonly string[]): Column {
  return (column) =>
    column
      .notNull()
      .check(sql`${sql.ref(name)} in (${sql.join(codes.map((code) => sql.lit(code)))})`)
}

export async function index(
  db: Schema,
  tableName: string,
  columns: readonly string[],
  unique = false,
) {
  const builder = db.schema
    .createIndex(`${tableName}_${columns.join('_')}`)
    .on(tableName)
    .columns([...columns])
  await (unique ? builder.unique() : builder).execute()
}

/**
 * Makes a table append-only: the engine itself refuses to change or to delete its rows. Rows that
 * came with the example may be deleted where `examples` says so; none can become one afterwards.
 */
export async function appendOnly(db: Schema, tableName: string, examples = false) {
  const real = examples ? 'when old.example is null' : ''
  for (const [action, when] of [
    ['update', ''],
    ['delete', real],
  ]) {
    await sql
      .raw(
        `create trigger ${tableName}_no_${action} before ${action} on ${tableName} ${when}
         begin select raise(abort, '${tableName} is append-only'); end`,
      )
      .execute(db)
  }
}
