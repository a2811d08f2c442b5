import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDictionary } from '../../../../core/identity/columns/dictionary.ts'
import { createWordTable } from '../../../../core/identity/columns/word-table.ts'

test('a dictionary numbers texts in the order in which they come, as a map does', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.integer({ max: 200 }).map(String))
  fc.assert(
    fc.property(fc.array(text, { maxLength: 300 }), texts => {
      const dictionary = createDictionary()
      const slow = new Map<string, number>([['', 0]])
      for (const one of texts) {
        const before = slow.get(one) ?? 0
        expect(dictionary.find(one)).toBe(before)
        if (!slow.has(one)) slow.set(one, slow.size)
        expect(dictionary.codeOf(one)).toBe(slow.get(one))
        expect(dictionary.find(one)).toBe(slow.get(one))
      }
      expect(dictionary.texts).toEqual([...slow.keys()])
    }),
  )
})

test('a table of words gives the values behind a key in the order in which they came, however much it grew', () => {
  const entry = fc.tuple(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2 ** 32 - 1 })), fc.nat())
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 200 }), entries => {
      const table = createWordTable()
      const slow = new Map<number, number[]>()
      for (const [key, value] of entries) {
        table.add(key, value + 1)
        slow.set(key, [...(slow.get(key) ?? []), value + 1])
      }
      for (const [key, values] of slow) {
        const found: number[] = []
        for (let value = table.first(key); value !== 0; value = table.next()) found.push(value)
        expect(found).toEqual(values)
      }
      expect(slow.has(7) ? 0 : table.first(7)).toBe(0)
    }),
  )
})
