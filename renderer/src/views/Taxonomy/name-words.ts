import { sum } from '#lib/num'
import type { NameList } from '../../state/taxonomy.ts'
import { count, shortDay } from '../../ui/format.ts'

/** The last days of a name in a sentence. */
export function daysSaid({ columns, sparkDays, today }: NameList, place: number): string {
  const days = [...columns.perDay.subarray(place * sparkDays, (place + 1) * sparkDays)]
  const events = sum(days)
  if (events === 0) return `No event in the ${sparkDays} days up to ${shortDay(today)}`
  const most = Math.max(...days)
  const when = today - sparkDays + 1 + days.lastIndexOf(most)
  return `${count(events)} events in ${sparkDays} days, most on ${shortDay(when)}: ${count(most)}`
}
