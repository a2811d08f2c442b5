import { avalanche } from '#lib/hash-bytes'

/** Values behind 32-bit keys, several behind one key where they were added so; both are above 0. */
export type WordTable = Readonly<{
  /** The first value behind a key, 0 where there is none. */
  first(key: number): number
  /** The next value behind the key that was last asked for, 0 where there is no more. */
  next(): number
  /** Reads the place of a key that will be asked for: what is read for many keys first is waited for at one time. What it gives says nothing. */
  touch(key: number): number
  /** Adds a value behind the others of its key. */
  add(key: number, value: number): void
}>

const FIRST_SLOTS = 16

/**
 * An empty table: keys and values side by side, each in the first free place from that of its key on; half of the places stay free.
 *
 * @param expected values that it has room for from the start
 *
 * Source: D. Knuth, The Art of Computer Programming 3, 6.4 (linear probing).
 */
export function createWordTable(expected = 0): WordTable {
  let slots = Math.max(FIRST_SLOTS, 2 ** Math.ceil(Math.log2(2 * expected + 1)))
  let words = new Uint32Array(2 * slots)
  let size = 0
  let [wanted, at] = [0, 0]
  // Slots are below their number, a power of two; a free one is always met.
  const from = (slot: number): number => {
    for (at = slot; ; at = (at + 1) & (slots - 1)) {
      const key = words[2 * at]
      if (key === wanted) return words[2 * at + 1] as number
      if (key === 0) return 0
    }
  }
  const put = (key: number, value: number): void => {
    let slot = avalanche(key) & (slots - 1)
    while (words[2 * slot] !== 0) slot = (slot + 1) & (slots - 1)
    words[2 * slot] = key
    words[2 * slot + 1] = value
  }
  const grow = (): void => {
    const old = words
    slots *= 2
    words = new Uint32Array(2 * slots)
    // From a free place on, so that values behind one key keep their order where they go round the end.
    let start = 0
    while (old[start] !== 0) start += 2
    for (let i = 0; i < old.length; i += 2) {
      const place = (start + i) & (old.length - 1)
      if (old[place] !== 0) put(old[place] as number, old[place + 1] as number)
    }
  }
  return {
    first: key => {
      wanted = key
      return from(avalanche(key) & (slots - 1))
    },
    next: () => from((at + 1) & (slots - 1)),
    touch: key => words[2 * (avalanche(key) & (slots - 1))] as number,
    add: (key, value) => {
      if (2 * (size + 1) > slots) grow()
      put(key, value)
      size++
    },
  }
}
