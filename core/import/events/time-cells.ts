import { DAY_MS, daysFromCivil } from '#lib/time'
import type { EpochForm, MomentForm } from '../values/moment-reader.ts'

const FIRST_YEAR = 1970
const YEARS = 230
/** The end of 2199, up to which moments are read. */
const END_MS = daysFromCivil(FIRST_YEAR + YEARS, 1, 1) * DAY_MS

/** Day number on which each month begins, and one more; months are counted from January 1970. */
const MONTH_START = Int32Array.from({ length: 12 * YEARS + 1 }, (_, month) =>
  daysFromCivil(FIRST_YEAR + Math.floor(month / 12), (month % 12) + 1, 1),
)

/** Stands for every byte that is no digit: no number made with it is within any range. */
const NO_DIGIT = 1_000_000
const DIGIT = Int32Array.from({ length: 256 }, (_, byte) => (byte >= 48 && byte <= 57 ? byte - 48 : NO_DIGIT))

/** Digits of an epoch from September 2001 on: those whose unit their length tells. */
const EPOCH_DIGITS: Readonly<Record<EpochForm, number>> = { epoch_s: 10, epoch_ms: 13, epoch_us: 16 }

/** What was read, as the tally of the column's own reader counts it; a time without a zone is ISO 8601 as well. */
export type TimeEvidence = Record<EpochForm | 'iso' | 'zoneless', number>

/**
 * Reads times from bytes: `YYYY-MM-DD(T| )HH:MM:SS`, a fraction, `Z` or an offset or, in UTC, neither; whole epochs where
 * the plan says so. Others are left to the column's own reader, with which these agree.
 *
 * Source: docs/methods/import.md, "Times".
 */
export class TimeCells {
  private readonly epoch: EpochForm | null
  /** Do times without an offset count as UTC? */
  readonly isUtc: boolean
  /** What the time read last is evidence of. */
  kind: keyof TimeEvidence = 'iso'

  /** @param form how the plan reads the column. @param timeZone of times without an offset */
  constructor(form: MomentForm, timeZone: string) {
    this.epoch = form === 'epoch_s' || form === 'epoch_ms' || form === 'epoch_us' ? form : null
    this.isUtc = timeZone === 'UTC'
  }

  /** @returns ms since epoch; NaN where the bytes are not such a time */
  read(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length >= 19 && bytes[start + 4] === 45) return this.readIso(bytes, start, end)
    if (this.epoch === null || length !== EPOCH_DIGITS[this.epoch] || bytes[start] === 48) return Number.NaN
    this.kind = this.epoch
    const value = digits(bytes, start, end)
    if (this.epoch === 'epoch_s') return inRange(1000 * value)
    return inRange(this.epoch === 'epoch_ms' ? value : Math.floor(value / 1000))
  }

  private readIso(bytes: Uint8Array, start: number, end: number): number {
    const wall = wallClock(bytes, start)
    let at = start + 19
    let fraction = 0
    if (at < end && bytes[at] === 46) {
      const from = at + 1
      for (at = from; at < end && DIGIT[bytes[at] as number] !== NO_DIGIT; at++);
      if (at === from) return Number.NaN
      fraction = fractionMs(bytes, from, at)
    }
    this.kind = at === end ? 'zoneless' : 'iso'
    if (at === end && !this.isUtc) return Number.NaN
    return inRange(wall + fraction - offsetMs(bytes, at, end))
  }
}

/** ms of `YYYY-MM-DD(T| )HH:MM:SS`, read as UTC; NaN where it is not that. Reads 19 bytes, which must be there. */
function wallClock(bytes: Uint8Array, at: number): number {
  const between = bytes[at + 10]
  const isForm =
    bytes[at + 7] === 45 && (between === 84 || between === 32) && bytes[at + 13] === 58 && bytes[at + 16] === 58
  const year = 100 * pair(bytes, at) + pair(bytes, at + 2)
  const month = pair(bytes, at + 5)
  const day = pair(bytes, at + 8)
  const hour = pair(bytes, at + 11)
  const minute = pair(bytes, at + 14)
  const second = pair(bytes, at + 17)
  if (!isForm || hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1) return Number.NaN
  const index = 12 * (year - FIRST_YEAR) + month - 1
  if (index < 0 || index >= 12 * YEARS) return Number.NaN
  // Within range: there is one start more than there are months.
  const date = (MONTH_START[index] as number) + day - 1
  if (date >= (MONTH_START[index + 1] as number)) return Number.NaN
  return date * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000
}

/** Number of two digits; NO_DIGIT or more where they are none. */
function pair(bytes: Uint8Array, at: number): number {
  // There is an entry for every byte.
  return 10 * (DIGIT[bytes[at] as number] as number) + (DIGIT[bytes[at + 1] as number] as number)
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = DIGIT[bytes[at] as number] as number
    if (digit === NO_DIGIT) return Number.NaN
    value = 10 * value + digit
  }
  return value
}

function fractionMs(bytes: Uint8Array, start: number, end: number): number {
  const first = digits(bytes, start, Math.min(end, start + 3))
  if (end - start >= 3) return first
  return end - start === 2 ? 10 * first : 100 * first
}

/** ms of `Z`, `+HH:MM`, `+HHMM` or nothing; NaN where it is something else. */
function offsetMs(bytes: Uint8Array, at: number, end: number): number {
  if (at === end || (end - at === 1 && bytes[at] === 90)) return 0
  const length = end - at
  const isSigned = bytes[at] === 43 || bytes[at] === 45
  if (!isSigned || (length !== 5 && length !== 6) || (length === 6 && bytes[at + 3] !== 58)) return Number.NaN
  const hours = pair(bytes, at + 1)
  const minutes = pair(bytes, end - 2)
  if (hours > 23 || minutes > 59) return Number.NaN
  return (bytes[at] === 45 ? -60_000 : 60_000) * (60 * hours + minutes)
}

function inRange(instant: number): number {
  return instant >= 0 && instant < END_MS ? instant : Number.NaN
}
