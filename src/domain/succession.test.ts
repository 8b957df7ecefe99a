import { describe, expect, test } from 'vitest'
import {
  assigned,
  dayBefore,
  freeName,
  type Handed,
  handedKinds,
  mayStay,
  stays,
  successionKind,
} from './succession.ts'
import { fold } from './text.ts'

const fresh = (...keys: string[]) => keys.map((key) => ({ key, isNew: true }))
const record = (key: string): Handed => ({ key, kind: key.split('.')[0] as Handed['kind'] })

describe('the kind of a change', () => {
  test('is told by how many end and how many go on', () => {
    expect(successionKind(1, fresh('n0'))).toBe('rename')
    expect(successionKind(1, [{ isNew: false }])).toBe('merge')
    expect(successionKind(2, fresh('n0'))).toBe('merge')
    expect(successionKind(1, fresh('n0', 'n1'))).toBe('split')
    expect(successionKind(2, fresh('n0', 'n1'))).toBe('split')
  })
})

describe('who gets what', () => {
  const records = ['location.1', 'proposal.2', 'people.3', 'account.4'].map(record)

  test('what was chosen goes there, the rest to the one of all, people and accounts stay', () => {
    const { to, open } = assigned(records, { 'proposal.2': 'n1' }, 'n0', fresh('n0', 'n1'), 1)
    expect(open).toEqual([])
    expect(Object.fromEntries(to)).toEqual({
      'location.1': 'n0',
      'proposal.2': 'n1',
      'people.3': stays,
      'account.4': stays,
    })
  })

  test('without a word the record is open, and so is a successor that is none', () => {
    const { open } = assigned(records, { 'location.1': 'n7' }, '', fresh('n0', 'n1'), 1)
    expect(open).toEqual(['location.1', 'proposal.2'])
    expect(assigned(records, { 'location.1': stays }, 'n0', fresh('n0', 'n1'), 1).open).toEqual([
      'location.1',
    ])
  })

  test('a renamed office keeps all but its access', () => {
    const { to } = assigned(records, {}, '', fresh('n0'), 1)
    expect([...to.values()]).toEqual(['n0', 'n0', 'n0', stays])
  })

  test('whatever is chosen, a record has one place or is open, never both, and none is invented', () => {
    let seed = 17
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % n
    }
    for (let round = 0; round < 500; round += 1) {
      const some = Array.from({ length: random(40) }, (_, at) =>
        record(`${handedKinds[random(handedKinds.length)]}.${at}`),
      )
      const heirs = fresh(...Array.from({ length: 1 + random(4) }, (_, at) => `n${at}`))
      const words = ['', stays, 'n0', 'n1', 'n9', 'o3']
      const choices = Object.fromEntries(
        some
          .filter(() => random(2) === 0)
          .map(({ key }) => [key, words[random(words.length)] ?? '']),
      )
      const rest = ['', 'n0', 'n9'][random(3)] ?? ''
      const { to, open } = assigned(some, choices, rest, heirs, 1 + random(2))
      expect([...to.keys(), ...open].sort()).toEqual(some.map(({ key }) => key).sort())
      for (const [key, place] of to) {
        const ok = heirs.some((heir) => heir.key === place) || place === stays
        expect(ok && (place !== stays || mayStay(record(key).kind))).toBe(true)
      }
    }
  })
})

describe('names and days', () => {
  test('an office keeps its name, or gets that of where it came from', () => {
    const taken = new Set(['kantor induk', 'gudang', 'gudang perindag'])
    expect(freeName('Pasar Baru', 'Perindag', taken, fold, 160)).toBe('Pasar Baru')
    expect(freeName('Kantor Induk', 'Perindag', taken, fold, 160)).toBe('Kantor Induk (Perindag)')
    expect(freeName('Gudang', 'Perindag', taken, fold, 160)).toBe('Gudang (Perindag 2)')
    expect(freeName('Kantor Induk', 'Perindag', taken, fold, 20)).toHaveLength(20)
  })

  test('the day before the first of a month and of a year', () => {
    expect(dayBefore('2018-03-01')).toBe('2018-02-28')
    expect(dayBefore('2017-01-01')).toBe('2016-12-31')
  })
})
