import { type EventPlaces, kindTable, losingCopies, maskOf, placeEvents, takeRoster } from '#features'
import { AppError } from '#lib/errors'
import { type Calendar, DAY_MS, daysFromCivil, HOUR_MS, type Instant } from '#lib/time'
import type { Dataset } from '#schema/dataset'
import type { EventChunk } from '#schema/event'

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
export function resolveAsOf(dataset: Dataset, calendar: Calendar, option: string | undefined): Instant {
  if (option !== undefined && option.trim() !== '') return parseAsOf(option.trim(), calendar)
  const found = defaultAsOf(dataset, calendar)
  if (found === null)
    throw new AppError('import/no-events', 'no event of a known workspace, so there is no date to score at')
  return found
}

const AS_OF = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i

function parseAsOf(text: string, calendar: Calendar): Instant {
  const match = AS_OF.exec(text)
  const wrong = (): AppError =>
    new AppError(
      'usage/bad-argument',
      `as-of is neither a date nor an instant: ${text}; expected 2026-05-31 or 2026-05-31T12:00:00Z`,
      {
        argument: 'as-of',
        value: text,
      },
    )
  if (match === null) throw wrong()
  const [year = 0, month = 0, dayOfMonth = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(part => Number(part ?? 0))
  const day = daysFromCivil(year, month, dayOfMonth)
  const isDate = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysIn(year, month)
  if (!isDate || hour > 23 || minute > 59 || second > 59) throw wrong()
  if (match[4] === undefined) return calendar.startOf(day + 1) - 1
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return day * DAY_MS + hour * HOUR_MS + minute * 60_000 + second * 1000 + ms - offsetOf(match[8])
}

function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1)
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text.toUpperCase() === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000
}

/** Counts events by hour first, so that only the hours that can hold the answer are looked at one by one. */
function defaultAsOf(dataset: Dataset, calendar: Calendar): Instant | null {
  const walk = eventTimes(dataset, calendar)
  const { counts, start, width, events } = histogramOf(walk)
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
    const found = newestWithin(timesUpTo(walk, start + bucket * width, width), start + bucket * width, need)
    if (found !== null) return found
  }
  return timesUpTo(walk, start + newest * width, width).at(-1) ?? null
}

type Histogram = Readonly<{ counts: Uint32Array; start: Instant; width: number; events: number }>

/** Events per hour from the first to the last; per longer span where that would be very many hours. */
function histogramOf(walk: Walk): Histogram {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  walk(at => {
    if (at < first) first = at
    if (at > last) last = at
  })
  if (first > last) return { counts: new Uint32Array(1), start: 0, width: HOUR_MS, events: 0 }
  let width = HOUR_MS
  while ((last - first) / width >= MOST_BUCKETS) width *= 2
  const counts = new Uint32Array(Math.floor((last - first) / width) + 1)
  let events = 0
  walk(at => {
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

type Walk = (visit: (at: Instant) => void) => void

/** Times of a bucket and of the 30 days before it, ascending. */
function timesUpTo(walk: Walk, start: Instant, width: number): Float64Array {
  const times: number[] = []
  walk(at => {
    if (at >= start - MONTH_MS && at < start + width) times.push(at)
  })
  return Float64Array.from(times).sort()
}

/** Walks the events of known workspaces, copies aside, whatever their time. */
function eventTimes(dataset: Dataset, calendar: Calendar): Walk {
  const roster = takeRoster(dataset, calendar, Number.POSITIVE_INFINITY)
  const places: EventPlaces = placeEvents(dataset.events, roster, kindTable({ taxonomy: [], signals: [] }))
  const losing = losingCopies(dataset.events, Number.POSITIVE_INFINITY)
  const placeOf = (chunk: EventChunk, i: number): number => {
    const code = chunk.workspace[i] as number // columns have `count` values, codes lie within their dictionaries
    return (code > 0 ? places.workspaceOfCode[code] : places.soleWorkspaceOfUser[chunk.user[i] as number]) as number
  }
  return visit => {
    for (const chunk of dataset.events.chunks()) {
      const mask = maskOf(losing, chunk)
      for (let i = 0; i < chunk.count; i++) {
        if (placeOf(chunk, i) >= 0 && (mask === null || mask[i] === 0)) visit(chunk.timestamp[i] as number)
      }
    }
  }
}
