import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lists } from '../src/domain/words.ts'
import { en } from '../src/i18n/en/all.ts'
import { id } from '../src/i18n/id/all.ts'
import { translator } from '../src/i18n/translate.ts'

const root = resolve(import.meta.dirname, '..')
const keys = Object.keys(id) as (keyof typeof id)[]
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

const code = ['src', 'views', 'scripts', 'fixtures']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(ts|eta)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !file.includes('/i18n/') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

describe('the catalogue', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort())
  })

  test('both languages have the same blanks in each text', () => {
    const unequal = keys.filter((key) => String(blanks(id[key])) !== String(blanks(en[key])))
    expect(unequal).toEqual([])
  })

  test('a word is chosen by a blank that its text has, and by whether it is one', () => {
    const chosen = (text: string) => [...text.matchAll(/\{(\w+)\|/g)].map(([, name]) => name)
    const unknown = keys.filter((key) => chosen(en[key]).some((n) => !blanks(en[key]).includes(n)))
    expect(unknown).toEqual([])
    const t = translator('en', { dinas: 'Diskominfo', kepala_daerah: 'Bupati' })
    const said = [1, '1', 0, 2].map((n) => t('roadmap.uncounted', { n }))
    expect(said).toEqual([
      '1 proposal has no estimate yet and is not counted.',
      '1 proposal has no estimate yet and is not counted.',
      '0 proposals have no estimate yet and are not counted.',
      '2 proposals have no estimate yet and are not counted.',
    ])
  })

  test('what ends with a stop of its own gets no second one', () => {
    const t = translator('id', { dinas: 'Diskominfo', kepala_daerah: 'Bupati' })
    const said = ['Fransiska J.', 'Sudah dinilai?', 'Sakit'].map((reason) =>
      t('scoring.recusal.remove.note', { reason, n: 2 }),
    )
    const rest = 'Sesudah dihapus, penilai ini diminta menilai lagi 2 usulan.'
    expect(said).toEqual([
      `Alasan: Fransiska J. ${rest}`,
      `Alasan: Sudah dinilai? ${rest}`,
      `Alasan: Sakit. ${rest}`,
    ])
    expect(t('form.savedNamed', { name: 'Dinas P.U.' })).toBe('Tersimpan: Dinas P.U.')
  })

  test('no text is empty, none repeats its key', () => {
    expect(
      keys.filter((key) => !id[key].trim() || !en[key].trim() || (id[key] as string) === key),
    ).toEqual([])
  })

  test('every text is used', () => {
    const literal = new Set(
      [...code.matchAll(/['"`]([a-z][\w.]*\.[\w.]+)['"`]/gi)].map(([, k]) => k),
    )
    const built = [
      ...[...code.matchAll(/['"`]([a-zA-Z][\w.]*\.)['"`] ?\+/g)].map(([, k = '']) => k),
      ...[...code.matchAll(/`([a-zA-Z][\w.]*\.)\$\{/g)].map(([, k = '']) => k),
    ]
    const unused = keys.filter(
      (key) =>
        !key.startsWith('word.') && !literal.has(key) && !built.some((k) => key.startsWith(k)),
    )
    expect(unused).toEqual([])
  })

  test('every code of every word list has its word, and there are no others', () => {
    const codes = Object.entries(lists).flatMap(([list, all]) =>
      all.map((c) => `word.${list}.${c}`),
    )
    expect(keys.filter((key) => key.startsWith('word.')).sort()).toEqual(codes.sort())
  })

  test('every text that the code names by a literal is in it', () => {
    const named = [...code.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key = '']) => key)
    expect(named.filter((key) => !key.endsWith('.') && !(key in id))).toEqual([])
  })
})
