/** Scores go from 0 to 100 by tenths. */
const STEPS = 1001
/** Bins of one point; the last is 100. */
const BINS = 101

/** Rounded scores times ten, as whole numbers. @param score tenths within 0..100 */
export function tenthsOf(score: Float64Array): Uint16Array {
  const tenths = new Uint16Array(score.length)
  fillTenths(score, tenths)
  return tenths
}

/** The same into room that is there. @param out is overwritten; as long as `score` */
export function fillTenths(score: Float64Array, out: Uint16Array): void {
  for (let u = 0; u < score.length; u++) out[u] = (score[u] as number) * 10 + 0.5 // of one length; cut off
}

/**
 * How many units reach any threshold. A score is a tenth between 0 and 100, so that one pass over the scores answers every
 * threshold from then on.
 *
 *   reaching(t) = number of units with score >= t
 *
 * Source: docs/methods/simulate.md, "Thresholds".
 */
export class ScoreLadder {
  /** Units with a score of k / 10 or more, at [k]; one more place, for none. */
  private readonly reaching = new Uint32Array(STEPS + 1)

  /** @param score rounded scores, tenths within 0..100 */
  constructor(score: Float64Array) {
    for (let u = 0; u < score.length; u++) {
      const step = ((score[u] as number) * 10 + 0.5) | 0 // u < length
      this.reaching[step] = (this.reaching[step] as number) + 1
    }
    // Within range: k < STEPS.
    for (let k = STEPS - 1; k >= 0; k--) {
      this.reaching[k] = (this.reaching[k] as number) + (this.reaching[k + 1] as number)
    }
  }

  /** Units with a score of k / 10 or more, at [k] for k in 0..1000. A copy. */
  counts(): Uint32Array {
    return this.reaching.slice(0, STEPS)
  }

  /** Units per bin of one point, 0..100. */
  histogram(): Uint32Array {
    // Within range: a bin begins at a tenth that is counted, and ends at one.
    return Uint32Array.from({ length: BINS }, (_, bin) => {
      const end = Math.min(STEPS, (bin + 1) * 10)
      return (this.reaching[bin * 10] as number) - (this.reaching[end] as number)
    })
  }

  /** Units whose score is `threshold` or more; any number. */
  countFrom(threshold: number): number {
    let low = 0
    let high = STEPS
    while (low < high) {
      const middle = (low + high) >>> 1
      // Scores are these very quotients: compared as a stage compares them.
      if (middle / 10 < threshold) low = middle + 1
      else high = middle
    }
    return this.reaching[low] as number // 0 <= low <= STEPS
  }
}
