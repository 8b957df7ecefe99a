import { Worker } from 'node:worker_threads'
import { inProject } from './root.ts'

/**
 * A program for a worker thread, by its path in `src` without `.ts`, and what it is handed.
 * `megabytes`: the memory for what it keeps; a task that needs more fails alone. The closer to what it
 * needs, the sooner its garbage is collected.
 */
export type Task = { program: string; data: unknown; megabytes?: number }

/** What a worker tells: how far it is, at last what came of it. */
export type Said = { step: unknown } | { result: unknown }

/** More is waiting than will be taken. */
export class TooMuchWork extends Error {}

/** A task took longer than it may. */
export class TooSlow extends Error {}

/** The server is stopping. */
export class Stopping extends Error {}

type Wishes = {
  /** Comes before what is waiting. */
  first?: boolean
  /** Ends the work, or the waiting for it. */
  signal?: AbortSignal
  onStart?: () => void
  onStep?: (step: unknown) => void
}

/** Runs a task in a worker thread; tests put another in its place. */
type Runner = (task: Task, signal: AbortSignal, onStep: (step: unknown) => void) => Promise<unknown>

export type Workshop = {
  /** How long a page waits for its work before it is shown without, in ms. */
  patience: number
  /** @throws TooMuchWork, TooSlow, the reason of the signal, or what the task threw */
  run(task: Task, wishes?: Wishes): Promise<unknown>
  /** Ends what is running and waiting; nothing runs any more when it has answered. */
  stop(): Promise<void>
}

/** How long a task may take, in ms. */
const timeLimit = 120_000

const mostWaiting = 20

/**
 * Where the server lets others compute: one worker thread at a time, since two would only take the
 * processor from each other and from the pages. Each task has a thread of its own, so that its memory
 * goes with it.
 */
export function workshop(runner: Runner = inThread, patience = 2_000): Workshop {
  const waiting: (() => void)[] = []
  const running = new Set<Promise<unknown>>()
  const closing = new AbortController()
  let busy = false

  async function run(task: Task, wishes: Wishes = {}): Promise<unknown> {
    if (waiting.length >= mostWaiting) throw new TooMuchWork()
    const signals = wishes.signal ? [closing.signal, wishes.signal] : [closing.signal]
    const work = inTurn(task, wishes, AbortSignal.any(signals))
    running.add(work)
    try {
      return await work
    } finally {
      running.delete(work)
    }
  }

  async function inTurn(task: Task, wishes: Wishes, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    if (busy) await turn(signal, wishes.first === true)
    busy = true
    try {
      wishes.onStart?.()
      signal.throwIfAborted()
      return await runner(task, signal, wishes.onStep ?? (() => {}))
    } finally {
      busy = false
      waiting.shift()?.()
    }
  }

  function turn(signal: AbortSignal, first: boolean): Promise<void> {
    return new Promise((begin, giveUp) => {
      const called = () => {
        signal.removeEventListener('abort', over)
        busy = true
        begin()
      }
      const over = () => {
        waiting.splice(waiting.indexOf(called), 1)
        giveUp(signal.reason)
      }
      signal.addEventListener('abort', over, { once: true })
      if (first) waiting.unshift(called)
      else waiting.push(called)
    })
  }

  return {
    patience,
    run,
    async stop() {
      closing.abort(new Stopping('the server is stopping'))
      await Promise.allSettled(running)
    },
  }
}

/** The space for what is new is small, because little of it stays. */
const limitsOf = ({ megabytes = 256 }: Task) => ({
  maxOldGenerationSizeMb: megabytes,
  maxYoungGenerationSizeMb: 10,
})

/** Workers start from the build, also when the server runs from source. */
function inThread(
  task: Task,
  signal: AbortSignal,
  onStep: (step: unknown) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(inProject('dist', 'bundle', `${task.program}.js`), {
      workerData: task.data,
      resourceLimits: limitsOf(task),
    })
    let failure: unknown
    let done: { result: unknown } | undefined
    const end = (why: unknown) => {
      failure ??= why
      void worker.terminate()
    }
    const giveUp = () => end(signal.reason)
    const timer = setTimeout(() => end(new TooSlow('a task took too long')), timeLimit)
    signal.addEventListener('abort', giveUp, { once: true })
    worker.on('message', (said: Said) => {
      if ('step' in said) onStep(said.step)
      else done = said
    })
    worker.once('error', (error) => {
      failure ??= error
    })
    worker.once('exit', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      if (done && failure === undefined) resolve(done.result)
      else reject(failure ?? new Error(`a worker ended with code ${code}`))
    })
  })
}
