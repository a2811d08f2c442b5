import { chunksOf } from '../block/candidate-chunks.ts'
import type { PairScorer } from '../weigh/pair-scorer.ts'
import { revived } from './portable.ts'
import { type ScoringGround, scorerOf } from './scoring-ground.ts'
import { CLAIM, type PairOrder, type PairTask, type ScoredChunk, scoreChunk } from './second-thread.ts'

/**
 * The other side of `SecondThread`: does what it is told.
 *
 * @param give sends a chunk that was scored
 * @returns a function that takes orders one after the other, the ground first
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function createPairWorker(give: (scored: ScoredChunk) => void): (order: PairOrder) => void {
  let scorer: PairScorer | null = null
  return order => {
    if (order.kind === 'ground')
      scorer = scorerOf(revived(order.ground) as ScoringGround) // made by tellGround
    else if (scorer !== null) scorePairs(revived(order.pairs) as PairTask, order.claims, { scorer, give }) // made by scoreSteps
  }
}

type Work = Readonly<{ scorer: PairScorer; give: (scored: ScoredChunk) => void }>

function scorePairs(task: PairTask, claims: Int32Array, { scorer, give }: Work): void {
  const chunks = chunksOf(task.candidates)
  for (let at = chunks.length - 1; at >= 0; at--) {
    const chunk = chunks[at]
    if (chunk === undefined || Atomics.compareExchange(claims, at, CLAIM.free, CLAIM.there) !== CLAIM.free) continue
    give(scoreChunk(task, at, { chunk, scorer }))
    Atomics.store(claims, at, CLAIM.back)
    Atomics.notify(claims, at)
  }
}
