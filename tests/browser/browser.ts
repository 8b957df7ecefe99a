import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../../scripts/chromium.ts'
import type { TestApp } from '../../src/testing/app.ts'

/** Whether there is a Chromium; tests of the browser are skipped without one. */
export const hasBrowser = Boolean(process.env.CHROMIUM_PATH)

export const phone = { width: 360, height: 780 }
export const desk = { width: 1366, height: 860 }

export function launch(): Promise<Browser> {
  return launchChromium(process.env.CHROMIUM_PATH ?? '')
}

/** The app listening on a free port of the loopback; answers its origin. */
export async function listen(it: TestApp): Promise<string> {
  return it.app.listen({ host: '127.0.0.1', port: 0 })
}

/** Gives the context a session's cookie, as `it.signIn` made it. */
export async function useSession(
  context: BrowserContext,
  url: string,
  cookie: string,
): Promise<void> {
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url }])
}

/** Collects whatever a page must not do: console errors, exceptions, dialogs, foreign requests. */
export function watch(page: Page, origin: string): string[] {
  const bad: string[] = []
  page.on('console', (message) => {
    // a page that itself answers 4xx is told to the console as well; what it loads is not
    if (message.type() !== 'error' || message.location().url === page.url()) return
    bad.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => bad.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    bad.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
      bad.push(`foreign request: ${request.url()}`)
    }
  })
  return bad
}
