import { untilNextWrite } from '../db/memo.ts'
import type { WholeDb } from '../db/schema.ts'
import type { Zone } from '../domain/calendar.ts'

/** What every page says of the government; before set-up it is empty words. */
export type Site = {
  ready: boolean
  name: string
  capital: string
  officeName: string
  officeShort: string
  headTitle: string
  timeZone: Zone
  spbeTerm: string
  planTitle: string
  yearFrom: number
  yearTo: number
}

const unnamed: Site = {
  ready: false,
  name: '',
  capital: '',
  officeName: 'Dinas Komunikasi dan Informatika',
  officeShort: 'Diskominfo',
  headTitle: 'Bupati',
  timeZone: 'Asia/Makassar',
  spbeTerm: 'SPBE',
  planTitle: '',
  yearFrom: 0,
  yearTo: 0,
}

/** Kept until the next event: setting it up and changing it leave one. */
export function readSite(db: WholeDb): Promise<Site> {
  return untilNextWrite(db, 'site', () => siteNow(db))
}

async function siteNow(db: WholeDb): Promise<Site> {
  const row = await db
    .selectFrom('government')
    .select([
      'name',
      'capital',
      'officeName',
      'officeShort',
      'headTitle',
      'timeZone',
      'spbeTerm',
      'planTitle',
      'yearFrom',
      'yearTo',
    ])
    .executeTakeFirst()
  return row
    ? { ...row, capital: row.capital ?? '', ready: true, timeZone: row.timeZone as Zone }
    : unnamed
}
