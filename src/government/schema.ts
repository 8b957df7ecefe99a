import { z } from 'zod'
import { type PictureHead, readPicture } from '../domain/picture.ts'
import type { Code } from '../domain/words.ts'
import type { Message } from '../errors.ts'
import {
  addIssue,
  choice,
  decimal,
  integer,
  longText,
  mbps,
  required,
  text,
} from '../web/fields.ts'
import { Upload } from '../web/upload.ts'

const year = () => required(integer(2000, 2100), { key: 'government.error.year' })

/** What set-up asks of a government, and what is edited later beside the rest. */
export const governmentFields = {
  name: required(text(120), { key: 'government.error.name' }),
  level: required(choice('govLevel'), { key: 'government.error.level' }),
  province: text(80),
  capital: text(80),
  timeZone: required(choice('timeZone'), { key: 'government.error.timeZone' }),
  officeName: required(text(160), { key: 'government.error.officeName' }),
  officeShort: required(text(40), { key: 'government.error.officeShort' }),
  planTitle: required(text(160), { key: 'government.error.planTitle' }),
  yearFrom: year(),
  yearTo: year(),
}

/** The last year of the plan does not come before its first. */
export function sensibleYears(
  plan: { yearFrom: number; yearTo: number },
  ctx: z.RefinementCtx,
): void {
  if (plan.yearTo < plan.yearFrom) addIssue(ctx, 'yearTo', { key: 'government.error.yearTo' })
}

export const governmentForm = z
  .strictObject({
    ...governmentFields,
    headTitle: required(text(60), { key: 'government.error.headTitle' }),
    spbeTerm: required(text(60), { key: 'government.error.spbeTerm' }),
    legalBases: longText(4000),
    address: longText(600),
    paper: required(choice('paper')),
  })
  .superRefine(sensibleYears)
export type GovernmentInput = z.infer<typeof governmentForm>

export const signatoryForm = z
  .strictObject({
    role: required(text(80), { key: 'government.error.role' }),
    name: text(120),
    office: required(text(160), { key: 'government.error.office' }),
    holdsAs: required(choice('holdsAs')),
    rank: text(80),
    nip: text(30),
  })
  .superRefine((signatory, ctx) => {
    if (signatory.nip && !/^\d{18}$/.test(signatory.nip.replaceAll(' ', ''))) {
      addIssue(ctx, 'nip', { key: 'government.error.nip' })
    }
  })
export type SignatoryInput = z.infer<typeof signatoryForm>

/** What is taken as an emblem: bytes of the file, and pixels in width and in height. */
export const emblemLimits = { bytes: 500 * 1024, pixels: 2000 }

export const emblemForm = z.strictObject({
  emblem: z
    .unknown()
    .optional()
    .transform((sent, ctx) => {
      const read = readEmblem(sent)
      if (!('key' in read)) return read
      ctx.addIssue({ code: 'custom', params: read })
      return z.NEVER
    }),
})
export type EmblemInput = PictureHead & { bytes: Uint8Array }

function readEmblem(sent: unknown): EmblemInput | Message {
  if (!(sent instanceof Upload) || sent.bytes.length === 0) {
    return { key: 'government.error.emblem.none' }
  }
  if (!sent.isWhole) return { key: 'government.error.emblem.large' }
  const head = readPicture(sent.bytes)
  if (typeof head === 'string') return { key: `government.error.emblem.${head}` }
  const { width, height } = head
  if (Math.max(width, height) > emblemLimits.pixels) {
    return { key: 'government.error.emblem.pixels', params: { width, height } }
  }
  return { ...head, bytes: sent.bytes }
}

export const standardsForm = z.strictObject({
  kbpsPerUser: aboveZero(required(mbps(10_000))),
  minKbps: aboveZero(required(mbps(100_000))),
  usersPerPc: aboveZero(required(decimal(0, 100))),
})

/** What the head of a region of that level is called. */
export function headTitleOf(level: Code<'govLevel'>): string {
  return { kabupaten: 'Bupati', kota: 'Wali Kota', provinsi: 'Gubernur' }[level]
}

function aboveZero(field: z.ZodType<number>): z.ZodType<number> {
  return field.refine((value) => value > 0, {
    params: { key: 'government.error.aboveZero' },
  })
}
