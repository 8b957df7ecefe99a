import { findChromium } from '../../scripts/chromium.ts'

/**
 * Finds a Chromium once, before any test, and tells the tests by CHROMIUM_PATH. Without one the
 * browser tests are skipped, loudly; in CI that is a failure.
 */
export async function setup(): Promise<void> {
  const found = await findChromium()
  if (found) {
    process.env.CHROMIUM_PATH = found
    return
  }
  delete process.env.CHROMIUM_PATH
  const message = 'No Chromium here: the browser tests do not run. Set CHROMIUM_PATH.'
  if (process.env.CI === 'true') throw new Error(message)
  console.warn(`\n!!! ${message}\n`)
}
