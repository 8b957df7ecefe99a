import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { copiesWhileSaving } from './faults/copies.ts'
import { fullDisk } from './faults/full.ts'
import { healthUnderLoad } from './faults/health.ts'
import { type Finding, prepared } from './faults/office.ts'
import { powerCuts } from './faults/power.ts'
import { seeded } from './seeded.ts'
import { say } from './terminal.ts'

/**
 * `npm run faults`: does to the built program what happens to a laptop in a hall, longer than the tests
 * do, and prints beside each other what is promised and what was seen. `--small-disk FOLDER` names an
 * empty folder on a small disk of its own, which is filled up.
 *
 * Ends with 0 when every promise was kept, 1 when one was not.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '14092018' },
    'small-disk': { type: 'string' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'rancang-faults-'))
try {
  const place = await prepared(join(folder, 'rancang.sqlite'))
  const findings = [
    await powerCuts(place, Number(values.rounds), seeded(Number(values.seed))),
    ...(await copiesWhileSaving(place, folder)),
    ...(values['small-disk'] ? [await fullDisk(values['small-disk'])] : []),
    await healthUnderLoad(place),
  ]
  tell(findings)
  process.exitCode = findings.every(({ kept }) => kept) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function tell(findings: readonly Finding[]): void {
  say('| promised | seen | kept |')
  say('| --- | --- | --- |')
  for (const { promised, seen, kept } of findings) {
    say(`| ${promised} | ${seen} | ${kept ? 'yes' : 'NO'} |`)
  }
}
