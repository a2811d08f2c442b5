import { endsOf, isBad, rowCount, startsOf } from './block'
import { isDigit } from './plain'

/** Kinds of times, as they are counted; the last one is for the column's own reader. */
const ISO: u8 = 0
const ZONELESS: u8 = 1
const ASK: u8 = 255
const DAY_MS: i64 = 86400000
/** Day on which 2200 begins: moments are read up to there. */
const LAST_DAY: i64 = 84006

/** The date read last, as its bytes, and its day. */
let dateWord: u64 = 0
let dateTail: u32 = 0
let dateDay: i64 = -1
let instant: f64 = 0

/**
 * Reads times `YYYY-MM-DD(T| )HH:MM:SS` with a fraction, `Z`, an offset or, in UTC, neither; others are to be asked about.
 *
 * @param values receives ms since epoch per row
 * @param kinds receives a byte per row
 * @returns how many are to be asked about
 */
export function lookTimes(field: i32, isUtc: bool, values: usize, kinds: usize): i32 {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  let asked = 0
  for (let row = 0; row < count; row++) {
    if (isBad(row)) continue
    const at = (<usize>row) << 2
    const kind = timeKind(load<u32>(starts + at), load<u32>(ends + at), isUtc)
    store<u8>(kinds + row, kind)
    store<f64>(values + (at << 1), instant)
    if (kind === ASK) asked++
  }
  return asked
}

function timeKind(start: usize, end: usize, isUtc: bool): u8 {
  if (end - start < 19) return ASK
  const day = dayAt(start)
  const clock = clockAt(start)
  const at = behindFraction(start + 19, end)
  if (day < 0 || clock < 0 || at === 0 || (at === end && !isUtc)) return ASK
  const offset = at === end || (end - at === 1 && load<u8>(at) === 90) ? 0 : offsetMs(at, end)
  const ms = day * DAY_MS + clock + fraction - offset
  if (offset === WRONG || ms < 0 || ms >= LAST_DAY * DAY_MS) return ASK
  instant = <f64>ms
  return at === end ? ZONELESS : ISO
}

/** ms of the fraction read last. */
let fraction: i64 = 0

/** @returns where a fraction ends; `at` where there is none, 0 where it has no digits */
function behindFraction(at: usize, end: usize): usize {
  fraction = 0
  if (at === end || load<u8>(at) !== 46) return at
  let weight: i64 = 100
  let to = at + 1
  while (to < end && isDigit(load<u8>(to))) {
    fraction += weight * digit(to)
    weight = weight / 10
    to++
  }
  return to === at + 1 ? 0 : to
}

const WRONG: i64 = i64.MAX_VALUE

function digit(at: usize): i64 {
  return <i64>(<u32>load<u8>(at) - 48)
}

/** Number of two digits; a hundred or more where they are none. */
function pair(at: usize): i64 {
  const tens = digit(at)
  const ones = digit(at + 1)
  return tens > 9 || ones > 9 || tens < 0 || ones < 0 ? 100 : 10 * tens + ones
}

/** Day of `YYYY-MM-DD(T| )`, -1 where it is no such date. */
function dayAt(at: usize): i64 {
  const word = load<u64>(at)
  const tail = load<u32>(at, 8) & 0xffffff
  if (word !== dateWord || tail !== dateTail) {
    dateWord = word
    dateTail = tail
    dateDay = readDay(at)
  }
  return dateDay
}

function readDay(at: usize): i64 {
  const between = load<u8>(at, 10)
  if (load<u8>(at, 4) !== 45 || load<u8>(at, 7) !== 45 || (between !== 84 && between !== 32)) return -1
  const century = pair(at)
  const years = pair(at + 2)
  const month = pair(at + 5)
  const day = pair(at + 8)
  const year = 100 * century + years
  if (century > 99 || years > 99 || year < 1970 || year > 2199) return -1
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return -1
  return daysFromCivil(year, month, day)
}

function daysIn(year: i64, month: i64): i64 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days since 1970-01-01 in the Gregorian calendar. Years begin in March, so that the leap day is their last. */
function daysFromCivil(year: i64, month: i64, day: i64): i64 {
  const y = month <= 2 ? year - 1 : year
  const sinceMarch = month > 2 ? month - 3 : month + 9
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * sinceMarch + 2) / 5 + day - 1 - 719468
}

/** ms of `HH:MM:SS` behind a date, -1 where it is none. */
function clockAt(at: usize): i64 {
  const hour = pair(at + 11)
  const minute = pair(at + 14)
  const second = pair(at + 17)
  const isForm = load<u8>(at, 13) === 58 && load<u8>(at, 16) === 58
  return isForm && hour < 24 && minute < 60 && second < 60 ? ((hour * 60 + minute) * 60 + second) * 1000 : -1
}

/** ms of `+HH:MM` or `+HHMM`. */
function offsetMs(at: usize, end: usize): i64 {
  const length = end - at
  const sign = load<u8>(at)
  if ((sign !== 43 && sign !== 45) || (length !== 5 && length !== 6)) return WRONG
  if (length === 6 && load<u8>(at, 3) !== 58) return WRONG
  const hours = pair(at + 1)
  const minutes = pair(end - 2)
  if (hours > 23 || minutes > 59) return WRONG
  return (sign === 45 ? -60000 : 60000) * (60 * hours + minutes)
}
