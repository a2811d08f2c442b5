const FEWEST = 1024

/**
 * Counts of pairs of 32-bit integers, in the order in which the pairs were first met. Open addressing; memory is
 * proportional to the number of distinct pairs.
 *
 * Where pairs come in runs that hardly share any, `startRun` keeps the table as small as one run, and in the cache: pairs of
 * earlier runs are no longer found, and a pair that comes again gets another entry.
 */
export class PairTally {
  size = 0
  first = new Int32Array(FEWEST)
  second = new Int32Array(FEWEST)
  count = new Uint32Array(FEWEST)
  /** Entry + 1 per slot; 0, or an entry of an earlier run, where free. */
  private slots = new Int32Array(2 * FEWEST)
  private mask = 2 * FEWEST - 1
  private last = 0
  private runStart = 0

  /** Forgets the pairs met so far, but keeps their entries. */
  startRun(): void {
    this.runStart = this.size
  }

  /** Adds `n` to the count of a pair and returns its entry. */
  add(first: number, second: number, n = 1): number {
    // Within range throughout: entries are below `size`, slots are masked.
    let entry = this.last
    if (entry < this.runStart || entry >= this.size || this.first[entry] !== first || this.second[entry] !== second) {
      entry = this.enter(first, second)
      this.last = entry
    }
    this.count[entry] = (this.count[entry] as number) + n
    return entry
  }

  /** Entry of a pair, -1 where it was not added in this run. */
  find(first: number, second: number): number {
    const entry = (this.slots[this.slotOf(first, second)] as number) - 1
    return entry < this.runStart ? -1 : entry
  }

  /** The same counts with one entry per pair, whatever the runs. */
  merged(): PairTally {
    const whole = new PairTally()
    for (let i = 0; i < this.size; i++) {
      whole.add(this.first[i] as number, this.second[i] as number, this.count[i] as number)
    }
    return whole
  }

  /** The slot that holds a pair, or the free one where it belongs. */
  private slotOf(first: number, second: number): number {
    let slot = hashOf(first, second) & this.mask
    for (;;) {
      const entry = (this.slots[slot] as number) - 1
      if (entry < this.runStart || (this.first[entry] === first && this.second[entry] === second)) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private enter(first: number, second: number): number {
    let slot = this.slotOf(first, second)
    const known = (this.slots[slot] as number) - 1
    if (known >= this.runStart) return known
    if (2 * (this.size - this.runStart + 1) > this.slots.length) {
      this.spread()
      slot = this.slotOf(first, second)
    }
    if (this.size === this.first.length) this.lengthen()
    this.first[this.size] = first
    this.second[this.size] = second
    this.slots[slot] = ++this.size
    return this.size - 1
  }

  /** Four times the slots: at most half of them are ever taken. */
  private spread(): void {
    this.slots = new Int32Array(4 * this.slots.length)
    this.mask = this.slots.length - 1
    for (let entry = this.runStart; entry < this.size; entry++) {
      this.slots[this.slotOf(this.first[entry] as number, this.second[entry] as number)] = entry + 1
    }
  }

  private lengthen(): void {
    this.first = widened(this.first)
    this.second = widened(this.second)
    const count = new Uint32Array(2 * this.count.length)
    count.set(this.count)
    this.count = count
  }
}

function widened(values: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(2 * values.length)
  wider.set(values)
  return wider
}

/** Mixes two integers to 32 bits; for finding a slot only. */
export function hashOf(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
