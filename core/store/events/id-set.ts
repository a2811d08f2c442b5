import { avalanche } from '#lib/hash-bytes'

/** What an event is to those loaded before it. */
export const NEW = 0
/** Same id, same content: it is there already. */
export const SAME = 1
/** Same id, other content. */
export const COPY = 2

const PART_BITS = 8
const PARTS = 1 << PART_BITS
const FIRST_SLOTS = 64

/** Open addressing with linear probing, four words a slot: id, content. A slot whose id is zero is free. */
type Table = { slots: Int32Array; mask: number; size: number }
type SlotOf = (id0: number, content0: number) => number

/**
 * Which events a project has: 64 bits of the hash of each id beside 64 bits of the hash of its content. An event counts
 * as loaded before only where all 128 bits agree; two ids that share their 64 bits are taken for copies at worst, which
 * are kept, and told apart when copies are resolved.
 *
 * Ids with one content, nearly all, take one look. Further contents of an id lie in tables of their own, keyed by both,
 * so that a file which gives all its events one id costs no more. Split by the id into tables that grow one at a time
 * and fit the processor's cache: the keys of a batch are brought into the order of the tables first, which pays from some
 * hundred thousand on.
 */
export class IdSet {
  private readonly firsts = tables()
  private readonly others = tables()
  private sorted = new Int32Array(0)
  private rows = new Uint32Array(0)

  /** Number of (id, content) pairs. */
  get size(): number {
    return [...this.firsts, ...this.others].reduce((total, table) => total + table.size, 0)
  }

  /**
   * Adds events, in their order.
   *
   * @param keys four words per event: words 0 and 1 of the id's hash, both words of the content's
   * @param verdicts receives NEW, SAME or COPY per event
   */
  add(keys: Int32Array, count: number, verdicts: Uint8Array): void {
    if (this.rows.length < count) {
      this.rows = new Uint32Array(count)
      this.sorted = new Int32Array(4 * count)
    }
    const { rows, sorted } = this
    const starts = sortByPart(keys, count, sorted, rows)
    for (let part = 0; part < PARTS; part++) {
      const from = starts[part] as number
      const to = starts[part + 1] as number
      if (from < to) addPart({ first: this.firsts[part] as Table, other: this.others[part] as Table }, from, to)
    }

    function addPart(pair: Readonly<{ first: Table; other: Table }>, from: number, to: number): void {
      reserve(pair.first, to - from, slotOfFirst)
      for (let i = from; i < to; i++) {
        const verdict = addFirst(pair.first, sorted, 4 * i)
        verdicts[rows[i] as number] = verdict === COPY ? addOther(pair.other, sorted, 4 * i) : verdict
      }
    }
  }
}

/** Keys in the order of their tables, and within each as they came, with their numbers. @returns where each table's begin */
function sortByPart(keys: Int32Array, count: number, sorted: Int32Array, rows: Uint32Array): Uint32Array {
  const starts = new Uint32Array(PARTS + 1)
  for (let i = 0; i < count; i++) {
    const part = (keys[4 * i + 1] as number) >>> (32 - PART_BITS)
    starts[part + 1] = (starts[part + 1] as number) + 1
  }
  for (let part = 0; part < PARTS; part++) starts[part + 1] = (starts[part + 1] as number) + (starts[part] as number)
  const next = starts.slice(0, PARTS)
  for (let i = 0; i < count; i++) {
    const from = 4 * i
    const part = (keys[from + 1] as number) >>> (32 - PART_BITS)
    const row = next[part] as number
    next[part] = row + 1
    rows[row] = i
    sorted[4 * row] = keys[from] as number
    sorted[4 * row + 1] = keys[from + 1] as number
    sorted[4 * row + 2] = keys[from + 2] as number
    sorted[4 * row + 3] = keys[from + 3] as number
  }
  return starts
}

/** COPY: the id is there with another content, and nothing was done. */
function addFirst(table: Table, keys: Int32Array, at: number): number {
  const id0 = idOf(keys, at)
  const id1 = keys[at + 1] as number
  const { slots, mask } = table
  let slot = (id0 & mask) << 2
  while (slots[slot] !== 0 || slots[slot + 1] !== 0) {
    if (slots[slot] === id0 && slots[slot + 1] === id1) {
      return slots[slot + 2] === keys[at + 2] && slots[slot + 3] === keys[at + 3] ? SAME : COPY
    }
    slot = (slot + 4) & ((mask << 2) | 3)
  }
  put(table, slot, keys, at)
  return NEW
}

function addOther(table: Table, keys: Int32Array, at: number): number {
  reserve(table, 1, slotOfOther)
  const id0 = idOf(keys, at)
  const { slots, mask } = table
  let slot = (slotOfOther(id0, keys[at + 2] as number) & mask) << 2
  while (slots[slot] !== 0 || slots[slot + 1] !== 0) {
    const isId = slots[slot] === id0 && slots[slot + 1] === keys[at + 1]
    if (isId && slots[slot + 2] === keys[at + 2] && slots[slot + 3] === keys[at + 3]) return SAME
    slot = (slot + 4) & ((mask << 2) | 3)
  }
  put(table, slot, keys, at)
  return COPY
}

/** The zero id is lent to another one, as zero marks a free slot: at worst one id in 2^64 is taken for another. */
function idOf(keys: Int32Array, at: number): number {
  return keys[at] === 0 && keys[at + 1] === 0 ? 1 : (keys[at] as number)
}

function slotOfFirst(id0: number): number {
  return id0
}

function slotOfOther(id0: number, content0: number): number {
  return avalanche(id0 ^ content0)
}

function tables(): readonly Table[] {
  return Array.from({ length: PARTS }, () => ({ slots: new Int32Array(0), mask: -1, size: 0 }))
}

function put(table: Table, slot: number, keys: Int32Array, at: number): void {
  const { slots } = table
  slots[slot] = idOf(keys, at)
  slots[slot + 1] = keys[at + 1] as number
  slots[slot + 2] = keys[at + 2] as number
  slots[slot + 3] = keys[at + 3] as number
  table.size++
}

/** Room for `more` events; three quarters of the slots are taken at most. */
function reserve(table: Table, more: number, slotOf: SlotOf): void {
  if (4 * (table.size + more) <= 3 * (table.mask + 1)) return
  let length = Math.max(FIRST_SLOTS, table.mask + 1)
  while (4 * (table.size + more) > 3 * length) length *= 2
  const old = table.slots
  const mask = length - 1
  const slots = new Int32Array(4 * length)
  for (let i = 0; i < old.length; i += 4) {
    if (old[i] === 0 && old[i + 1] === 0) continue
    let slot = (slotOf(old[i] as number, old[i + 2] as number) & mask) << 2
    while (slots[slot] !== 0 || slots[slot + 1] !== 0) slot = (slot + 4) & ((mask << 2) | 3)
    slots[slot] = old[i] as number
    slots[slot + 1] = old[i + 1] as number
    slots[slot + 2] = old[i + 2] as number
    slots[slot + 3] = old[i + 3] as number
  }
  table.slots = slots
  table.mask = mask
}
