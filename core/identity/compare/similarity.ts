/** Where each character stands in the shorter text, as bits; only what the text at hand set is ever non-zero. */
const PLACES = new Uint32Array(1 << 16)
const MOST_BITS = 32
const PREFIX_WEIGHT = 0.1
const MOST_PREFIX = 4
const LEAST_FOR_PREFIX = 0.7

/**
 * Jaro-Winkler similarity of two texts, or 0 where it is certainly below a bound.
 *
 *   jaro = (m/|a| + m/|b| + (m - t)/m) / 3;  similarity = jaro + 0.1 * prefix * (1 - jaro) where jaro > 0.7
 *
 * m characters agree within half the longer length, 2t of them in another order. Bit-parallel: the free places of a character
 * within the window are one machine word. An upper bound from lengths and prefix is looked at before.
 *
 * @param a folded text; its first 32 UTF-16 units are looked at
 * @param b folded text, likewise
 * @param least similarity below which 0 may be returned, 0..1
 * @returns 0..1; two empty texts are 0
 *
 * Source: W. Winkler, String comparator metrics, ASA 1990; docs/methods/identity.md, "Similarity".
 */
export function jaroWinkler(a: string, b: string, least = 0): number {
  if (a === b) return a === '' ? 0 : 1
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const m = Math.min(short.length, MOST_BITS)
  const n = Math.min(long.length, MOST_BITS)
  if (m === 0) return 0
  let prefix = 0
  while (prefix < MOST_PREFIX && prefix < m && short.charCodeAt(prefix) === long.charCodeAt(prefix)) prefix++
  if (winkler((2 + m / n) / 3, prefix) < least) return 0
  const jaro = jaroOf(short, long, m, n)
  const similarity = winkler(jaro, prefix)
  return similarity >= least ? similarity : 0
}

function winkler(jaro: number, prefix: number): number {
  return jaro > LEAST_FOR_PREFIX ? jaro + PREFIX_WEIGHT * prefix * (1 - jaro) : jaro
}

function jaroOf(short: string, long: string, m: number, n: number): number {
  for (let i = 0; i < m; i++) {
    const code = short.charCodeAt(i)
    PLACES[code] = (PLACES[code] as number) | (1 << i) // the table has a place for every UTF-16 unit
  }
  const reach = Math.max(0, (n >> 1) - 1)
  let taken = 0
  let matched = 0
  for (let j = 0; j < n; j++) {
    const free = (PLACES[long.charCodeAt(j)] as number) & windowOf(j, reach) & ~taken
    if (free === 0) continue
    taken |= free & -free
    matched |= 1 << j
  }
  for (let i = 0; i < m; i++) PLACES[short.charCodeAt(i)] = 0
  const count = bitCount(taken)
  if (count === 0) return 0
  return (count / m + count / n + (count - halfSwapped(short, long, taken, matched) / 2) / count) / 3
}

/** Bits from j - reach to j + reach. */
function windowOf(j: number, reach: number): number {
  const from = j - reach
  const upTo = j + reach
  const low = from <= 0 ? -1 : -1 << from
  return upTo >= MOST_BITS - 1 ? low : low & ((2 << upTo) - 1)
}

/** Places at which the matched characters of both texts, each in its own order, differ. */
function halfSwapped(short: string, long: string, taken: number, matched: number): number {
  let differing = 0
  let left = taken
  let right = matched
  while (left !== 0) {
    const i = 31 - Math.clz32(left & -left)
    const j = 31 - Math.clz32(right & -right)
    if (short.charCodeAt(i) !== long.charCodeAt(j)) differing++
    left &= left - 1
    right &= right - 1
  }
  return differing
}

/** Number of bits that are set. */
export function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/**
 * Are two texts the same but for one character too many, one other, or two neighbours swapped?
 *
 * @param a any text
 * @param b any text; equal texts are not apart
 *
 * Source: F. Damerau, CACM 7 (1964), with the distance 1 only.
 */
export function isOneEditApart(a: string, b: string): boolean {
  const [m, n] = [a.length, b.length]
  if (m - n > 1 || n - m > 1) return false
  const shorter = Math.min(m, n)
  let start = 0
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let end = 0
  while (end < shorter - start && a.charCodeAt(m - 1 - end) === b.charCodeAt(n - 1 - end)) end++
  const [left, right] = [m - start - end, n - start - end]
  if (left + right === 0) return false
  if (left <= 1 && right <= 1) return true
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
}
