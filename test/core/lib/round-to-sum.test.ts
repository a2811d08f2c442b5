import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundTo, sum } from '#lib/num'
import { printedBits, roundToSum } from '#lib/round-to-sum'

test.each([
  { why: 'nothing to do', values: [1.2, 3.4], total: 4.6, want: [1.2, 3.4] },
  { why: 'the smaller one gives way', values: [10.24, 2.24], total: 12.5, want: [10.2, 2.3] },
  { why: 'points below zero', values: [9.96, -0.56], total: 9.4, want: [10, -0.6] },
  { why: 'downwards', values: [7.25, 7.25], total: 14.5, want: [7.2, 7.3] },
  { why: 'whole figures never move', values: [5, 0.06, 0.04], total: 5.1, want: [5, 0.1, 0] },
  { why: 'a sum that is out of reach is left', values: [5], total: 6, want: [5] },
  { why: 'nothing', values: [], total: 0, want: [] },
])('$why', ({ values, total, want }) => {
  expect(roundToSum(values, 1, total)).toEqual(want)
})

test('what is printed adds up, and each figure is less than a step from what it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ min: -60, max: 60, noNaN: true }), fc.integer({ min: -9, max: 9 })), {
        maxLength: 20,
      }),
      fc.integer({ min: 0, max: 3 }),
      (values, decimals) => {
        const total = Math.floor(sum(values) * 10 ** decimals + 0.5) / 10 ** decimals
        const printed = roundToSum(values, decimals, total)
        expect(sum(printed)).toBeCloseTo(total, 9)
        for (const [i, value] of values.entries())
          expect(Math.abs((printed[i] ?? 0) - value)).toBeLessThanOrEqual(10 ** -decimals + 1e-12)
      },
    ),
  )
})

test('lines of evidence add up as they are printed', () => {
  expect(printedBits([-10.5625, 8.1875, 2, 1.625])).toEqual([-10.56, 8.19, 2, 1.62])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 12 }), (steps): void => {
      const lines = steps.map(step => step / 16)
      const printed = printedBits(lines)
      const total = sum(lines)
      expect(sum(printed)).toBeCloseTo(Math.sign(total) * roundTo(Math.abs(total), 2), 9)
      lines.forEach((line, i) => {
        expect(Math.abs((printed[i] ?? 0) - line)).toBeLessThan(0.01)
      })
    }),
  )
})
