/** The parts of an address of the internet: four octets, or eight groups of 16 bits. */
export type IpAddress = Readonly<{ version: 4 | 6; parts: readonly number[] }>

/**
 * Reads an address of the internet. An IPv4 address mapped into IPv6 (`::ffff:a.b.c.d`) is that IPv4 address; a zone (`%eth0`) is cut.
 *
 * @param address as the data state it
 * @returns null where the text is no address
 */
export function readIpAddress(address: string): IpAddress | null {
  const text = address.trim().toLowerCase()
  const four = octetsOf(text)
  if (four !== null) return { version: 4, parts: four }
  const groups = groupsOf(text.replace(/%.*$/, ''))
  if (groups === null) return null
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  return isMapped ? { version: 4, parts: groups.slice(6).flatMap(octets) } : { version: 6, parts: groups }
}

/**
 * The network of 64 bits that an IPv6 address is in, as text.
 *
 * @param parts groups of the address
 */
export function networkOfSix(parts: readonly number[]): string {
  const groups = parts.slice(0, 4).map(group => group.toString(16))
  return `${groups.join(':')}::/64`
}

function octets(group: number): number[] {
  return [group >> 8, group & 255]
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
