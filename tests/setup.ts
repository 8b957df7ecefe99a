import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../scripts/chromium.ts'

/**
 * Before any test: finds a Chromium and tells of it by CHROMIUM_PATH, and gives all that the tests
 * write one folder, which goes with its contents at the end. Without a Chromium the browser tests are
 * skipped, loudly; in CI that is a failure.
 */
export async function setup(): Promise<() => void> {
  await tellOfChromium()
  const folder = mkdtempSync(join(tmpdir(), 'rancang-tests-'))
  chmodSync(folder, 0o755) // some tests start the program as somebody else
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

async function tellOfChromium(): Promise<void> {
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
