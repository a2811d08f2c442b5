import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketIndex, placesByText, textIndex } from '#lib/bucket-index'
import { finish } from '#lib/steps'

test('a bucket has its numbers, ascending, and an empty one none', () => {
  const { find } = bucketIndex([
    [7, 5],
    [2 ** 26 - 1, 2 ** 27 - 1],
    [7, 2],
    [8, 0],
  ])
  expect([7, 8, 2 ** 26 - 1, 0, -1].map(find)).toEqual([[2, 5], [0], [2 ** 27 - 1], [], []])
})

test('what has no room in 53 bits is refused', () => {
  expect(() => bucketIndex([[2 ** 26, 0]])).toThrow('room')
  expect(() => bucketIndex([[0, 2 ** 27]])).toThrow('room')
})

test('every number of a text is found by it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 4 }), fc.nat(99))), entries => {
      const { find } = textIndex(entries)
      for (const [text, number] of entries) expect(find(text)).toContain(number)
    }),
  )
})

test('so is every place of a text in a list, which is indexed with halts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 4 })), texts => {
      const { find } = finish(placesByText(texts))
      for (const [place, text] of texts.entries()) expect(find(text)).toContain(place)
    }),
  )
  const many = placesByText(Array.from({ length: 250_000 }, (_, i) => `u${i}`))
  expect([many.next().done, many.next().done, many.next().done, many.next().done]).toEqual([false, false, false, true])
})
