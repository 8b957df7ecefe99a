/** `grand-design-manggarai-barat-2018-09-14.xlsx`, in plain letters whatever the name. */
export function fileNameOf(government: string, day: string): string {
  const slug = government
    .normalize('NFKD')
    .replace(/[^\p{ASCII}]/gu, '')
    .toLowerCase()
    .replace(/^(pemerintah\s+)?(kabupaten|kota|provinsi)\s+/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return ['grand-design', slug, day]
    .filter((part) => part !== '')
    .join('-')
    .concat('.xlsx')
}
