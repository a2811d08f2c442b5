import type { Edges } from '../cluster/edges.ts'
import { type PairScorer, priorBits } from './pair-scorer.ts'
import { STEPS_PER_BIT } from './steps.ts'

/** Expected further records per entity where nothing is known. */
export const DEFAULT_FURTHER = 0.15
/** Below it a rare name that two records share would count for chance, which it hardly ever is. */
const LEAST = 0.1
/** The largest d that is believed. */
export const MOST_FURTHER = 4
const ROUNDS = 60
const SPREAD = 4096

/**
 * Estimates d, the expected further records per entity, from the data.
 *
 *   d <- sum over pairs of p(pair; d) / N, from 0.15 until it moves by less than 1 %
 *
 * With identifiers p does not depend on d.
 *
 * @param size N
 * @param edges pairs that could count: those from -3 bits on at the largest d
 * @param scorer its prior is not used
 * @returns d, held within 0.1 and 4
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function estimateFurther(size: number, edges: Edges, scorer: Pick<PairScorer, 'evidence'>): number {
  const histogram = new Float64Array(2 * SPREAD)
  let certain = 0
  for (let i = 0; i < edges.a.length; i++) {
    const { steps, hasIdentifier } = scorer.evidence(edges.a[i] as number, edges.b[i] as number) // i < length
    if (hasIdentifier) certain += probabilityOf(steps / STEPS_PER_BIT)
    else {
      const at = Math.min(Math.max(steps + SPREAD, 0), 2 * SPREAD - 1)
      histogram[at] = (histogram[at] as number) + 1 // held within the histogram
    }
  }
  let further = DEFAULT_FURTHER
  for (let round = 0; round < ROUNDS; round++) {
    const sum = certain + expected(histogram, priorBits(size, further))
    const next = Math.min(Math.max(sum / Math.max(1, size), LEAST), MOST_FURTHER)
    const isSettled = Math.abs(next - further) < 0.01 * further
    further = next
    if (isSettled) break
  }
  return further
}

function expected(histogram: Float64Array, prior: number): number {
  let sum = 0
  for (let at = 0; at < histogram.length; at++) {
    const count = histogram[at] as number // at < length
    if (count > 0) sum += count * probabilityOf((at - SPREAD) / STEPS_PER_BIT + prior)
  }
  return sum
}

function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits)
}
