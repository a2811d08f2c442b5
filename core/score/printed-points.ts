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
  const points = parts.map(own => own.map(({ finalPoints }) => finalPoints))
  const written = roundToSum(points.map(sum), DECIMALS, score)
  const print = (part: number): void => {
    const within = roundToSum(points[part] ?? [], DECIMALS, written[part] ?? 0)
    for (const [j, line] of parts[part]?.entries() ?? []) printed.set(line, within[j] ?? line.finalPoints)
  }
  return line => {
    if (!printed.has(line)) print(parts.findIndex(own => own.includes(line))) // of most units a few lines are asked for
    return printed.get(line) ?? line.finalPoints
  }
}

const DECIMALS = 1

function bySize(a: ScoreLine, b: ScoreLine): number {
  return (
    Math.abs(b.finalPoints) - Math.abs(a.finalPoints) ||
    compareCodePoints(a.signal, b.signal) ||
    compareCodePoints(a.personId ?? '', b.personId ?? '')
  )
}
