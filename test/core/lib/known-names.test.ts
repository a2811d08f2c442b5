import { expect, test } from 'vitest'
import { knownNames, nearestNames } from '#lib/known-names'

test.each([
  {
    why: 'letters swapped',
    wanted: 'upgrade_clcik',
    known: ['login', 'upgrade_click', 'usage'],
    first: 'upgrade_click',
  },
  { why: 'another case', wanted: 'SDR', known: ['csm', 'sdr'], first: 'sdr' },
  { why: 'a letter too many', wanted: 'hott', known: ['warm', 'pql', 'hot'], first: 'hot' },
  { why: 'equally far: by code point', wanted: 'x', known: ['b', 'a'], first: 'a' },
])('nearest first: $why', ({ wanted, known, first }) => {
  expect(nearestNames(wanted, known)[0]).toBe(first)
})

test('an error names eight, and says how many more there are', () => {
  const known = Array.from({ length: 11 }, (_, i) => `name_${i}`)
  expect(knownNames('name_10x', known)).toMatch(/^known: name_10, .* and 3 more$/)
  expect(knownNames('a', ['a1', 'a1'])).toBe('known: a1')
  expect(knownNames('a', [])).toBe('there are none')
})
