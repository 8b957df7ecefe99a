import { describe, expect, test } from 'vitest'
import { fits, hashPassword, nobody, passwordTrouble } from './passwords.ts'

const own = ['maria.jehadun', 'Kabupaten Manggarai Barat', 'Diskominfo', 'Labuan Bajo']
const troubleOf = (password: string) => passwordTrouble(password, own)?.key

describe('what a password may be', () => {
  test.each(['', 'a', 'pendek', 'sebelasebel', '12345678901'])('%j is too short', (password) =>
    expect(troubleOf(password)).toBe('accounts.error.short'),
  )

  test('128 characters are taken, 129 are not; a character counts once', () => {
    const long = 'gemericik air dan '.repeat(8)
    expect(troubleOf(long.slice(0, 128))).toBeUndefined()
    expect(troubleOf(`${long.slice(0, 128)}x`)).toBe('accounts.error.long')
    expect(troubleOf('🌊'.repeat(11))).toBe('accounts.error.short')
  })

  test.each([
    'passwordpassword',
    'P@ssw0rd2018!',
    'Password12345',
    '123456789012',
    '000000000000',
    'aaaaaaaaaaaa',
    'qwertyuiop123',
    'qwertyqwerty1',
    'indonesia123456',
    'Indonesia2018!',
    'rahasiarahasia',
    'Rahasia123456',
    'katasandi1234',
    'administrator1',
    'admin12345678',
    'iloveyou12345',
    'sayangsayang1',
    'bismillah12345',
    'abcdefghijkl',
    'asdfghjkl1234',
    'qazwsxedc1234',
    'jakarta-jakarta',
    'merdeka171945!',
    'letmein-12345'.replace('letmein', 'welcome'),
  ])('%j is what everybody tries', (password) =>
    expect(troubleOf(password)).toBe('accounts.error.common'),
  )

  test.each([
    'maria.jehadun pagi',
    'MariaJehadun-2018',
    'kantor diskominfo lantai',
    'senja di Labuan Bajo',
    'kopi manggarai hangat',
    'LabuanBajo dan ombak',
  ])('%j holds a name that is known', (password) =>
    expect(troubleOf(password)).toBe('accounts.error.ownWords'),
  )

  test.each([
    'perahu biru tujuh layar',
    'gulai pakis kecombrang',
    'correct horse battery staple',
    'Tj9#kfPq2!vR',
    'hujan turun di lereng',
    '  spasi di depan dan belakang  ',
    'ñandú corría ligero',
  ])('%j is taken', (password) => expect(troubleOf(password)).toBeUndefined())
})

describe('how it is kept', () => {
  test('as argon2id with 19 MiB, two passes, one lane, unchanged in every character', async () => {
    const stored = await hashPassword('  Perahu Biru Tujuh  ')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await fits('  Perahu Biru Tujuh  ', stored)).toBe(true)
    expect(await fits('Perahu Biru Tujuh', stored)).toBe(false)
  })

  test('an account without a password lets nobody in, after the same work', async () => {
    expect(await fits('', null)).toBe(false)
    expect(await fits('perahu biru', null)).toBe(false)
    const stored = await hashPassword('perahu biru')
    const costOf = (text: string) => text.split('$').slice(0, 4)
    expect(costOf(nobody)).toEqual(costOf(stored))
    expect(nobody.length).toBe(stored.length)
  })
})
