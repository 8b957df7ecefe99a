import { randomBytes } from 'node:crypto'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ended } from '../bench/children.ts'
import { type Finding, looked, prepared, save, serve } from './office.ts'

const kilobyte = 1024

/** A small disk is filled up while somebody saves, and then gets room again. */
export async function fullDisk(disk: string): Promise<Finding> {
  const file = join(disk, 'rancang.sqlite')
  const ballast = join(disk, 'beban')
  const place = await prepared(file)
  const server = await serve(place)
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, randomBytes(Math.max(0, bavail * bsize - 3000 * kilobyte)))

  const answers = new Map<number, number>()
  let read = 0
  let asked = 0
  const one = async () => {
    const key = randomBytes(12).toString('base64url')
    return (await save(server, place, `Kantor ${key}`, key)).status
  }
  for (let n = 0; n < 800; n += 1) {
    const status = await one()
    answers.set(status, (answers.get(status) ?? 0) + 1)
    if (status !== 507) continue
    asked += 1
    const { cookie } = place
    if ((await fetch(`${server.url}/opd`, { headers: { cookie } })).status === 200) read += 1
  }
  rmSync(ballast)
  const afterwards = await one()
  await ended(server)
  const { opds, isSound } = await looked(file)
  const saved = answers.get(303) ?? 0
  const refused = answers.get(507) ?? 0
  const told = [...answers].map(([status, n]) => `${n} × ${status}`).join(', ')
  return {
    promised:
      'a full disk: each save is kept (303) or refused with a page that says so (507), reading goes on, with room it works again, the file sound',
    seen: `${told}; read ${read} of ${asked} times; with room ${afterwards}; ${opds.length} OPD stored, the file ${isSound ? 'sound' : 'NOT SOUND'}`,
    kept:
      refused > 0 &&
      saved + refused === 800 &&
      read === asked &&
      afterwards === 303 &&
      opds.length === saved + 1 &&
      isSound,
  }
}
