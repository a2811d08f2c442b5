import { sum } from '#lib/num'
import { roundToSum } from '#lib/round-to-sum'
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

/** Points as they are printed: to a tenth, so that lines add up to their bucket, and buckets to the score. */
export type PrintedPoints = Readonly<{ ofLine: (line: ScoreLine) => number; ofBucket: (bucket: string) => number }>

export function printedPoints(lines: readonly ScoreLine[], score: number): PrintedPoints {
  const groups = byBucket(lines)
  const buckets = groups.filter(({ bucket }) => bucket !== 'total')
  const others = groups.find(({ bucket }) => bucket === 'total')?.lines ?? []
  const parts = [...buckets.map(group => group.points), ...others.map(line => line.finalPoints)]
  const printed = roundToSum(parts, 1, score)
  const ofBucket = new Map(buckets.map(({ bucket }, i) => [bucket, printed[i] ?? 0]))
  const ofLine = new Map(others.map((line, i) => [lineKey(line), printed[buckets.length + i] ?? 0]))
  for (const { bucket, lines: own } of buckets) {
    const within = roundToSum(
      own.map(line => line.finalPoints),
      1,
      ofBucket.get(bucket) ?? 0,
    )
    for (const [i, line] of own.entries()) ofLine.set(lineKey(line), within[i] ?? 0)
  }
  return {
    ofLine: line => ofLine.get(lineKey(line)) ?? line.finalPoints,
    ofBucket: bucket => ofBucket.get(bucket) ?? 0,
  }
}

export const lineKey = (line: ScoreLine): string => `${line.signal} ${line.personId ?? ''} ${line.bucket}`

/** Whether events stand behind a line: conditions, fit and the limit have none. */
export const hasEvents = (line: ScoreLine): boolean => line.firstDay !== null && line.bucket !== 'fit'
