import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import project from '../../package.json' with { type: 'json' }

const version = project.devDependencies['@sparticuz/chromium']
const cache = resolve(import.meta.dirname, '..', '..', '.cache', `chromium-${version}`)
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']

/**
 * Finds a Chromium once, before any test, and tells the tests by CHROMIUM_PATH: the one named
 * there, the one inside the npm package (Linux x64), or the system's. Without one the browser tests
 * are skipped, loudly; in CI that is a failure.
 */
export async function setup(): Promise<void> {
  process.env.CHROMIUM_PATH ??=
    (await unpacked()) ?? systemBrowsers.find((file) => existsSync(file))
  if (process.env.CHROMIUM_PATH) return
  delete process.env.CHROMIUM_PATH
  const message = 'No Chromium here: the browser tests do not run. Set CHROMIUM_PATH.'
  if (process.env.CI === 'true') throw new Error(message)
  console.warn(`\n!!! ${message}\n`)
}

/** The package unpacks into TMPDIR; fonts are found only by a configuration of our own. */
async function unpacked(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  mkdirSync(cache, { recursive: true })
  const before = process.env.TMPDIR
  process.env.TMPDIR = cache
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x' // read when the package is imported: it brings its libraries
  const { default: sparticuz } = await import('@sparticuz/chromium')
  const executable = await sparticuz.executablePath()
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  writeFileSync(
    join(cache, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${cache}/fonts/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${cache}/fonts-cache</cachedir>
</fontconfig>`,
  )
  process.env.FONTCONFIG_PATH = cache
  process.env.FONTCONFIG_FILE = join(cache, 'fonts.conf')
  process.env.LD_LIBRARY_PATH = join(cache, 'al2023', 'lib')
  return executable
}
