import { closeSync, fsyncSync, openSync, statfsSync, writeSync } from 'node:fs'
import { cpus, loadavg, platform, totalmem } from 'node:os'
import { join } from 'node:path'

const fileSystems: Record<number, string> = {
  61267: 'ext4',
  1481003842: 'XFS',
  2435016766: 'Btrfs',
  16914836: 'tmpfs, which is memory',
  2035054128: 'overlay',
}

/** The machine in plain words; of the disk how long one write takes until it is safe. */
export function machine(folder: string): string {
  const [core] = cpus()
  const memory = (totalmem() / 1e9).toFixed(0)
  const kind = fileSystems[statfsSync(folder).type] ?? 'a file system of another kind'
  return [
    `${cpus().length} cores (${core?.model.trim() ?? 'unknown'})`,
    `${memory} GB of memory`,
    `Node ${process.versions.node} on ${platform()}`,
    `files on ${kind}, where a write is safe after ${safeWrite(folder).toFixed(1)} ms`,
  ].join(', ')
}

/** How many processes wanted a core in the last minute. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}

function safeWrite(folder: string): number {
  const file = openSync(join(folder, 'write'), 'w')
  const times = Array.from({ length: 50 }, () => {
    const began = performance.now()
    writeSync(file, Buffer.alloc(4096))
    fsyncSync(file)
    return performance.now() - began
  })
  closeSync(file)
  return times.toSorted((a, b) => a - b)[25] ?? 0
}
