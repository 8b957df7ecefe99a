import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { withParent } from '../../scripts/with-parent.ts'
import { formPost, origin } from '../../src/testing/app.ts'

const root = resolve(import.meta.dirname, '..', '..')

export type Server = {
  url: string
  child: ChildProcess
  ended: Promise<number | null>
  log(): string
}

/** Starts the built server on a free port of the loopback and waits until it answers. */
export async function startServer(file: string, env: Record<string, string> = {}): Promise<Server> {
  const child = spawn(
    process.execPath,
    [...withParent, join(root, 'dist', 'bundle', 'server.js')],
    {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: file,
        PORT: '0',
        HOST: '127.0.0.1',
        RATE_LIMIT: 'off',
        LOG_LEVEL: 'error',
        BASE_URL: '',
        ...env,
      },
    },
  )
  let output = ''
  child.stderr?.on('data', (chunk) => {
    output += chunk
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const cleanUp = () => child.kill('SIGKILL')
  process.once('exit', cleanUp)
  void ended.then(() => process.off('exit', cleanUp))
  const url = await new Promise<string>((found, failed) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
      if (address) found(address)
    })
    void ended.then((code) => failed(new Error(`the server ended with ${code}: ${output}`)))
  })
  return { url, child, ended, log: () => output }
}

/** Posts a form to a running server as its own page would; answers the status, 0 without an answer. */
export async function postForm(
  server: Server,
  path: string,
  fields: Record<string, unknown>,
  cookie: string,
  signal?: AbortSignal,
): Promise<{ status: number; location: string }> {
  const form = formPost(path, fields, cookie)
  try {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: String(form.payload).replaceAll(
        encodeURIComponent(origin),
        encodeURIComponent(server.url),
      ),
      signal: signal ?? null,
    })
    await answer.text()
    return { status: answer.status, location: answer.headers.get('location') ?? '' }
  } catch {
    return { status: 0, location: '' }
  }
}

/** A folder of its own for a test, and how to take it away. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'rancang-faults-'))
  return {
    file: join(folder, `${randomBytes(4).toString('hex')}.sqlite`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
