/** Bytes beyond one per UTF-16 unit in valid UTF-8 (one for a sequence of two, two for longer ones); -1 where it is not valid. */
export function wideBytes(start: usize, end: usize): i32 {
  let wide = 0
  let at = start
  while (at < end) {
    if (at + 16 <= end && !v128.any_true(v128.and(v128.load(at), i8x16.splat(-128)))) {
      at += 16
      continue
    }
    const lead = load<u8>(at)
    if (lead < 0x80) {
      at++
      continue
    }
    const size = sequenceLength(lead, at + 1 < end ? load<u8>(at, 1) : 0)
    if (size === 0 || at + size > end || !areContinuations(at + 1, at + size)) return -1
    wide += size === 2 ? 1 : 2
    at += size
  }
  return wide
}

function areContinuations(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if ((load<u8>(at) & 0xc0) !== 0x80) return false
  return true
}

/** Length of the sequence that a lead byte opens, 0 where lead and next byte cannot stand together. */
function sequenceLength(lead: u8, next: u8): i32 {
  if (lead < 0xc2 || lead > 0xf4) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return (lead === 0xe0 && next < 0xa0) || (lead === 0xed && next > 0x9f) ? 0 : 3
  return (lead === 0xf0 && next < 0x90) || (lead === 0xf4 && next > 0x8f) ? 0 : 4
}
