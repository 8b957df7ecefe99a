import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { ended } from '../bench/children.ts'
import { onePerson } from '../bench/load.ts'
import { type Finding, type Place, serve } from './office.ts'

const autocannon = createRequire(import.meta.url).resolve('autocannon')
const seconds = 10

/** Somebody reads a list, first alone, then while 500 others a second ask whether the program is well. */
export async function healthUnderLoad(place: Place): Promise<Finding> {
  const server = await serve(place)
  const url = `${server.url}/opd`
  await during(sleep(2000), url, place)
  const alone = await during(sleep(seconds * 1000), url, place)
  let told: Told | undefined
  const asking = asked(`${server.url}/health`).then((answers) => {
    told = answers
  })
  const beside = await during(asking, url, place)
  await ended(server)
  const bad = (told?.non2xx ?? 0) + (told?.errors ?? 0)
  return {
    promised: `/health asked 500 times a second for ${seconds} s: all answered; p99 of a list for somebody else grows at most by a fifth`,
    seen: `${told?.['2xx']} answered, ${bad} not; the list p50 ${alone.p50.toFixed(1)} ms alone, ${beside.p50.toFixed(1)} ms meanwhile; p99 ${alone.p99.toFixed(1)} ms alone, ${beside.p99.toFixed(1)} ms meanwhile`,
    kept: bad === 0 && beside.p99 <= alone.p99 * 1.2,
  }
}

type Told = { '2xx': number; non2xx: number; errors: number }

async function during(wait: Promise<unknown>, url: string, { cookie }: Place) {
  let isOver = false
  const over = () => {
    isOver = true
  }
  wait.then(over, over)
  return onePerson(url, cookie, () => isOver)
}

function asked(url: string): Promise<Told> {
  const child = spawn(process.execPath, [
    autocannon,
    ...['-j', '-n', '-c', '10', '-R', '500', '-d', String(seconds), url],
  ])
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  return new Promise((done) => child.once('close', () => done(JSON.parse(out) as Told)))
}
