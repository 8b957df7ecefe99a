import { Refusal } from '../errors.ts'

/** @throws Refusal at the field when the day lies after today (both `2018-09-14`) */
export function refuseDayToCome(day: string, today: string, field = 'asOf'): void {
  if (day > today) throw new Refusal({ [field]: { key: 'form.dayToCome' } })
}
