import { DAY_MS, daysFromCivil, formatDay, formatInstant, type Instant, type Moment } from '#lib/time'
import type { Reading } from '#schema/import'
import type { PatternDate } from './date-pattern.ts'
import type { FaultSlot, ValueFault } from './fault.ts'
import { isoDay, isoInstant, isoWall } from './iso-time.ts'
import { plainSpelling } from './plain-spelling.ts'
import { type Clock, readTimeText, type TimeText } from './time-text.ts'

export type MomentForm = Extract<Reading, { kind: 'moment' }>['form']
export type EpochForm = 'epoch_s' | 'epoch_ms' | 'epoch_us'
type AnyEpoch = EpochForm | 'epoch_ns'

/** What the values of one column say about how it is to be read. It does not depend on how it is being read. */
export type MomentTally = Record<
  /** Dates that fit one order only; dates that both orders fit with different results. */
  | 'dmy'
  | 'mdy'
  | 'either'
  /** Epochs by magnitude, and numbers too small to tell. */
  | AnyEpoch
  | 'small'
  /** Dates that explain themselves, by form. */
  | 'iso'
  | 'ymd'
  | 'named_month'
  /** Times of day without an offset. */
  | 'zoneless'
  /** Dates with two digits of a year beside the name of a month: that fit one order only, and both with different results. */
  | 'day_first'
  | 'year_first'
  | 'short_either'
  | 'short_year',
  number
>

/** Reads the moments of one column. */
export type MomentReader = Readonly<{
  tally: MomentTally
  /** The first value that can be read in two ways with different results; empty where there is none. */
  example(): string
  /** The first value with two digits of a year; empty where there is none. */
  shortYear(): string
  /** How many values the pattern read that was asked for. */
  patterned(): number
  /** Canonical text of a moment; empty where the value cannot be read, and `slot` says why. */
  read(text: string, slot: FaultSlot): Moment
  /** Instant of a moment; of a day, which has none before it is known in whose zone, its canonical text; NaN where it cannot be read. */
  readTime(text: string, slot: FaultSlot): Instant | Moment
}>

/** Clocks of the zone in which times without an offset are read. */
export type ZoneClock = Readonly<{ isUtc: boolean; wallClock(wall: number): Instant }>

const END = daysFromCivil(2200, 1, 1)
const END_MS = END * DAY_MS

/** The magnitudes of epochs do not overlap: below 1e8 nothing is told, then seconds, from 1e11 ms, from 1e14 us, from 1e17 ns. */
const EPOCHS: readonly Readonly<{ form: AnyEpoch; from: number; below: number; end: number }>[] = [
  { form: 'epoch_s', from: 1e8, below: 1e11, end: END_MS / 1000 },
  { form: 'epoch_ms', from: 1e11, below: 1e14, end: END_MS },
  { form: 'epoch_us', from: 1e14, below: 1e17, end: END_MS * 1000 },
  { form: 'epoch_ns', from: 1e17, below: 1e20, end: END_MS * 1e6 },
]
const OUT = 'value/time-out-of-range'
const CANONICAL_LENGTH = 24
const CAPITAL_T = 84

/**
 * A reader for one column of moments.
 *
 * Forms that explain themselves (ISO 8601, year first, English month names) are read whatever `form` says. `dmy` and
 * `mdy` are the order of numeric dates with the year last, `dmy` and `ymd` that of names of months between two digits each, `epoch_*` the unit of numbers; a value that would need the
 * other kind of form is not read.
 *
 * @param form how the column is read; `iso`: only what explains itself
 * @param pattern reads dates of a pattern that was asked for, before anything else; they prove nothing
 * @returns moments from 1970-01-01 to 2199-12-31, fractions cut to ms; others are `value/time-out-of-range`
 *
 * Source: docs/methods/import.md, "Times".
 */
export function momentReader(
  form: MomentForm,
  zone: ZoneClock,
  pattern: ((text: string) => PatternDate | null) | null = null,
): MomentReader {
  const tally = emptyTally()
  const slow = slowReader(form, zone, tally)
  const simple: MomentReader = {
    tally,
    example: () => slow.example,
    shortYear: () => slow.shortYear,
    patterned: () => 0,
    read(text, slot) {
      const plain = plainMoment(text)
      if (plain !== '') {
        tally.iso++
        return plain
      }
      const wall = slow.wallInstant(text)
      if (!Number.isNaN(wall)) return zone.isUtc ? canonical(text, text.length) : formatInstant(wall)
      const at = slow.read(text, slot)
      if (Number.isNaN(at)) return ''
      return slow.isDay ? formatDay(at) : formatInstant(at)
    },
    readTime(text, slot) {
      const fast = isoInstant(text)
      if (isInstant(fast)) {
        tally.iso++
        return fast
      }
      const wall = slow.wallInstant(text)
      if (!Number.isNaN(wall)) return wall
      const at = slow.read(text, slot)
      return slow.isDay && !Number.isNaN(at) ? formatDay(at) : at
    },
  }
  return pattern === null ? simple : patternReader(simple, slow, pattern)
}

function patternReader(
  otherwise: MomentReader,
  slow: SlowReader,
  pattern: (text: string) => PatternDate | null,
): MomentReader {
  let patterned = 0
  return {
    ...otherwise,
    patterned: () => patterned,
    read(text, slot) {
      const found = pattern(text)
      if (found === null) return otherwise.read(text, slot)
      patterned++
      const at = slow.settle(found, slot)
      if (Number.isNaN(at)) return ''
      return slow.isDay ? formatDay(at) : formatInstant(at)
    },
    readTime(text, slot) {
      const found = pattern(text)
      if (found === null) return otherwise.readTime(text, slot)
      patterned++
      const at = slow.settle(found, slot)
      return slow.isDay && !Number.isNaN(at) ? formatDay(at) : at
    },
  }
}

/** Reads what is not in one of the commonest forms. */
type SlowReader = {
  example: string
  shortYear: string
  /** Was what `read` gave last a day, not an instant? */
  isDay: boolean
  /** Instant of an ISO time without an offset; NaN for any other text. */
  wallInstant(text: string): Instant
  /** Day number or instant; NaN where the text cannot be read, and `slot` says why. */
  read(text: string, slot: FaultSlot): number
  /** The same of a date that has been taken apart. */
  settle(found: Resolved, slot: FaultSlot): number
}

function slowReader(form: MomentForm, zone: ZoneClock, tally: MomentTally): SlowReader {
  const instantOf = (day: number, clock: Clock): number => {
    const wall = day * DAY_MS + clock.ms
    if (!Number.isNaN(clock.offset)) return wall - clock.offset
    tally.zoneless++
    return zone.wallClock(wall)
  }
  const reader: SlowReader = {
    example: '',
    shortYear: '',
    isDay: false,
    wallInstant(text) {
      const wall = isoWall(text, text.length)
      const instant = Number.isNaN(wall) ? wall : zone.wallClock(wall)
      if (!isInstant(instant)) return Number.NaN
      tally.iso++
      tally.zoneless++
      return instant
    },
    read(text, slot) {
      const before = tally.either + tally.short_either
      const found = resolve(readTimeText(plainSpelling(text)), form, tally)
      if (tally.either + tally.short_either > before && reader.example === '') reader.example = text
      if (tally.short_year === 1 && reader.shortYear === '') reader.shortYear = text
      return typeof found === 'string' ? refuse(slot, found) : reader.settle(found, slot)
    },
    settle(found, slot) {
      reader.isDay = found.clock === null
      const at = found.clock === null ? found.day : instantOf(found.day, found.clock)
      return (reader.isDay ? isDay(at) : isInstant(at)) ? at : refuse(slot, OUT)
    },
  }
  return reader
}

function isDay(day: number): boolean {
  return day >= 0 && day < END
}

function isInstant(instant: number): boolean {
  return instant >= 0 && instant < END_MS
}

/** Canonical text of the commonest forms, `YYYY-MM-DD` and ISO 8601 with a Z; empty for any other. */
function plainMoment(text: string): Moment {
  if (text.length === 10) return isDay(isoDay(text)) ? text : ''
  if (!isInstant(isoInstant(text))) return ''
  const isCanonical = text.length === CANONICAL_LENGTH && text.charCodeAt(10) === CAPITAL_T
  return isCanonical ? text : canonical(text, text.length - 1)
}

/** Canonical text of an ISO time in UTC whose offset, if any, starts at `end`. */
function canonical(text: string, end: number): Moment {
  const fraction = end === 19 ? '000' : text.slice(20, Math.min(end, 23)).padEnd(3, '0')
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}

function refuse(slot: FaultSlot, code: ValueFault): number {
  slot.code = code
  return Number.NaN
}

type Epoch = Extract<TimeText, { kind: 'epoch' }>
type Resolved = Readonly<{ day: number; clock: Clock | null }>

function resolve(read: TimeText, form: MomentForm, tally: MomentTally): Resolved | ValueFault {
  if (read.kind === 'fault') return read.fault
  if (read.kind === 'date') return told(read, tally)
  if (read.kind === 'short') return resolveShort(read, form, tally)
  if (read.kind === 'epoch') return resolveEpoch(read, form, tally)
  const { dmy, mdy, clock } = read
  if (Number.isNaN(mdy)) tally.dmy++
  else if (Number.isNaN(dmy)) tally.mdy++
  else tally.either += dmy === mdy ? 0 : 1
  if (form !== 'dmy' && form !== 'mdy') return dmy === mdy ? { day: dmy, clock } : 'value/not-a-time'
  const day = form === 'dmy' ? dmy : mdy
  return Number.isNaN(day) ? 'value/impossible-date' : { day, clock }
}

function told(read: Extract<TimeText, { kind: 'date' }>, tally: MomentTally): Resolved {
  tally[read.form]++
  return read
}

type ShortYear = Extract<TimeText, { kind: 'short' }>

function resolveShort({ dmy, ymd, clock }: ShortYear, form: MomentForm, tally: MomentTally): Resolved | ValueFault {
  tally.short_year++
  if (Number.isNaN(ymd)) tally.day_first++
  else if (Number.isNaN(dmy)) tally.year_first++
  else tally.short_either += dmy === ymd ? 0 : 1
  if (form !== 'dmy' && form !== 'ymd') return dmy === ymd ? { day: dmy, clock } : 'value/not-a-time'
  const day = form === 'dmy' ? dmy : ymd
  return Number.isNaN(day) ? 'value/impossible-date' : { day, clock }
}

function resolveEpoch(read: Epoch, form: MomentForm, tally: MomentTally): Resolved | ValueFault {
  const { value } = read
  const own = EPOCHS.find(({ from, below }) => value >= from && value < below)
  if (own !== undefined && value < own.end) tally[own.form]++
  else if (value >= 0 && value < 1e8) tally.small++
  else return Math.abs(value) < 1e8 ? 'value/not-a-time' : OUT
  const unit = EPOCHS.find(epoch => epoch.form === form)?.form
  if (unit === undefined) return 'value/not-a-time'
  if (own !== undefined && own.form !== unit) return OUT
  const ms = epochMs(read, unit)
  const day = Math.floor(ms / DAY_MS)
  return { day, clock: { ms: ms - day * DAY_MS, offset: 0 } }
}

/** Cut to ms. Seconds and nanoseconds are cut in their digits: as a product they may come out a millisecond off. */
function epochMs({ value, whole, fraction }: Epoch, form: AnyEpoch): number {
  if (form === 'epoch_s') return Math.floor(value) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  if (form === 'epoch_ns') return Number(whole.slice(0, -6))
  return Math.floor(form === 'epoch_ms' ? value : value / 1000)
}

function emptyTally(): MomentTally {
  return {
    dmy: 0,
    mdy: 0,
    either: 0,
    epoch_s: 0,
    epoch_ms: 0,
    epoch_us: 0,
    epoch_ns: 0,
    small: 0,
    iso: 0,
    ymd: 0,
    named_month: 0,
    zoneless: 0,
    day_first: 0,
    year_first: 0,
    short_either: 0,
    short_year: 0,
  }
}
