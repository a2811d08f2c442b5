import { AppError } from './errors.ts'
import { type Calendar, DAY_MS, daysFromCivil, HOUR_MS, type Instant } from './time.ts'

const AS_OF = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * The instant at which somebody wants everything judged.
 *
 *   a date      the end of that day in the calendar's zone
 *   an instant  itself, UTC where it has no offset
 *
 * @param text as it was written; blanks around it do not matter
 * @throws AppError usage/bad-argument where it is neither, or does not exist in the calendar or on the clock
 *
 * Source: docs/methods/score.md, "Time".
 */
export function parseAsOf(text: string, calendar: Calendar): Instant {
  const match = AS_OF.exec(text.trim())
  if (match === null) throw wrong(text)
  const [year = 0, month = 0, dayOfMonth = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(part => Number(part ?? 0))
  const day = daysFromCivil(year, month, dayOfMonth)
  const isDate = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysIn(year, month)
  if (!isDate || hour > 23 || minute > 59 || second > 59) throw wrong(text)
  if (match[4] === undefined) return calendar.startOf(day + 1) - 1
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return day * DAY_MS + hour * HOUR_MS + minute * 60_000 + second * 1000 + ms - offsetOf(match[8])
}

function wrong(text: string): AppError {
  return new AppError(
    'usage/bad-argument',
    `as-of is neither a date nor an instant: ${text}; expected 2026-05-31 or 2026-05-31T12:00:00Z`,
    { argument: 'as-of', value: text },
  )
}

function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1)
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text.toUpperCase() === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000
}
