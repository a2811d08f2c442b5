import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from '#lib/num'
import { BUCKETS } from '#schema/model'
import { DEFAULT_MODEL, printedPoints, sentenceOf, topReasons } from '#score'
import { model, world } from './random-world.ts'
import { scoreOf } from './scored.ts'

test('written to a tenth, lines add up to the score, each less than a tenth from what it is, in whatever order they come', () => {
  fc.assert(
    fc.property(world, fc.oneof(fc.constant(DEFAULT_MODEL), model), (rows, own) => {
      for (const score of scoreOf(rows, { model: own }).scores) {
        const { lines } = score
        const printed = printedPoints(score)
        const turned = printedPoints({ ...score, lines: lines.toReversed() })
        expect(sum(lines.map(printed))).toBeCloseTo(score.score, 9)
        for (const line of lines) {
          expect(Math.abs(printed(line) - line.finalPoints)).toBeLessThan(0.1 + 1e-9)
          expect(turned(line)).toBe(printed(line))
          expect(Number(printed(line).toFixed(1))).toBe(printed(line))
        }
        for (const bucket of BUCKETS) {
          const inBucket = lines.filter(line => line.bucket === bucket)
          const [whole, written] = [sum(inBucket.map(line => line.finalPoints)), sum(inBucket.map(printed))]
          expect(Math.abs(whole - written)).toBeLessThan(0.1 + 1e-9)
        }
      }
    }),
  )
})

test('a reason has the tenth that the ledger has', () => {
  fc.assert(
    fc.property(world, fc.oneof(fc.constant(DEFAULT_MODEL), model), (rows, own) => {
      const scored = scoreOf(rows, { model: own })
      for (const score of scored.scores) {
        const ground = { unit: scored.unit(score.unitId), model: scored.ground.model, today: scored.ground.today }
        const printed = printedPoints(score)
        for (const { line, sentence } of topReasons(score, ground)) {
          expect(sentence).toBe(sentenceOf(line, ground, printed(line)))
          expect(Math.abs(Number(/[+-][\d.]+$/.exec(sentence)?.[0]))).toBe(Math.abs(printed(line)))
        }
      }
    }),
  )
})
