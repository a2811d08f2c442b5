import { DESTINATIONS } from '#schema/policy'
import { STAGES } from '#score'
import type { Judged, MoverCounts, Simulator } from '#simulate'

type JudgedWeek = ReturnType<Simulator['judgeWeek']>

/** Units per stage in the order of STAGES, and per destination in the order of DESTINATIONS. */
export function countsOf({ stage, destination }: Pick<Judged, 'stage' | 'destination'>): Readonly<{
  stages: Uint32Array
  destinations: Uint32Array
}> {
  return { stages: tally(stage, STAGES.length), destinations: tally(destination, DESTINATIONS.length) }
}

function tally(codes: Uint8Array, size: number): Uint32Array {
  const counts = new Uint32Array(size)
  for (const code of codes) counts[code] = (counts[code] as number) + 1 // codes are positions
  return counts
}

/**
 * How many units go from each place to each other.
 *
 *   matrix[from * size + to] = units at `from` in the base and at `to` in the scenario
 *
 * @param base     positions below `size`, in the order of units
 * @param scenario likewise
 */
export function matrixOf(base: Uint8Array, scenario: Uint8Array, size: number): Uint32Array {
  const matrix = new Uint32Array(size * size)
  for (let u = 0; u < base.length; u++) {
    const at = (base[u] as number) * size + (scenario[u] as number) // of one length
    matrix[at] = (matrix[at] as number) + 1
  }
  return matrix
}

/** Counts units with another stage, with another destination, and with a higher or lower score. */
export function moverCounts(base: Judged, scenario: Judged): MoverCounts {
  let [stage, destination, up, down] = [0, 0, 0, 0]
  for (let u = 0; u < base.stage.length; u++) {
    // Of one length.
    stage += +(base.stage[u] !== scenario.stage[u])
    destination += +(base.destination[u] !== scenario.destination[u])
  }
  // A moved threshold leaves the scores as they are.
  if (base.score === scenario.score) return { stage, destination, up, down }
  for (let u = 0; u < base.score.length; u++) {
    up += +((base.score[u] as number) < (scenario.score[u] as number))
    down += +((base.score[u] as number) > (scenario.score[u] as number))
  }
  return { stage, destination, up, down }
}

/**
 * Units that came to each destination within the week up to asOf.
 *
 *   entrants[d] = units at d now that a week earlier were elsewhere, or were not there at all
 *
 * @returns counts in the order of DESTINATIONS; null where the week before is not known
 */
export function entrantsOf({ destination, before, wasThere }: JudgedWeek): Uint32Array | null {
  if (before === null) return null
  const counts = new Uint32Array(DESTINATIONS.length)
  for (let u = 0; u < destination.length; u++) {
    // Of one length.
    const now = destination[u] as number
    if (wasThere[u] === 0 || before.destination[u] !== now) counts[now] = (counts[now] as number) + 1
  }
  return counts
}
