import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listedKeys, singleKeys } from '../../../core/identity/block/block-keys.ts'
import { candidatePairs } from '../../../core/identity/block/candidate-pairs.ts'
import { radixOrder, sortedColumns } from '../../../core/identity/block/radix-order.ts'
import { hashEnd, hashOver, hashStart, hashText } from '../../../core/identity/columns/hash-text.ts'
import { createCodeLists } from '../../../core/identity/columns/list.ts'

const SIZE = 14
const keys = fc.array(fc.nat(4), { minLength: SIZE, maxLength: SIZE })
const lists = fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE })

function codeLists(values: readonly (readonly number[])[]) {
  const builder = createCodeLists()
  for (const own of values) {
    for (const code of own) builder.add(code)
    builder.next()
  }
  return builder.finish()
}

function pairsOf(share: (a: number, b: number) => boolean): string[] {
  const pairs: string[] = []
  for (let a = 0; a < SIZE; a++) for (let b = a + 1; b < SIZE; b++) if (share(a, b)) pairs.push(`${a} ${b}`)
  return pairs.sort()
}

describe('candidate pairs', () => {
  test('are the union over all kinds, each pair once', () => {
    fc.assert(
      fc.property(keys, keys, lists, lists, (one, two, many, more) => {
        const kinds = [
          singleKeys('one', () => Uint32Array.from(one), []),
          listedKeys('many', [() => codeLists(many), () => codeLists(more)], []),
          singleKeys('two', () => Uint32Array.from(two), []),
        ]
        const found: string[] = []
        const fresh = candidatePairs(SIZE, kinds).eachPair((a, b) => found.push(`${a} ${b}`))
        const all = many.map((own, i) => new Set([...own, ...(more[i] ?? [])]))
        const share = (a: number, b: number): boolean =>
          (one[a] !== 0 && one[a] === one[b]) ||
          (two[a] !== 0 && two[a] === two[b]) ||
          [...(all[a] ?? [])].some(code => all[b]?.has(code))
        expect(found.sort()).toEqual(pairsOf(share))
        expect(fresh.reduce((sum, count) => sum + count, 0)).toBe(found.length)
      }),
    )
  })

  test('a block above the cap is split by further keys; what is left out is counted', () => {
    const city = Uint32Array.from([1, 1, 1, 2, 2, 2, 0, 0])
    const kind = singleKeys('name', () => new Uint32Array(8).fill(7), [() => city], 3)
    const candidates = candidatePairs(8, [kind])
    const found: string[] = []
    candidates.eachPair((a, b) => found.push(`${a} ${b}`))
    expect(found.sort()).toEqual(['0 1', '0 2', '1 2', '3 4', '3 5', '4 5', '6 7'])
    expect(candidates.counts).toEqual([{ kind: 'name', blocks: 3, records: 8, largest: 3, split: 1, pairsLeftOut: 21 }])
  })

  test('a block that nothing splits is left out whole, and said so', () => {
    const candidates = candidatePairs(5, [singleKeys('name', () => new Uint32Array(5).fill(7), [], 3)])
    expect(candidates.eachPair(() => undefined)).toEqual([0])
    expect(candidates.counts[0]).toMatchObject({ split: 1, pairsLeftOut: 10, blocks: 0 })
  })
})

test('keys are sorted as numbers, equal ones in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 0xffffffff }))), values => {
      const order = [...radixOrder(Uint32Array.from(values))]
      const want = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
      expect(order).toEqual(want)
    }),
  )
})

test('the hash of two texts in one piece is the hash of the piece', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(9), (a, b, seed) => {
      const whole = hashOver(hashOver(hashStart(seed), a, a.length), b, b.length)
      expect(hashEnd(whole)).toBe(hashText(a + b, seed))
    }),
  )
})

test('columns are moved into the order of one of them, equal keys as they were', () => {
  const key = fc.oneof(fc.nat(3), fc.nat(5000), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), keys => {
      const given = [Uint32Array.from(keys), Uint32Array.from(keys, (_, i) => i)] as const
      const before = given.map(column => [...column])
      const [sorted, places] = sortedColumns(given, 0)
      const slow = keys.map((own, i) => [own, i] as const).sort(([a, i], [b, j]) => a - b || i - j)
      expect([...sorted].map((own, i) => [own, places[i]])).toEqual(slow)
      expect(given.map(column => [...column])).toEqual(before)
    }),
  )
})
