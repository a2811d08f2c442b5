import { keyOf, type Pair } from './answers.ts'
import { quickImpact } from './impact.ts'
import type { Room } from './room.ts'
import type { LazyReach } from './scores.ts'

/** Candidates at the front of a queue that are judged to know what an answer would do. */
export const MOST_JUDGED = 6

/** As long as the evidence and the run are the same: answers given meanwhile do not judge it anew. */
const known = new WeakMap<LazyReach, Map<string, number>>()

/**
 * What the answer "same" does to the units it touches, in points: the score of the highest one whose stage or route it changes,
 * else by how much it moves a score. Where that cannot be worked out while somebody looks, the estimate stands.
 */
export function judgedEffect(room: Room, pair: Pair, estimate: number): number {
  const own = known.get(room.scores.reach) ?? new Map<string, number>()
  known.set(room.scores.reach, own)
  const key = keyOf(pair)
  const found = own.get(key)
  if (found !== undefined) return found
  const effect = estimate === 0 ? 0 : (effectOf(room, pair) ?? estimate)
  own.set(key, effect)
  return effect
}

/** The effect that was judged; undefined where it was not. */
export function knownEffect({ scores }: Room, pair: Pair): number | undefined {
  return known.get(scores.reach)?.get(keyOf(pair))
}

function effectOf(room: Room, pair: Pair): number | null {
  const { impact } = quickImpact(room, pair)
  if (impact === null) return null
  const { before, after } = impact
  const now = new Map(after.map(unit => [unit.unitId, unit]))
  const moved = before.map(unit => {
    const other = now.get(unit.unitId)
    if (other === undefined) return unit.score
    const isSame = other.stage === unit.stage && other.destination === unit.destination && other.owner === unit.owner
    return isSame ? Math.abs(other.score - unit.score) : Math.max(other.score, unit.score)
  })
  return Math.max(0, ...moved)
}
