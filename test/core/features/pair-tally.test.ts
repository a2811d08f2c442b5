import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PairTally } from '../../../core/features/pair-tally.ts'

test('counts pairs as a map does, in the order they were met', () => {
  const pair = fc.tuple(fc.integer({ min: -5, max: 2 ** 31 - 1 }), fc.integer({ min: -3, max: 3 }))
  fc.assert(
    fc.property(fc.array(fc.oneof(pair, fc.constant([1, 1] as [number, number])), { maxLength: 3000 }), pairs => {
      const tally = new PairTally()
      const want = new Map<string, number>()
      for (const [a, b] of pairs) {
        tally.add(a, b)
        want.set(`${a} ${b}`, (want.get(`${a} ${b}`) ?? 0) + 1)
      }
      const got = Array.from({ length: tally.size }, (_, i) => [`${tally.first[i]} ${tally.second[i]}`, tally.count[i]])
      expect(got).toEqual([...want])
      for (const [a, b] of pairs) expect(tally.count[tally.find(a, b)]).toBe(want.get(`${a} ${b}`))
      expect(tally.find(7, 99)).toBe(-1)
    }),
  )
})

test('runs keep their own entries; merged, they are one tally again', () => {
  const runs = fc.array(fc.array(fc.tuple(fc.nat(40), fc.nat(2)), { maxLength: 100 }), { maxLength: 40 })
  fc.assert(
    fc.property(runs, parts => {
      const byRun = new PairTally()
      const whole = new PairTally()
      for (const part of parts) {
        byRun.startRun()
        const first = byRun.size
        for (const [a, b] of part) {
          whole.add(a, b)
          expect(byRun.add(a, b)).toBeGreaterThanOrEqual(first)
        }
        expect(byRun.size - first).toBe(new Set(part.map(String)).size)
      }
      const texts = (tally: PairTally): string[] =>
        Array.from({ length: tally.size }, (_, i) => `${tally.first[i]} ${tally.second[i]} ${tally.count[i]}`)
      expect(texts(byRun.merged())).toEqual(texts(whole))
    }),
  )
})
