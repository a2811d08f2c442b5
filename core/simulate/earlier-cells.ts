import { NO_DAY } from '#features'
import type { Day } from '#lib/time'
import type { Cells, DayRuns } from '#schema/cells'
import { DERIVED_KINDS } from '#schema/model'

type EarlierCells = Pick<Cells, 'kinds' | 'runs' | 'slots' | 'days' | 'lastActiveDay'>

/**
 * The cells as they were at the end of an earlier day: what lies after it is left out.
 *
 * @param cells of a later instant; stays as it is
 * @param day   last day that counts, in the model's zone
 * @returns cells over the same kinds, slots and days
 *
 * Source: docs/methods/simulate.md, "Weekly entrants".
 */
export function cellsUpTo(cells: EarlierCells, day: Day): EarlierCells {
  const { kinds, slots, days, lastActiveDay } = cells
  const first = firstCodeUpTo(days, day)
  const runs = cells.runs.map(own => runsFrom(own, first))
  const latest = new Int32Array(lastActiveDay.length).fill(NO_DAY)
  const derived = new Set<string>(DERIVED_KINDS)
  for (const [kind, { subject, start, day: codes }] of runs.entries()) {
    if (derived.has(kinds[kind] ?? '')) continue
    for (let run = 0; run < subject.length; run++) {
      // Within range: a run has an entry, its first one the newest; subjects are slots.
      const u = slots.unit[subject[run] as number] as number
      const newest = days[codes[start[run] as number] as number] as number
      if (newest > (latest[u] as number)) latest[u] = newest
    }
  }
  return { kinds, slots, days, runs, lastActiveDay: latest }
}

/** Position of the first day at or before `day`; days go from the newest on. */
function firstCodeUpTo(days: Int32Array, day: Day): number {
  const found = days.findIndex(own => own <= day)
  return found < 0 ? days.length : found
}

/** Entries of days from a position on; runs that keep none are left out. */
function runsFrom({ subject, start, day, n }: DayRuns, first: number): DayRuns {
  const subjects = new Uint32Array(subject.length)
  const starts = new Uint32Array(subject.length + 1)
  const days = day.slice()
  const counts = n.slice()
  let runs = 0
  let entries = 0
  for (let run = 0; run < subject.length; run++) {
    // Within range: entries of a run lie between its starts, newest day first.
    const end = start[run + 1] as number
    let entry = start[run] as number
    while (entry < end && (day[entry] as number) < first) entry++
    if (entry === end) continue
    subjects[runs] = subject[run] as number
    starts[runs++] = entries
    for (; entry < end; entry++) {
      days[entries] = day[entry] as number
      counts[entries++] = n[entry] as number
    }
  }
  starts[runs] = entries
  return {
    subject: subjects.slice(0, runs),
    start: starts.slice(0, runs + 1),
    day: days.slice(0, entries),
    n: counts.slice(0, entries),
  }
}
