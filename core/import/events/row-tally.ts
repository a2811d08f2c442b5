import { avalanche } from '#lib/hash-bytes'

/**
 * Counts how often each 128-bit row hash has come by, so that equal rows without an id get ordinals 0, 1, 2 ... in the
 * order they were read. Open addressing; five words a slot: the hash and the count.
 */
export class RowTally {
  private size = 0
  private mask = 255
  private slots = new Uint32Array(5 * 256)

  /** @param hash four words at [0 .. 3]. @returns how many equal rows came before */
  next(hash: Uint32Array): number {
    if (2 * this.size > this.mask) this.spread()
    const at = slotOf(this.slots, this.mask, hash, 0)
    // Within range: `at` is the start of a slot.
    const before = this.slots[at + 4] as number
    if (before === 0) {
      this.slots.set(hash, at)
      this.size++
    }
    this.slots[at + 4] = before + 1
    return before
  }

  private spread(): void {
    const old = this.slots
    const mask = 2 * this.mask + 1
    const slots = new Uint32Array(5 * (mask + 1))
    for (let i = 0; i < old.length; i += 5) {
      if (old[i + 4] !== 0) slots.set(old.subarray(i, i + 5), slotOf(slots, mask, old, i))
    }
    this.slots = slots
    this.mask = mask
  }
}

/** Start of the slot that holds hash[at .. at + 3], or of the free one where it belongs. */
function slotOf(slots: Uint32Array, mask: number, hash: Uint32Array, at: number): number {
  let slot = avalanche(hash[at] as number) & mask
  while (slots[5 * slot + 4] !== 0) {
    const isSame =
      slots[5 * slot] === hash[at] &&
      slots[5 * slot + 1] === hash[at + 1] &&
      slots[5 * slot + 2] === hash[at + 2] &&
      slots[5 * slot + 3] === hash[at + 3]
    if (isSame) break
    slot = (slot + 1) & mask
  }
  return 5 * slot
}
