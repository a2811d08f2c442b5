import { formatInstant, HOUR_MS, type Instant } from '#lib/time'
import type { EventTally } from './event-walk.ts'

/** Events that would have been expected in a gap, from which it is one. They come in sessions, so that few would come by chance. */
const EXPECTED_EVENTS = 40
const WEEK_HOURS = 168
/** Weeks on each side that tell how many events an hour usually has. */
const WEEKS = 4

/** A stretch of whole hours without any event, where the same hours of other weeks have many. */
export type ClockGap = Readonly<{
  /** First instant of the first empty hour, and of the first hour with an event again. */
  from: Instant
  to: Instant
  hours: number
  /** Events that the same hours of the weeks around it have on average, on the quieter side. */
  expected: number
}>

/**
 * Gaps in the events.
 *
 *   expected(gap) = sum over its hours of the smaller of two means: the count of that hour of the week in the nearest 4 weeks
 *                   before the gap, and in those after it, where there are such weeks already;   a run of empty hours is a
 *                   gap where expected >= 40
 *
 * Nights, weekends and the time before a product took off expect nothing and are no gap. Only hours between the first
 * and the last event of the 400 days up to as-of are looked at.
 *
 * @param tally counts per UTC hour
 * @returns gaps in the order of time
 *
 * Source: docs/methods/data-health.md, "Gaps".
 */
export function findGaps({ perHour, firstHour }: Pick<EventTally, 'perHour' | 'firstHour'>): ClockGap[] {
  const first = perHour.findIndex(count => count > 0)
  const last = perHour.findLastIndex(count => count > 0)
  const gaps: ClockGap[] = []
  for (let from = first; from >= 0 && from < last; from++) {
    if (perHour[from] !== 0) continue
    let to = from
    while (perHour[to] === 0) to++
    const expected = expectedIn(perHour, { from, to, first, last })
    if (expected >= EXPECTED_EVENTS) {
      const at = (hour: number): Instant => (firstHour + hour) * HOUR_MS
      gaps.push({ from: at(from), to: at(to), hours: to - from, expected })
    }
    from = to
  }
  return gaps
}

type Stretch = Readonly<{ from: number; to: number; first: number; last: number }>

function expectedIn(perHour: Uint32Array, stretch: Stretch): number {
  let expected = 0
  for (let hour = stretch.from; hour < stretch.to; hour++)
    expected += Math.min(usual(perHour, stretch, hour, -1) ?? 0, usual(perHour, stretch, hour, 1) ?? Infinity)
  return expected
}

/** Mean count of an hour of the week in the nearest weeks on one side of a stretch; null where the data do not reach there. */
function usual(perHour: Uint32Array, { from, to, first, last }: Stretch, hour: number, side: -1 | 1): number | null {
  const outside = side < 0 ? hour - from + 1 : to - hour
  const nearest = Math.ceil(outside / WEEK_HOURS)
  let events = 0
  let weeks = 0
  for (let week = nearest; week < nearest + WEEKS; week++) {
    const other = hour + side * week * WEEK_HOURS
    if (other < first || other > last) break
    events += perHour[other] as number // first <= other <= last
    weeks++
  }
  return weeks === 0 ? null : events / weeks
}

/** A gap in a sentence. */
export function gapSentence({ from, to, hours, expected }: ClockGap): string {
  const text = (at: Instant): string => `${formatInstant(at).slice(0, 16).replace('T', ' ')} UTC`
  const long = hours === 1 ? '1 hour' : `${hours} hours`
  return `No event for ${long}, from ${text(from)} to ${text(to)}; about ${Math.round(expected)} are usual there`
}
