/**
 * The network of an address: the /24 of an IPv4 address, the /64 of an IPv6 address, as text. An IPv4 address mapped into
 * IPv6 (`::ffff:a.b.c.d`) counts as IPv4.
 *
 * @returns null where the text is no address
 *
 * Source: docs/methods/features.md, "Anomalies".
 */
export function networkOf(address: string): string | null {
  const text = address.trim().toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const four = octetsOf(mapped?.[1] ?? text)
  if (four !== null) return `${four.slice(0, 3).join('.')}.0/24`
  const groups = groupsOf(text.replace(/%.*$/, ''))
  if (groups === null) return null
  if (groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff) {
    const high = groups[6] as number
    return `${high >> 8}.${high & 255}.${(groups[7] as number) >> 8}.0/24`
  }
  return `${groups
    .slice(0, 4)
    .map(group => group.toString(16))
    .join(':')}::/64`
}

function octetsOf(text: string): number[] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^\d{1,3}$/.test(part))) return null
  const octets = parts.map(Number)
  return octets.every(octet => octet <= 255) ? octets : null
}

/** The eight 16-bit groups of an IPv6 address. */
function groupsOf(text: string): number[] | null {
  const halves = withoutDots(text)?.split('::')
  if (halves === undefined || halves.length > 2) return null
  const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...new Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail]
  return groups.every(group => /^[0-9a-f]{1,4}$/.test(group)) ? groups.map(group => Number.parseInt(group, 16)) : null
}

/** An IPv4 tail as two groups. */
function withoutDots(text: string): string | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail === null) return text.includes('.') ? null : text
  const four = octetsOf(tail[2] ?? '')
  if (four === null) return null
  const [a = 0, b = 0, c = 0, d = 0] = four
  return `${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}
