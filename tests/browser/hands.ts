import type { Download, Locator, Page } from 'playwright-core'

/** What is typed or chosen, by the name of the field: one answer, several, or nothing at all. */
export type Typed = Record<string, string | readonly string[]>

/** Fills in a form as a person would, control by control; `scope` is where the form is. */
export async function fill(scope: Locator, typed: Typed): Promise<void> {
  for (const [name, value] of Object.entries(typed)) {
    for (const answer of [value].flat()) await answerOne(scope, name, answer)
  }
}

async function answerOne(scope: Locator, name: string, answer: string): Promise<void> {
  const field = scope.locator(`[name="${name}"]:not([type="hidden"])`)
  const tag = await field
    .first()
    .evaluate((node) => `${node.nodeName} ${node.getAttribute('type')}`)
  if (tag.startsWith('SELECT')) {
    const isWord = (await field.locator(`option[value="${answer}"]`).count()) === 0
    await field.selectOption(isWord ? { label: answer } : answer)
  } else if (/radio|checkbox/.test(tag)) {
    await scope.locator(`[name="${name}"][value="${answer}"]`).check()
  } else {
    await field.fill(answer)
  }
}

/** The form of the page that has that button. */
export function formWith(page: Page, button: string): Locator {
  const named = page.getByRole('button', { name: button, exact: true })
  return page.locator('main form').filter({ has: named })
}

/** Fills in the form with that button and sends it; the next page must be one that went well. */
export async function send(page: Page, button: string, typed: Typed = {}): Promise<void> {
  const form = formWith(page, button)
  await fill(form, typed)
  await press(page, form.getByRole('button', { name: button, exact: true }))
}

/** Presses a button and waits for the page it leads to, which must not be a refusal. */
export async function press(page: Page, button: Locator): Promise<void> {
  const from = page.url()
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    button.click(),
  ])
  if (answer.status() !== 303) {
    const told = await read(page.locator('main'))
    throw new Error(`${answer.status()} for the form of ${from}: ${told.slice(0, 1500)}`)
  }
  await page.waitForLoadState('load')
}

/** Follows a link of that very text; `part` narrows where it stands. */
export async function follow(page: Page, text: string, part = 'main'): Promise<void> {
  await page.locator(part).getByRole('link', { name: text, exact: true }).first().click()
  await page.waitForLoadState('load')
}

/** Goes to a step of the work by the side column. */
export async function step(page: Page, name: string): Promise<void> {
  await page.locator('nav.side a').filter({ hasText: name }).first().click()
  await page.waitForLoadState('load')
}

/** The cells of a table's rows as they are read, spaces made single. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody > tr').all()
  return Promise.all(
    rows.map(async (row) => (await row.locator('> *').allInnerTexts()).map(oneLine)),
  )
}

/** What is to be read there, spaces made single. */
export async function read(place: Locator): Promise<string> {
  return oneLine((await place.allInnerTexts()).join(' '))
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Downloads the workbook from the page of the report; where it takes longer, from the page that tells how far it is. */
export async function downloadReport(page: Page): Promise<Download> {
  const patience = { timeout: 60_000 }
  const download = page.waitForEvent('download', patience)
  await page.getByRole('button', { name: 'Unduh', exact: true }).click(patience)
  const later = page.waitForURL(/\/report\/exports\//, patience)
  const link = page.getByRole('link', { name: 'Unduh', exact: true })
  later.then(() => link.click(patience)).catch(() => undefined)
  return download
}
