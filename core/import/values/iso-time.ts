import { DAY_MS, type Day, daysFromCivil, type Instant } from '#lib/time'

const DASH = 45
const COLON = 58
const DOT = 46
const CAPITAL_T = 84
const CAPITAL_Z = 90
const BLANK = 32

/** Days in a month of the Gregorian calendar; 0 for a month that is none. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month < 1 || month > 12) return 0
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Number of the two digits at `at`, NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN
}

/**
 * Day of a text that begins with `YYYY-MM-DD`: the fast way for the commonest form.
 *
 * @returns the day number; NaN where the text begins otherwise or there is no such date
 */
export function isoDay(text: string): Day {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return Number.NaN
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  return day >= 1 && day <= daysInMonth(year, month) ? daysFromCivil(year, month, day) : Number.NaN
}

/**
 * Instant of exactly `YYYY-MM-DDTHH:MM:SS(.fraction)Z` (T or a blank): the fast way for the commonest form. A fraction
 * of any length is cut to milliseconds.
 *
 * @returns ms since epoch; NaN where the text has another form or there is no such time
 */
export function isoInstant(text: string): Instant {
  const end = text.length - 1
  return text.charCodeAt(end) === CAPITAL_Z ? isoWall(text, end) : Number.NaN
}

/** Wall-clock time of the same form without the Z: text[0 .. end). ms since 1970-01-01T00:00 of the same clock. */
export function isoWall(text: string, end: number): number {
  const between = text.charCodeAt(10)
  if (end < 19 || (between !== CAPITAL_T && between !== BLANK)) return Number.NaN
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return Number.NaN
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  return isoDay(text) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs(text, end)
}

/** Milliseconds of the fraction at [19, end): 0 where there is none, NaN where it is no fraction. */
function fractionMs(text: string, end: number): number {
  if (end === 19) return 0
  if (text.charCodeAt(19) !== DOT || end === 20) return Number.NaN
  let ms = 0
  let worth = 100
  for (let at = 20; at < end; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    ms += worth * digit
    worth = worth > 1 ? worth / 10 : 0
  }
  return ms
}
