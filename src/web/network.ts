import { isIPv6 } from 'node:net'

/**
 * The network that one subscriber has, as a name to count by: an IPv4 address alone, also where it is
 * written as IPv6 (`::ffff:10.0.0.7`), and the /64 of an IPv6 address however it is shortened.
 */
export function networkOf(ip: string): string {
  const [address = ''] = ip.toLowerCase().split('%')
  if (!isIPv6(address)) return ip
  const mapped = /^(?:0*:)*:?(?:0+:)*ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)
  if (mapped) return mapped[1] ?? ip
  const [head = '', tail] = address.split('::')
  const first = partsOf(head)
  const last = partsOf(tail ?? '')
  const all =
    tail === undefined ? first : [...first, ...zeros(8 - first.length - last.length), ...last]
  return `${all
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** The groups of sixteen bits; an IPv4 address at the end is two of them. */
function partsOf(text: string): string[] {
  return text === ''
    ? []
    : text.split(':').flatMap((part) => (part.includes('.') ? ['0', '0'] : [part]))
}

function zeros(n: number): string[] {
  return Array.from({ length: n }, () => '0')
}
