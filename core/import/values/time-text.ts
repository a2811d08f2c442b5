import { DAY_MS, daysFromCivil } from '#lib/time'
import { isSheetError, type ValueFault } from './fault.ts'
import { daysInMonth } from './iso-time.ts'

/** A text taken apart as a time, before anything is chosen about the order of its date or the unit of its epoch. */
export type TimeText =
  /** A date whose order is plain from its form. */
  | Readonly<{
      kind: 'date'
      form: 'ymd' | 'named_month' | 'iso'
      day: number
      clock: Clock | null
    }>
  /** Two digits on either side of the name of a month, of which one are the year. Day numbers; NaN where that reading is no date. */
  | Readonly<{ kind: 'short'; dmy: number; ymd: number; clock: Clock | null }>
  /** Day and month, or month and day, and a year. Day numbers; NaN where that reading is no date. */
  | Readonly<{ kind: 'order'; dmy: number; mdy: number; clock: Clock | null }>
  /** A count of seconds, milliseconds, microseconds or nanoseconds since 1970; the digits before and behind its point. */
  | Readonly<{ kind: 'epoch'; value: number; whole: string; fraction: string }>
  | Readonly<{ kind: 'fault'; fault: ValueFault }>

/** A time of day in ms; the offset from UTC in ms, NaN where the text names none. */
export type Clock = Readonly<{ ms: number; offset: number }>

/** English, German, French, Spanish, Italian, Portuguese and Dutch: names that mean another month elsewhere are left out. */
const MONTHS = [
  'jan january januar jänner januari janvier janv enero ene gennaio gen janeiro',
  'feb february februar februari feber février fevrier févr fevr febrero febbraio fevereiro fev',
  'mar march märz maerz mär mrz maart mrt mars marzo março marco',
  'apr april avril avr abril abr aprile',
  'may mai mei mayo maggio mag maio',
  'jun june juni juin junio giugno giu junho',
  'jul july juli juillet juil julio luglio lug julho',
  'aug august augustus août aout agosto ago',
  'sep sept september septembre septiembre settembre set setembro',
  'oct october oktober okt octobre octubre ottobre ott outubro out',
  'nov november novembre noviembre novembro',
  'dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro',
].map(names => names.split(' '))
const MONTH_NUMBERS = new Map(MONTHS.flatMap((names, at) => names.map((name): [string, number] => [name, at + 1])))

const YEAR_FIRST = /^(\d{4})([-/.:])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$/
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)(.*)$/
/** Without T only with seconds: twelve digits may as well be an epoch in ms. */
const COMPACT =
  /^(\d{4})(\d\d)(\d\d)(?:(?:T(?=\d)|(?=\d{6}))(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+/i
const DAY_NAMED =
  /^(?<day>\d{1,2})(?:st|nd|rd|th|er|º)?[\s./-]+(?:de\s+)?(?<month>[\p{L}\p{M}]{3,11})[.,]?[\s./-]+(?:de\s+)?(?<year>\d{4})(?!\d)(?<rest>.*)$/iu
/** `01-MAY-26`, as Oracle writes it; a year before the month has two digits. */
const SHORT_YEAR = /^(?<day>\d{1,2})-(?<month>[\p{L}\p{M}]{3,4})\.?-(?<year>\d\d)(?!\d)(?<rest>.*)$/iu
/** `2026. 5. 31.`, as Korean and Hungarian spreadsheets write it. */
const SPACED_YEAR_FIRST = /^(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.(.*)$/
/** Behind the last number of a date, where a point stands behind each, and the word for "year" in Bulgarian and Russian. */
const DATE_END = /^(?:\.|\s?г\.)(?=\s|$)/
/** Before or after noon, before the hour: in Korean, Chinese and Japanese. */
const HALF_FIRST = /^\s*(?:(오전|上午|午前)|오후|下午|午後)\s*(.*)$/
/** `10.11.12.123456 PM` behind a date. */
const DOTTED_CLOCK = /^(\s+\d{1,2})\.(\d\d)\.(\d\d)(?=\D|$)/
const NAMED_DAY = /^(?<month>[a-z]{3,9})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?!\d)(?<rest>.*)$/i
const YEAR_NAMED = /^(?<year>\d{4})[\s./-](?<month>[a-z]{3,9})[\s./-](?<day>\d{1,2})(?!\d)(?<rest>.*)$/i
/** `Jan  2 15:04:05 2006`, as C and Ruby write it: the year behind the time and its offset. */
const YEAR_BEHIND =
  /^(?<month>[a-z]{3,9})\.?\s+(?<day>\d{1,2})(?<rest>\s+\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s+\S+)?)\s+(?<year>\d{4})$/i
const EAST_ASIAN = /^(\d{4})\s?[\u5e74\ub144]\s?(\d{1,2})\s?[\u6708\uc6d4]\s?(\d{1,2})\s?[\u65e5\uc77c](.*)$/
/** An abbreviation of a zone counts for nothing, and is passed over only beside the offset that says what it means. */
const CLOCK =
  /^(?:T|:(?=\d\d:\d\d:)|\s*,\s*|\s+(?:(?:at|@)\s+)?)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+)|:(\d{3})(?!\d))?)?\s*(?:([ap])\.?m\.?)?\s*(?:(Z|UTC|GMT|\((?:UTC|GMT)\))|(?:[A-Z]{2,5})?([+-]\d\d(?::?\d\d)?)(?:\s+[A-Z]{2,5}|\s*\([^()]*\))?(?:\s+m=[+-]?[\d.]+)?)?$/i
/** Behind a date without a time, as XML has it: it stays a day. */
const DAY_OFFSET = /^(?:Z|[+-]\d\d:\d\d)$/
/** A day number of a spreadsheet whose decimal mark is the comma, the fraction being the time of day. */
const COMMA_DAY = /^\d{5},\d+$/
/** Milliseconds since 1970 as JSON of .NET has them; the offset behind them says only which zone the clock stood in. */
const DOT_NET = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/
const NUMBER = /^[+-]?\d+(?:\.\d*)?$/
const LOST_DATE = /^\d{1,2}:\d\d(?:\.\d)?$/
const ROUNDED = /^\d(?:[.,]\d+)?E[+-]?\d+$/i

const fault = (code: ValueFault): TimeText => ({ kind: 'fault', fault: code })

/** Excel's day numbers of 1954 to 2119: a date whose format was lost. As an epoch they would all lie on the first day of 1970. */
const SERIAL_MIN = 20_000
const SERIAL_MAX = 80_000

/**
 * Takes a text apart as a time.
 *
 * Understood: `YYYY-MM-DD`, also with `/` or `.` and single digits; `YYYYMMDD`; day, month and 4-digit year in either
 * order with `/`, `-` or `.`; names of months in any place (English, German, French, Spanish, Italian, Portuguese, Dutch), with two digits of the year, first or last, only as in `01-MAY-26`; years, months and days marked in Chinese, Japanese or
 * Korean; each with an optional time of day (12 or 24 h, seconds optional, a
 * fraction of any length) and an optional offset (`Z`, `UTC`, `+02`, `+0200`, `+02:00`); whole or decimal numbers as
 * epochs; `/Date(1767225600000+0100)/`, as .NET writes them.
 *
 * @param text without blanks around it, not empty
 * @returns its parts, or the fault: `value/impossible-date` for a date or time of day that does not exist,
 *   `value/serial-date`, `value/lost-date`, `value/rounded-number` or `value/cell-error` for what a spreadsheet made of a
 *   time, else `value/not-a-time`
 *
 * Source: docs/methods/import.md, "Times".
 */
export function readTimeText(text: string): TimeText {
  const yearFirst = isMark(text.charCodeAt(4)) ? YEAR_FIRST.exec(text) : null
  if (yearFirst !== null) {
    const form = yearFirst[2] === '-' ? 'iso' : 'ymd'
    return dated(form, dayOf(yearFirst[1], yearFirst[3], yearFirst[4]), yearFirst[5] ?? '')
  }
  const yearLast = isMark(text.charCodeAt(1)) || isMark(text.charCodeAt(2)) ? YEAR_LAST.exec(text) : null
  return yearLast === null ? readUnmarked(text) : readOrder(yearLast)
}

/** `-`, `.`, `/` or `:`? */
function isMark(unit: number): boolean {
  return (unit >= 45 && unit <= 47) || unit === 58
}

function readUnmarked(text: string): TimeText {
  if (isSheetError(text)) return fault('value/cell-error')
  if (LOST_DATE.test(text)) return fault('value/lost-date')
  if (ROUNDED.test(text)) return fault('value/rounded-number')
  const compact = COMPACT.exec(text)
  const read = compact === null ? null : readCompact(compact)
  if (read !== null) return read
  if (NUMBER.test(text)) return readNumber(text)
  if (COMMA_DAY.test(text)) return readCommaDay(text)
  const dotNet = DOT_NET.exec(text)
  if (dotNet !== null) return instantOf(Number(dotNet[1]))
  const spaced = SPACED_YEAR_FIRST.exec(text)
  if (spaced !== null) return dated('ymd', dayOf(spaced[1], spaced[2], spaced[3]), spaced[4] ?? '')
  const marked = EAST_ASIAN.exec(text)
  if (marked !== null) return dated('ymd', dayOf(marked[1], marked[2], marked[3]), marked[4] ?? '')
  return readNamed(text.replace(WEEKDAY, ''))
}

function instantOf(ms: number): TimeText {
  const day = Math.floor(ms / DAY_MS)
  return { kind: 'date', form: 'iso', day, clock: { ms: ms - day * DAY_MS, offset: 0 } }
}

function readNumber(text: string): TimeText {
  const value = Number(text)
  if (value >= SERIAL_MIN && value <= SERIAL_MAX) return fault('value/serial-date')
  const [whole = '', fraction = ''] = text.split('.')
  return { kind: 'epoch', value, whole, fraction }
}

function readCommaDay(text: string): TimeText {
  const day = Number(text.replace(',', '.'))
  return fault(day >= SERIAL_MIN && day <= SERIAL_MAX ? 'value/serial-date' : 'value/not-a-time')
}

function readCompact(match: RegExpExecArray): TimeText | null {
  const day = dayOf(match[1], match[2], match[3])
  if (Number.isNaN(day)) return null
  if (match[4] === undefined) return { kind: 'date', form: 'iso', day, clock: null }
  const clock = clockOf([match[4], match[5], match[6], match[7]], offsetOf(match[8]))
  return clock === null ? null : { kind: 'date', form: 'iso', day, clock }
}

function readOrder(match: RegExpExecArray): TimeText {
  const clock = readClock(match[5] ?? '')
  if (clock !== null && 'kind' in clock) return clock
  const dmy = dayOf(match[4], match[3], match[1])
  const mdy = dayOf(match[4], match[1], match[3])
  if (Number.isNaN(dmy) && Number.isNaN(mdy)) return fault('value/impossible-date')
  return { kind: 'order', dmy, mdy, clock }
}

function readNamed(text: string): TimeText {
  const short = SHORT_YEAR.exec(text)?.groups
  if (short !== undefined) return readShortYear(short)
  const named = namedParts(text)
  if (named === null) return fault('value/not-a-time')
  const month = monthNumber(named.month)
  if (month === 0) return fault('value/not-a-time')
  return dated('named_month', dayOf(named.year, String(month), named.day), named.rest)
}

/** Two digits of a year, as Oracle reads them: to 49 of this century, from 50 of the last one; times before 1970 are none here. */
const THIS_CENTURY = 50
const LAST_CENTURY = 70

function readShortYear({ day = '', month = '', year = '', rest = '' }: Readonly<Record<string, string>>): TimeText {
  const number = monthNumber(month)
  if (number === 0) return fault('value/not-a-time')
  const clock = readClock(rest)
  if (clock !== null && 'kind' in clock) return clock
  const dmy = dayOf(wholeYear(year), String(number), day)
  const ymd = day.length === 2 ? dayOf(wholeYear(day), String(number), year) : Number.NaN
  if (!Number.isNaN(dmy) || !Number.isNaN(ymd)) return { kind: 'short', dmy, ymd, clock }
  return fault(wholeYear(year) === '' ? 'value/not-a-time' : 'value/impossible-date')
}

/** Empty where it is none. */
function wholeYear(digits: string): string {
  const short = Number(digits)
  if (short < THIS_CENTURY) return String(2000 + short)
  return short < LAST_CENTURY ? '' : String(1900 + short)
}

const NAMED = [DAY_NAMED, NAMED_DAY, YEAR_NAMED, YEAR_BEHIND]

type NamedParts = Readonly<{ year: string; month: string; day: string; rest: string }>

function namedParts(text: string): NamedParts | null {
  for (const form of NAMED) {
    const groups = form.exec(text)?.groups
    // Each form names all four.
    if (groups !== undefined) return groups as NamedParts
  }
  return null
}

/** 1 to 12 for the name of a month or its abbreviation, 0 for any other text. */
export function monthNumber(name: string): number {
  return MONTH_NUMBERS.get(name.normalize('NFC').toLowerCase().replace(/\.$/, '')) ?? 0
}

function dated(form: 'ymd' | 'named_month' | 'iso', day: number, rest: string): TimeText {
  const clock = readClock(rest)
  if (clock !== null && 'kind' in clock) return clock
  return Number.isNaN(day) ? fault('value/impossible-date') : { kind: 'date', form, day, clock }
}

function dayOf(year: string | undefined, month: string | undefined, day: string | undefined): number {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  return d >= 1 && d <= daysInMonth(y, m) ? daysFromCivil(y, m, d) : Number.NaN
}

/**
 * Reads what stands behind a date.
 *
 * @param rest with what parts it from the date; empty where there is nothing
 * @returns null where there is no time of day; the fault of a text that is none
 */
export function readClock(rest: string): Clock | null | TimeText {
  if (rest === '') return null
  const usual = CLOCK.exec(rest)
  if (usual !== null) return readParts(usual)
  const ended = DAY_OFFSET.test(rest) ? '' : rest.replace(DATE_END, '')
  if (ended === '') return null
  const match = CLOCK.exec(usualClock(ended))
  return match === null ? fault('value/not-a-time') : readParts(match)
}

/** @param match of `CLOCK` */
function readParts(match: RegExpExecArray): Clock | TimeText {
  const hour = hourOf(Number(match[1]), match[6]?.toLowerCase())
  const offset = match[7] === undefined ? offsetOf(match[8]) : 0
  return clockOf([String(hour), match[2], match[3], match[4] ?? match[5]], offset) ?? fault('value/impossible-date')
}

function usualClock(text: string): string {
  const half = HALF_FIRST.exec(text)
  const clock = half === null ? text : ` ${half[2]} ${half[1] === undefined ? 'pm' : 'am'}`
  return clock.replace(DOTTED_CLOCK, '$1:$2:$3')
}

/** @returns NaN where a 12 h clock does not know the hour */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return Number.NaN
  return (hour % 12) + (half === 'p' ? 12 : 0)
}

/** @param parts hour, minute, second, fraction; 24:00:00 ends the day. @returns null where there is no such time of day */
function clockOf([hour, minute, second, fraction = '']: readonly (string | undefined)[], offset: number): Clock | null {
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? '0')]
  const isInDay = h < 24 || (h === 24 && m === 0 && s === 0 && !/[1-9]/.test(fraction))
  if (!isInDay || m > 59 || s > 59 || Math.abs(offset) >= DAY_MS) return null
  return { ms: ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')), offset }
}

/** Offset from UTC in ms; NaN where there is none. */
export function offsetOf(text: string | undefined): number {
  if (text === undefined || text === '') return Number.NaN
  if (text.toUpperCase() === 'Z') return 0
  const digits = text.slice(1).replace(':', '')
  const minutes = 60 * Number(digits.slice(0, 2)) + Number(digits.slice(2) || '0')
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}
