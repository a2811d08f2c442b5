import type { CellIndex } from '#features'
import type { DayRun } from './signals.ts'

const SHORT = 32

/** Adds up the cells of one kind over all persons of a unit, day by day. Reuses its columns: a run holds until the next. */
export class UnitDays {
  private day = new Int32Array(256)
  private n = new Uint32Array(256)

  /** Cells from..to (one kind, one unit) as days, newest first. */
  merge({ cells, slot }: CellIndex, from: number, to: number): DayRun {
    // Slots ascend within a run: equal ends mean one person, whose days are in order already.
    if (slot[from] === slot[to - 1]) return { day: cells.day, n: cells.n, from, to }
    if (to - from > this.day.length) {
      this.day = new Int32Array(2 * (to - from))
      this.n = new Uint32Array(2 * (to - from))
    }
    const length = to - from <= SHORT ? this.insertAll(cells, from, to) : this.sortAll(cells, from, to)
    return { day: this.day, n: this.n, from: 0, to: length }
  }

  private insertAll(cells: CellIndex['cells'], from: number, to: number): number {
    const { day, n } = this
    let length = 0
    for (let cell = from; cell < to; cell++) {
      // Within range throughout: at most to - from places are taken.
      const oneDay = cells.day[cell] as number
      const count = cells.n[cell] as number
      let at = length
      while (at > 0 && (day[at - 1] as number) < oneDay) at--
      if (at > 0 && day[at - 1] === oneDay) {
        n[at - 1] = (n[at - 1] as number) + count
        continue
      }
      day.copyWithin(at + 1, at, length)
      n.copyWithin(at + 1, at, length)
      day[at] = oneDay
      n[at] = count
      length++
    }
    return length
  }

  private sortAll(cells: CellIndex['cells'], from: number, to: number): number {
    const width = to - from
    const keys = new Float64Array(width)
    for (let i = 0; i < width; i++) keys[i] = -(cells.day[from + i] as number) * width + i
    keys.sort()
    let length = 0
    for (const key of keys) {
      const cell = from + (((key % width) + width) % width)
      const oneDay = cells.day[cell] as number
      const count = cells.n[cell] as number
      if (length > 0 && this.day[length - 1] === oneDay) this.n[length - 1] = (this.n[length - 1] as number) + count
      else {
        this.day[length] = oneDay
        this.n[length++] = count
      }
    }
    return length
  }
}
