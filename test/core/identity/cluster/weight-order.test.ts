import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Edges, inWeightOrder } from '../../../../core/identity/cluster/edges.ts'
import { seededRandom } from '../../../../core/lib/random.ts'

type Row = readonly [number, number, number]

function columns(rows: readonly Row[]): Edges {
  return {
    a: Uint32Array.from(rows, ([a]) => a),
    b: Uint32Array.from(rows, ([, b]) => b),
    steps: Int32Array.from(rows, ([, , steps]) => steps),
  }
}

function slowly(rows: readonly Row[]): Row[] {
  return rows.toSorted((x, y) => y[2] - x[2] || x[0] - y[0] || x[1] - y[1])
}

/** Made rows: `draw` gives a number below its argument. */
function made(count: number, row: (draw: (below: number) => number) => Row): Row[] {
  const random = seededRandom(3)
  return Array.from({ length: count }, () => row(below => Math.floor(random() * below)))
}

test('edges come by falling steps, then by smaller record, then by larger one', () => {
  const wide = fc.constantFrom(3, 300, 70_000, 2 ** 31, 2 ** 32).chain(below => fc.nat(below - 1))
  const row = fc.tuple(
    wide,
    wide,
    fc.oneof(fc.integer({ min: -48, max: 300 }), fc.integer({ min: -(2 ** 20), max: 2 ** 20 })),
  )
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), rows => {
      const edges = columns(rows)
      expect(inWeightOrder(edges)).toEqual(columns(slowly(rows)))
      expect(edges).toEqual(columns(rows))
    }),
  )
})

describe('many edges', () => {
  test.each([
    { why: 'records as in a table', row: draw => [draw(20_000), draw(20_000), draw(300) - 48] },
    {
      why: 'one record has nearly all of them',
      row: draw => [draw(50) === 0 ? draw(9000) : 7, draw(20_000), draw(300)],
    },
    { why: 'a few records have all of them', row: draw => [draw(5), draw(5), draw(4)] },
    { why: 'numbers of records are far apart', row: draw => [draw(2 ** 32), draw(2 ** 32), draw(9)] },
    { why: 'steps are far apart', row: draw => [draw(900), draw(900), draw(2 ** 21) - 2 ** 20] },
    { why: 'all have the same steps', row: draw => [draw(900), draw(900), 143] },
  ] satisfies { why: string; row: (draw: (below: number) => number) => Row }[])('$why', ({ row }) => {
    const rows = made(12_000, row)
    expect(inWeightOrder(columns(rows))).toEqual(columns(slowly(rows)))
  })
})

test('edges that are in order are given as they are', () => {
  const edges = columns(slowly(made(100, draw => [draw(9), draw(9), draw(9)])))
  expect(inWeightOrder(edges)).toBe(edges)
})
