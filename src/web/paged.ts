const pageSize = 50

/** One page of a list that is at hand as a whole; a page beyond the last is the last. */
export function paged<T>(all: readonly T[], asked: number): Paged<T> {
  const pages = Math.max(1, Math.ceil(all.length / pageSize))
  const page = Math.min(asked, pages)
  return { rows: all.slice((page - 1) * pageSize, page * pageSize), page, pages }
}

/** `page` counts from 1. */
export type Paged<T> = { rows: T[]; page: number; pages: number }
