import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const views = resolve(import.meta.dirname, '..', 'views')
const templates = readdirSync(views, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.eta'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ name: relative(views, file), text: readFileSync(file, 'utf8') }))

const offences = (pattern: RegExp, except: (found: string) => boolean = () => false) =>
  templates.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)]
      .map(([found]) => found)
      .filter((found) => !except(found))
      .map((found) => `${name}: ${found}`),
  )

describe('the templates', () => {
  test('raw output stands only before an include or the body', () => {
    expect(offences(/<%~(?!\s*(include\(|it\.body\s*%>))[^%]*%>/g)).toEqual([])
  })

  test('every attribute that holds a value is quoted', () => {
    expect(offences(/=\s*<%=[^%]*%>/g)).toEqual([])
  })

  test('nothing is inline: no style, no script, no handler', () => {
    expect(offences(/\sstyle=|<style|\son[a-z]+=|<script(?! src=)/g)).toEqual([])
  })

  test('a link is made by the program, never by what somebody typed', () => {
    const allowed =
      /^(href|action|src)="(#|<%= (?:[\w.!]+ \? )?(it\.)?(it\.)?(paths|asset|[\w.]*\.?(href|action|to|back\.href|icon)|[\w.]+\.href|search\.action|clear|link|error\w*)\b)/
    expect(
      offences(
        /\b(?:href|action|src)="[^"]*<%[^"]*"/g,
        (found) => allowed.test(found) || found.startsWith('href="#'),
      ),
    ).toEqual([])
  })

  test('a template stays small enough to read', () => {
    const long = templates
      .filter(({ text }) => text.split('\n').length > 160)
      .map(({ name }) => name)
    expect(long).toEqual([])
  })
})
