import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  choices,
  clock,
  day,
  decimal,
  flag,
  id,
  ids,
  integer,
  longText,
  mbps,
  money,
  required,
  text,
} from './fields.ts'
import { parseForm, parseRows } from './form.ts'

const key = { _key: 'abcdefgh12345678' }

/** What a field makes of one typed answer: its value, or the key of its message. */
function read(field: z.ZodType, typed: unknown): unknown {
  const parsed = parseForm(z.strictObject({ it: field }), { ...key, it: typed })
  return parsed.ok ? (parsed.data as { it: unknown }).it : parsed.form.errors.it?.key
}

describe('the kinds of field', () => {
  test.each([
    [text(10), '  Dinas  ', 'Dinas'],
    [text(10), '', null],
    [text(10), 'e\u0301', 'é'],
    [text(10), 'dua\nbaris', 'form.oneLine'],
    [text(10), 'x'.repeat(11), 'form.tooLong'],
    [text(10), 'a\u0000b', 'form.unreadable'],
    [text(10), '\ud800', 'form.unreadable'],
    [text(10), ['a', 'b'], 'form.unreadable'],
    [longText(20), 'satu\r\ndua', 'satu\ndua'],
    [integer(0, 5000), '1.250', 1250],
    [integer(0, 5000), '-1', 'form.tooSmall'],
    [integer(0, 5000), '5001', 'form.tooLarge'],
    [integer(0, 5000), '12,5', 'form.notInteger'],
    [integer(0, 5000), '', null],
    [integer(0, 5000), '1e3', 'form.notInteger'],
    [money(), 'Rp 1.250.000.000', 1_250_000_000],
    [money(), '1250000000', 1_250_000_000],
    [money(), '1.20.000.000', 'form.notMoney'],
    [money(), '-5', 'form.notMoney'],
    [money(), '1.000.000,00', 1_000_000],
    [decimal(0, 100), '12,5', 12.5],
    [decimal(0, 100), '12.5', 12.5],
    [decimal(0, 10_000), '1.250', 'form.twoReadings'],
    [decimal(0, 10_000), '1.250,5', 1250.5],
    [decimal(0, 100), 'Infinity', 'form.notNumber'],
    [mbps(), '2,5', 2500],
    [day(), '14/09/2018', '2018-09-14'],
    [day(), '2018-02-30', 'form.notDay'],
    [day(), '31/12/2018', '2018-12-31'],
    [day(), '29/02/2019', 'form.notDay'],
    [clock(), '9.30', '09:30'],
    [clock(), '24:00', 'form.notClock'],
    [choices('platform'), ['web', 'android', 'web'], ['android', 'web']],
    [choices('platform'), undefined, []],
    [choices('platform'), ['fax'], 'form.notInList'],
    [id(), '7', 7],
    [id(), '0', 'form.notInList'],
    [ids(), ['3', '1', '3'], [1, 3]],
    [flag(), undefined, 0],
    [flag(), '1', 1],
    [required(text(5)), ' ', 'form.required'],
    [required(choices('platform')), [], 'form.required'],
  ])('%# reads %j as %j', (field, typed, expected) => {
    expect(read(field as z.ZodType, typed)).toEqual(expected)
  })

  test('no typed text whatever makes a field throw, and what passes is within its bounds', () => {
    const kinds: z.ZodType[] = [
      text(50),
      longText(50),
      integer(0, 9),
      money(),
      decimal(0, 9),
      day(),
      clock(),
      id(),
      mbps(),
    ]
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.constantFrom(...kinds),
        (typed, field) => {
          const value = read(field, typed)
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
          if (typeof value === 'string' && !value.startsWith('form.'))
            expect(value.length).toBeLessThanOrEqual(50)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('an amount is read back as it was written', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (amount) => {
        const written = new Intl.NumberFormat('id-ID').format(amount)
        expect(read(money(), `Rp ${written}`)).toBe(amount)
      }),
    )
  })
})

describe('a form', () => {
  const schema = z.strictObject({ name: required(text(20)) })

  test('without its retry key is refused as a whole, with what was typed', () => {
    const parsed = parseForm(schema, { name: 'A' })
    expect(parsed).toMatchObject({
      ok: false,
      form: { values: { name: 'A' }, errors: { _form: { key: 'form.stale' } }, status: 422 },
    })
  })

  test('with a field that it does not name is refused', () => {
    expect(parseForm(schema, { ...key, name: 'A', role: 'admin' })).toMatchObject({
      ok: false,
      form: { errors: { _form: { key: 'form.unknownField' } } },
    })
  })

  test('that was never sent is refused like an empty one', () => {
    expect(parseForm(schema, undefined)).toMatchObject({
      ok: false,
      form: { errors: { name: { key: 'form.required' } } },
    })
  })

  test('of rows leaves blank rows out and names a wrong cell by its row', () => {
    const row = z.strictObject({ name: required(text(20)), n: integer(0, 9) })
    const head = z.strictObject({})
    const good = parseRows(head, row, {
      ...key,
      '0.name': 'A',
      '0.n': '',
      '1.name': '',
      '1.n': '',
      '2.name': 'C',
      '2.n': '3',
    })
    expect(good).toMatchObject({
      ok: true,
      data: {
        rows: [
          { at: 0, row: { name: 'A', n: null } },
          { at: 2, row: { name: 'C', n: 3 } },
        ],
      },
    })
    const bad = parseRows(head, row, {
      ...key,
      '0.name': 'A',
      '0.n': '99',
      '1.name': '',
      '1.n': '5',
    })
    expect(bad).toMatchObject({
      ok: false,
      form: {
        errors: { '0.n': { key: 'form.tooLarge' }, '1.name': { key: 'form.required' } },
        values: { '0.n': '99' },
      },
    })
  })
})
