import { sum } from '#lib/num'
import { roundToSum } from '#lib/round-to-sum'
import { compareCodePoints } from '#lib/text'
import { BUCKETS } from '#schema/model'
import type { ScoreLine, UnitScore } from '#schema/score'

/**
 * The points of ledger lines as they are printed: to a tenth, so that the lines of a bucket add up to the bucket, and the buckets
 * and the line that takes the total into 0..100 to the score.
 *
 *   buckets = sums of their lines, rounded to add up to the score; lines = rounded to add up to their bucket
 *
 * @param score lines in any order: the same lines have the same points
 * @returns the printed points of a line of it; those of any other are its own
 *
 * Source: docs/methods/score.md, "Printed points".
 */
export function printedPoints({ lines, score }: Pick<UnitScore, 'lines' | 'score'>): (line: ScoreLine) => number {
  const printed = new Map<ScoreLine, number>()
  const groups = BUCKETS.map(bucket => lines.filter(line => line.bucket === bucket).sort(bySize))
  const others = lines.filter(line => line.bucket === 'total').map(line => [line])
  const parts = [...groups.filter(own => own.length > 0), ...others]
  const sums = parts.map(own => sum(own.map(({ finalPoints }) => finalPoints)))
  const written = roundToSum(sums, DECIMALS, score)
  for (const [i, own] of parts.entries()) {
    const points = own.map(({ finalPoints }) => finalPoints)
    const within = roundToSum(points, DECIMALS, written[i] ?? 0)
    for (const [j, line] of own.entries()) printed.set(line, within[j] ?? line.finalPoints)
  }
  return line => printed.get(line) ?? line.finalPoints
}

const DECIMALS = 1

function bySize(a: ScoreLine, b: ScoreLine): number {
  return (
    Math.abs(b.finalPoints) - Math.abs(a.finalPoints) ||
    compareCodePoints(a.signal, b.signal) ||
    compareCodePoints(a.personId ?? '', b.personId ?? '')
  )
}
