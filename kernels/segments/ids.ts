import { allocate, allocateClear, release } from '../memory/memory'

/** What an event is to those loaded before it; same id and content; same id, other content. */
const NEW: u8 = 0
const SAME: u8 = 1
const COPY: u8 = 2
const PART_BITS: i32 = 8
const PARTS: i32 = 1 << PART_BITS
const FIRST_SLOTS: usize = 64

/** Per table: slots, mask, size. First the tables of ids with one content, then those of further contents. */
const TABLE: usize = 12
const tables: usize = memory.data(12 * 512)
const starts: usize = memory.data(4 * 257)
const next: usize = memory.data(4 * 257)
let sorted: usize = 0
let numbers: usize = 0
let room: usize = 0

/** Number of (id, content) pairs. */
export function pairCount(): u32 {
  let total: u32 = 0
  for (let table = 0; table < 2 * PARTS; table++) total += load<u32>(tables + <usize>table * TABLE, 8)
  return total
}

/**
 * Adds events, in their order.
 *
 * @param keys two 64-bit words per event: the hash of its id, that of its content
 * @param verdicts receives NEW, SAME or COPY per event
 */
export function addKeys(keys: usize, count: i32, verdicts: usize): void {
  sortByPart(keys, count)
  for (let part = 0; part < PARTS; part++) {
    const from = load<u32>(starts + ((<usize>part) << 2))
    const to = load<u32>(starts + ((<usize>part) << 2), 4)
    if (from < to) addPart(part, from, to, verdicts)
  }
}

/** Brings keys into the order of their tables, and within each as they came, with their numbers. */
function sortByPart(keys: usize, count: i32): void {
  if (<usize>count > room) {
    release(sorted, room << 4)
    release(numbers, room << 2)
    room = count
    sorted = allocate(room << 4)
    numbers = allocate(room << 2)
  }
  memory.fill(starts, 0, 4 * 257)
  for (let i: usize = 0; i < <usize>count; i++) {
    const slot = starts + (partOf(load<u64>(keys + (i << 4))) << 2)
    store<u32>(slot, load<u32>(slot, 4) + 1, 4)
  }
  for (let at: usize = 4; at < 4 * 257; at += 4)
    store<u32>(starts + at, load<u32>(starts + at) + load<u32>(starts + at - 4))
  memory.copy(next, starts, 4 * 257)
  for (let i: usize = 0; i < <usize>count; i++) {
    const slot = next + (partOf(load<u64>(keys + (i << 4))) << 2)
    const place = <usize>load<u32>(slot)
    store<u32>(slot, <u32>place + 1)
    store<u32>(numbers + (place << 2), <u32>i)
    v128.store(sorted + (place << 4), v128.load(keys + (i << 4)))
  }
}

function partOf(id: u64): usize {
  return <usize>(id >> (64 - PART_BITS))
}

function addPart(part: i32, from: u32, to: u32, verdicts: usize): void {
  const firsts = tables + <usize>part * TABLE
  const others = tables + (<usize>part + PARTS) * TABLE
  reserve(firsts, to - from)
  for (let i = <usize>from; i < <usize>to; i++) {
    const key = sorted + (i << 4)
    // Zero marks a free slot, and is lent to another id: at worst one in 2^64 is taken for another.
    const id = max<u64>(load<u64>(key), 1)
    const content = load<u64>(key, 8)
    let verdict = addFirst(firsts, id, content)
    if (verdict === COPY) verdict = addOther(others, id, content)
    store<u8>(verdicts + load<u32>(numbers + (i << 2)), verdict)
  }
}

/** COPY: the id is there with another content, and nothing was done. */
function addFirst(table: usize, id: u64, content: u64): u8 {
  const slots = <usize>load<u32>(table)
  const mask = <usize>load<u32>(table, 4)
  let slot = <usize>id & mask
  while (true) {
    const place = slots + (slot << 4)
    const known = load<u64>(place)
    if (known === id) return load<u64>(place, 8) === content ? SAME : COPY
    if (known === 0) return put(table, place, id, content, NEW)
    slot = (slot + 1) & mask
  }
}

/** Further contents of an id are found by both, so that a file which gives all its events one id costs no more. */
function addOther(table: usize, id: u64, content: u64): u8 {
  reserve(table, 1)
  const slots = <usize>load<u32>(table)
  const mask = <usize>load<u32>(table, 4)
  let slot = <usize>(id ^ content) & mask
  while (true) {
    const place = slots + (slot << 4)
    const known = load<u64>(place)
    if (known === id && load<u64>(place, 8) === content) return SAME
    if (known === 0) return put(table, place, id, content, COPY)
    slot = (slot + 1) & mask
  }
}

function put(table: usize, place: usize, id: u64, content: u64, verdict: u8): u8 {
  store<u64>(place, id)
  store<u64>(place, content, 8)
  store<u32>(table, load<u32>(table, 8) + 1, 8)
  return verdict
}

/** Room for more events; three quarters of the slots are taken at most. */
function reserve(table: usize, more: u32): void {
  const old = <usize>load<u32>(table)
  const count: usize = old === 0 ? 0 : <usize>load<u32>(table, 4) + 1
  const needed = <usize>load<u32>(table, 8) + more
  if (needed << 2 <= count * 3) return
  let length = max<usize>(count, FIRST_SLOTS)
  while (needed << 2 > length * 3) length <<= 1
  const slots = allocateClear(length << 4)
  const isOthers = table >= tables + <usize>PARTS * TABLE
  for (let at = old; at < old + (count << 4); at += 16) {
    const id = load<u64>(at)
    if (id === 0) continue
    let slot = <usize>(isOthers ? id ^ load<u64>(at, 8) : id) & (length - 1)
    while (load<u64>(slots + (slot << 4)) !== 0) slot = (slot + 1) & (length - 1)
    v128.store(slots + (slot << 4), v128.load(at))
  }
  release(old, count << 4)
  store<u32>(table, <u32>slots)
  store<u32>(table, <u32>(length - 1), 4)
}
