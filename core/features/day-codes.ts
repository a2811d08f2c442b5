import type { Day } from '#lib/time'

/** Days that a table of one byte each can hold: eleven thousand years. */
const WIDEST = 1 << 22

/** Numbers the days that occur, newest first: 0 is the newest. */
export class DayCodes {
  readonly days: Int32Array
  readonly codeOf: (day: Day) => number

  /** @param given days in any order, as often as they occur */
  constructor(given: Int32Array) {
    this.days = distinct(given).sort().reverse()
    this.codeOf = coder(this.days)
  }
}

function distinct(given: Int32Array): Int32Array {
  const { oldest, width } = spanOf(given)
  if (width > WIDEST) return Int32Array.from(new Set(given))
  const occurs = new Uint8Array(width)
  // Here and below plain loops: an iterator makes an object for each of very many days. Within range: i < length.
  for (let i = 0; i < given.length; i++) occurs[(given[i] as number) - oldest] = 1
  const days: number[] = []
  for (let i = 0; i < width; i++) if (occurs[i] === 1) days.push(oldest + i)
  return Int32Array.from(days)
}

function coder(days: Int32Array): (day: Day) => number {
  const { oldest, width } = spanOf(days)
  if (width > WIDEST) {
    const codes = new Map(Array.from(days, (day, code) => [day, code]))
    return day => codes.get(day) as number // every day was given
  }
  const codes = new Uint32Array(width)
  for (const [code, day] of days.entries()) codes[day - oldest] = code
  return day => codes[day - oldest] as number
}

function spanOf(days: Int32Array): Readonly<{ oldest: number; width: number }> {
  let oldest = days[0] ?? 0
  let newest = oldest
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number
    if (day < oldest) oldest = day
    if (day > newest) newest = day
  }
  return { oldest, width: newest - oldest + 1 }
}
