import { networkOfSix, readIpAddress } from '#lib/ip-address'

/**
 * The network of an address: the /24 of an IPv4 address, the /64 of an IPv6 address, as text. An IPv4 address mapped into
 * IPv6 (`::ffff:a.b.c.d`) counts as IPv4.
 *
 * @returns null where the text is no address
 *
 * Source: docs/methods/features.md, "Anomalies".
 */
export function networkOf(address: string): string | null {
  const found = readIpAddress(address)
  if (found === null) return null
  return found.version === 4 ? `${found.parts.slice(0, 3).join('.')}.0/24` : networkOfSix(found.parts)
}
