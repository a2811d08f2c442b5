import { civilFromDays, type Day } from './time.ts'

/** Months as people write them, January first. */
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** A day as people write it: `31 May 2026`. */
export function writtenDay(day: Day): string {
  const date = civilFromDays(day)
  return `${date.day} ${MONTHS[date.month - 1] ?? ''} ${date.year}`
}

/** A whole number with separators: `14,208`. */
export function writtenCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
