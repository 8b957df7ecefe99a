import type { Compilable, CompiledQuery } from 'kysely'
import type { Db, Tx, WholeDb } from './schema.ts'

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

const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) })
