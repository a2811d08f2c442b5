import type { Output } from '#contract/contract'
import { APART_STEPS, type Forest } from '#identity'
import { bCubedCurve } from './answered-records.ts'
import type { Room } from './room.ts'

type Answered = Output<'identity.thresholds'>['answered']

const STEPS_PER_BIT = 16

/**
 * Pairs of users that somebody answered, by the bits at which the evidence alone joins them: how far it agrees with the answers
 * follows for any threshold.
 *
 * @param placesIn where each record stands in the order of a forest
 */
export function answeredPairs(
  { answers, desk }: Pick<Room, 'answers' | 'desk'>,
  placesIn: (forest: Forest) => Uint32Array,
): Answered {
  const { forest } = desk.lineup
  const heights: Readonly<Record<'same' | 'different', number[]>> = { same: [], different: [] }
  for (const { pair, decision } of answers.decided.values()) {
    const [a, b] = [desk.rowOf.get(pair.a), desk.rowOf.get(pair.b)]
    if (pair.question !== 'persons' || a === undefined || b === undefined) continue
    const places = placesIn(forest)
    const height = joinedAt(forest, places[a] as number, places[b] as number) // one place per record
    heights[decision.answer === 'same' ? 'same' : 'different'].push(height)
  }
  const falling = (own: readonly number[]): Answered['same'] =>
    own.toSorted((x, y) => y - x).map(steps => (steps > APART_STEPS ? steps / STEPS_PER_BIT : null))
  const bCubed = bCubedCurve({ answers, desk }, (a, b) => {
    const places = placesIn(forest)
    return joinedAt(forest, places[a] as number, places[b] as number) // one place per record
  })
  return { same: falling(heights.same), different: falling(heights.different), bCubed }
}

/** The weakest join between two places of the order is what holds them together. */
function joinedAt({ joins }: Forest, x: number, y: number): number {
  let weakest = Number.POSITIVE_INFINITY
  for (let at = Math.min(x, y); at < Math.max(x, y) && weakest > APART_STEPS; at++)
    weakest = Math.min(weakest, joins[at] as number) // one join between two places
  return weakest
}
