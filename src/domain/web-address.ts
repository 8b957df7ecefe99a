/**
 * A typed web address as a link may carry it: http or https with a host, without a user name or a
 * password; undefined for anything else, which is shown as text only.
 */
export function safeAddress(text: string | null | undefined): string | undefined {
  if (!text || !/^https?:\/\/[^\s\p{C}"'<>\\]+$/iu.test(text)) return undefined
  try {
    const url = new URL(text)
    const plain = url.username === '' && url.password === '' && url.hostname !== ''
    return plain ? url.href : undefined
  } catch {
    return undefined
  }
}
