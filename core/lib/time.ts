/** ms since 1970-01-01T00:00:00Z, whole. */
export type Instant = number
/** Calendar day number: 0 is 1970-01-01. */
export type Day = number
/** `2026-05-31` (a calendar day, in whose zone it is read) or `2026-05-31T12:00:00.000Z` (an instant). Canonical form. */
export type Moment = string

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000

/** Turns instants into calendar days of one IANA zone and back. Made once per zone: offsets are cached by hour. */
export type Calendar = Readonly<{
  timeZone: string
  /** Calendar day of an instant. */
  dayOf(instant: Instant): Day
  /** First instant of a calendar day. */
  startOf(day: Day): Instant
}>

const UTC: Calendar = {
  timeZone: 'UTC',
  dayOf: instant => Math.floor(instant / DAY_MS),
  startOf: day => day * DAY_MS,
}

/** @throws RangeError where the platform does not know the zone */
export function calendarOf(timeZone: string): Calendar {
  if (timeZone === 'UTC') return UTC
  const offsetAt = offsetReader(timeZone)
  const dayOf = (instant: Instant): Day => Math.floor((instant + offsetAt(instant)) / DAY_MS)
  return { timeZone, dayOf, startOf: day => startOfDay(day, offsetAt, dayOf) }
}

/**
 * Turns wall-clock times of one IANA zone into instants.
 *
 * A time that the clocks show twice is the earlier of the two instants; one that they skip is read with the offset
 * before the jump, so that it lands after it.
 *
 * @returns a function of the wall-clock time in ms since 1970-01-01T00:00 of the same clock
 * @throws RangeError where the platform does not know the zone
 */
export function wallClockOf(timeZone: string): (wall: number) => Instant {
  if (timeZone === 'UTC') return wall => wall
  const offsetAt = offsetReader(timeZone)
  const offsetOfDay = new Map<Day, number | null>()
  const steadyOffset = (day: Day): number | null => {
    const known = offsetOfDay.get(day)
    if (known !== undefined) return known
    const before = offsetAt((day - 1) * DAY_MS)
    const steady = before === offsetAt((day + 2) * DAY_MS) ? before : null
    offsetOfDay.set(day, steady)
    return steady
  }
  return wall => {
    const steady = steadyOffset(Math.floor(wall / DAY_MS))
    if (steady !== null) return wall - steady
    const before = offsetAt(wall - DAY_MS)
    const early = wall - before
    const late = wall - offsetAt(wall + DAY_MS)
    return offsetAt(early) !== before && offsetAt(late) === wall - late ? late : early
  }
}

function startOfDay(day: Day, offsetAt: (instant: Instant) => number, dayOf: (instant: Instant) => Day): Instant {
  // The day starts somewhere within 15 h of UTC midnight; bisect on the minute, which every offset change falls on.
  let low = day * DAY_MS - 15 * HOUR_MS
  let high = day * DAY_MS + 15 * HOUR_MS
  const guess = day * DAY_MS - offsetAt(day * DAY_MS)
  if (dayOf(guess) === day && dayOf(guess - 1) < day) return guess
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (dayOf(middle) < day) low = middle
    else high = middle
  }
  return high
}

/** Offset of local time from UTC in ms. Read once per quarter of an hour: no zone changes more finely since 1972. */
function offsetReader(timeZone: string): (instant: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const quarter = 900_000
  const cache = new Map<number, number>()
  return instant => {
    const slot = Math.floor(instant / quarter)
    const known = cache.get(slot)
    if (known !== undefined) return known
    const at = slot * quarter
    const part = new Map<string, string>(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const number = (name: string): number => Number(part.get(name))
    const year = part.get('era') === 'BC' ? 1 - number('year') : number('year')
    const local = daysFromCivil(year, number('month'), number('day')) * DAY_MS
    const offset = local + number('hour') * HOUR_MS + number('minute') * 60_000 + number('second') * 1000 - at
    cache.set(slot, offset)
    return offset
  }
}

/** Day number of a date of the proleptic Gregorian calendar; month 1..12. Source: H. Hinnant, "days_from_civil". */
export function daysFromCivil(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The inverse of `daysFromCivil`. */
export function civilFromDays(day: Day): Readonly<{ year: number; month: number; day: number }> {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted + (shifted < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 }
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** `2026-05-31`. Years beyond 0..9999 are written with sign and six digits, as ISO 8601 has it. */
export function formatDay(day: Day): string {
  const date = civilFromDays(day)
  const year =
    date.year >= 0 && date.year <= 9999
      ? pad(date.year, 4)
      : `${date.year < 0 ? '-' : '+'}${pad(Math.abs(date.year), 6)}`
  return `${year}-${pad(date.month, 2)}-${pad(date.day, 2)}`
}

/** `2026-05-31T12:00:00.000Z`. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS)
  const ms = instant - day * DAY_MS
  const clock = [Math.floor(ms / HOUR_MS), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60].map(n => pad(n, 2))
  return `${formatDay(day)}T${clock.join(':')}.${pad(ms % 1000, 3)}Z`
}

const MOMENT = /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)\.(\d{3})Z)?$/

/** A canonical moment as day and, where it has a time, instant. @throws RangeError on any other text */
export function readMoment(moment: Moment): Readonly<{ day: Day; instant: Instant | null }> {
  if (isPlain(moment)) return readPlain(moment)
  const match = MOMENT.exec(moment)
  if (match === null) throw new RangeError(`not a canonical moment: ${moment}`)
  const day = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]))
  if (match[4] === undefined) return { day, instant: null }
  const clock = Number(match[4]) * HOUR_MS + Number(match[5]) * 60_000 + Number(match[6]) * 1000 + Number(match[7])
  return { day, instant: day * DAY_MS + clock }
}

/** An instant of a year of four digits, as nearly all are: read digit by digit, four times as fast as by the pattern. */
function isPlain(text: string): boolean {
  if (text.length !== PLAIN.length) return false
  for (let i = 0; i < PLAIN.length; i++) {
    const code = text.charCodeAt(i)
    const wanted = PLAIN.charCodeAt(i)
    if (wanted === ZERO ? code < ZERO || code > ZERO + 9 : code !== wanted) return false
  }
  return true
}

function readPlain(text: string): Readonly<{ day: Day; instant: Instant }> {
  const at = (from: number, to: number): number => {
    let value = 0
    for (let i = from; i < to; i++) value = 10 * value + text.charCodeAt(i) - ZERO
    return value
  }
  const day = daysFromCivil(at(0, 4), at(5, 7), at(8, 10))
  const clock = at(11, 13) * HOUR_MS + at(14, 16) * 60_000 + at(17, 19) * 1000 + at(20, 23)
  return { day, instant: day * DAY_MS + clock }
}

const PLAIN = '0000-00-00T00:00:00.000Z'
const ZERO = 48

/** Calendar day of a moment: its own where it is a date, else the zone's day of its instant. */
export function dayOfMoment(moment: Moment, calendar: Calendar): Day {
  const { day, instant } = readMoment(moment)
  return instant === null ? day : calendar.dayOf(instant)
}

/** Instant of a moment: a date is the first instant of that day in the calendar's zone. */
export function instantOfMoment(moment: Moment, calendar: Calendar): Instant {
  const { day, instant } = readMoment(moment)
  return instant ?? calendar.startOf(day)
}
