import { allocate, allocateClear, enlarge, release } from '../memory/memory'

/** What an event is to those loaded before it: same id and content, of an import before; same id, other content; same id and content, of this import. */
const NEW: u8 = 0
const SAME: u8 = 1
const COPY: u8 = 2
const REPEATED: u8 = 3
/** The last bit of a content says whether the pair came with the import at hand: contents are told apart by the others. */
const OWN: u64 = 1
/** Are there pairs of the import at hand? */
let hasOwn: bool = false
const PART_BITS: i32 = 8
const PARTS: i32 = 1 << PART_BITS
/** Slots lie in blocks of this many, so that a table grows by as much as it needs and leaves nothing behind. */
const BLOCK_BITS: usize = 8
const BLOCK: usize = 1 << BLOCK_BITS
const BLOCK_BYTES: usize = BLOCK << 4

/** Per table: where the addresses of its blocks are, slots, size, room for addresses. First the tables of ids with one content, then those of further contents. */
const TABLE: usize = 16
const tables: usize = memory.data(16 * 512)
/** The keys of a table while they get new places. */
let spread: usize = 0
let spreadRoom: usize = 0
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
 * @param verdicts receives NEW, SAME, COPY or REPEATED per event
 * @param own 1 where they are of the import at hand, 0 where of one before
 */
export function addKeys(keys: usize, count: i32, verdicts: usize, own: u32): void {
  hasOwn = hasOwn || own === 1
  sortByPart(keys, count)
  for (let part = 0; part < PARTS; part++) {
    const from = load<u32>(starts + ((<usize>part) << 2))
    const to = load<u32>(starts + ((<usize>part) << 2), 4)
    if (from < to) addPart(part, from, to, verdicts, <u64>own)
  }
}

/** The import at hand is over: what it brought counts as there before. */
export function settleKeys(): void {
  if (!hasOwn) return
  hasOwn = false
  for (let i = 0; i < 2 * PARTS; i++) {
    const table = tables + <usize>i * TABLE
    const blocks = <usize>load<u32>(table)
    const length = load<u32>(table, 4)
    for (let slot: u32 = 0; slot < length; slot += BLOCK) {
      const block = placeOf(blocks, slot)
      for (let at = block; at < block + BLOCK_BYTES; at += 16) store<u64>(at, load<u64>(at, 8) & ~OWN, 8)
    }
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

function addPart(part: i32, from: u32, to: u32, verdicts: usize, own: u64): void {
  const firsts = tables + <usize>part * TABLE
  const others = tables + (<usize>part + PARTS) * TABLE
  reserve(firsts, to - from)
  for (let i = <usize>from; i < <usize>to; i++) {
    const key = sorted + (i << 4)
    // Zero marks a free slot, and is lent to another id: at worst one in 2^64 is taken for another.
    const id = max<u64>(load<u64>(key), 1)
    const content = (load<u64>(key, 8) & ~OWN) | own
    let verdict = addFirst(firsts, id, content)
    if (verdict === COPY) verdict = addOther(others, id, content)
    store<u8>(verdicts + load<u32>(numbers + (i << 2)), verdict)
  }
}

/** COPY: the id is there with another content, and nothing was done. */
function addFirst(table: usize, id: u64, content: u64): u8 {
  const blocks = <usize>load<u32>(table)
  const length = load<u32>(table, 4)
  let slot = slotOf(id, length)
  while (true) {
    const place = placeOf(blocks, slot)
    const known = load<u64>(place)
    if (known === id) return sameness(load<u64>(place, 8), content)
    if (known === 0) return put(table, place, id, content, NEW)
    slot = behind(slot, length)
  }
}

/** COPY where the contents differ. */
function sameness(known: u64, content: u64): u8 {
  if ((known ^ content) > OWN) return COPY
  return (known & OWN) === 0 ? SAME : REPEATED
}

/** Further contents of an id are found by both, so that a file which gives all its events one id costs no more. */
function addOther(table: usize, id: u64, content: u64): u8 {
  reserve(table, 1)
  const blocks = <usize>load<u32>(table)
  const length = load<u32>(table, 4)
  let slot = slotOf(id ^ (content & ~OWN), length)
  while (true) {
    const place = placeOf(blocks, slot)
    const known = load<u64>(place)
    const verdict = known === id ? sameness(load<u64>(place, 8), content) : COPY
    if (verdict !== COPY) return verdict
    if (known === 0) return put(table, place, id, content, COPY)
    slot = behind(slot, length)
  }
}

function put(table: usize, place: usize, id: u64, content: u64, verdict: u8): u8 {
  store<u64>(place, id)
  store<u64>(place, content, 8)
  store<u32>(table, load<u32>(table, 8) + 1, 8)
  return verdict
}

/** Where a key belongs in a table of any length: its bits mixed once more, as a fraction of the slots. */
function slotOf(key: u64, length: u32): u32 {
  return <u32>((((key * 0x9e3779b97f4a7c15) >> 32) * <u64>length) >> 32)
}

function behind(slot: u32, length: u32): u32 {
  return slot + 1 === length ? 0 : slot + 1
}

function placeOf(blocks: usize, slot: u32): usize {
  const at = <usize>slot
  return <usize>load<u32>(blocks + ((at >> BLOCK_BITS) << 2)) + ((at & (BLOCK - 1)) << 4)
}

/** Room for more events; three quarters of the slots are taken at most. */
function reserve(table: usize, more: u32): void {
  const size = load<u32>(table, 8)
  const length = load<u32>(table, 4)
  const needed = <u64>size + more
  if (needed * 4 <= <u64>length * 3) return
  const least = max<u64>((needed << 2) / 3, <u64>length + (length >> 2)) + 1
  const wider = <u32>((least + BLOCK - 1) & ~(<u64>BLOCK - 1))
  takeOut(table, length)
  addBlocks(table, length, wider)
  putBack(table, size, wider)
}

/** Copies the keys of a table out of its slots, and clears them. */
function takeOut(table: usize, length: u32): void {
  const bytes = (<usize>load<u32>(table, 8)) << 4
  if (bytes > spreadRoom) {
    release(spread, spreadRoom)
    spreadRoom = bytes
    spread = allocate(bytes)
  }
  const blocks = <usize>load<u32>(table)
  let end = spread
  for (let slot: u32 = 0; slot < length; slot += BLOCK) {
    const block = placeOf(blocks, slot)
    for (let at = block; at < block + BLOCK_BYTES; at += 16) {
      if (load<u64>(at) === 0) continue
      v128.store(end, v128.load(at))
      end += 16
    }
    memory.fill(block, 0, BLOCK_BYTES)
  }
}

function addBlocks(table: usize, length: u32, wider: u32): void {
  const known = <usize>length >> BLOCK_BITS
  const wanted = <usize>wider >> BLOCK_BITS
  const room = <usize>load<u32>(table, 12)
  let blocks = <usize>load<u32>(table)
  if (wanted > room) {
    blocks = room === 0 ? allocate(wanted << 2) : enlarge(blocks, known << 2, room << 2, wanted << 3)
    store<u32>(table, <u32>blocks)
    store<u32>(table, <u32>(room === 0 ? wanted : wanted << 1), 12)
  }
  for (let i = known; i < wanted; i++) store<u32>(blocks + (i << 2), <u32>allocateClear(BLOCK_BYTES))
  store<u32>(table, wider, 4)
}

function putBack(table: usize, size: u32, length: u32): void {
  const blocks = <usize>load<u32>(table)
  const isOthers = table >= tables + <usize>PARTS * TABLE
  for (let at = spread; at < spread + ((<usize>size) << 4); at += 16) {
    const id = load<u64>(at)
    let slot = slotOf(isOthers ? id ^ (load<u64>(at, 8) & ~OWN) : id, length)
    while (load<u64>(placeOf(blocks, slot)) !== 0) slot = behind(slot, length)
    v128.store(placeOf(blocks, slot), v128.load(at))
  }
}
