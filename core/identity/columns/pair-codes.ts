import { mixHashes } from './hash-text.ts'

/** Codes of pairs of words. */
export type PairCodes = Readonly<{
  /** The code of a pair, given now where it has none: from 1 on, in the order in which they come. */
  codeOf(a: number, b: number): number
  /** The code that the next new pair gets. */
  size(): number
}>

/** Words of a place: both of the pair and its code, 0 where the place is free. */
const PLACE = 3
const FIRST_PLACES = 16

/**
 * An empty table of pairs: a pair and its code lie in one place of memory, in the first free one from that of its hash on; a third of the
 * places stays free.
 *
 * @param expected pairs that it has room for from the start
 *
 * Source: D. Knuth, The Art of Computer Programming 3, 6.4 (linear probing).
 */
export function createPairCodes(expected = 0): PairCodes {
  let places = Math.max(FIRST_PLACES, 2 ** Math.ceil(Math.log2(1.5 * expected + 1)))
  let words = new Uint32Array(PLACE * places)
  let size = 1
  // Places are below their number, a power of two; a free one is always met.
  const placeOf = (a: number, b: number): number => {
    let at = mixHashes(a, b) & (places - 1)
    while (words[PLACE * at + 2] !== 0 && (words[PLACE * at] !== a || words[PLACE * at + 1] !== b))
      at = (at + 1) & (places - 1)
    return PLACE * at
  }
  const put = (at: number, [a, b, code]: readonly [number, number, number]): void => {
    words[at] = a
    words[at + 1] = b
    words[at + 2] = code
  }
  const grow = (): void => {
    const old = words
    places *= 2
    words = new Uint32Array(PLACE * places)
    for (let i = 0; i < old.length; i += PLACE) {
      const [a, b, code] = [old[i] as number, old[i + 1] as number, old[i + 2] as number]
      if (code !== 0) put(placeOf(a, b), [a, b, code])
    }
  }
  return {
    codeOf: (a, b) => {
      const at = placeOf(a, b)
      const known = words[at + 2] as number
      if (known !== 0) return known
      put(at, [a, b, size])
      if (3 * size > 2 * places) grow()
      return size++
    },
    size: () => size,
  }
}
