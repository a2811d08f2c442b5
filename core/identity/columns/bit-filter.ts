/** Says of most hashes that were never added that they were not; small enough to lie in a processor's cache. */
export type BitFilter = Readonly<{ add(hash: number): void; mayHave(hash: number): boolean }>

/** Bits per hash: one in eight that was never added falls on one that was. */
const BITS_PER_HASH = 8
const [LEAST_WIDTH, MOST_WIDTH] = [10, 25] as const

/**
 * An empty filter.
 *
 * @param count hashes that may be added
 *
 * Source: B. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13 (1970), with one place per hash.
 */
export function createBitFilter(count: number): BitFilter {
  const width = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, Math.ceil(Math.log2(BITS_PER_HASH * count + 1))))
  const words = new Uint32Array(2 ** (width - 5))
  // Places are below the number of bits.
  return {
    add: hash => {
      const place = hash >>> (32 - width)
      words[place >>> 5] = (words[place >>> 5] as number) | (1 << (place & 31))
    },
    mayHave: hash => {
      const place = hash >>> (32 - width)
      return (((words[place >>> 5] as number) >>> (place & 31)) & 1) === 1
    },
  }
}
