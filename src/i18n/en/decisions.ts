import type { decisions as source } from '../id/decisions.ts'

export const decisions: Record<keyof typeof source, string> = {}
