export const roadmap = {} as const
