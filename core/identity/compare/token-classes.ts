import { bitCount, isOneEditApart, jaroWinkler } from './similarity.ts'

/** How alike two words of a name are, in rising order. */
export const TOKENS = { missing: 0, different: 1, initial: 2, alike: 3, similar: 4, nickname: 5, same: 6 } as const

const SIMILAR = 0.92
const ALIKE = 0.85
const LEAST_FOR_EDIT = 4
/** Memory for pairs of words, as a power of two: that of few words is small, so that comparing a handful costs little. */
const MOST_SLOT_BITS = 16

/**
 * Classes of pairs of words. A bound from lengths and letters turns most pairs away; the others are remembered in a memory of
 * fixed size, since in one block the same pairs come again and again.
 *
 * @param texts words by code
 * @param isNickname may one stand for the other?
 *
 * Source: docs/methods/identity.md, "Similarity".
 */
export function tokenClasses(
  texts: readonly string[],
  isNickname: (a: number, b: number) => boolean,
): (a: number, b: number) => number {
  const slotBits = Math.min(MOST_SLOT_BITS, 2 * Math.ceil(Math.log2(texts.length + 1)))
  const slots = 1 << slotBits
  const [lefts, rights] = [new Uint32Array(slots), new Uint32Array(slots)]
  const classes = new Uint8Array(slots)
  const letters = Uint32Array.from(texts, lettersOf)
  const lengths = Uint16Array.from(texts, text => text.length)
  // Codes lie within the texts, slots within the memory.
  const isFar = (a: number, b: number): boolean => {
    const [m, n] = [lengths[a] as number, lengths[b] as number]
    if (m === 1 || n === 1) return false
    const [x, y] = [letters[a] as number, letters[b] as number]
    const shared = Math.min(m - bitCount(x & ~y), n - bitCount(y & ~x))
    const jaro = (shared / m + shared / n + 1) / 3
    return jaro + 0.4 * (1 - jaro) < ALIKE
  }
  const remembered = (low: number, high: number): number => {
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - slotBits)
    if (lefts[slot] === low && rights[slot] === high) return classes[slot] as number
    const found = isNickname(low, high) ? TOKENS.nickname : classOf(texts[low] ?? '', texts[high] ?? '')
    lefts[slot] = low
    rights[slot] = high
    classes[slot] = found
    return found
  }
  return (a, b) => {
    if (a === 0 || b === 0) return TOKENS.missing
    if (a === b) return TOKENS.same
    if (isFar(a, b)) return isNickname(a, b) ? TOKENS.nickname : TOKENS.different
    return a < b ? remembered(a, b) : remembered(b, a)
  }
}

/** Letters of a word as bits; other scripts fold onto the same 32. */
function lettersOf(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31)
  return bits
}

function classOf(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 1) return long.startsWith(short) ? TOKENS.initial : TOKENS.different
  if (short.length >= LEAST_FOR_EDIT && (long.startsWith(short) || isOneEditApart(a, b))) return TOKENS.similar
  const similarity = jaroWinkler(a, b, ALIKE)
  if (similarity >= SIMILAR) return TOKENS.similar
  return similarity >= ALIKE ? TOKENS.alike : TOKENS.different
}
