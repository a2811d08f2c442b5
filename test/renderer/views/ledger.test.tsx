import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from '#lib/num'
import { DEFAULT_MODEL } from '#score'
import { byBucket, lineKey, printedPoints } from '../../../renderer/src/views/Scores/ledger.ts'
import { model, world } from '../../core/score/random-world.ts'
import { scoreOf } from '../../core/score/scored.ts'

test('written to a tenth, lines add up to their bucket and buckets to the score, whatever was capped, cut off or clamped', () => {
  void fc.assert(
    fc.property(world, fc.oneof(fc.constant(DEFAULT_MODEL), model), (rows, own) => {
      for (const { lines, score } of scoreOf(rows, { model: own }).scores) {
        const shown = lines.map(line => ({ ...line, sentence: '' }))
        const printed = printedPoints(shown, score)
        const groups = byBucket(shown)
        for (const { bucket, lines: inBucket } of groups) {
          if (bucket === 'total') continue
          expect(sum(inBucket.map(printed.ofLine))).toBeCloseTo(printed.ofBucket(bucket), 9)
        }
        expect(sum(shown.map(printed.ofLine))).toBeCloseTo(score, 9)
        for (const line of shown) expect(Math.abs(printed.ofLine(line) - line.finalPoints)).toBeLessThan(0.1 + 1e-9)
        expect(new Set(shown.map(lineKey)).size).toBe(shown.length)
      }
    }),
  )
})
