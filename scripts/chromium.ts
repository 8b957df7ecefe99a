import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { inProject } from '../src/root.ts'

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']

const flags = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP lan.test 127.0.0.1',
]

/**
 * A Chromium: the one that CHROMIUM_PATH names, the one inside the npm package (Linux x64), or the
 * system's; undefined where there is none.
 */
export async function findChromium(): Promise<string | undefined> {
  const named = process.env.CHROMIUM_PATH
  return named || ((await unpacked()) ?? systemBrowsers.find((file) => existsSync(file)))
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags })
}

/** The package unpacks into TMPDIR; fonts are found only by a configuration of our own. */
async function unpacked(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const cache = inProject('.cache', `chromium-${version()}`)
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

function version(): string {
  const project = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  return project.devDependencies['@sparticuz/chromium']
}
