import type { Cells, DayRuns, Slots } from '#schema/cells'
import { DERIVED_KINDS } from '#schema/model'
import { DayCodes } from './day-codes.ts'
import type { PairTally } from './pair-tally.ts'
import { NO_DAY } from './slots.ts'

/** Entries of a tally taken apart, and their order: by kind, slot, then day, newest first. */
type Ordered = Readonly<{ order: Uint32Array; kind: Uint32Array; slot: Uint32Array; day: Uint32Array }>

/**
 * Cells from a tally of (kind * slots + slot, day): three stable counting sorts, linear in the entries. A pair may have
 * several entries; their counts are added.
 *
 * @param kinds kind per code
 */
export function cellColumns(tally: PairTally, slots: Slots, kinds: readonly string[]): Cells {
  const codes = new DayCodes(tally.second.subarray(0, tally.size))
  const ordered = inOrder(tally, slots, kinds.length, codes)
  const folded = new Folded(ordered, tally.count)
  const { days } = codes
  const runs = folded.runsOfKinds(kinds.length, days.length)
  return { count: folded.cells, kinds, runs, slots, days, lastActiveDay: lastActiveDays(kinds, runs, slots, days) }
}

function inOrder({ size, first, second }: PairTally, slots: Slots, kinds: number, codes: DayCodes): Ordered {
  const width = slots.person.length
  const given = new Uint32Array(size)
  const kind = new Uint32Array(size)
  const slot = new Uint32Array(size)
  const day = new Uint32Array(size)
  for (let i = 0; i < size; i++) {
    // Within range throughout: entries are below `size`, keys were made of kind and slot.
    const key = first[i] as number
    given[i] = i
    kind[i] = Math.floor(key / width)
    slot[i] = key % width
    day[i] = codes.codeOf(second[i] as number)
  }
  const byDay = countingSort(given, day, codes.days.length)
  return { order: countingSort(countingSort(byDay, slot, width), kind, kinds), kind, slot, day }
}

function countingSort(order: Uint32Array, key: Uint32Array, keys: number): Uint32Array {
  const next = new Uint32Array(keys + 1)
  for (const k of key) next[k + 1] = (next[k + 1] as number) + 1
  for (let k = 0; k < keys; k++) next[k + 1] = (next[k + 1] as number) + (next[k] as number)
  const sorted = new Uint32Array(order.length)
  for (const entry of order) {
    const k = key[entry] as number
    const at = next[k] as number
    next[k] = at + 1
    sorted[at] = entry
  }
  return sorted
}

/** Ordered entries as runs, neighbours of equal kind, slot and day put together. */
class Folded {
  cells = 0
  private runs = 0
  private most = 0
  private readonly kind: Uint32Array
  private readonly subject: Uint32Array
  private readonly start: Uint32Array
  private readonly day: Uint32Array
  private readonly n: Uint32Array

  constructor({ order, kind, slot, day }: Ordered, count: Uint32Array) {
    const size = order.length
    this.kind = new Uint32Array(size)
    this.subject = new Uint32Array(size)
    this.start = new Uint32Array(size + 1)
    this.day = new Uint32Array(size)
    this.n = new Uint32Array(size)
    // Within range: entries are those of the tally.
    for (const entry of order)
      this.add(kind[entry] as number, slot[entry] as number, day[entry] as number, count[entry] as number)
    this.start[this.runs] = this.cells
  }

  private add(kind: number, slot: number, day: number, n: number): void {
    const run = this.runs - 1
    if (run < 0 || this.kind[run] !== kind || this.subject[run] !== slot) {
      this.kind[this.runs] = kind
      this.subject[this.runs] = slot
      this.start[this.runs++] = this.cells
    } else if (this.day[this.cells - 1] === day) {
      this.cells--
      this.set(day, n + (this.n[this.cells] as number))
      return
    }
    this.set(day, n)
  }

  private set(day: number, n: number): void {
    this.day[this.cells] = day
    this.n[this.cells++] = n
    if (n > this.most) this.most = n
  }

  /** All kinds share one array per column, as narrow as the values allow. */
  runsOfKinds(kinds: number, days: number): DayRuns[] {
    const Width = this.most <= 0xffff && days <= 0x10000 ? Uint16Array : Uint32Array
    const day = new Width(this.day.subarray(0, this.cells))
    const n = new Width(this.n.subarray(0, this.cells))
    const runs: DayRuns[] = []
    for (let kind = 0, from = 0; kind < kinds; kind++) {
      let to = from
      while (to < this.runs && this.kind[to] === kind) to++
      const [first, end] = [this.start[from] as number, this.start[to] as number]
      runs.push({
        subject: this.subject.slice(from, to),
        start: this.start.slice(from, to + 1).map(at => at - first),
        day: day.subarray(first, end),
        n: n.subarray(first, end),
      })
      from = to
    }
    return runs
  }
}

function lastActiveDays(
  kinds: readonly string[],
  runs: readonly DayRuns[],
  slots: Slots,
  days: Int32Array,
): Int32Array {
  const last = new Int32Array(slots.start.length - 1).fill(NO_DAY)
  for (const [kind, { subject, start, day }] of runs.entries()) {
    if ((DERIVED_KINDS as readonly string[]).includes(kinds[kind] ?? '')) continue
    for (let run = 0; run < subject.length; run++) {
      // Within range: a run's first entry is its newest day.
      const unit = slots.unit[subject[run] as number] as number
      const newest = days[day[start[run] as number] as number] as number
      if (newest > (last[unit] as number)) last[unit] = newest
    }
  }
  return last
}
