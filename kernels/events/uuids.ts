const DASH: u8 = 45

/**
 * Packs the 36 bytes of a lower-case UUID into 16.
 *
 * @returns false where they are none; the target is then not defined
 */
export function packUuid(at: usize, target: usize): bool {
  const dashes =
    (load<u8>(at, 8) ^ DASH) | (load<u8>(at, 13) ^ DASH) | (load<u8>(at, 18) ^ DASH) | (load<u8>(at, 23) ^ DASH)
  // Sixteen digits each: bytes 0 to 7, 9 to 12, 14 to 17; then 19 to 22, 24 to 35.
  const head = v128.load(at)
  const middle = v128.load(at, 14)
  const tail = v128.load(at, 20)
  const first = i8x16.shuffle(head, middle, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 16, 17, 18, 19)
  const second = i8x16.shuffle(middle, tail, 5, 6, 7, 8, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)
  const low = nibbles(first)
  const high = nibbles(second)
  const digits = i8x16.narrow_i16x8_u(pairs(low), pairs(high))
  v128.store(target, digits)
  const isText = v128.and(i8x16.eq(letters(low), first), i8x16.eq(letters(high), second))
  return dashes === 0 && i8x16.all_true(isText)
}

/** Values of digits; of other bytes something whose letter is another. */
function nibbles(bytes: v128): v128 {
  const isLetter = i8x16.gt_u(bytes, i8x16.splat(57))
  const value = i8x16.sub(bytes, i8x16.splat(48))
  return v128.and(i8x16.sub(value, v128.and(isLetter, i8x16.splat(39))), i8x16.splat(15))
}

/** Lower-case digits of values below 16. */
function letters(values: v128): v128 {
  const isLetter = i8x16.gt_u(values, i8x16.splat(9))
  return i8x16.add(i8x16.add(values, i8x16.splat(48)), v128.and(isLetter, i8x16.splat(39)))
}

/** Two digits of a byte each, the first one the upper, as 16-bit lanes. */
function pairs(values: v128): v128 {
  const upper = v128.and(i16x8.shl(values, 4), i16x8.splat(0xf0))
  return v128.or(upper, i16x8.shr_u(values, 8))
}

/** Writes the 36 bytes of a packed UUID. */
export function unpackUuid(at: usize, target: usize): void {
  let to = target
  for (let i: usize = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) store<u8>(to++, DASH)
    const byte = load<u8>(at + i)
    store<u8>(to++, hex(byte >> 4))
    store<u8>(to++, hex(byte & 15))
  }
}

function hex(value: u8): u8 {
  return value < 10 ? value + 48 : value + 87
}
