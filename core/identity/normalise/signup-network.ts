import { networkOfSix, readIpAddress } from '#lib/ip-address'

/** First octets and their number of bits: what is private, of one machine or link, of a provider's own network, in examples, or nobody's. */
const RANGES: readonly (readonly [start: readonly [number, number, number, number], bits: number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
]
/** The same as numbers: an address lies in a range where it is in its place among all of its size. */
const NO_PLACE = RANGES.map(([start, bits]) => {
  const size = 2 ** (32 - bits)
  return { size, place: numberOf(start) / size }
})

/**
 * Where a record was signed up from: the IPv4 address, or the /64 of an IPv6 address, since a household or an office has that.
 *
 * @param address as the data state it; `::ffff:a.b.c.d` is an IPv4 address
 * @returns null where the text is no address, or one that says no place: unspecified, private, loopback, link-local, of a provider's own
 *   network (CGNAT), of documentation and tests, multicast, reserved, and of IPv6 all that is not global unicast
 *
 * Source: docs/methods/identity.md, "Device and network".
 */
export function signupNetwork(address: string): string | null {
  const found = readIpAddress(address)
  if (found === null) return null
  const { version, parts } = found
  if (version === 4) return isNoPlace(numberOf(parts)) ? null : parts.join('.')
  return isGlobal(parts) ? networkOfSix(parts) : null
}

function isNoPlace(address: number): boolean {
  return NO_PLACE.some(({ size, place }) => Math.floor(address / size) === place)
}

function numberOf(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0)
}

/** Of 2000::/3, without documentation (2001:db8::/32, 3fff::/20) and Teredo (2001::/32), whose /64 is that of a relay. */
function isGlobal([first = 0, second = 0]: readonly number[]): boolean {
  if (first >> 13 !== 1) return false
  if (first === 0x2001) return second !== 0 && second !== 0xdb8
  return first !== 0x3fff || second >> 12 !== 0
}
