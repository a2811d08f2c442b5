import type { DayRuns, Slots } from '#schema/cells'

type Place = Pick<Slots, 'start' | 'unit'>

/** Worked out once for the same runs: several signals of one kind, and every re-score, ask for the same. */
const KNOWN = new WeakMap<DayRuns, DayRuns>()

/**
 * The same counts over all persons of a unit and nobody, day by day: subjects are units.
 *
 * @param runs of slots
 * @param days how many days there are
 *
 * Source: docs/methods/score.md, "Cells".
 */
export function unitRuns(runs: DayRuns, slots: Place, days: number): DayRuns {
  const known = KNOWN.get(runs)
  if (known !== undefined) return known
  const merged = new UnitMerge(runs, days).merged(slots)
  KNOWN.set(runs, merged)
  return merged
}

class UnitMerge {
  private readonly runs: DayRuns
  private readonly subject: Uint32Array
  private readonly start: Uint32Array
  private readonly day: Uint32Array
  private readonly n: Uint32Array
  /** Events per day of the unit at hand; 0 for every other day. */
  private readonly onDay: Uint32Array
  private units = 0
  private entries = 0
  private most = 0

  constructor(runs: DayRuns, days: number) {
    this.runs = runs
    const { length } = runs.subject
    this.subject = new Uint32Array(length)
    this.start = new Uint32Array(length + 1)
    this.day = new Uint32Array(runs.day.length)
    this.n = new Uint32Array(runs.day.length)
    this.onDay = new Uint32Array(days)
  }

  merged({ unit }: Place): DayRuns {
    const { subject, start } = this.runs
    for (let from = 0, to = 0; from < subject.length; from = to) {
      // Within range: runs are below their number, subjects are slots.
      const own = unit[subject[from] as number] as number
      while (to < subject.length && unit[subject[to] as number] === own) to++
      this.subject[this.units] = own
      this.start[this.units++] = this.entries
      this.take(start[from] as number, start[to] as number)
    }
    this.start[this.units] = this.entries
    const Width = this.most <= 0xffff && this.onDay.length <= 0x10000 ? Uint16Array : Uint32Array
    return {
      subject: this.subject.slice(0, this.units),
      start: this.start.slice(0, this.units + 1),
      day: new Width(this.day.subarray(0, this.entries)),
      n: new Width(this.n.subarray(0, this.entries)),
    }
  }

  /** Adds up entries from..to, those of one unit. */
  private take(from: number, to: number): void {
    const { day, n } = this.runs
    const first = this.entries
    for (let i = from; i < to; i++) {
      const code = day[i] as number
      if (this.onDay[code] === 0) this.day[this.entries++] = code
      this.onDay[code] = (this.onDay[code] as number) + (n[i] as number)
    }
    sortShort(this.day, first, this.entries)
    for (let i = first; i < this.entries; i++) {
      const code = this.day[i] as number
      const sum = this.onDay[code] as number
      this.n[i] = sum
      this.onDay[code] = 0
      if (sum > this.most) this.most = sum
    }
  }
}

/** Ascending; by insertion where there are few. */
function sortShort(values: Uint32Array, from: number, to: number): void {
  if (to - from > 24) {
    values.subarray(from, to).sort()
    return
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number
    let at = i
    while (at > from && (values[at - 1] as number) > value) {
      values[at] = values[at - 1] as number
      at--
    }
    values[at] = value
  }
}
