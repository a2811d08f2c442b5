import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdSet } from '../../../../core/store/events/id-set.ts'

const VERDICTS = ['new', 'same', 'copy', 'repeated'] as const
type Key = readonly [number, number, number, number]

/** Small numbers, so that ids and contents come again; zeros, which mark free slots. */
const word = fc.constantFrom(0, 1, 2, -1, 0x01000000)
const key: fc.Arbitrary<Key> = fc.tuple(word, word, word, word)

function judge(keys: readonly Key[], set = new IdSet()): readonly (string | undefined)[] {
  const verdicts = new Uint8Array(keys.length)
  set.add(Int32Array.from(keys.flat()), keys.length, verdicts)
  return [...verdicts].map(verdict => VERDICTS[verdict])
}

/**
 * The same with a Map. The zero id shares the place of the id (1, 0), as the set does, and of a content the last bit counts for nothing.
 *
 * @param earlier so many keys are of imports before
 */
function oracle(keys: readonly Key[], earlier = 0): readonly string[] {
  const contents = new Map<string, Map<string, 'same' | 'repeated'>>()
  return keys.map(([a, b, c, d], at) => {
    const id = `${a === 0 && b === 0 ? 1 : a} ${b}`
    const content = `${c & ~1} ${d}`
    const known = contents.get(id)
    const verdict = known?.get(content)
    if (verdict !== undefined) return at < earlier ? 'repeated' : verdict
    contents.set(id, (known ?? new Map()).set(content, at < earlier ? 'same' : 'repeated'))
    return known === undefined ? 'new' : 'copy'
  })
}

test('judges like a map of sets, however the keys are cut into batches', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (keys, size) => {
      expect(judge(keys)).toEqual(oracle(keys))
      const set = new IdSet()
      const pieces = Array.from({ length: Math.ceil(keys.length / size) }, (_, i) =>
        keys.slice(i * size, (i + 1) * size),
      )
      expect(pieces.flatMap(piece => judge(piece, set))).toEqual(oracle(keys))
    }),
  )
})

test('what an import before has is told from what came further up, whether it was read from the project or settled', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), fc.nat(200), (keys, cut) => {
      const [before, now] = [keys.slice(0, cut), keys.slice(cut)]
      const expected = oracle(keys, before.length).slice(before.length)
      const settled = new IdSet()
      judge(before, settled)
      settled.settle()
      expect(judge(now, settled)).toEqual(expected)
      const read = new IdSet()
      read.addEarlier(Int32Array.from(before.flat()), before.length, new Uint8Array(before.length))
      expect(judge(now, read)).toEqual(expected)
    }),
  )
})

test('tables grow without losing a key', () => {
  const keys = Array.from({ length: 60_000 }, (_, i): Key => [Math.imul(i, 0x9e3779b1), Math.imul(i, 0x85ebca6b), i, 7])
  const set = new IdSet()
  expect(new Set(judge(keys, set))).toEqual(new Set(['new']))
  expect(new Set(judge(keys, set))).toEqual(new Set(['repeated']))
  set.settle()
  expect(new Set(judge(keys, set))).toEqual(new Set(['same']))
  expect(set.size).toBe(60_000)
})

test('one id for all events costs no more than ids of their own', () => {
  const keys = Array.from({ length: 200_000 }, (_, i): Key => [5, 9, 2 * i, Math.imul(i, 0x9e3779b1)])
  const set = new IdSet()
  const verdicts = judge(keys, set)
  expect(verdicts[0]).toBe('new')
  expect(new Set(verdicts.slice(1))).toEqual(new Set(['copy']))
  expect(new Set(judge(keys, set))).toEqual(new Set(['repeated']))
})
