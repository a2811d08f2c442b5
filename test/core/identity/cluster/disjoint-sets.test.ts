import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DisjointSets } from '../../../../core/identity/cluster/disjoint-sets.ts'

const SIZE = 12
const record = fc.nat(SIZE - 1)

test('records have one root where unions lead from one to the other, and each root knows its size', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(record, record), { maxLength: 20 }), unions => {
      const sets = new DisjointSets(SIZE)
      const labels = Array.from({ length: SIZE }, (_, i) => i)
      for (const [x, y] of unions) {
        const [a, b] = [sets.root(x), sets.root(y)]
        expect(a === b).toBe(labels[x] === labels[y])
        if (a === b) continue
        sets.unite(a, b)
        const [from, into] = [labels[x], labels[y]]
        labels.forEach((label, i) => {
          if (label === from) labels[i] = into ?? 0
        })
      }
      for (let x = 0; x < SIZE; x++) {
        expect(sets.sizeOf(sets.root(x))).toBe(labels.filter(label => label === labels[x]).length)
        for (let y = 0; y < SIZE; y++) expect(sets.root(x) === sets.root(y)).toBe(labels[x] === labels[y])
      }
    }),
  )
})

test.each([
  { why: 'the first root stays where both are as large', before: [], a: 3, b: 1, stays: 3 },
  { why: 'the root of the larger set stays', before: [[1, 2]], a: 3, b: 1, stays: 1 },
] as const)('$why', ({ before, a, b, stays }) => {
  const sets = new DisjointSets(4)
  for (const [x, y] of before) sets.unite(x, y)
  expect(sets.unite(a, b)).toBe(stays)
  expect([sets.root(a), sets.root(b)]).toEqual([stays, stays])
})

test('a chain of a hundred thousand unions is walked without a deep call', () => {
  const sets = new DisjointSets(100_001)
  for (let i = 0; i < 100_000; i++) sets.unite(sets.root(i), i + 1)
  expect(sets.sizeOf(sets.root(100_000))).toBe(100_001)
})
