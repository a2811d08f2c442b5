import { clamp } from '#lib/num'
import type { ScoringModel } from '#schema/model'
import type { Stage } from '#schema/score'

/**
 * Rounded half up to 9 decimals, so that the dust of floating-point sums decides no comparison.
 *
 *   floor(x * 1e9 + 0.5) / 1e9
 */
export function roundNine(x: number): number {
  return billionths(x) / 1e9
}

/** The same as a whole number of billionths, which is all that a comparison needs. */
export function billionths(x: number): number {
  return Math.floor(x * 1e9 + 0.5)
}

/**
 * The score that is shown and compared: to a tenth, within 0..100.
 *
 *   floor(clamp(round9(total), 0, 100) * 10 + 0.5) / 10
 *
 * Source: docs/methods/score.md, "From person to unit".
 */
export function scoreOfTotal(total: number): number {
  return Math.floor(clamp(roundNine(total), 0, 100) * 10 + 0.5) / 10
}

/** Stage of a rounded score: the highest whose threshold it reaches. */
export function stageOf(score: number, stages: ScoringModel['stages']): Stage {
  if (score >= stages.hot) return 'Hot PQL'
  if (score >= stages.pql) return 'PQL'
  return score >= stages.warm ? 'Warm' : 'Not PQL'
}
