const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS

/**
 * The order in which 32-bit keys ascend, equal ones in their given order.
 *
 * @param keys one per entry
 * @param given an order to start from, which equal keys keep; the order of the entries where none is given
 * @returns places of the entries, by key
 *
 * Source: D. Knuth, The Art of Computer Programming 3, 5.2.5 (radix sorting).
 */
export function radixOrder(keys: Uint32Array, given?: Uint32Array): Uint32Array {
  let order = given?.slice() ?? inOrder(keys.length)
  let room = new Uint32Array(keys.length)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    if (!sortByDigit(keys, order, room, shift)) continue
    const sorted = room
    room = order
    order = sorted
  }
  return order
}

/** One stable pass; false where all entries have one digit, so that nothing moves. */
function sortByDigit(keys: Uint32Array, order: Uint32Array, room: Uint32Array, shift: number): boolean {
  const starts = new Uint32Array(DIGITS + 1)
  // Every index is below the length of its array: digits are masked, orders are permutations.
  for (let i = 0; i < keys.length; i++) {
    const digit = ((keys[i] as number) >>> shift) & (DIGITS - 1)
    starts[digit + 1] = (starts[digit + 1] as number) + 1
  }
  if (starts.includes(keys.length)) return false
  for (let digit = 0; digit < DIGITS; digit++)
    starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number)
  for (let i = 0; i < order.length; i++) {
    const entry = order[i] as number
    const digit = ((keys[entry] as number) >>> shift) & (DIGITS - 1)
    room[starts[digit] as number] = entry
    starts[digit] = (starts[digit] as number) + 1
  }
  return true
}

function inOrder(length: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(length)
  for (let i = 0; i < length; i++) order[i] = i
  return order
}
