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

/**
 * Columns sorted by one of them, equal keys in their given order. The rows themselves are moved, so that what is read next lies beside what
 * was read: for many rows of few columns faster than an order.
 *
 * @param columns of one length, one word per row; they stay as they are
 * @param key place of the column to sort by
 * @returns new columns, the given ones where all keys are 0
 *
 * Source: D. Knuth, The Art of Computer Programming 3, 5.2.5 (radix sorting).
 */
export function sortedColumns<T extends readonly Uint32Array[]>(columns: T, key: keyof T & number): T {
  let highest = 0
  const keys = columns[key] as Uint32Array
  for (let i = 0; i < keys.length; i++) highest = Math.max(highest, keys[i] as number) // i < length
  const places = new Uint32Array(keys.length)
  let [from, room]: [readonly Uint32Array[], Uint32Array[] | null] = [columns, null]
  for (let shift = 0; shift < 32 && highest >>> shift > 0; shift += DIGIT_BITS) {
    if (!placeByDigit(from[key] as Uint32Array, places, shift)) continue
    const to = room ?? columns.map(column => new Uint32Array(column.length))
    from.forEach((column, i) => void moveTo(places, column, to[i] as Uint32Array))
    room = from === columns ? null : (from as Uint32Array[])
    from = to
  }
  return from as unknown as T // as many columns
}

function moveTo(places: Uint32Array, from: Uint32Array, to: Uint32Array): void {
  for (let i = 0; i < places.length; i++) to[places[i] as number] = from[i] as number // a permutation
}

/** Where each row goes in one stable pass; false where all have one digit, so that nothing moves. */
function placeByDigit(keys: Uint32Array, places: Uint32Array, shift: number): boolean {
  const starts = digitStarts(keys, shift)
  if (starts === null) return false
  // Every index is below the length of its array: digits are masked.
  for (let i = 0; i < keys.length; i++) {
    const digit = ((keys[i] as number) >>> shift) & (DIGITS - 1)
    const at = starts[digit] as number
    places[i] = at
    starts[digit] = at + 1
  }
  return true
}

/** One stable pass; false where all entries have one digit, so that nothing moves. */
function sortByDigit(keys: Uint32Array, order: Uint32Array, room: Uint32Array, shift: number): boolean {
  const starts = digitStarts(keys, shift)
  if (starts === null) return false
  // Every index is below the length of its array: digits are masked, orders are permutations.
  for (let i = 0; i < order.length; i++) {
    const entry = order[i] as number
    const digit = ((keys[entry] as number) >>> shift) & (DIGITS - 1)
    room[starts[digit] as number] = entry
    starts[digit] = (starts[digit] as number) + 1
  }
  return true
}

/** Place of the first key of each digit; null where all have one digit. */
function digitStarts(keys: Uint32Array, shift: number): Uint32Array | null {
  const starts = new Uint32Array(DIGITS + 1)
  // Every index is below the length of its array: digits are masked.
  for (let i = 0; i < keys.length; i++) {
    const digit = ((keys[i] as number) >>> shift) & (DIGITS - 1)
    starts[digit + 1] = (starts[digit + 1] as number) + 1
  }
  if (starts.includes(keys.length)) return null
  for (let digit = 0; digit < DIGITS; digit++)
    starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number)
  return starts
}

function inOrder(length: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(length)
  for (let i = 0; i < length; i++) order[i] = i
  return order
}
