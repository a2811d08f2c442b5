/** Masks of 64 bytes in four vectors: a bit per byte, the first one lowest. */

/** The highest bits of the bytes. */
export function highBits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(a)) |
    ((<u64>(<u32>i8x16.bitmask(b))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(c))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(d))) << 48)
  )
}

/** Which bytes are this one. */
export function equalBits(a: v128, b: v128, c: v128, d: v128, byte: u8): u64 {
  const wanted = i8x16.splat(byte)
  return highBits(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted))
}

/** The running exclusive-or of the bits: of quotes, what lies in them and the opening ones. */
export function spansOf(bits: u64): u64 {
  let spans = bits
  spans ^= spans << 1
  spans ^= spans << 2
  spans ^= spans << 4
  spans ^= spans << 8
  spans ^= spans << 16
  spans ^= spans << 32
  return spans
}
