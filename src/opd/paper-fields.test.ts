import { expect, test } from 'vitest'
import { records, untold } from '../web/record-fields.ts'
import { askedOnPaper } from './paper-fields.ts'

/** What no OPD is asked on paper, with the reason. */
const left: Record<string, Record<string, string>> = {
  location: {},
  internetAccess: {},
  application: {},
  proposal: {
    dutyText: 'stands where the duty does',
    costUnknown: 'an empty cost says it, or a word',
    cameBy: 'it came by this paper',
    state: 'moves by rules',
    stateNote: 'moves by rules',
    reviewResult: 'the office reviews',
    reviewNote: 'the office reviews',
    reviewWay: 'the office reviews',
    mergedIntoId: 'the office merges',
    number: 'is given once',
    submittedAt: 'is given once',
  },
  infrastructureNeed: {
    costUnknown: 'an empty cost says it, or a word',
    state: 'the office plans',
    proposals: 'the office says what waits',
  },
}
/** Whose paper it is, and what the program keeps for itself. */
const given = ['opdId', 'fgdSessionId', 'source', 'sourceCode', ...untold]

test.each(Object.entries(askedOnPaper))(
  '%s: the paper asks what the forms ask',
  (entity, lines) => {
    const asked = lines.flat()
    const fields = Object.entries(records[entity]?.fields ?? {})
    const excused = left[entity] ?? {}
    const missing = fields
      .filter(([name, told]) => told && !asked.includes(name))
      .map(([name]) => name)
      .filter((name) => !(name in excused) && !given.includes(name))
    expect(missing).toEqual([])
    expect(asked.filter((name) => !records[entity]?.fields[name])).toEqual([])
    expect(Object.keys(excused).filter((name) => asked.includes(name))).toEqual([])
  },
)
