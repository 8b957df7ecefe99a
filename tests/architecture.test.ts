import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

/** Each layer imports only what stands left of it. */
const layers = ['domain', 'i18n', 'errors', 'root', 'config', 'db', 'workshop', 'context', 'web']

type File = { path: string; imports: string[] }

const files: File[] = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'),
  )
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ path: relative(src, file), imports: importsOf(file) }))

function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s+'([^']+)'/g)
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? relative(src, resolve(dirname(file), name)) : name,
  )
}

const layerOf = (path: string) => layers.indexOf((path.split('/')[0] ?? '').replace(/\.ts$/, ''))
const isOutside = (name: string) => name.startsWith('..') || !name.endsWith('.ts')
const offences = (rule: (file: File, name: string) => boolean) =>
  files.flatMap((file) =>
    file.imports.filter((name) => rule(file, name)).map((name) => `${file.path} → ${name}`),
  )

describe('the structure', () => {
  test('the domain imports nothing from outside itself', () => {
    expect(
      offences(({ path }, name) => path.startsWith('domain/') && !name.startsWith('domain/')),
    ).toEqual([])
  })

  test('a layer imports only what stands left of it', () => {
    const bad = offences(({ path }, name) => {
      const own = layerOf(path)
      if (own < 0 || isOutside(name)) return false
      return layerOf(name) < 0 || layerOf(name) > own
    })
    expect(bad).toEqual([])
  })

  test("a feature's queries and schema import layers and their own folder only", () => {
    const bad = offences(({ path }, name) => {
      if (!/\/(queries|schema)\.ts$/.test(path) || layerOf(path) >= 0 || isOutside(name))
        return false
      return layerOf(name) < 0 && dirname(name) !== dirname(path)
    })
    expect(bad).toEqual([])
  })

  test('no file imports itself, by whatever way round', () => {
    const importsBy = new Map(files.map(({ path, imports }) => [path, imports]))
    const reachedFrom = (path: string) => {
      const reached = new Set<string>()
      const open = [path]
      for (let at = open.pop(); at; at = open.pop())
        for (const name of importsBy.get(at) ?? [])
          if (!reached.has(name)) {
            reached.add(name)
            open.push(name)
          }
      return reached
    }
    const circles = files.map(({ path }) => path).filter((path) => reachedFrom(path).has(path))
    expect(circles).toEqual([])
  })

  test('nobody but app.ts imports a routes file', () => {
    expect(offences(({ path }, name) => /routes\.ts$/.test(name) && path !== 'app.ts')).toEqual([])
  })

  test('only the database layer knows the engine', () => {
    expect(
      offences(({ path }, name) => name === 'better-sqlite3' && !path.startsWith('db/')),
    ).toEqual([])
  })

  test('only config.ts reads the environment', () => {
    const readers = files
      .map(({ path }) => path)
      .filter((path) => readFileSync(join(src, path), 'utf8').includes('process.env'))
    expect(readers).toEqual(['config.ts'])
  })
})
