import type { Day } from '#lib/time'
import type { DayRuns } from '#schema/cells'
import { type CellIndex, runsOf } from './cell-index.ts'
import { stretchOfUnit } from './day-runs.ts'
import { NO_DAY } from './slots.ts'

/** Windows that rollups count events in: the last so many days; the last one is all time. */
export const WINDOWS = [7, 14, 30, Number.POSITIVE_INFINITY] as const

/** When each person was active, and how often each kind was seen, up to one day. */
export type Activity = Readonly<{
  today: Day
  /** Bit a of low (ages 0..31) or high (ages 32..63): active at that age. Per slot. */
  low: Uint32Array
  high: Uint32Array
  /** First and last active day per slot; NO_DAY where there is none. */
  firstDay: Int32Array
  lastDay: Int32Array
  /** Events at [(unit * kinds + kind) * 4 + window]. */
  events: Uint32Array
}>

/**
 * Folds cells into what rollups ask: activity of the last 64 days as bits per person, events per window as counts.
 *
 * @param index cells up to asOf
 * @param today day of asOf; age = today - day
 *
 * Source: docs/methods/features.md, "Activity".
 */
export function activityOf(index: CellIndex, today: Day): Activity {
  const { cells, slots, units } = index
  const kinds = cells.kinds.length
  const places = slots.unit.length
  const activity: Activity = {
    today,
    low: new Uint32Array(places),
    high: new Uint32Array(places),
    firstDay: new Int32Array(places).fill(NO_DAY),
    lastDay: new Int32Array(places).fill(NO_DAY),
    events: new Uint32Array(units * kinds * WINDOWS.length),
  }
  for (let kind = 0; kind < kinds; kind++) foldKind(index, activity, kind)
  return activity
}

function foldKind({ cells, slots, isDerived }: CellIndex, activity: Activity, kind: number): void {
  const { subject, start, day, n } = cells.runs[kind] as DayRuns // one per kind
  for (let run = 0; run < subject.length; run++) {
    // Within range throughout: runs are below their number, entries lie between the starts.
    const slot = subject[run] as number
    const row = ((slots.unit[slot] as number) * cells.kinds.length + kind) * WINDOWS.length
    for (let i = start[run] as number; i < (start[run + 1] as number); i++) {
      const on = cells.days[day[i] as number] as number
      addCount(activity, row, activity.today - on, n[i] as number)
      if (isDerived[kind] === 0) addDay(activity, slot, on)
    }
  }
}

function addCount({ events }: Activity, row: number, age: number, n: number): void {
  // Within range: rows are made of units and kinds that exist.
  if (age < 7) events[row] = (events[row] as number) + n
  if (age < 14) events[row + 1] = (events[row + 1] as number) + n
  if (age < 30) events[row + 2] = (events[row + 2] as number) + n
  events[row + 3] = (events[row + 3] as number) + n
}

function addDay({ today, low, high, firstDay, lastDay }: Activity, slot: number, day: Day): void {
  const age = today - day
  if (age < 32) low[slot] = (low[slot] as number) | (1 << age)
  else if (age < 64) high[slot] = (high[slot] as number) | (1 << (age - 32))
  const first = firstDay[slot] as number
  if (first === NO_DAY || day < first) firstDay[slot] = day
  if (day > (lastDay[slot] as number)) lastDay[slot] = day
}

/** Events of a kind in a unit in one of `WINDOWS`, 0 where the kind is not known. */
export function eventsIn(
  { index, activity }: Readonly<{ index: CellIndex; activity: Activity }>,
  unit: number,
  kind: string,
  window: (typeof WINDOWS)[number],
): number {
  const code = index.codeOf.get(kind)
  if (code === undefined) return 0
  const place = (unit * index.cells.kinds.length + code) * WINDOWS.length + WINDOWS.indexOf(window)
  return activity.events[place] as number
}

/** Was the slot active at any age from..to (both within 0..63)? */
export function isActiveIn({ low, high }: Activity, slot: number, from: number, to: number): boolean {
  const inLow = from < 32 && ((low[slot] as number) & maskOfAges(from, Math.min(to, 31))) !== 0
  return inLow || (to >= 32 && ((high[slot] as number) & maskOfAges(Math.max(from, 32) - 32, to - 32)) !== 0)
}

/** Bits from..to set; 0 <= from <= to <= 31. */
function maskOfAges(from: number, to: number): number {
  return (0xffffffff >>> (31 - to)) & (0xffffffff << from)
}

/** Distinct persons of a unit who were active at any age from..to (both within 0..63). */
export function personsActive(
  index: CellIndex,
  activity: Activity,
  unit: number,
  ages: readonly [number, number],
): number {
  let persons = 0
  const end = index.slots.start[unit + 1] as number
  for (let slot = (index.slots.start[unit] as number) + 1; slot < end; slot++) {
    if (isActiveIn(activity, slot, ages[0], ages[1])) persons++
  }
  return persons
}

/** Distinct days at ages 0..13 on which anything happened in a unit. */
export function activeDays14(index: CellIndex, activity: Activity, unit: number): number {
  let bits = 0
  const end = index.slots.start[unit + 1] as number
  for (let slot = index.slots.start[unit] as number; slot < end; slot++) bits |= activity.low[slot] as number
  return bitsSet(bits & 0x3fff)
}

/** Distinct days at ages 0..13 with an event of one kind in a unit. */
export function kindDays14(index: CellIndex, unit: number, kind: string, today: Day): number {
  let bits = 0
  const runs = runsOf(index, kind)
  const { from, to } = stretchOfUnit(runs, index.slots, unit)
  for (let i = from; i < to; i++) {
    const age = today - (index.cells.days[runs.day[i] as number] as number)
    if (age < 14) bits |= 1 << age
  }
  return bitsSet(bits)
}

function bitsSet(bits: number): number {
  let left = bits
  let count = 0
  while (left !== 0) {
    left &= left - 1
    count++
  }
  return count
}
