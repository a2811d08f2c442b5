import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitInto, forceLayout, type Spring } from '../../../renderer/src/ui/force-layout.ts'

const spring = (a: number, b: number): Spring => ({ a, b, length: 50, strength: 0.6 })
const graphs = fc.integer({ min: 2, max: 20 }).chain(count =>
  fc.record({
    count: fc.constant(count),
    springs: fc.array(
      fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).map(([a, b]) => spring(a, b)),
      { maxLength: 30 },
    ),
  }),
)

describe('a layout by forces', () => {
  test('equal input gives an equal picture, with finite places and no two points on top of each other', () => {
    fc.assert(
      fc.property(graphs, ({ count, springs }) => {
        const points = forceLayout(count, springs)
        expect(points).toEqual(forceLayout(count, springs))
        for (const [i, one] of points.entries()) {
          expect(Number.isFinite(one.x) && Number.isFinite(one.y)).toBe(true)
          for (const other of points.slice(i + 1))
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(1)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('joined points end nearer to each other than points that are not', () => {
    const [a, b, c, d] = forceLayout(4, [spring(0, 1), spring(2, 3)])
    const apart = (one = { x: 0, y: 0 }, other = { x: 0, y: 0 }): number => Math.hypot(one.x - other.x, one.y - other.y)
    expect(apart(a, b)).toBeLessThan(Math.min(apart(a, c), apart(a, d), apart(b, c)))
    expect(apart(c, d)).toBeLessThan(Math.min(apart(a, c), apart(b, d), apart(b, c)))
  })

  test('points fit into their box', () => {
    fc.assert(
      fc.property(graphs, ({ count, springs }) => {
        for (const { x, y } of fitInto(forceLayout(count, springs), 400, 300, 20)) {
          expect(x).toBeGreaterThanOrEqual(19.999)
          expect(x).toBeLessThanOrEqual(380.001)
          expect(y).toBeGreaterThanOrEqual(19.999)
          expect(y).toBeLessThanOrEqual(280.001)
        }
      }),
      { numRuns: 20 },
    )
  })
})
