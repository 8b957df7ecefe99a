import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { Config } from '../config.ts'

/** A copy that passed its check: only such a one ever gets a name of this kind. */
export type Copy = { file: string; at: string; bytes: number }

const hour = 3_600_000

/** After how many hours without a new copy the program warns. */
const staleHours = 24

/** Where copies are kept: the folder that was set, else `backup` beside the database. */
export function folderOf({ backupFolder, databaseFile }: Config): string {
  return backupFolder ?? join(dirname(databaseFile), 'backup')
}

/** `rancang-2018-09-14T02-00-00Z.sqlite`: the name of the database and the instant, in UTC. */
export function copyName(databaseFile: string, at: Date): string {
  return `${stem(databaseFile)}-${stamp(at)}.sqlite`
}

/** An instant as it may stand in the name of a file on every system. */
export function stamp(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
}

/** The copies of the database that are there, the newest first. */
export function copiesOf(config: Config): Copy[] {
  const folder = folderOf(config)
  if (!existsSync(folder)) return []
  const start = `${stem(config.databaseFile)}-`
  return readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .flatMap((name) => {
      const at = instantOf(name.slice(start.length))
      const file = join(folder, name)
      return at ? [{ file, at, bytes: statSync(file).size }] : []
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** Whether the next copy is due; copies from a clock that was ahead do not count. */
export function isDue(config: Config, now: Date): boolean {
  if (config.backupEveryHours === 0) return false
  const newest = newestUntil(config, now)
  return !newest || hoursSince(newest, now) >= config.backupEveryHours
}

export type Protection = {
  newest: Copy | undefined
  /** Whole hours since the newest copy. */
  hours: number
  /** Nothing was copied for longer than a day. */
  isStale: boolean
  count: number
  folder: string
  everyHours: number
  keep: number
}

/** How well the data is kept, as the settings show it. */
export function protectionOf(config: Config, now: Date): Protection {
  const newest = newestUntil(config, now)
  const hours = newest ? Math.floor(hoursSince(newest, now)) : 0
  return {
    newest,
    hours,
    isStale: !newest || hours >= staleHours,
    count: copiesOf(config).length,
    folder: folderOf(config),
    everyHours: config.backupEveryHours,
    keep: config.backupKeep,
  }
}

function newestUntil(config: Config, now: Date): Copy | undefined {
  return copiesOf(config).find((copy) => copy.at <= now.toISOString())
}

function hoursSince(copy: Copy, now: Date): number {
  return (now.getTime() - Date.parse(copy.at)) / hour
}

function stem(file: string): string {
  return basename(file, extname(file))
}

function instantOf(rest: string): string | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)Z\.sqlite$/.exec(rest)
  return parts ? `${parts[1]}:${parts[2]}:${parts[3]}.000Z` : undefined
}
