import type { Cells, DayRuns, Slots } from '#schema/cells'
import { DERIVED_KINDS } from '#schema/model'
import { DayCodes } from './day-codes.ts'
import type { PairTally } from './pair-tally.ts'
import { NO_DAY } from './slots.ts'

/**
 * Cells from a tally of (kind * slots + slot, day): three stable counting sorts, linear in the entries. A pair may have
 * several entries; their counts are added.
 *
 * @param kinds kind per code
 */
export function cellColumns(tally: PairTally, slots: Slots, kinds: readonly string[]): Cells {
  const codes = new DayCodes(tally.second.subarray(0, tally.size))
  const { cells, runs } = foldedRuns(tally, inOrder(tally, slots, kinds.length, codes), {
    kinds: kinds.length,
    width: slots.person.length,
    codes,
  })
  const { days } = codes
  return { count: cells, kinds, runs, slots, days, lastActiveDay: lastActiveDays(kinds, runs, slots, days) }
}

/** Numbers of the entries by kind, slot, then day, newest first. What they are sorted by lies in one place, one after the other. */
function inOrder({ size, first, second }: PairTally, slots: Slots, kinds: number, codes: DayCodes): Uint32Array {
  const width = slots.person.length
  const key = new Uint32Array(size)
  let order = new Uint32Array(size)
  let spare = new Uint32Array(size)
  const sort = (keys: number): void => {
    countingSort({ order, key, keys }, spare)
    const sorted = spare
    spare = order
    order = sorted
  }
  // Within range throughout: entries are below `size`, keys were made of kind and slot.
  for (let i = 0; i < size; i++) {
    order[i] = i
    key[i] = codes.codeOf(second[i] as number)
  }
  sort(codes.days.length)
  for (let i = 0; i < size; i++) key[i] = (first[i] as number) % width
  sort(width)
  for (let i = 0; i < size; i++) key[i] = Math.floor((first[i] as number) / width)
  sort(kinds)
  return order
}

function countingSort(
  { order, key, keys }: Readonly<{ order: Uint32Array; key: Uint32Array; keys: number }>,
  sorted: Uint32Array,
): void {
  const next = new Uint32Array(keys + 1)
  // Here and below plain loops: an iterator makes an object for each of very many entries. Within range: i < length.
  for (let i = 0; i < key.length; i++) {
    const k = key[i] as number
    next[k + 1] = (next[k + 1] as number) + 1
  }
  for (let k = 0; k < keys; k++) next[k + 1] = (next[k + 1] as number) + (next[k] as number)
  for (let i = 0; i < order.length; i++) {
    const entry = order[i] as number
    const k = key[entry] as number
    const at = next[k] as number
    next[k] = at + 1
    sorted[at] = entry
  }
}

type Sizes = Readonly<{ cells: number; runs: number; most: number }>

/** What neighbours of equal kind, slot and day come to when they are put together. */
function foldedSizes({ first, second, count }: PairTally, order: Uint32Array): Sizes {
  let [cells, runs, most, n] = [0, 0, 0, 0]
  let before = -1
  for (let i = 0; i < order.length; i++) {
    // Within range: i < length, entries are those of the tally.
    const entry = order[i] as number
    const isSameRun = before >= 0 && first[entry] === first[before]
    const isSameCell = isSameRun && second[entry] === second[before]
    n = (isSameCell ? n : 0) + (count[entry] as number)
    if (n > most) most = n
    if (!isSameRun) runs++
    if (!isSameCell) cells++
    before = entry
  }
  return { cells, runs, most }
}

type Laid = Readonly<{ kinds: number; width: number; codes: DayCodes }>

/** Ordered entries as runs per kind. All kinds share one array per column, as narrow as the values allow. */
function foldedRuns(
  tally: PairTally,
  order: Uint32Array,
  { kinds, width, codes }: Laid,
): Readonly<{ cells: number; runs: DayRuns[] }> {
  const { first, second, count } = tally
  const sizes = foldedSizes(tally, order)
  const Width = sizes.most <= 0xffff && codes.days.length <= 0x10000 ? Uint16Array : Uint32Array
  const day = new Width(sizes.cells)
  const n = new Width(sizes.cells)
  const key = new Uint32Array(sizes.runs)
  const start = new Uint32Array(sizes.runs + 1)
  let [cell, run] = [-1, -1]
  let before = -1
  for (let i = 0; i < order.length; i++) {
    // Within range: i < length, as many cells and runs as were counted.
    const entry = order[i] as number
    const isSameRun = before >= 0 && first[entry] === first[before]
    if (!isSameRun || second[entry] !== second[before]) day[++cell] = codes.codeOf(second[entry] as number)
    if (!isSameRun) {
      key[++run] = first[entry] as number
      start[run] = cell
    }
    n[cell] = (n[cell] as number) + (count[entry] as number)
    before = entry
  }
  start[sizes.runs] = sizes.cells
  return { cells: sizes.cells, runs: runsOfKinds({ key, start, day, n }, kinds, width) }
}

type Columns = Readonly<{ key: Uint32Array; start: Uint32Array; day: DayRuns['day']; n: DayRuns['n'] }>

function runsOfKinds({ key, start, day, n }: Columns, kinds: number, width: number): DayRuns[] {
  const runs: DayRuns[] = []
  for (let kind = 0, from = 0; kind < kinds; kind++) {
    let to = from
    // Within range: a start more than there are runs.
    while (to < key.length && (key[to] as number) < (kind + 1) * width) to++
    const [begin, end] = [start[from] as number, start[to] as number]
    runs.push({
      subject: key.slice(from, to).map(own => own - kind * width),
      start: start.slice(from, to + 1).map(at => at - begin),
      day: day.subarray(begin, end),
      n: n.subarray(begin, end),
    })
    from = to
  }
  return runs
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
