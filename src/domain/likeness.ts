/** What is asked about: a proposal with its folded title and the way that was chosen for it. */
export type Likened = {
  id: number
  titleKey: string
  wayNationalId: number | null
  wayApplicationId: number | null
}

type Known<N, A, P> = {
  nationals: readonly N[]
  applications: readonly A[]
  /** Without drafts, and without those merged or withdrawn. */
  proposals: readonly P[]
}

/**
 * What a proposal may be like, by what it says of itself: the application that it names as its way,
 * else one of the same folded name, or a national one whose name stands in its title. Such a
 * likeness asks a person to compare; it settles nothing.
 */
export function likenesses<
  N extends { id: number; nameKey: string },
  A extends { id: number; nameKey: string },
  P extends { id: number; titleKey: string },
>({ nationals, applications, proposals }: Known<N, A, P>) {
  const nationalOf = new Map(nationals.map((each) => [each.id, each]))
  const applicationOf = new Map(applications.map((each) => [each.id, each]))
  const named = new Map(applications.map((each) => [each.nameKey, each]))
  const titled = new Map<string, P[]>()
  for (const each of proposals) {
    titled.set(each.titleKey, [...(titled.get(each.titleKey) ?? []), each])
  }
  return {
    national: ({ wayNationalId, titleKey }: Likened): N | undefined =>
      nationalOf.get(wayNationalId ?? 0) ??
      nationals.find(({ nameKey }) => nameKey !== '' && ` ${titleKey} `.includes(` ${nameKey} `)),
    application: ({ wayApplicationId, titleKey }: Likened): A | undefined =>
      applicationOf.get(wayApplicationId ?? 0) ?? named.get(titleKey),
    proposal: ({ id, titleKey }: Likened): P | undefined =>
      titled.get(titleKey)?.find((each) => each.id !== id),
  }
}

/** Words that say nothing of what an application does. */
const common = new Set(
  'aplikasi sistem informasi layanan pelayanan elektronik digital daring online portal data dan di untuk dari ke yang pada bagi kabupaten kota daerah berbasis android web'.split(
    ' ',
  ),
)

/** The words of a folded title by which others like it may be found, at most six. */
export function tellingWords(titleKey: string): string[] {
  const words = titleKey.split(' ').filter((word) => word.length > 2 && !common.has(word))
  return [...new Set(words)].slice(0, 6)
}
