import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json, the same from source and from the build. */
export const root = upTo(dirname(fileURLToPath(import.meta.url)))

function upTo(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : upTo(dirname(folder))
}

/** A path inside the project, such as `inProject('views', 'assets')`. */
export function inProject(...parts: string[]): string {
  return join(root, ...parts)
}
