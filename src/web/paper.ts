import { namedPicture, type Picture } from '../domain/picture.ts'
import { formatFor } from '../i18n/format.ts'
import { translator } from '../i18n/translate.ts'
import type { Site } from './site.ts'

export type PaperSize = 'A4' | 'F4'

/** What stands above every paper. */
export type Letterhead = {
  name: string
  officeName: string
  address: string | null
  emblem: Picture | undefined
}

type Written = {
  name: string
  officeName: string
  address: string | null
  emblem?: string | null | undefined
}

/** The letterhead of a government as it is stored, or as a closed record keeps it. */
export function letterheadOf(government: Written | undefined): Letterhead {
  const { name = '', officeName = '', address = null, emblem } = government ?? {}
  return { name, officeName, address, emblem: namedPicture(emblem) }
}

/**
 * The words of a paper: an official paper is Indonesian whatever the language of the screen. Views
 * use `t` and `format` of it instead of those of the page.
 */
export function paperWords(site: Pick<Site, 'officeShort' | 'headTitle' | 'timeZone'>) {
  const t = translator('id', { dinas: site.officeShort, kepala_daerah: site.headTitle })
  return { t, label: t.label, format: formatFor('id', site.timeZone) }
}
export type PaperWords = ReturnType<typeof paperWords>

/** Who signs a paper: the office as it is held, and what is known of the person. */
export type Signer = {
  office: string
  name: string | null
  rank: string | null
  nip: string | null
}

type Signing = { office: string; holdsAs: string } & Partial<Signer>

/** The signatory as a paper names them: "Plt. Kepala Dinas …"; without one, an empty line. */
export function signerOf(signing: Signing | undefined, { label }: PaperWords): Signer {
  const { office = '', holdsAs = 'definitif', name = null, rank = null, nip = null } = signing ?? {}
  const held = label('holdsAs', holdsAs === 'definitif' ? null : holdsAs)
  return { office: [held, office].filter(Boolean).join(' '), name, rank, nip }
}

export function paperSize(paper: string | undefined): PaperSize {
  return paper === 'F4' ? 'F4' : 'A4'
}

/** A text as a string of a stylesheet; whatever is no plain letter or digit is written by its code. */
export function cssString(text: string): string {
  const escaped = [...text].map((sign) =>
    /[A-Za-z0-9 ]/.test(sign) ? sign : `\\${sign.codePointAt(0)?.toString(16)} `,
  )
  return `"${escaped.join('')}"`
}
