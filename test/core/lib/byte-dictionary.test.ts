import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteDictionary } from '#lib/byte-dictionary'
import { byteSource } from '#lib/byte-source'
import { hashBytes } from '#lib/hash-bytes'
import { TextHeap } from '#lib/text-heap'
import { utf8Of } from '#lib/utf8'

const sourceOf = (text: string) => byteSource(utf8Of(text))

describe('a dictionary of bytes', () => {
  test('gives codes like a map, and the texts back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀'), maxLength: 9 })), texts => {
        const dictionary = new ByteDictionary()
        const expected = new Map<string, number>()
        for (const text of texts) {
          const source = sourceOf(text)
          const { length } = source.bytes
          expect(dictionary.find(source, 0, length)).toBe(expected.get(text) ?? 0)
          if (!expected.has(text)) expected.set(text, expected.size + 1)
          expect(dictionary.intern(source, 0, length)).toBe(expected.get(text))
        }
        expect(dictionary.size).toBe(expected.size)
        for (const [text, code] of expected) {
          expect(dictionary.text(code)).toBe(text)
          expect(dictionary.bytes(code)).toEqual(utf8Of(text))
        }
      }),
    )
  })

  test('grows, and keeps the hash of every text', () => {
    const dictionary = new ByteDictionary()
    const texts = Array.from({ length: 20_000 }, (_, i) => `user-${i}`)
    for (const text of texts) dictionary.intern(sourceOf(text), 0, text.length)
    const hash = new Uint32Array(4)
    for (const [i, text] of texts.entries()) {
      const source = sourceOf(text)
      expect(dictionary.find(source, 0, text.length)).toBe(i + 1)
      hashBytes(source.view, 0, text.length, hash, 0)
      expect([...dictionary.hashes.subarray(2 * i + 2, 2 * i + 4)]).toEqual([...hash.subarray(0, 2)])
    }
    const all = texts.flatMap(text => [text, `${text}?`, ''])
    const source = sourceOf(all.join(''))
    const ends = new Int32Array(all.length)
    let end = 0
    for (const [i, text] of all.entries()) ends[i] = end += text.length
    const starts = Int32Array.from(all, (text, i) => ends[i]! - text.length)
    const codes = new Int32Array(900)
    const skip = Uint8Array.from({ length: 900 }, (_, i) => (i % 30 === 0 ? 1 : 0))
    dictionary.findAll({ source, starts, ends, first: 300, count: 900, skip }, codes)
    expect([...codes]).toEqual(Array.from(codes, (_, i) => (i % 3 === 0 && skip[i] === 0 ? (300 + i) / 3 + 1 : 0)))
    expect(dictionary.text(0)).toBe('')
    expect(dictionary.bytes(0)).toHaveLength(0)
  })
})

test('a heap holds texts appended one by one or as a column', () => {
  const text = fc.string({ maxLength: 20 })
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.string({ minLength: 300, maxLength: 400 }))), fc.nat(), (texts, cut) => {
      const single = new TextHeap(1, 1)
      for (const value of texts) {
        const source = sourceOf(value)
        single.append(source, 0, source.bytes.length)
      }
      const read = (heap: TextHeap) =>
        Array.from({ length: heap.count }, (_, i) =>
          Buffer.from(heap.source.bytes.slice(heap.offsets[i], heap.offsets[i + 1])).toString(),
        )
      const expected = texts.map(value => Buffer.from(value).toString())
      expect(read(single)).toEqual(expected)
      const column = { offsets: single.offsets, bytes: single.source.bytes }
      const middle = cut % (texts.length + 1)
      const bulk = new TextHeap(1, 1)
      bulk.appendAll(column, middle, texts.length)
      bulk.appendAll(column, 0, middle)
      expect(read(bulk)).toEqual([...expected.slice(middle), ...expected.slice(0, middle)])
      bulk.clear()
      expect(bulk.length).toBe(0)
    }),
  )
})
