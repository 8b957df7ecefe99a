import type { FastifyRequest } from 'fastify'
import { type Format, formatFor } from '../i18n/format.ts'
import { type Translate, translator } from '../i18n/translate.ts'

/** The language of one reader: texts, and how figures and times are written. */
export type Say = { t: Translate; format: Format }

export function sayOf({ locale, site }: Pick<FastifyRequest, 'locale' | 'site'>): Say {
  return {
    t: translator(locale, { dinas: site.officeShort, kepala_daerah: site.headTitle }),
    format: formatFor(locale, site.timeZone),
  }
}
