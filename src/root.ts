import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json, the same from source and from the build. */
export const root = upTo(dirname(fileURLToPath(import.meta.url)))

function upTo(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  if (folder === dirname(folder)) throw new Error('no package.json above this file')
  return upTo(dirname(folder))
}

/** A path inside the project, such as `inProject('views', 'assets')`. */
export function inProject(...parts: string[]): string {
  return join(root, ...parts)
}
