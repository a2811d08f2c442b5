import type { Dice } from './random.ts'
import type { Zone } from './zone.ts'

export type Frame = Readonly<{ dice: Dice; zone: Zone; asOf: number; today: number }>

const DAY = 86_400_000

/** A time of some age in days, negative is after asOf: as a date, in UTC, with an offset, or finer than a millisecond. */
export function momentText(frame: Frame, age: number, mayBeDate = true): string {
  const { dice, zone, asOf, today } = frame
  if (mayBeDate && dice.chance(0.3)) return new Date((today - age) * DAY).toISOString().slice(0, 10)
  if (age < 0) return timeText(dice, asOf + dice.pick([1, 60_000, -age * DAY]))
  const start = zone.startOf(today - age)
  const end = Math.min(asOf, zone.startOf(today - age + 1) - 1)
  return timeText(dice, dice.chance(0.3) ? dice.pick([start, end]) : start + dice.int(end - start + 1))
}

/** One instant in one of the spellings that say exactly when. */
export function timeText(dice: Dice, ms: number): string {
  const iso = new Date(ms).toISOString()
  switch (dice.int(6)) {
    case 0:
      return iso.replace('Z', '999Z')
    case 1:
      return `${new Date(ms + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`
    case 2:
      return `${new Date(ms - 4 * 3_600_000).toISOString().slice(0, -1)}-04:00`
    case 3:
      return iso.slice(0, -1)
    case 4:
      return iso.slice(0, -1).replace('T', ' ')
    default:
      return iso
  }
}
