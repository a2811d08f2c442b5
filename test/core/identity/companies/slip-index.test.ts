import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexSlips } from '../../../../core/identity/companies/slip-index.ts'
import { isOneEditApart } from '../../../../core/identity/compare/similarity.ts'

const WORDS = ['', 'northwind', 'northwindd', 'nortwind', 'northwnid', 'nordwind', 'south', 'contoso', 'northwind2']

test.each([
  ['northwind', ['northwindd', 'nortwind', 'northwnid', 'northwind2'], 'one too many, one too few, two swapped'],
  ['northwynd', ['northwind'], 'one other'],
  ['sauth', [], 'shorter than what is looked for'],
  ['fabrikam', [], 'nothing near'],
])('%s is near %j: %s', (word, near) => {
  const index = indexSlips(WORDS, 6)
  expect(index.find(word).map(code => WORDS[code])).toEqual(near)
})

test('finds what comparing with every word finds', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 0, maxLength: 9 })
  const words = fc.uniqueArray(word, { maxLength: 60 })
  const law = fc.property(words, word, fc.nat(7), (list, own, shortest) => {
    const all = list.flatMap((other, code) =>
      own.length >= shortest && other.length >= shortest && isOneEditApart(own, other) ? [code] : [],
    )
    expect(indexSlips(list, shortest).find(own)).toEqual(all)
  })
  fc.assert(law)
})
