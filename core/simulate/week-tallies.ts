import { DESTINATIONS } from '#schema/policy'
import { STAGES } from '#score'
import type { Judged } from './simulator.ts'

/** Where every unit is: positions in STAGES and in DESTINATIONS, and the destination a week before. */
export type Placed = Readonly<{ stage: Uint8Array; destination: Uint8Array; before: Uint8Array }>

/** Against what units are counted. */
export type TallyGround = Readonly<{
  /** 1 per unit that was there a week before. */
  wasThere: Uint8Array
  base: Pick<Judged, 'stage' | 'destination'>
  /** Where the units of the base are among those that are counted, -1 where nothing of them is left; null: they are the same. */
  places: Int32Array | null
}>

/** Counts of units, kept while units move: each unit is taken away from where it was and added where it is. */
export class WeekTallies {
  readonly stages = new Uint32Array(STAGES.length)
  readonly destinations = new Uint32Array(DESTINATIONS.length)
  /** Units at each destination that were elsewhere a week before, or not there. */
  readonly entrants = new Uint32Array(DESTINATIONS.length)
  /** Units of the base, at [from * places + to]. */
  readonly stageMatrix = new Uint32Array(STAGES.length ** 2)
  readonly destinationMatrix = new Uint32Array(DESTINATIONS.length ** 2)
  private readonly ground: TallyGround
  private readonly guests: Guests | null

  constructor(ground: TallyGround) {
    const { places, wasThere } = ground
    this.ground = ground
    this.guests = places === null ? null : guestsOf(places, wasThere.length)
  }

  /** Counts all units anew. */
  count(placed: Placed): void {
    for (const counts of [this.stages, this.destinations, this.entrants, this.stageMatrix, this.destinationMatrix])
      counts.fill(0)
    const { stage, destination, before } = placed
    const { stages, destinations, entrants } = this
    const { wasThere, base, places } = this.ground
    for (let u = 0; u < wasThere.length; u++) {
      // Within range throughout: one value per unit, all of them positions.
      const [s, d] = [stage[u] as number, destination[u] as number]
      stages[s] = (stages[s] as number) + 1
      destinations[d] = (destinations[d] as number) + 1
      entrants[d] = (entrants[d] as number) + (+(wasThere[u] === 0) | +(before[u] !== d))
    }
    countPairs(base.stage, stage, places, this.stageMatrix)
    countPairs(base.destination, destination, places, this.destinationMatrix)
  }

  /** @param by 1 where a unit is counted, -1 where it is no more */
  add(u: number, { stage, destination, before }: Placed, by: 1 | -1): void {
    // Within range: one value per unit, all of them positions.
    const [s, d] = [stage[u] as number, destination[u] as number]
    const { stages, destinations, entrants, guests, ground } = this
    stages[s] = (stages[s] as number) + by
    destinations[d] = (destinations[d] as number) + by
    if (ground.wasThere[u] === 0 || before[u] !== d) entrants[d] = (entrants[d] as number) + by
    if (guests === null) {
      this.addPair(u, s, d, by)
      return
    }
    const end = guests.start[u + 1] as number
    for (let i = guests.start[u] as number; i < end; i++) this.addPair(guests.units[i] as number, s, d, by)
  }

  /** @param u a unit of the base */
  private addPair(u: number, stage: number, destination: number, by: 1 | -1): void {
    const { stageMatrix, destinationMatrix, ground } = this
    // Within range: positions of both sides.
    const s = (ground.base.stage[u] as number) * STAGES.length + stage
    const d = (ground.base.destination[u] as number) * DESTINATIONS.length + destination
    stageMatrix[s] = (stageMatrix[s] as number) + by
    destinationMatrix[d] = (destinationMatrix[d] as number) + by
  }
}

/** matrix[from * size + to] += 1 per unit of the base; what is gone is at position 0, that of what has none. */
function countPairs(from: Uint8Array, to: Uint8Array, places: Int32Array | null, matrix: Uint32Array): void {
  const size = Math.sqrt(matrix.length)
  for (let u = 0; u < from.length; u++) {
    // Within range: places are positions, or -1.
    const now = places === null ? (to[u] as number) : (to[places[u] as number] ?? 0)
    const at = (from[u] as number) * size + now
    matrix[at] = (matrix[at] as number) + 1
  }
}

/** Units of the base by the unit that they are in: those in u are at start[u] .. start[u + 1]. */
type Guests = Readonly<{ units: Uint32Array; start: Uint32Array }>

function guestsOf(places: Int32Array, count: number): Guests {
  const start = new Uint32Array(count + 2)
  for (const place of places) if (place >= 0) start[place + 2] = (start[place + 2] as number) + 1 // a position
  for (let u = 2; u < start.length; u++) start[u] = (start[u] as number) + (start[u - 1] as number)
  const units = new Uint32Array(start.at(-1) ?? 0)
  for (const [u, place] of places.entries()) {
    if (place < 0) continue
    units[start[place + 1] as number] = u
    start[place + 1] = (start[place + 1] as number) + 1
  }
  return { units, start }
}
