import { decayAt } from '#lib/decay'
import type { Day } from '#lib/time'
import type { Curve } from '#schema/model'

/** Tables over the days that occur, each worked out once: weights per curve, cap windows per width. */
export class DayTables {
  private readonly ages: Float64Array
  private readonly weights = new Map<string, Float64Array>()
  private readonly windows = new Map<number, Int32Array>()

  constructor(days: Int32Array, today: Day) {
    this.ages = Float64Array.from(days, day => today - day)
  }

  /** Weight per day code. */
  weightsOf(curve: Curve, days: number): Float64Array {
    const key = `${curve} ${days}`
    const known = this.weights.get(key)
    if (known !== undefined) return known
    const made = this.ages.map(age => decayAt(curve, age, days))
    this.weights.set(key, made)
    return made
  }

  /** Number of the cap window per day code: floor(age / width). */
  windowsOf(width: number): Int32Array {
    const known = this.windows.get(width)
    if (known !== undefined) return known
    const made = Int32Array.from(this.ages, age => Math.floor(age / width))
    this.windows.set(width, made)
    return made
  }
}
