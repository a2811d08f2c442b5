import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countFrom, stageCountsOf } from '../../../renderer/src/state/simulator-counts.ts'

const tenths = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 })
const ladder = (scores: readonly number[]): readonly number[] =>
  Array.from({ length: 1001 }, (_, step) => scores.filter(score => score >= step).length)

test('counting from a threshold equals comparing every score with it, for any threshold', () => {
  fc.assert(
    fc.property(tenths, fc.integer({ min: -500, max: 10_500 }), (scores, hundredths) => {
      const threshold = hundredths / 100
      expect(countFrom(ladder(scores), threshold)).toBe(scores.filter(score => score / 10 >= threshold).length)
    }),
  )
})

test('every unit is in one stage', () => {
  const [warm, pql, hot] = [50, 65.1, 80]
  fc.assert(
    fc.property(tenths, scores => {
      expect(stageCountsOf(ladder(scores), { warm, pql, hot })).toEqual([
        scores.filter(score => score / 10 < warm).length,
        scores.filter(score => score / 10 >= warm && score / 10 < pql).length,
        scores.filter(score => score / 10 >= pql && score / 10 < hot).length,
        scores.filter(score => score / 10 >= hot).length,
      ])
    }),
  )
})
