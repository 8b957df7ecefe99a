import { setTimeout as sleep } from 'node:timers/promises'
import { type Finding, kill, looked, type Place, people, serve } from './office.ts'

/** The process is killed in the middle of what eight people save, again and again. */
export async function powerCuts(
  place: Place,
  rounds: number,
  random: () => number,
): Promise<Finding> {
  const acknowledged = new Map<string, string>()
  let slowest = 0
  for (let round = 0; round < rounds; round += 1) {
    const server = await serve(place)
    slowest = Math.max(slowest, server.startedIn)
    let over = false
    const enough = acknowledged.size + 40 + random() * 60
    const saving = people(
      server,
      place,
      () => over,
      (name, { status, at }) => {
        if (status === 303) acknowledged.set(name, at)
      },
    )
    while (acknowledged.size < enough) await sleep(2)
    await sleep(random() * 10)
    await kill(server)
    over = true
    await saving
  }
  const { opds, isSound } = await looked(place.file)
  const stored = new Map(opds.map(({ id, name }) => [name, `/opd/${id}`]))
  const lost = [...acknowledged].filter(([name, at]) => stored.get(name) !== at).length
  const doubled = opds.length - stored.size
  return {
    promised: `kill -9 while eight people save, ${rounds} times, each sent twice: 0 lost of at least 1,000 acknowledged, 0 twice, the file sound`,
    seen: `${lost} lost of ${acknowledged.size}, ${doubled} twice, the file ${isSound ? 'sound' : 'NOT SOUND'}; slowest start ${slowest.toFixed(1)} s`,
    kept: lost === 0 && doubled === 0 && isSound && acknowledged.size >= 1000,
  }
}
