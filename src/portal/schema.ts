import { z } from 'zod'
import { addIssue, day, flag, id, integer, longText, required, text } from '../web/fields.ts'

/** Who uses a link: asked once on every phone. */
export const personForm = z.strictObject({
  name: required(text(120), { key: 'portal.error.name' }),
  position: required(text(120), { key: 'portal.error.position' }),
})
export type PersonInput = z.infer<typeof personForm>

/** The identity of an OPD as far as it answers for it itself. */
export const identityForm = z
  .strictObject({
    headName: text(120),
    headTitle: text(120),
    contactName: text(120),
    contactTitle: text(120),
    contactPhone: text(30),
  })
  .superRefine(({ headName, contactName }, ctx) => {
    if (!headName && !contactName) addIssue(ctx, 'headName', { key: 'portal.error.identity' })
  })

/** A duty an OPD names; whether it stands in the regulation is for the office to say. */
export const ownDutyForm = z.strictObject({
  text: required(longText(1000), { key: 'opd.error.duty' }),
  legalBasis: text(200),
})

export const sameParts = ['people', 'internet', 'devices'] as const
export type SamePart = (typeof sameParts)[number]

/** What was recorded on an earlier day is still right today. */
export const sameForm = z.strictObject({ part: z.enum(sameParts), locationId: id() })

/** "None" as an answer, or taking it back. */
export const noneForm = z.strictObject({
  part: z.enum(['applications', 'proposals']),
  say: z.enum(['none', 'back']),
})

/** An OPD's word that its data are right; a phone of a link has said already who speaks. */
export const confirmForm = z.strictObject({
  name: text(120),
  position: text(120),
  note: longText(1000),
})

/** For which OPD links are made: `all`, or the id of one. */
export const linksForm = z.strictObject({
  opdId: z.union([z.literal('all').transform(() => null), required(id())]),
  due: day(),
  endOld: flag(),
})

/** What is ended: the whole link, or one of its phones. */
export const endForm = z.union([
  z.strictObject({ what: z.literal('link') }),
  z.strictObject({ what: z.literal('phone'), phone: required(text(64)) }),
])

export const linkSettingsForm = z.strictObject({
  days: required(integer(1, 365)),
  contactName: text(120),
  contactTitle: text(120),
  contactPhone: text(30),
})
