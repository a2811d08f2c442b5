import {
  appendText,
  clearHeap,
  closeHeap,
  HEAP_BYTES,
  heapBytes,
  heapCount,
  heapOffsets,
  openHeap,
} from '../memory/heap'
import { allocate, allocateClear, enlarge, release } from '../memory/memory'
import { hashKey, hashText, longKey, SHORT, shortKey } from './hash'

/**
 * Distinct texts with codes 1, 2, 3 ... in the order they were met. Behind its heap of texts a dictionary has slots and
 * their mask; the key per code, a vector that is the text itself where it is short, and else no more than a sign of it; the hash per code, 0 for code 0; and
 * room for codes. A slot is a code, and above it bits of the upper half of the hash: 2^k slots hold codes below 2^k. Four
 * slots are looked at together.
 */
const SLOTS: usize = HEAP_BYTES
const MASK: usize = HEAP_BYTES + 4
const KEYS: usize = HEAP_BYTES + 8
const HASHES: usize = HEAP_BYTES + 12
const ROOM: usize = HEAP_BYTES + 16
const DICTIONARY_BYTES: usize = HEAP_BYTES + 64
const FIRST_SLOTS: u32 = 256
const FIRST_TEXTS: i32 = 64

export function openDictionary(): usize {
  const dictionary = allocate(DICTIONARY_BYTES)
  openHeap(dictionary, FIRST_TEXTS, 1024)
  store<i32>(dictionary, FIRST_TEXTS, ROOM)
  store<u32>(dictionary, <u32>allocate((<usize>FIRST_TEXTS) << 4), KEYS)
  const hashes = allocate((<usize>FIRST_TEXTS) << 3)
  store<u64>(hashes, 0)
  store<u32>(dictionary, <u32>hashes, HASHES)
  makeSlots(dictionary, FIRST_SLOTS)
  return dictionary
}

export function closeDictionary(dictionary: usize): void {
  const room = <usize>load<u32>(dictionary, ROOM)
  closeHeap(dictionary)
  release(load<u32>(dictionary, SLOTS), (<usize>load<u32>(dictionary, MASK) + 1) << 2)
  release(load<u32>(dictionary, KEYS), room << 4)
  release(load<u32>(dictionary, HASHES), room << 3)
  release(dictionary, DICTIONARY_BYTES)
}

/** Forgets all texts and keeps the room. */
export function clearDictionary(dictionary: usize): void {
  clearHeap(dictionary)
  memory.fill(load<u32>(dictionary, SLOTS), 0, (<usize>load<u32>(dictionary, MASK) + 1) << 2)
}

function makeSlots(dictionary: usize, count: u32): void {
  const slots = allocateClear((<usize>count) << 2)
  store<u32>(dictionary, <u32>slots, SLOTS)
  store<u32>(dictionary, count - 1, MASK)
}

export function slotsOf(dictionary: usize): usize {
  return load<u32>(dictionary, SLOTS)
}

export function maskOf(dictionary: usize): u32 {
  return load<u32>(dictionary, MASK)
}

export function keysOf(dictionary: usize): usize {
  return load<u32>(dictionary, KEYS)
}

export function hashOfCode(dictionary: usize, code: u32): u64 {
  return load<u64>(<usize>load<u32>(dictionary, HASHES) + ((<usize>code) << 3))
}

/** Code of a text whose hash is known, 0 where it is not there. */
export function findText(dictionary: usize, at: usize, length: i32, hash: u64): u32 {
  return load<u32>(slotOf(dictionary, at, length, hash)) & maskOf(dictionary)
}

/** Code of a text; one met for the first time gets the next. */
export function internText(dictionary: usize, at: usize, length: i32, hash: u64): u32 {
  const slot = slotOf(dictionary, at, length, hash)
  const mask = maskOf(dictionary)
  const known = load<u32>(slot) & mask
  if (known !== 0) return known
  appendText(dictionary, at, at + length)
  const code = <u32>heapCount(dictionary)
  keep(dictionary, code, at, length, hash)
  store<u32>(slot, (<u32>(hash >> 32) & ~mask) | code)
  if (<u64>code * 2 > <u64>mask) spread(dictionary)
  return code
}

/** Code of a text, 0 where it is not there. */
export function find(dictionary: usize, start: usize, end: usize): u32 {
  const length = <i32>(end - start)
  return findText(dictionary, start, length, hashText(start, length))
}

/** Code of a text; one met for the first time gets the next. */
export function intern(dictionary: usize, start: usize, end: usize): u32 {
  const length = <i32>(end - start)
  return internText(dictionary, start, length, hashText(start, length))
}

/** The slot that holds the text, or the free one where it belongs. */
function slotOf(dictionary: usize, at: usize, length: i32, hash: u64): usize {
  const slots = slotsOf(dictionary)
  const mask = maskOf(dictionary)
  let bucket = <u32>hash & mask & ~3
  while (true) {
    const place = slots + ((<usize>bucket) << 2)
    const words = v128.load(place)
    let hits = alike(words, mask, hash)
    while (hits !== 0) {
      const slot = place + ((<usize>ctz<i32>(hits)) << 2)
      hits &= hits - 1
      const code = load<u32>(slot) & mask
      if (code !== 0 && isText(dictionary, code, at, length)) return slot
    }
    const free = freeIn(words)
    if (free !== 0) return place + ((<usize>ctz<i32>(free)) << 2)
    bucket = (bucket + 4) & mask
  }
}

/** Bits of the four slots that may hold a text with this hash. */
function alike(words: v128, mask: u32, hash: u64): i32 {
  const tags = v128.and(words, i32x4.splat(~mask))
  return i32x4.bitmask(i32x4.eq(tags, i32x4.splat(<u32>(hash >> 32) & ~mask)))
}

/** Is a text that of a code? */
export function isText(dictionary: usize, code: u32, at: usize, length: i32): bool {
  if (length <= SHORT) return isKey(keysOf(dictionary) + ((<usize>code) << 4), shortKey(at, length))
  const offset = heapOffsets(dictionary) + ((<usize>code) << 2) - 4
  const start = load<u32>(offset)
  return load<u32>(offset, 4) - start === <u32>length && isSame(heapBytes(dictionary) + start, at, length)
}

export function isKey(place: usize, key: v128): bool {
  return i8x16.all_true(i8x16.eq(v128.load(place), key))
}

/** Are two texts of more than eight bytes the same? */
function isSame(one: usize, other: usize, length: i32): bool {
  const last = <usize>length - 8
  for (let i: usize = 0; i < last; i += 8) if (load<u64>(one + i) !== load<u64>(other + i)) return false
  return load<u64>(one + last) === load<u64>(other + last)
}

function keep(dictionary: usize, code: u32, at: usize, length: i32, hash: u64): void {
  const room = load<u32>(dictionary, ROOM)
  if (code >= room) {
    const size = <usize>room
    store<u32>(dictionary, <u32>enlarge(keysOf(dictionary), size << 4, size << 4, size << 5), KEYS)
    store<u32>(dictionary, <u32>enlarge(load<u32>(dictionary, HASHES), size << 3, size << 3, size << 4), HASHES)
    store<u32>(dictionary, room << 1, ROOM)
  }
  const key = length <= SHORT ? shortKey(at, length) : longKey(hash, length)
  v128.store(keysOf(dictionary) + ((<usize>code) << 4), key)
  store<u64>(<usize>load<u32>(dictionary, HASHES) + ((<usize>code) << 3), hash)
}

function spread(dictionary: usize): void {
  const old = maskOf(dictionary) + 1
  release(slotsOf(dictionary), (<usize>old) << 2)
  makeSlots(dictionary, old < 0x8000 ? old << 2 : old << 1)
  const slots = slotsOf(dictionary)
  const mask = maskOf(dictionary)
  const count = <u32>heapCount(dictionary)
  for (let code: u32 = 1; code <= count; code++) {
    const hash = hashOfCode(dictionary, code)
    let slot = <u32>hash & mask & ~3
    while (load<u32>(slots + ((<usize>slot) << 2)) !== 0) slot = (slot + 1) & mask
    store<u32>(slots + ((<usize>slot) << 2), (<u32>(hash >> 32) & ~mask) | code)
  }
}

/** The first code in four slots that may be that of a text with this hash, 0 where there is none. */
export function candidateIn(bucket: usize, mask: u32, hash: u64): u32 {
  const words = v128.load(bucket)
  const hits = alike(words, mask, hash) & ~freeIn(words)
  const code = load<u32>(bucket + ((<usize>ctz<i32>(hits | 8)) << 2)) & mask
  return hits === 0 ? 0 : code
}

/** Are all four slots taken, so that the text may lie in others? */
export function isFull(bucket: usize): bool {
  return freeIn(v128.load(bucket)) === 0
}

function freeIn(words: v128): i32 {
  return i32x4.bitmask(i32x4.eq(words, i32x4.splat(0)))
}

/** Hash of a text, and its key at `keyAt`, for `isKey`. */
export function hashCell(start: usize, end: usize, keyAt: usize): u64 {
  const length = <i32>(end - start)
  if (length > SHORT) {
    const hash = hashText(start, length)
    v128.store(keyAt, longKey(hash, length))
    return hash
  }
  const key = shortKey(start, length)
  v128.store(keyAt, key)
  return hashKey(key)
}
