import { describe, expect, test } from 'vitest'
import {
  closingTime,
  followUpStateOn,
  mayMoveSession,
  moveNeedsReason,
  opdBeside,
  sessionMovesFrom,
  sessionTakes,
  signingDays,
} from './session.ts'
import { lists } from './words.ts'

describe('the states of a session', () => {
  test('planned, opened, closed, and opened again with a reason', () => {
    expect(sessionMovesFrom('planned')).toEqual(['open', 'postponed', 'cancelled'])
    expect(sessionMovesFrom('open')).toEqual(['closed'])
    expect(sessionMovesFrom('closed')).toEqual(['open'])
    expect(moveNeedsReason('closed', 'open')).toBe(true)
    expect(moveNeedsReason('planned', 'open')).toBe(false)
  })

  test('postponed and cancelled lead back to planned; an open one is only closed', () => {
    expect(sessionMovesFrom('postponed')).toEqual(['planned', 'open', 'cancelled'])
    expect(sessionMovesFrom('cancelled')).toEqual(['planned'])
    expect(mayMoveSession('open', 'cancelled')).toBe(false)
    for (const state of lists.sessionState) expect(mayMoveSession(state, state)).toBe(false)
  })

  test('nothing of a closed or cancelled session changes; minutes need an open one', () => {
    for (const part of ['plan', 'attendance', 'minutes'] as const) {
      expect(sessionTakes('closed', part)).toBe(false)
      expect(sessionTakes('cancelled', part)).toBe(false)
      expect(sessionTakes('open', part)).toBe(true)
    }
    expect(sessionTakes('planned', 'attendance')).toBe(true)
    expect(sessionTakes('planned', 'minutes')).toBe(false)
    expect(sessionTakes('postponed', 'plan')).toBe(true)
    expect(sessionTakes('postponed', 'attendance')).toBe(false)
  })
})

describe('the time at which a meeting ended', () => {
  const dayOf = (instant: string) => instant.slice(0, 10)

  test('is now, unless it is closed again on a later day', () => {
    expect(closingTime('2018-09-14T04:15:00.000Z', null, dayOf)).toBe('2018-09-14T04:15:00.000Z')
    expect(closingTime('2018-09-14T04:15:00.000Z', '2018-09-14T03:00:00.000Z', dayOf)).toBe(
      '2018-09-14T04:15:00.000Z',
    )
    expect(closingTime('2018-09-20T04:15:00.000Z', '2018-09-14T04:15:00.000Z', dayOf)).toBe(
      '2018-09-14T04:15:00.000Z',
    )
  })
})

describe('a follow-up', () => {
  test.each([
    ['open', '2018-09-30', 'open'],
    ['open', '2018-09-14', 'open'],
    ['open', '2018-09-13', 'late'],
    ['doing', '2018-09-13', 'late'],
    ['doing', null, 'doing'],
    ['done', '2018-09-13', 'done'],
  ])('%s, due %s, is %s on 14 September', (state, due, expected) => {
    expect(followUpStateOn('2018-09-14', { state, due })).toBe(expected)
  })
})

test('people sign on each day of a session, once on one that goes over weeks', () => {
  const until = (endsOn: string | null) => signingDays({ heldOn: '2018-09-30', endsOn })
  expect(until(null)).toEqual(['2018-09-30'])
  expect(until('2018-10-01')).toEqual(['2018-09-30', '2018-10-01'])
  expect(until('2018-10-06')).toHaveLength(7)
  expect(until('2019-09-30')).toEqual(['2018-09-30'])
})

test('the OPD beside who does a follow-up is not said twice', () => {
  const opd = { name: 'Dinas Pariwisata dan Kebudayaan', shortName: 'Disparbud' }
  expect(opdBeside('Kepala Bidang', opd)).toBe('Disparbud')
  expect(opdBeside(null, { ...opd, shortName: null })).toBe(opd.name)
  expect(opdBeside('Disparbud bersama Diskominfo', opd)).toBeNull()
  expect(opdBeside(`${opd.name} bersama Diskominfo`, opd)).toBeNull()
  expect(opdBeside('Diskominfo', undefined)).toBeNull()
})
