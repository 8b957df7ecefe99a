import type { Page } from 'playwright-core'
import type { Connection } from '../../src/db/connect.ts'

export const places = {
  desktop: { viewport: { width: 1366, height: 900 } },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 },
}
export type Place = keyof typeof places

/**
 * Who looks: a person of the example by the name to sign in with, a phone on which the link of an OPD
 * is open, or nobody.
 */
export type Viewer = 'admin' | 'petugas' | 'perencana' | 'penilai' | 'pimpinan' | 'phone' | 'guest'

export type Stage = {
  connection: Connection
  /** The path of the link of the OPD whose phones look. */
  link: string
}

/** One picture, or one for each place; a guide shows it as `screenshots/NAME-PLACE.png`. */
export type Shot = {
  name: string
  as: Viewer
  on: readonly Place[]
  url(stage: Stage): Promise<string> | string
  /** What is done on the page before the picture is taken. */
  act?(page: Page): Promise<void>
  /** The part of the page that is shown, by its selector; else what the screen shows. */
  part?: string
  dark?: true
}

/** The path of the picture under docs/screenshots/. */
export function fileOf({ name }: Pick<Shot, 'name'>, place: Place): string {
  return `${name}-${place}.png`
}

const named = { assessor: 'name', opd: 'name', location: 'name', proposal: 'title' } as const

/** The id of the first OPD, office or proposal with such a name. */
export function idOf(
  { connection }: Pick<Stage, 'connection'>,
  table: keyof typeof named,
  name: string,
): number {
  const rows = connection.raw.prepare(
    `select id from ${table} where ${named[table]} like ? order by id`,
  )
  return rows.pluck().get(name) as number
}

/** Types into the fields of a form by their names. */
export async function fillIn(page: Page, typed: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(typed)) {
    await page.locator(`main [name="${name}"]:not([type="hidden"])`).fill(text)
  }
}

/** Presses a button of the page and waits for the page that it leads to. */
export async function press(page: Page, button: string): Promise<void> {
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.locator('main').getByRole('button', { name: button, exact: true }).click(),
  ])
  await page.waitForLoadState('load')
}
