import { z } from 'zod'
import { day, longText, required, text } from '../web/fields.ts'

/** An act of publishing; `digest` says what the planner saw when deciding to. */
export const publishForm = z.strictObject({
  publishedOn: required(day(), { key: 'publications.error.publishedOn' }),
  document: text(200),
  note: longText(1000),
  digest: text(64),
})

/** Taking back what was published, which is an act with a date and a reason, too. */
export const withdrawForm = z.strictObject({
  publishedOn: required(day(), { key: 'publications.error.publishedOn' }),
  document: text(200),
  note: required(longText(1000), { key: 'publications.error.reason' }),
})
