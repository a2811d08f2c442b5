/** Scores go from 0 to 100 by tenths. */
const STEPS = 1001

/** Units sorted by their score: who has a tenth is found without a look at the others. */
export class TenthOrder {
  private readonly units: Uint32Array
  /** Units of tenth t are at start[t] .. start[t + 1]. */
  private readonly start = new Uint32Array(STEPS + 2)
  private isSorted = false

  /** @param units how many there are */
  constructor(units: number) {
    this.units = new Uint32Array(units)
  }

  /** Forgets the order: the scores are others now. */
  drop(): void {
    this.isSorted = false
  }

  /** Positions of the units at a tenth, ascending. @param tenths of all units; read when something is asked for first */
  unitsAt(tenth: number, tenths: Uint16Array): Uint32Array {
    if (!this.isSorted) this.sort(tenths)
    return this.units.subarray(this.start[tenth], this.start[tenth + 1])
  }

  private sort(tenths: Uint16Array): void {
    const { units, start } = this
    start.fill(0)
    // Within range: tenths are below STEPS. Starts stand one place further on until the units are put in.
    for (const tenth of tenths) start[tenth + 2] = (start[tenth + 2] as number) + 1
    for (let tenth = 2; tenth < start.length; tenth++) {
      start[tenth] = (start[tenth] as number) + (start[tenth - 1] as number)
    }
    for (let u = 0; u < tenths.length; u++) {
      const next = (tenths[u] as number) + 1
      const place = start[next] as number
      units[place] = u
      start[next] = place + 1
    }
    this.isSorted = true
  }
}
