import { say } from '../terminal.ts'
import { cpuOf, type Running } from './children.ts'
import { type Figures, median } from './load.ts'

/** What is measured: a process, and the load that it is put under for some seconds. */
export type Measure = { name: string; of: Running; load: (seconds: number) => Promise<Figures> }

/** `cpu`: ms that an answer cost the process that gives it; `share`: of the rate of the first. */
type Measured = Figures & { cpu: number; share: number }

/**
 * Measures one after the other, in several turns, and says the medians as a table. The first is what
 * the others are compared with in the same turn, so that what else the machine does counts less.
 */
export async function compare(
  head: string,
  measures: readonly [Measure, ...Measure[]],
  turns: number,
  seconds: number,
): Promise<void> {
  const all = measures.map((measure) => ({ measure, figures: [] as Measured[] }))
  for (const { measure } of all) await measure.load(1)
  for (let turn = 0; turn < turns; turn += 1) {
    let first = 0
    for (const { measure, figures } of all) {
      const before = cpuOf(measure.of)
      const found = await measure.load(seconds)
      const cpu = (cpuOf(measure.of) - before) / found.answers
      first ||= found.rate
      figures.push({ ...found, cpu, share: found.rate / first })
    }
  }
  say(`| ${head} | of the bare one | p50 ms | p99 ms | CPU ms each |`)
  say('| --- | ---: | ---: | ---: | ---: | ---: |')
  for (const { measure, figures } of all) say(`| ${measure.name} | ${told(median(figures))} |`)
  say()
}

function told({ rate, share, p50, p99, cpu }: Measured): string {
  const ofFirst = `${(share * 100).toFixed(0)} %`
  return [rate.toFixed(0), ofFirst, p50.toFixed(0), p99.toFixed(0), cpu.toFixed(2)].join(' | ')
}
