import type { scoring as source } from '../id/scoring.ts'

export const scoring: Record<keyof typeof source, string> = {}
