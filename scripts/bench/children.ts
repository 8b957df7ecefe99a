import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { inProject } from '../../src/root.ts'
import { withParent } from '../with-parent.ts'

export type Running = { url: string; child: ChildProcess; startedIn: number }

/** The program as `npm start` runs it, once it is built. */
export const program = [
  '--max-semi-space-size=4',
  '--max-old-space-size=1024',
  inProject('dist', 'bundle', 'server.js'),
]

/** Starts a program that prints its address and ends with us, and waits until `path` there is answered. */
export async function started(
  args: readonly string[],
  env: Record<string, string>,
  path: string,
): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, [...withParent, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  const url = await new Promise<string>((found, failed) => {
    child.stdout?.on('data', (chunk) => {
      said += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address) found(address)
    })
    child.once('exit', (code) => failed(new Error(`ended with ${code}: ${said}`)))
  })
  await (await fetch(url + path)).text()
  return { url, child, startedIn: (performance.now() - began) / 1000 }
}

export async function ended({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await new Promise((done) => child.once('exit', done))
}

/** What a process has computed since its start, all of its threads, in ms (to 10 ms on Linux). */
export function cpuOf({ child }: Running): number {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Memory of a process that is held now, and the most it ever held, in MB. */
export function memoryOf({ child }: Running): { now: number; peak: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  return { now: mb('VmRSS'), peak: mb('VmHWM') }
}
