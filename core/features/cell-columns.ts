import type { Cells } from '#schema/cells'
import type { PairTally } from './pair-tally.ts'
import type { Slots } from './slots.ts'

/**
 * Cells in their order from a tally of (kind * slots + slot, day): by kind, unit, person, then day, newest first. Two stable
 * counting sorts, then the few days of each (kind, slot) by insertion: linear but for people with very many days. A pair may
 * have several entries; their counts are added.
 *
 * @param kinds kind per code
 */
export function cellColumns(tally: PairTally, slots: Slots, kinds: readonly string[]): Cells {
  const { size } = tally
  const width = slots.unit.length
  const slot = new Uint32Array(size)
  const kind = new Uint32Array(size)
  for (let i = 0; i < size; i++) {
    // Within range throughout: entries are below `size`, keys were made of kind and slot.
    const key = tally.first[i] as number
    kind[i] = Math.floor(key / width)
    slot[i] = key % width
  }
  // Most runs of events come in the order of time: entered backwards, their days need little sorting.
  const backwards = new Uint32Array(size)
  for (let i = 0; i < size; i++) backwards[i] = size - 1 - i
  const bySlot = countingSort(backwards, slot, width).order
  const { order, start } = countingSort(bySlot, kind, kinds.length)
  const cells: Cells = {
    count: size,
    kinds,
    kindStart: start,
    unit: new Uint32Array(size),
    person: new Int32Array(size),
    day: new Int32Array(size),
    n: new Uint32Array(size),
  }
  for (let i = 0; i < size; i++) {
    const entry = order[i] as number
    const place = slot[entry] as number
    cells.unit[i] = slots.unit[place] as number
    cells.person[i] = slots.person[place] as number
    cells.day[i] = tally.second[entry] as number
    cells.n[i] = tally.count[entry] as number
  }
  sortDays(cells)
  return withoutRepeats(cells)
}

/** Puts neighbours of equal kind, unit, person and day together: runs of the log may share some. */
function withoutRepeats(cells: Cells): Cells {
  const { count, kinds, kindStart, unit, person, day, n } = cells
  const start = kindStart.slice()
  let to = 0
  for (let kind = 0; kind < kinds.length; kind++) {
    // Within range throughout: `to` never passes `from`.
    start[kind] = to
    const end = kindStart[kind + 1] as number
    for (let from = kindStart[kind] as number; from < end; from++) {
      const before = to - 1
      const isRepeat = to > (start[kind] as number) && unit[before] === unit[from] && person[before] === person[from]
      if (isRepeat && day[before] === day[from]) n[before] = (n[before] as number) + (n[from] as number)
      else {
        unit[to] = unit[from] as number
        person[to] = person[from] as number
        day[to] = day[from] as number
        n[to++] = n[from] as number
      }
    }
  }
  start[kinds.length] = to
  if (to === count) return cells
  const cut = { unit: unit.slice(0, to), person: person.slice(0, to), day: day.slice(0, to), n: n.slice(0, to) }
  return { count: to, kinds, kindStart: start, ...cut }
}

function countingSort(
  order: Uint32Array,
  key: Uint32Array,
  keys: number,
): Readonly<{ order: Uint32Array; start: Uint32Array }> {
  const start = new Uint32Array(keys + 1)
  for (const k of key) start[k + 1] = (start[k + 1] as number) + 1
  for (let k = 0; k < keys; k++) start[k + 1] = (start[k + 1] as number) + (start[k] as number)
  const next = start.slice()
  const sorted = new Uint32Array(order.length)
  for (const entry of order) {
    const k = key[entry] as number
    const at = next[k] as number
    next[k] = at + 1
    sorted[at] = entry
  }
  return { order: sorted, start }
}

/** Newest day first within each run of equal kind, unit and person. */
function sortDays(cells: Cells): void {
  const { kindStart, unit, person } = cells
  for (let kind = 0; kind + 1 < kindStart.length; kind++) {
    const end = kindStart[kind + 1] as number
    let from = kindStart[kind] as number
    for (let i = from + 1; i <= end; i++) {
      if (i < end && unit[i] === unit[from] && person[i] === person[from]) continue
      sortRun(cells, from, i)
      from = i
    }
  }
}

function sortRun({ day, n }: Cells, from: number, to: number): void {
  if (to - from > 64) {
    sortLongRun(day, n, from, to)
    return
  }
  for (let i = from + 1; i < to; i++) {
    const oneDay = day[i] as number
    const oneCount = n[i] as number
    let at = i
    while (at > from && (day[at - 1] as number) < oneDay) {
      day[at] = day[at - 1] as number
      n[at] = n[at - 1] as number
      at--
    }
    day[at] = oneDay
    n[at] = oneCount
  }
}

/** Sorts by numbers that hold both the day and the place. */
function sortLongRun(day: Int32Array, n: Uint32Array, from: number, to: number): void {
  const length = to - from
  const days = day.slice(from, to)
  const counts = n.slice(from, to)
  const keys = new Float64Array(length)
  for (let i = 0; i < length; i++) keys[i] = -(days[i] as number) * length + i
  keys.sort()
  for (let i = 0; i < length; i++) {
    const place = (((keys[i] as number) % length) + length) % length
    day[from + i] = days[place] as number
    n[from + i] = counts[place] as number
  }
}
