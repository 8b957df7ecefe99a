import { join } from 'node:path'
import { ended } from '../bench/children.ts'
import { onePerson } from '../bench/load.ts'
import { type Finding, looked, type Place, people, ran, serve } from './office.ts'

/** Copies made by a process of its own while eight people save; the last one is then restored. */
export async function copiesWhileSaving(place: Place, folder: string): Promise<Finding[]> {
  const server = await serve(place)
  let over = false
  let saved = 0
  const began = performance.now()
  const saving = people(
    server,
    place,
    () => over,
    (_, { status }) => {
      if (status === 303) saved += 1
    },
  )
  const reading = onePerson(`${server.url}/opd`, place.cookie, () => over)
  const copies: string[] = []
  let good = 0
  for (let n = 0; n < 10; n += 1) {
    const copy = join(folder, `salinan-${n}.sqlite`)
    copies.push(copy)
    if ((await ran('backup', place.file, [copy])).isGood) good += 1
  }
  over = true
  await saving
  const { p99 } = await reading
  const rate = saved / ((performance.now() - began) / 1000)
  await ended(server)

  const { events } = await looked(place.file)
  let sound = 0
  for (const copy of copies) {
    const found = await looked(copy)
    const isCommit = found.events.every((hash, at) => hash === events[at])
    if (found.isSound && isCommit) sound += 1
  }
  return [
    {
      promised: 'ten copies while eight people save: each the database as it was at one commit',
      seen: `${sound} of ${copies.length} (${good} said to be good), ${saved} saved meanwhile (${rate.toFixed(0)} a second), a list for somebody else p99 ${p99.toFixed(0)} ms`,
      kept: sound === copies.length && good === copies.length,
    },
    await restored(copies.at(-1) ?? '', join(folder, 'baru', 'rancang.sqlite')),
  ]
}

async function restored(copy: string, file: string): Promise<Finding> {
  const { isGood, took } = await ran('restore', file, [copy])
  const before = await looked(copy)
  const after = await looked(file)
  const isSame =
    JSON.stringify([before.opds, before.events]) === JSON.stringify([after.opds, after.events])
  const server = await serve({ file, cookie: '' })
  await ended(server)
  return {
    promised: 'the copy restored into an empty folder: the same rows and history, and it starts',
    seen: `${isSame ? 'the same' : 'NOT THE SAME'}, ${after.opds.length} OPD and ${after.events.length} events; restored in ${(took / 1000).toFixed(1)} s, started in ${server.startedIn.toFixed(1)} s`,
    kept: isGood && isSame,
  }
}
