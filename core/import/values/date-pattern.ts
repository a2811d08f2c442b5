import { AppError } from '#lib/errors'
import { DAY_MS, daysFromCivil } from '#lib/time'
import { daysInMonth } from './iso-time.ts'
import { type Clock, monthNumber, offsetOf, readClock } from './time-text.ts'

/** A date read by a pattern: day number, and time of day where the pattern or the text behind it has one. */
export type PatternDate = Readonly<{ day: number; clock: Clock | null }>

type Part =
  | 'year'
  | 'shortYear'
  | 'month'
  | 'monthName'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'zone'

const TOKENS: Readonly<Record<string, readonly [part: Part, digits: 'one' | 'two' | null, regex: string]>> = {
  YYYY: ['year', 'two', '\\d{4}'],
  YY: ['shortYear', 'two', '\\d\\d'],
  MMMM: ['monthName', null, '[A-Za-z]{3,9}\\.?'],
  MMM: ['monthName', null, '[A-Za-z]{3,9}\\.?'],
  MM: ['month', 'two', '\\d\\d'],
  M: ['month', 'one', '\\d{1,2}'],
  DD: ['day', 'two', '\\d\\d'],
  D: ['day', 'one', '\\d{1,2}'],
  HH: ['hour', 'two', '\\d\\d'],
  H: ['hour', 'one', '\\d{1,2}'],
  hh: ['hour', 'two', '\\d\\d'],
  h: ['hour', 'one', '\\d{1,2}'],
  mm: ['minute', 'two', '\\d\\d'],
  ss: ['second', 'two', '\\d\\d'],
  S: ['fraction', null, '\\d+'],
  A: ['half', null, '[AaPp]\\.?[Mm]\\.?'],
  Z: ['zone', null, 'Z|[+-]\\d\\d(?::?\\d\\d)?'],
}
const TOKEN = /YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|A|a|Z|\[[^\]]*\]|[^A-Za-z[\]]|T/gy

/** Two digits of a year: 70 to 99 are of the last century, the others of this one. */
const PIVOT = 70
/** Day 0 of Excel's calendar, seen from 1970. */
const EXCEL_EPOCH = daysFromCivil(1899, 12, 30)
const EXCEL_DAY = /^(?:\d{1,6}(?:\.\d+)?|\d{5},\d+)$/

/**
 * A reader of dates by a pattern that the analyst gave.
 *
 * `YYYY YY MMMM MMM MM M DD D HH H hh h mm ss S A Z` stand for their part, `[text]` and all that is no letter for
 * themselves, `T` too; `y` and `d` are as good as `Y` and `D`, and `mm` is the month where there is no `M`. Where two digits are asked for, one is enough unless digits follow or go before. Two digits of a
 * year are 1970 to 2069. Behind a pattern without hours a time of day is read as it is behind any date. `excel`: the day numbers of a spreadsheet (1900 calendar), their fraction being the time of day.
 *
 * @returns a function from a text without blanks around it to its date; null where the text is not of that pattern or
 *   names no date of the calendar
 * @throws AppError `usage/bad-argument` where the pattern has other letters, or no year, month and day
 *
 * Source: docs/methods/import.md, "Times".
 */
export function datePattern(pattern: string): (text: string) => PatternDate | null {
  if (pattern.toLowerCase() === 'excel') return excelDate
  const { source, parts } = compile(capitals(pattern))
  const regex = new RegExp(`^${source}${parts.includes('hour') ? '' : '(?!\\d)(.*)'}$`)
  return text => {
    const match = regex.exec(text)
    if (match === null) return null
    const clock = readClock(match[parts.length + 1] ?? '')
    if (clock !== null && 'kind' in clock) return null
    const found: Partial<Record<Part, string>> = {}
    for (const [i, part] of parts.entries()) found[part] = match[i + 1] ?? ''
    const date = dateOf(found)
    return date === null || clock === null ? date : { ...date, clock }
  }
}

/** `dd/mm/yyyy`, as spreadsheets and other programs write it. */
function capitals(pattern: string): string {
  if (pattern.includes('[')) return pattern
  const dated = pattern.replaceAll('y', 'Y').replaceAll('d', 'D')
  return dated.includes('M') ? dated : dated.replace(/m+/, found => found.toUpperCase())
}

type Token = Readonly<{ part: Part | null; digits: 'one' | 'two' | null; regex: string }>

function compile(pattern: string): Readonly<{ source: string; parts: readonly Part[] }> {
  const tokens = tokensOf(pattern)
  const parts = tokens.flatMap(({ part }) => part ?? [])
  const has = (...any: Part[]): boolean => any.some(part => parts.includes(part))
  const isTwice = new Set(parts).size < parts.length
  if (isTwice || !has('year', 'shortYear') || !has('month', 'monthName') || !has('day')) throw unknown(pattern)
  const source = tokens.map(({ part, digits, regex }, i) => {
    if (part === null) return regex
    const isLoose = digits === 'two' && regex === '\\d\\d' && part !== 'shortYear'
    const touches = (tokens[i - 1]?.digits ?? null) !== null || (tokens[i + 1]?.digits ?? null) !== null
    return isLoose && !touches ? '(\\d{1,2})' : `(${regex})`
  })
  return { source: source.join(''), parts }
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < pattern.length; at = TOKEN.lastIndex) {
    const [text] = TOKEN.exec(pattern) ?? []
    if (text === undefined) throw unknown(pattern)
    const [part, digits, regex] = TOKENS[text === 'a' ? 'A' : text.startsWith('S') ? 'S' : text] ?? [null, null, null]
    const literal = text.startsWith('[') ? text.slice(1, -1) : text
    tokens.push({ part, digits, regex: regex ?? literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') })
  }
  return tokens
}

function unknown(pattern: string): AppError {
  return new AppError(
    'usage/bad-argument',
    `"${pattern}" is no pattern of a date; expected one such as DD/MM/YYYY, M/D/YY HH:mm or excel`,
    { pattern },
  )
}

function dateOf(found: Partial<Record<Part, string>>): PatternDate | null {
  const short = Number(found.shortYear)
  const year = found.year === undefined ? short + (short < PIVOT ? 2000 : 1900) : Number(found.year)
  const month = found.monthName === undefined ? Number(found.month) : monthNumber(found.monthName)
  const day = Number(found.day)
  if (!(day >= 1 && day <= daysInMonth(year, month))) return null
  const civil = daysFromCivil(year, month, day)
  if (found.hour === undefined) return { day: civil, clock: null }
  const ms = clockMs(found)
  if (Number.isNaN(ms)) return null
  return { day: civil, clock: { ms, offset: offsetOf(found.zone) } }
}

function clockMs({ hour, minute = '0', second = '0', fraction = '', half }: Partial<Record<Part, string>>): number {
  const given = Number(hour)
  const isTwelve = half !== undefined
  if (isTwelve && (given < 1 || given > 12)) return Number.NaN
  const h = isTwelve ? (given % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0) : given
  if (h > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN
  return ((h * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
}

/** Day numbers are kept as doubles: their fraction is taken to the nearest millisecond. */
function excelDate(text: string): PatternDate | null {
  if (!EXCEL_DAY.test(text)) return null
  const value = Number(text.replace(',', '.'))
  const whole = Math.floor(value)
  const ms = Math.round((value - whole) * DAY_MS)
  const day = EXCEL_EPOCH + whole
  if (!/[.,]/.test(text)) return { day, clock: null }
  return ms === DAY_MS
    ? { day: day + 1, clock: { ms: 0, offset: Number.NaN } }
    : { day, clock: { ms, offset: Number.NaN } }
}
