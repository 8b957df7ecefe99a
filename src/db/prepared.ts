import type { Compilable, CompiledQuery, Insertable } from 'kysely'
import { anyTable } from './any-table.ts'
import type { Db, Tables, Tx, WholeDb } from './schema.ts'

/** Stands in a query for a value that is only known when it runs. */
class Blank {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query whose text is made once, for what runs with every request: making it costs more than
 * running it. The values are single ones, never lists, and must not decide how the query looks.
 *
 * @returns reads the rows with these values
 */
export function prepared<Values extends object, Row>(
  build: (db: WholeDb, values: Values) => Compilable<Row>,
): (db: Db | WholeDb | Tx, values: Values) => Promise<Row[]> {
  let made: CompiledQuery<Row> | undefined
  return async (db, values) => {
    const whole = db as unknown as WholeDb
    made ??= build(whole, blanks as Values).compile()
    const parameters = made.parameters.map((value) =>
      value instanceof Blank ? values[value.name as keyof Values] : value,
    )
    const query: CompiledQuery<Row> = { ...made, parameters }
    return (await whole.executeQuery(query)).rows
  }
}

/**
 * The rows of a query that looks different for different questions: the text and the values are made
 * once for a question, for the newest questions; the rows are read each time.
 *
 * @param question tells all that `build` depends on
 */
export async function rowsFor<Row>(
  db: Db | WholeDb | Tx,
  question: readonly [name: string, ...parts: unknown[]],
  build: () => Compilable<Row>,
): Promise<Row[]> {
  const key = JSON.stringify(question)
  const made = questions.get(key) ?? build().compile()
  questions.delete(key)
  questions.set(key, made)
  const oldest = questions.keys().next().value
  if (questions.size > mostQuestions && oldest !== undefined) questions.delete(oldest)
  return (await (db as unknown as WholeDb).executeQuery(made as CompiledQuery<Row>)).rows
}

const mostQuestions = 200
const questions = new Map<string, CompiledQuery<unknown>>()

/**
 * Inserts a row by a statement whose text is made once for each set of columns.
 *
 * @returns the columns of the new row that are asked for
 */
export async function insertInto<T extends keyof Tables, C extends string = never>(
  trx: Tx,
  table: T,
  row: Insertable<Tables[T]>,
  returning: readonly C[] = [],
): Promise<Record<C, unknown>[]> {
  const given = Object.entries(row).filter(([, value]) => value !== undefined)
  const columns = given.map(([column]) => column)
  const name = `${table} ${columns.join()} ${returning.join()}`
  let made = inserts.get(name)
  if (!made) {
    const query = anyTable(trx).insertInto(table).values(Object.fromEntries(given))
    made = (returning.length > 0 ? query.returning([...returning]) : query).compile()
    inserts.set(name, made)
  }
  const query = { ...made, parameters: given.map(([, value]) => value) }
  return (await trx.executeQuery(query)).rows as Record<C, unknown>[]
}

const inserts = new Map<string, CompiledQuery<unknown>>()

const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) })
