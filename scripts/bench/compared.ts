import { say } from '../terminal.ts'
import { cpuOf, type Running } from './children.ts'
import { type Goal, judged } from './goals.ts'
import { type Figures, median } from './load.ts'

/** What is measured: a process, and the load that it is put under for some seconds. */
export type Measure = {
  name: string
  of: Running
  load: (seconds: number) => Promise<Figures>
  /** What the ones after it are compared with. */
  bare?: boolean
  goal?: Goal<Measured> | undefined
}

/** `cpu`: ms that an answer cost the process that gives it; `share`: of the rate of the bare one. */
export type Measured = Figures & { cpu: number; share: number }

/**
 * Measures one after the other, in several turns, and says the medians as a table. Each is compared
 * with the bare one before it in the same turn, so that what else the machine does counts less.
 */
export async function compare(
  head: string,
  measures: readonly Measure[],
  turns: number,
  seconds: number,
): Promise<void> {
  const all = measures.map((measure) => ({ measure, figures: [] as Measured[] }))
  for (const { measure } of all) await measure.load(1)
  for (let turn = 0; turn < turns; turn += 1) {
    let bare = 0
    for (const { measure, figures } of all) {
      const before = cpuOf(measure.of)
      const found = await measure.load(seconds)
      const cpu = (cpuOf(measure.of) - before) / found.answers
      if (measure.bare) bare = found.rate
      figures.push({ ...found, cpu, share: found.rate / bare })
    }
  }
  say(`| ${head} | of the bare one | p50 ms | p99 ms | CPU ms each | goal |`)
  say('| --- | ---: | ---: | ---: | ---: | ---: | --- |')
  for (const { measure, figures } of all) {
    const found = median(figures)
    say(`| ${measure.name} | ${told(found)} | ${judged(measure.goal, found)} |`)
  }
  say()
}

function told({ rate, share, p50, p99, cpu }: Measured): string {
  const ofBare = `${(share * 100).toFixed(0)} %`
  return [rate.toFixed(0), ofBare, p50.toFixed(0), p99.toFixed(0), cpu.toFixed(2)].join(' | ')
}
