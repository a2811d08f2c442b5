import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokenClasses } from '../../../core/identity/compare/token-classes.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'n', 'o', 'r'), minLength: 1, maxLength: 7 })
const words = fc.uniqueArray(word, { minLength: 2, maxLength: 12 })

test('pairs of words have one class, however many other words there are to remember', () => {
  fc.assert(
    fc.property(words, few => {
      const texts = ['', ...few]
      const others = Array.from({ length: 400 }, (_, i) => `other${i}`)
      const [small, large] = [tokenClasses(texts, () => false), tokenClasses([...texts, ...others], () => false)]
      for (let time = 0; time < 2; time++) {
        for (const a of texts.keys())
          for (const b of texts.keys()) expect([a, b, small(a, b)]).toEqual([a, b, large(a, b)])
      }
    }),
    { numRuns: 50 },
  )
})
