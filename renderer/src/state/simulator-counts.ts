/** The thresholds of the stages, lowest first. */
export type Stages = Readonly<{ warm: number; pql: number; hot: number }>

/**
 * Units whose score reaches a threshold, read from the counts per tenth, so that a dragged threshold asks nobody.
 *
 * @param reaching units with a score of k / 10 or more, at [k]
 */
export function countFrom(reaching: ArrayLike<number>, threshold: number): number {
  // a threshold between two tenths is reached from the upper one on; the subtrahend takes off what a float adds
  const step = Math.max(0, Math.ceil(threshold * 10 - 1e-6))
  return reaching[step] ?? 0
}

/** Units per stage, lowest first. */
export function stageCountsOf(reaching: ArrayLike<number>, { warm, pql, hot }: Stages): readonly number[] {
  const from = [0, warm, pql, hot].map(threshold => countFrom(reaching, threshold))
  return from.map((units, stage) => units - (from[stage + 1] ?? 0))
}
