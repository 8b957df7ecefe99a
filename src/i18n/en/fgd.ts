import type { fgd as source } from '../id/fgd.ts'

export const fgd: Record<keyof typeof source, string> = {}
