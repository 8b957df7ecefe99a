import type { proposals as source } from '../id/proposals.ts'

export const proposals: Record<keyof typeof source, string> = {}
