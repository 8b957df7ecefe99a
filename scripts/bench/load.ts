import { spawn } from 'node:child_process'
import { Agent, type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'

/** Answers in all and a second, and how long they took, in ms. */
export type Figures = { answers: number; rate: number; p50: number; p99: number }

const autocannon = createRequire(import.meta.url).resolve('autocannon')
const connections = 10

/** Ten connections that ask for one page for some seconds, from a process of their own. */
export async function pageLoad(url: string, cookie: string, seconds: number): Promise<Figures> {
  const args = [
    '-j',
    '-n',
    '-c',
    String(connections),
    '-d',
    String(seconds),
    '-H',
    `cookie=${cookie}`,
  ]
  const child = spawn(process.execPath, [autocannon, ...args, url])
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  await new Promise((done) => child.once('close', done))
  const told = JSON.parse(out) as {
    requests: { total: number }
    duration: number
    latency: { p50: number; p99: number }
    non2xx: number
    errors: number
  }
  if (told.non2xx + told.errors > 0) throw new Error(`${url}: ${told.non2xx} answers were no pages`)
  const answers = told.requests.total
  return { answers, rate: answers / told.duration, p50: told.latency.p50, p99: told.latency.p99 }
}

/** Ten connections that post one form after the other, each with a fresh key. */
export async function formLoad(
  url: string,
  cookie: string,
  seconds: number,
  fields: (n: number) => Record<string, string>,
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  let sent = 0
  const send = async () => {
    while (performance.now() < until) {
      sent += 1
      const body = new URLSearchParams(fields(sent)).toString()
      const start = performance.now()
      const answer = await posted(url, cookie, body, agent)
      if (answer.statusCode !== 303) throw new Error(`${url} answered ${answer.statusCode}`)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: connections }, send))
  agent.destroy()
  return figuresOf(times, (performance.now() - began) / 1000)
}

/** One person who asks for a page again and again until `isOver`. */
export async function onePerson(url: string, cookie: string, isOver: () => boolean) {
  const times: number[] = []
  const began = performance.now()
  while (!isOver()) {
    const start = performance.now()
    await (await fetch(url, { headers: { cookie } })).text()
    times.push(performance.now() - start)
    await new Promise((done) => setTimeout(done, 10))
  }
  return figuresOf(times, (performance.now() - began) / 1000)
}

export function posted(
  url: string,
  cookie: string,
  body: string,
  agent?: Agent,
): Promise<IncomingMessage & { bytes: number }> {
  return new Promise((resolve, reject) => {
    const headers = {
      cookie,
      origin: new URL(url).origin,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    }
    const sending = request(url, { method: 'POST', headers, ...(agent && { agent }) }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk) => {
        bytes += chunk.length
      })
      answer.once('end', () => resolve(Object.assign(answer, { bytes })))
    })
    sending.once('error', reject)
    sending.end(body)
  })
}

/** The median of several measurements of the same thing, each figure by itself. */
export function median<F extends Record<string, number>>(all: readonly F[]): F {
  const [first] = all
  if (!first) throw new Error('nothing was measured')
  const middle = (name: string) => {
    const sorted = all.map((each) => each[name] ?? 0).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? 0
  }
  return Object.fromEntries(Object.keys(first).map((name) => [name, middle(name)])) as F
}

export function figuresOf(times: readonly number[], seconds: number): Figures {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return {
    answers: times.length,
    rate: times.length / seconds,
    p50: at(0.5) ?? 0,
    p99: at(0.99) ?? 0,
  }
}
