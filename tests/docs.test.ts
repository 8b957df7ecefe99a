import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inProject } from '../src/root.ts'

const docs = inProject('docs')
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.md'),
)

/** The pictures that a page of docs/ or the README shows, by their file names. */
function shownBy(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/screenshots\/([\w-]+\.png)/g)].map(([, name = '']) => name)
}

test('every picture that the documents show is there, and none is kept that no page shows', () => {
  const shown = [...pages.map((page) => join(docs, page)), inProject('README.md')].flatMap(shownBy)
  const there = readdirSync(join(docs, 'screenshots'))
  expect(there.toSorted()).toEqual([...new Set(shown)].toSorted())
})
