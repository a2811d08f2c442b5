import { allocate, release } from '../memory/memory'

/** Hash and count per slot. */
const SLOT: usize = 16
let slots: usize = 0
let mask: usize = 0
let size: usize = 0

/** How often this hash has come by before. */
export function tally(hash: u64): u32 {
  if (slots === 0 || size << 1 > mask) spread()
  const at = slotOf(hash)
  const before = load<u32>(at, 8)
  if (before === 0) {
    store<u64>(at, hash)
    size++
  }
  store<u32>(at, before + 1, 8)
  return before
}

function slotOf(hash: u64): usize {
  let slot = <usize>hash & mask
  while (load<u32>(slots + slot * SLOT, 8) !== 0 && load<u64>(slots + slot * SLOT) !== hash) slot = (slot + 1) & mask
  return slots + slot * SLOT
}

function spread(): void {
  const old = slots
  const count: usize = old === 0 ? 0 : mask + 1
  mask = count === 0 ? 1023 : (count << 1) - 1
  slots = allocate((mask + 1) * SLOT)
  memory.fill(slots, 0, (mask + 1) * SLOT)
  for (let i: usize = 0; i < count; i++) {
    const from = old + i * SLOT
    const times = load<u32>(from, 8)
    if (times === 0) continue
    const to = slotOf(load<u64>(from))
    store<u64>(to, load<u64>(from))
    store<u32>(to, times, 8)
  }
  release(old, count * SLOT)
}
