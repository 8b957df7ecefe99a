import type { Db } from '../db/schema.ts'
import { everything, type Scope } from '../domain/access.ts'
import * as opd from '../opd/queries.ts'
import { type FormState, typedMoney, type Values } from '../web/form.ts'
import * as applications from './queries.ts'
import { maxIntegrations } from './schema.ts'

const emptyRows = 2

/** What the form of an application offers: further OPD, national and other applications. */
export async function choicesOf(
  db: Db,
  scope: Scope,
  form: FormState,
  today: string,
  stored?: Pick<applications.Application, 'id' | 'opdId'>,
) {
  const others = (await applications.options(db, scope)).filter((each) => each.value !== stored?.id)
  const nationals = await applications.nationalOptions(db)
  const opds = await opd.options(
    db,
    everything,
    today,
    [form.values.userOpds ?? []].flat().map(Number),
  )
  return {
    nationals,
    further: opds.filter((each) => each.value !== stored?.opdId),
    regionOthers: others.map(({ value, label, opd }) => ({
      value: `a${value}`,
      label: `${label} (${opd})`,
    })),
    nationalOthers: nationals.map(({ value, label }) => ({ value: `n${value}`, label })),
    places: rowsShown(form),
  }
}

/** The places of the rows of integrations: those with something in them and a few empty ones. */
function rowsShown({ values }: FormState): number[] {
  const filled = Object.entries(values)
    .filter(([name, value]) => /^\d+\./.test(name) && value !== '')
    .map(([name]) => Number.parseInt(name, 10))
  const count = Math.min(maxIntegrations, Math.max(-1, ...filled) + 1 + emptyRows)
  return Array.from({ length: count }, (_, at) => at)
}

/** A stored application as it would be typed into its form. */
export function typedAnswers(application: applications.Application): Values {
  const { integrations, userOpds, yearlyCost, ...row } = application
  const answers = Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.map(String) : String(value ?? ''),
    ]),
  )
  const rows = integrations.flatMap((each, at) => {
    const { withApplicationId, withNationalId, withName } = each
    const chosen = withApplicationId
      ? `a${withApplicationId}`
      : withNationalId
        ? `n${withNationalId}`
        : ''
    return [
      [`${at}.with`, chosen],
      [`${at}.name`, withName ?? ''],
    ]
  })
  return {
    ...answers,
    yearlyCost: typedMoney(yearlyCost),
    userOpds: userOpds.map((each) => String(each.id)),
    ...Object.fromEntries(rows),
  }
}
