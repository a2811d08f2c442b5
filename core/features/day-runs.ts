import type { DayRuns, Slots } from '#schema/cells'

/** Runs without any entry. */
export const NO_RUNS: DayRuns = {
  subject: new Uint32Array(0),
  start: new Uint32Array(1),
  day: new Uint16Array(0),
  n: new Uint16Array(0),
}

/** Entries from..to of one run. */
export type Stretch = Readonly<{ from: number; to: number }>

/** First run whose subject is `subject` or above; the number of runs where there is none. */
export function firstRunFrom({ subject }: Pick<DayRuns, 'subject'>, least: number): number {
  let low = 0
  let high = subject.length
  while (low < high) {
    const middle = (low + high) >>> 1
    // Within range: low <= middle < high.
    if ((subject[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Entries of a subject; none where it has no run. */
export function stretchOf(runs: DayRuns, subject: number): Stretch {
  const run = firstRunFrom(runs, subject)
  if (runs.subject[run] !== subject) return { from: 0, to: 0 }
  return { from: runs.start[run] as number, to: runs.start[run + 1] as number }
}

/** Entries of all slots of a unit: neighbours, as slots of a unit are. */
export function stretchOfUnit(runs: DayRuns, { start }: Pick<Slots, 'start'>, unit: number): Stretch {
  // Within range: `start` of the runs is one longer than their subjects.
  const from = firstRunFrom(runs, start[unit] as number)
  const to = firstRunFrom(runs, start[unit + 1] as number)
  return { from: runs.start[from] as number, to: runs.start[to] as number }
}
