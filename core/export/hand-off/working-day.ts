import type { Day } from '#lib/time'

/**
 * The working day after a day: Monday to Friday.
 *
 * @param day today
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function nextWorkingDay(day: Day): Day {
  const weekday = (((day + 3) % 7) + 7) % 7 // 0 is Monday
  return weekday < 4 ? day + 1 : day + 7 - weekday
}
