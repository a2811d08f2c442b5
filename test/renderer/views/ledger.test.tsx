import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from '#lib/num'
import { DEFAULT_MODEL, printedPoints } from '#score'
import { byBucket, lineKey, printedOfBucket } from '../../../renderer/src/views/Scores/ledger.ts'
import { model, world } from '../../core/score/random-world.ts'
import { scoreOf } from '../../core/score/scored.ts'

test('written to a tenth, buckets and the limit add up to the score, whatever was capped, cut off or clamped', () => {
  fc.assert(
    fc.property(world, fc.oneof(fc.constant(DEFAULT_MODEL), model), (rows, own) => {
      for (const score of scoreOf(rows, { model: own }).scores) {
        const printed = printedPoints(score)
        const shown = score.lines.map(line => ({ ...line, printedPoints: printed(line), sentence: '' }))
        const groups = byBucket(shown).map(printedOfBucket)
        expect(sum(groups)).toBeCloseTo(score.score, 9)
        expect(new Set(shown.map(lineKey)).size).toBe(shown.length)
      }
    }),
  )
})
