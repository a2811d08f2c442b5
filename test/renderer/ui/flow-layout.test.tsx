import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layFlows } from '../../../renderer/src/ui/flow-layout.ts'

const IDS = ['a', 'b', 'c', 'd']
const ROOM = { height: 280, gap: 18, least: 2, most: 6 }
const flows = fc
  .array(fc.integer({ min: 0, max: 500 }), { minLength: 16, maxLength: 16 })
  .map(units => units.map((value, i) => ({ from: IDS[i >> 2] ?? '', to: IDS[i & 3] ?? '', units: value })))

test('every bar holds exactly its ribbons, without gaps and without one over another', () => {
  fc.assert(
    fc.property(flows, all => {
      const { left, right, ribbons } = layFlows(all, IDS, ROOM)
      expect(ribbons).toHaveLength(all.filter(({ units }) => units > 0).length)
      for (const [spans, end, top] of [
        [left, 'from', 'fromTop'],
        [right, 'to', 'toTop'],
      ] as const) {
        for (const span of spans) {
          const own = ribbons.filter(ribbon => ribbon[end] === span.id).toSorted((a, b) => a[top] - b[top])
          let at = span.top
          for (const ribbon of own) {
            expect(ribbon[top]).toBeCloseTo(at, 6)
            at += ribbon.height
          }
          expect(at).toBeCloseTo(span.top + span.height, 6)
        }
      }
    }),
  )
})

test('both columns fit, more units are never thinner, and few units do not fill the room', () => {
  fc.assert(
    fc.property(flows, all => {
      const { left, right, ribbons } = layFlows(all, IDS, ROOM)
      for (const spans of [left, right]) {
        const last = spans.at(-1)
        if (last !== undefined) expect(last.top + last.height).toBeLessThanOrEqual(ROOM.height + 1e-6)
      }
      const byUnits = ribbons.toSorted((a, b) => a.units - b.units)
      for (const [i, ribbon] of byUnits.entries()) {
        expect(ribbon.height).toBeGreaterThanOrEqual(byUnits[i - 1]?.height ?? 0)
        expect(ribbon.height).toBeLessThanOrEqual(Math.max(ROOM.least, ribbon.units * ROOM.most) + 1e-9)
      }
    }),
  )
})
