/** 64-bit hashes. The construction is that of the XXH64 tail (Y. Collet), ended with the 64-bit mixer of MurmurHash3. */

const P1: u64 = 0x9e3779b185ebca87
const P2: u64 = 0xc2b2ae3d27d4eb4f
const P4: u64 = 0x85ebca77c2b2ae63
const SEED: u64 = 0x27d4eb2f165667c5
/** Bytes of a short text: with its length it fills a vector. */
export const SHORT: i32 = 15
/** For each length up to 15: its bytes, and the length in the last one. */
const MASKS: usize = memory.data(512, 16)

for (let length: usize = 0; length < 16; length++) {
  memory.fill(MASKS + (length << 5), 0, 32)
  memory.fill(MASKS + (length << 5), 255, length)
  store<u8>(MASKS + (length << 5), <u8>length, 31)
}

/** The hash so far with one more word. */
export function mixed(hash: u64, word: u64): u64 {
  return rotl<u64>(hash ^ (rotl<u64>(word * P2, 31) * P1), 27) * P1 + P4
}

export function begun(length: i32): u64 {
  return SEED ^ (<u64>length * P2)
}

export function finished(hash: u64): u64 {
  let h = hash
  h ^= h >> 33
  h *= 0xff51afd7ed558ccd
  h ^= h >> 33
  h *= 0xc4ceb9fe1a85ec53
  return h ^ (h >> 33)
}

/** A short text and its length in one vector. Reads up to 15 bytes beyond. */
export function shortKey(at: usize, length: i32): v128 {
  const mask = MASKS + ((<usize>length) << 5)
  return v128.or(v128.and(v128.load(at), v128.load(mask)), v128.load(mask, 16))
}

/** The hash and the length of a longer text in one vector: that of no short one, and perhaps that of another long one. */
export function longKey(hash: u64, length: i32): v128 {
  return i64x2.replace_lane(i64x2.splat(hash), 1, 0xff00000000000000 | <u64>length)
}

/** The hash of a short text. */
export function hashKey(key: v128): u64 {
  const head = i64x2.extract_lane(key, 0) * P2
  const tail = rotl<u64>(i64x2.extract_lane(key, 1) * P1, 31) * P2
  return finished(((SEED ^ head ^ (head >> 29)) * P1) ^ tail)
}

/** A short text by its key; others eight bytes at a time, the last ones filled up with zeros, begun with the length. */
export function hashText(at: usize, length: i32): u64 {
  if (length <= SHORT) return hashKey(shortKey(at, length))
  let hash = begun(length)
  let left = length
  let from = at
  while (left > 8) {
    hash = mixed(hash, load<u64>(from))
    from += 8
    left -= 8
  }
  return finished(mixed(hash, load<u64>(from) & (<u64>-1 >> (64 - ((<u64>left) << 3)))))
}

/** Of a UUID as sixteen bytes. */
export function hashUuid(at: usize): u64 {
  return finished(mixed(mixed(begun(36), load<u64>(at)), load<u64>(at, 8)))
}
