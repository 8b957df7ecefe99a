import type { roadmap as source } from '../id/roadmap.ts'

export const roadmap: Record<keyof typeof source, string> = {}
