import { z } from 'zod'
import { day, flag, id, integer, longText, required, text } from '../web/fields.ts'

/** Who uses a link: asked once on every phone. */
export const personForm = z.strictObject({
  name: required(text(120), { key: 'portal.error.name' }),
  position: required(text(120), { key: 'portal.error.position' }),
})
export type PersonInput = z.infer<typeof personForm>

/** The identity of an OPD as far as it answers for it itself. */
export const identityForm = z.strictObject({
  headName: text(120),
  headTitle: text(120),
  contactName: text(120),
  contactTitle: text(120),
  contactPhone: text(30),
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

/** For which OPD links are made; without one for all. */
export const linksForm = z.strictObject({ opdId: id(), due: day(), endOld: flag() })

/** Which phone is ended; without one the whole link. */
export const endForm = z.strictObject({ phone: text(64) })

export const linkSettingsForm = z.strictObject({
  days: required(integer(1, 365)),
  contactName: text(120),
  contactTitle: text(120),
  contactPhone: text(30),
})
