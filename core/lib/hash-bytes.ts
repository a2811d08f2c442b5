const C1 = 0x239b961b
const C2 = 0xab0e9789
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93

/** For n bytes, 0 .. 15, the parts of four words that they fill, at [4n .. 4n + 3]. */
const MASKS = Int32Array.from({ length: 64 }, (_, i) => {
  const bytes = (i >> 2) - 4 * (i & 3)
  if (bytes >= 4) return -1
  return bytes <= 0 ? 0 : (1 << (8 * bytes)) - 1
})

/**
 * 128-bit hash of a run of bytes, for tables and for telling texts apart; no protection against an adversary.
 *
 *   blocks of four little-endian words, the last one filled up with zeros; per word multiply, rotate, multiply, and the
 *   lanes are added round the circle, so that no difference stays in one lane; at the end length, sums and avalanche
 *
 * @param view over the bytes
 * @param start first byte
 * @param end byte after the last; `start === end` is the empty text, which has a hash too
 * @param out receives four words at [at .. at + 3]
 *
 * Source: the construction of MurmurHash3 x86_128 (A. Appleby), here with a filled last block.
 */
export function hashBytes(view: DataView, start: number, end: number, out: Uint32Array, at: number): void {
  let a = 0x2c1b3c6d
  let b = 0x297a2d39
  let c = 0x6a09e667
  let d = 0x3c6ef372
  for (let i = start; i < end; i += 16) {
    let w = 0
    let x = 0
    let y = 0
    let z = 0
    if (end - i >= 16) {
      w = view.getInt32(i, true)
      x = view.getInt32(i + 4, true)
      y = view.getInt32(i + 8, true)
      z = view.getInt32(i + 12, true)
    } else if (i + 16 <= view.byteLength) {
      // Reads beyond the end, within the view, and drops what is not its own.
      const mask = (end - i) << 2
      w = view.getInt32(i, true) & (MASKS[mask] as number)
      x = view.getInt32(i + 4, true) & (MASKS[mask + 1] as number)
      y = view.getInt32(i + 8, true) & (MASKS[mask + 2] as number)
      z = view.getInt32(i + 12, true) & (MASKS[mask + 3] as number)
    } else {
      w = wordAt(view, i, end)
      x = wordAt(view, i + 4, end)
      y = wordAt(view, i + 8, end)
      z = wordAt(view, i + 12, end)
    }
    a ^= Math.imul(rotate(Math.imul(w, C1), 15), C2)
    a = (Math.imul(rotate(a, 19) + b, 5) + 0x561ccd1b) | 0
    b ^= Math.imul(rotate(Math.imul(x, C2), 16), C3)
    b = (Math.imul(rotate(b, 17) + c, 5) + 0x0bcaa747) | 0
    c ^= Math.imul(rotate(Math.imul(y, C3), 17), C4)
    c = (Math.imul(rotate(c, 15) + d, 5) + 0x96cd1c35) | 0
    d ^= Math.imul(rotate(Math.imul(z, C4), 18), C1)
    d = (Math.imul(rotate(d, 13) + a, 5) + 0x32ac3b17) | 0
  }
  const length = end - start
  a ^= length
  b ^= length
  c ^= length
  d ^= length
  a = (a + b + c + d) | 0
  b = avalanche((b + a) | 0)
  c = avalanche((c + a) | 0)
  d = avalanche((d + a) | 0)
  a = (avalanche(a) + b + c + d) | 0
  out[at] = a
  out[at + 1] = b + a
  out[at + 2] = c + a
  out[at + 3] = d + a
}

/** Up to four bytes from `at` on as a little-endian word; bytes from `end` on are zeros. */
function wordAt(view: DataView, at: number, end: number): number {
  const left = end - at
  if (left >= 4) return view.getInt32(at, true)
  if (left <= 0) return 0
  let word = view.getUint8(at)
  if (left > 1) word |= view.getUint8(at + 1) << 8
  if (left > 2) word |= view.getUint8(at + 2) << 16
  return word
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/** Every bit of the word reaches every other one. Source: MurmurHash3 fmix32. */
export function avalanche(word: number): number {
  let mixed = word ^ (word >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
