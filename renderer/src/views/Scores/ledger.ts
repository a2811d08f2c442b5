import { roundTo, sum } from '#lib/num'
import type { ScoreLine } from '../../state/score-unit.ts'
import { BUCKETS } from '../words.ts'

export type BucketLines = Readonly<{ bucket: string; points: number; lines: readonly ScoreLine[] }>

/** The three lines with the most points; none that takes points away. */
export function topReasons(lines: readonly ScoreLine[]): readonly ScoreLine[] {
  return lines
    .filter(line => line.finalPoints > 0 && line.signal !== 'clamp')
    .toSorted((a, b) => b.finalPoints - a.finalPoints)
    .slice(0, 3)
}

/** The sentence without the points at its end, which are shown beside it. */
export function withoutPoints(sentence: string): string {
  return sentence.replace(/:\s*[+\-−]?\d+(\.\d+)?\s*(points?)?\.?$/, '')
}

/** Lines by bucket in the order of the model, largest first within each; the limit to 0..100 last. */
export function byBucket(lines: readonly ScoreLine[]): readonly BucketLines[] {
  return [...BUCKETS.map(bucket => bucket.id), 'total']
    .map(bucket => {
      const own = lines
        .filter(line => line.bucket === bucket)
        .toSorted((a, b) => Math.abs(b.finalPoints) - Math.abs(a.finalPoints))
      return { bucket, points: sum(own.map(line => line.finalPoints)), lines: own }
    })
    .filter(group => group.lines.length > 0)
}

/** The points of a bucket as they are printed: what its lines, as they are printed, add up to. */
export const printedOfBucket = ({ lines }: Pick<BucketLines, 'lines'>): number =>
  roundTo(sum(lines.map(line => line.printedPoints)), 1)

export const lineKey = (line: ScoreLine): string => `${line.signal} ${line.personId ?? ''} ${line.bucket}`

/** Whether events stand behind a line: conditions, fit and the limit have none. */
export const hasEvents = (line: ScoreLine): boolean => line.firstDay !== null && line.bucket !== 'fit'
