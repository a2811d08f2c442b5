import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdSet } from '../../../../core/store/events/id-set.ts'

const VERDICTS = ['new', 'same', 'copy'] as const
type Key = readonly [number, number, number, number]

/** Small numbers, so that ids and contents come again; zeros, which mark free slots. */
const word = fc.constantFrom(0, 1, 2, -1, 0x01000000)
const key: fc.Arbitrary<Key> = fc.tuple(word, word, word, word)

function judge(keys: readonly Key[], set = new IdSet()): readonly (string | undefined)[] {
  const verdicts = new Uint8Array(keys.length)
  set.add(Int32Array.from(keys.flat()), keys.length, verdicts)
  return [...verdicts].map(verdict => VERDICTS[verdict])
}

/** The same with a Map. The zero id shares the place of the id (1, 0), as the set does. */
function oracle(keys: readonly Key[]): readonly string[] {
  const contents = new Map<string, Set<string>>()
  return keys.map(([a, b, c, d]) => {
    const id = `${a === 0 && b === 0 ? 1 : a} ${b}`
    const known = contents.get(id)
    if (known?.has(`${c} ${d}`)) return 'same'
    contents.set(id, (known ?? new Set()).add(`${c} ${d}`))
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

test('tables grow without losing a key', () => {
  const keys = Array.from({ length: 60_000 }, (_, i): Key => [Math.imul(i, 0x9e3779b1), Math.imul(i, 0x85ebca6b), i, 7])
  const set = new IdSet()
  expect(new Set(judge(keys, set))).toEqual(new Set(['new']))
  expect(new Set(judge(keys, set))).toEqual(new Set(['same']))
  expect(set.size).toBe(60_000)
})

test('one id for all events costs no more than ids of their own', () => {
  const keys = Array.from({ length: 200_000 }, (_, i): Key => [5, 9, i, Math.imul(i, 0x9e3779b1)])
  const set = new IdSet()
  const verdicts = judge(keys, set)
  expect(verdicts[0]).toBe('new')
  expect(new Set(verdicts.slice(1))).toEqual(new Set(['copy']))
  expect(new Set(judge(keys, set))).toEqual(new Set(['same']))
})
