import {
  type EventPlaces,
  type JudgedRoster,
  kindTable,
  losingCopies,
  maskOf,
  placeEvents,
  rosterSteps,
} from '#features'
import { parseAsOf } from '#lib/as-of'
import { AppError } from '#lib/errors'
import { finish, type Steps } from '#lib/steps'
import { type Calendar, DAY_MS, HOUR_MS, type Instant } from '#lib/time'
import type { JudgedData } from '#schema/dataset'

const MONTH_MS = 30 * DAY_MS
const MOST_BUCKETS = 1 << 21

/**
 * The instant at which everything is judged.
 *
 *   given    a date: the end of that day in the model's zone; an instant: itself (UTC where it has no offset)
 *   default  newest event of a known workspace with at least max(2, 0.1 % of those events) events, itself included, in the 30
 *            days up to it, (t - 30 d, t]; the newest where none has
 *
 * Losing copies of an event id do not count. The default never depends on a clock.
 *
 * @param option as the user wrote it; undefined or empty: the default
 * @throws AppError usage/bad-argument where the option is no date and no instant; import/no-events where there is nothing to
 *   go by
 *
 * Source: docs/methods/score.md, "Time".
 */
export function resolveAsOf(dataset: JudgedData, calendar: Calendar, option: string | undefined): Instant {
  return finish(asOfSteps(dataset, calendar, option)).asOf
}

/** An instant, and everybody of all time where they had to be looked up for it. */
export type ResolvedAsOf = Readonly<{ asOf: Instant; roster: JudgedRoster | null }>

/** `resolveAsOf`, halting now and then. */
export function* asOfSteps(dataset: JudgedData, calendar: Calendar, option: string | undefined): Steps<ResolvedAsOf> {
  if (option !== undefined && option.trim() !== '') return { asOf: parseAsOf(option, calendar), roster: null }
  const roster = yield* rosterSteps(dataset, calendar, Number.POSITIVE_INFINITY)
  const asOf = yield* defaultAsOf(eventTimes(dataset, roster))
  if (asOf === null)
    throw new AppError('import/no-events', 'no event of a known workspace, so there is no date to score at')
  return { asOf, roster }
}

/** Counts events by hour first, so that only the hours that can hold the answer are looked at one by one. */
function* defaultAsOf(walk: Walk): Steps<Instant | null> {
  const { counts, start, width, events } = yield* histogramOf(walk)
  if (events === 0) return null
  const need = Math.max(2, 0.001 * events)
  const reach = Math.ceil(MONTH_MS / width)
  let newest = counts.length - 1
  while (counts[newest] === 0) newest--
  // Events in the bucket and in all that reach into the 30 days before it: never fewer than the rule counts.
  let within = 0
  for (let bucket = newest, oldest = newest + 1; bucket >= 0; bucket--) {
    if (bucket < newest) within -= counts[bucket + 1] as number
    while (oldest > Math.max(0, bucket - reach)) within += counts[--oldest] as number
    if (within < need || counts[bucket] === 0) continue
    const times = yield* timesUpTo(walk, start + bucket * width, width)
    const found = newestWithin(times, start + bucket * width, need)
    if (found !== null) return found
  }
  return (yield* timesUpTo(walk, start + newest * width, width)).at(-1) ?? null
}

type Histogram = Readonly<{ counts: Uint32Array; start: Instant; width: number; events: number }>

/** Events per hour from the first to the last; per longer span where that would be very many hours. */
function* histogramOf(walk: Walk): Steps<Histogram> {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  yield* walk(at => {
    if (at < first) first = at
    if (at > last) last = at
  })
  if (first > last) return { counts: new Uint32Array(1), start: 0, width: HOUR_MS, events: 0 }
  let width = HOUR_MS
  while ((last - first) / width >= MOST_BUCKETS) width *= 2
  const counts = new Uint32Array(Math.floor((last - first) / width) + 1)
  let events = 0
  yield* walk(at => {
    const bucket = Math.floor((at - first) / width)
    counts[bucket] = (counts[bucket] as number) + 1 // first <= at <= last
    events++
  })
  return { counts, start: first, width, events }
}

/** The newest time at or after `start` that has enough company; times ascend. */
function newestWithin(times: Float64Array, start: Instant, need: number): Instant | null {
  let from = times.length - 1
  for (let i = times.length - 1; i >= 0 && (times[i] as number) >= start; i--) {
    from = Math.min(from, i)
    while (from > 0 && (times[from - 1] as number) > (times[i] as number) - MONTH_MS) from--
    if (i - from + 1 >= need) return times[i] as number
  }
  return null
}

type Walk = (visit: (at: Instant) => void) => Steps<void>

/** Times of a bucket and of the 30 days before it, ascending. */
function* timesUpTo(walk: Walk, start: Instant, width: number): Steps<Float64Array> {
  const times: number[] = []
  yield* walk(at => {
    if (at >= start - MONTH_MS && at < start + width) times.push(at)
  })
  return Float64Array.from(times).sort()
}

/** Walks the events of known workspaces, copies aside, whatever their time; halts after each chunk. */
function eventTimes(dataset: JudgedData, roster: JudgedRoster): Walk {
  const places: EventPlaces = placeEvents(dataset.events, roster, kindTable({ taxonomy: [], signals: [] }))
  const losing = losingCopies(dataset.events, Number.POSITIVE_INFINITY)
  return function* (visit) {
    for (const chunk of dataset.events.chunks()) {
      const { timestamp, workspace, count } = chunk // of most chunks nobody asks for the users: these are not unpacked
      const mask = maskOf(losing, chunk)
      for (let i = 0; i < count; i++) {
        const code = workspace[i] as number // columns have `count` values, codes lie within their dictionaries
        const place = code > 0 ? places.workspaceOfCode[code] : places.soleWorkspaceOfUser[chunk.user[i] as number]
        if ((place as number) >= 0 && (mask === null || mask[i] === 0)) visit(timestamp[i] as number)
      }
      yield
    }
  }
}
