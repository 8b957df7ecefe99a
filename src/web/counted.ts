import type { Hanging } from '../db/hanging.ts'
import { midSentence } from '../domain/text.ts'
import type { MessageKey } from '../i18n/translate.ts'
import { records } from './record-fields.ts'
import type { Say } from './say.ts'

/** What is counted under a name of its own, though it is a record of another table or none. */
const others: Record<string, MessageKey> = {
  unit: 'history.noun.unit',
  publicationItem: 'history.noun.publication',
}

/** Counts by kind in words: “3 pendataan perangkat, 1 usulan aplikasi”. */
export function counted({ t, format }: Say, hanging: readonly Hanging[]): string {
  return hanging
    .map(({ entity, ids }) => {
      const noun = others[entity] ?? records[entity]?.noun
      const word = noun ? midSentence(t.message({ key: noun })) : t('form.counted.other')
      return t('form.counted', { n: format.number(ids.length), noun: word })
    })
    .join(', ')
}
