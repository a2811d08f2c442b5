/** A list of numbers that grows by appending, as one typed array in the end. */
export class GrowingList {
  length = 0
  private values = new Float64Array(256)

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(2 * this.values.length)
      wider.set(this.values)
      this.values = wider
    }
    this.values[this.length++] = value
  }

  /** @param place below `length` */
  at(place: number): number {
    return this.values[place] as number // as the caller promises
  }

  set(place: number, value: number): void {
    this.values[place] = value
  }

  /** A copy of what was appended. */
  toArray(): Float64Array {
    return this.values.slice(0, this.length)
  }
}
