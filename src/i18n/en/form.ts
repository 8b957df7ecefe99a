import type { form as source } from '../id/form.ts'

export const form: Record<keyof typeof source, string> = {
  'form.required': 'This needs an answer.',
  'form.unreadable': 'This cannot be read. Type it again without special characters.',
  'form.unknownField': 'The form holds a field that is not known. Reload the page and try again.',
  'form.stale': 'This form is not complete. Reload the page and send it again.',
  'form.oneLine': 'Write this on one line.',
  'form.tooLong': 'Too long: {n} characters, at most {max}.',
  'form.notInteger': '“{typed}” is not a whole number. Write the figure alone, for example 120.',
  'form.notNumber': '“{typed}” is not a number. Write the figure alone, for example 12,5.',
  'form.twoReadings':
    '“{typed}” can be read in two ways. Write thousands without a point, decimals with a comma.',
  'form.notMoney': '“{typed}” cannot be read. Write the figure alone, for example 120000000.',
  'form.tooSmall': 'At least {min}.',
  'form.tooLarge': 'At most {max}.',
  'form.notDay': '“{typed}” is not a date. Write it as 14/09/2018.',
  'form.dayToCome': 'This day has not come yet. Enter the day of the data, today at the latest.',
  'form.notClock': '“{typed}” is not a time. Write it as 09.30.',
  'form.notInList': 'Choose an answer from the list.',
  'form.taken': 'Already in use. Choose another.',
  'form.conflict':
    '{name} changed this {at}. Yours: {mine}. Stored: {stored}. Choose one and save again.',
  'form.empty': '(empty)',
  'form.changedMeanwhile': 'Somebody has just changed this. Reload the page and try again.',
  'form.removedMeanwhile': 'This has been removed.',
  'form.keyReused':
    'This form was already sent with other contents. Reload the page and try again.',
  'form.full':
    'The disk of the computer that runs Rancang is full. Tell its operator; save again once there is room.',
  'form.ended':
    '{name} has ended and is continued by {successors}. Record and change its data there.',
  'form.ended.nobody': '{name} has ended; nothing more is recorded for it.',
  'form.counted': '{noun} ({n})',
  'form.counted.other': 'other records',
  'form.removal.goes': 'Removed with it',
  'form.removal.stays': 'Stays, only no longer linked to it',
  'form.removal.hangs': 'What hangs on it',
  'form.removal.none': 'Nothing',
  'form.removal.back': 'To take it back',
  'form.removal.restorable': 'It is kept in the history and can be restored from',
  'form.removal.final': 'It is kept in the history, but cannot be restored from there',
  'form.hanging': 'It cannot be removed yet, because these still use it: {list}.',
  'form.hanging.clear':
    'It cannot be removed yet. First remove what still uses it, or let go of it there:',
  'form.hanging.more': 'and {n} more',
  'form.hanging.unseen':
    'records that you cannot see, of other OPD or of the office: ask the office for help',
  'form.stillUsed': 'It cannot be removed yet: other records use it.',
  'form.saved': 'Saved.',
  'form.savedNamed': 'Saved: {name}.',
  'form.nothingChanged': 'Nothing changed.',
  'form.removed': 'Removed.',
  'form.removed.back': 'Restore',
}
