import { keyOf, type Pair, type Question } from './answers.ts'
import { type Impact, quickImpact } from './impact.ts'
import type { Room } from './room.ts'
import type { LazyReach } from './scores.ts'

/** Candidates at the front of a queue whose true effect is to be known, and how many are judged for that, of a question and a run. */
const JUDGED = { first: 6, most: 12 } as const

/** As long as the evidence and the run are the same: answers given meanwhile do not judge it anew. */
type Effects = Readonly<{
  /** By which the queue goes. */
  counted: Map<string, number>
  /** Told by cards since the first page was made: they count when it is made again, so that pages fit together. */
  fresh: Map<string, number>
  /** How many of a question were judged for the order of its queue. */
  looked: Map<Question, number>
}>

const known = new WeakMap<LazyReach, Effects>()

function effectsOf({ scores: { reach } }: Pick<Room, 'scores'>): Effects {
  const found = known.get(reach) ?? { counted: new Map(), fresh: new Map(), looked: new Map() }
  known.set(reach, found)
  return found
}

/**
 * What may be looked at for the order of a queue. Each look takes a while, and a queue is made anew after every answer: so all looks
 * are taken the first time, and what comes forward later is known by its card, which is read before its turn.
 */
export function looksFor(
  room: Pick<Room, 'scores'>,
  question: Question,
  isFirstPage: boolean,
): Readonly<{ first: number; most: number }> {
  const left = JUDGED.most - (effectsOf(room).looked.get(question) ?? 0)
  return room.scores.runId === null || !isFirstPage ? { first: JUDGED.first, most: 0 } : { ...JUDGED, most: left }
}

/**
 * What the answer "same" does to the units it touches, in points: the score of the highest one whose stage or route it changes,
 * else by how much it moves a score. Where that cannot be worked out while somebody looks, the estimate stands.
 */
export function judgedEffect(room: Room, pair: Pair, estimate: number): number {
  const effect = estimate === 0 ? 0 : (effectOf(quickImpact(room, pair).impact) ?? estimate)
  const { counted, looked } = effectsOf(room)
  counted.set(keyOf(pair), effect)
  looked.set(pair.question, (looked.get(pair.question) ?? 0) + 1)
  return effect
}

/** The true effects by which the queue goes, by `keyOf`; on its first page with those that cards came to meanwhile. */
export function knownEffects(room: Pick<Room, 'scores'>, isFirstPage: boolean): ReadonlyMap<string, number> {
  const { counted, fresh } = effectsOf(room)
  if (!isFirstPage) return counted
  for (const [key, effect] of fresh) counted.set(key, effect)
  fresh.clear()
  return counted
}

/** Takes note of what a card came to. */
export function learnEffect(room: Room, pair: Pair, impact: Impact | null): void {
  const effect = effectOf(impact)
  if (effect !== null) effectsOf(room).fresh.set(keyOf(pair), effect)
}

/** The effect that was judged; undefined where it was not. */
export function knownEffect(room: Room, pair: Pair): number | undefined {
  return effectsOf(room).counted.get(keyOf(pair))
}

function effectOf(impact: Impact | null): number | null {
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
