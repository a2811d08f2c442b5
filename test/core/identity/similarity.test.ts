import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { soundKey } from '../../../core/identity/compare/phonetic.ts'
import { isOneEditApart, jaroWinkler } from '../../../core/identity/compare/similarity.ts'
import { TOKENS, tokenClasses } from '../../../core/identity/compare/token-classes.ts'

/** Jaro-Winkler as it is written down: characters one by one. */
function slowJaroWinkler(a: string, b: string): number {
  if (a === '' || b === '') return 0
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const reach = Math.max(0, Math.floor(long.length / 2) - 1)
  const taken = new Set<number>()
  const matched: number[] = []
  for (let j = 0; j < long.length; j++) {
    for (let i = Math.max(0, j - reach); i <= Math.min(short.length - 1, j + reach); i++) {
      if (taken.has(i) || short[i] !== long[j]) continue
      taken.add(i)
      matched.push(j)
      break
    }
  }
  const m = matched.length
  if (m === 0) return 0
  const left = [...taken].sort((x, y) => x - y)
  const swapped = matched.filter((j, k) => long[j] !== short[left[k] ?? -1]).length / 2
  const jaro = (m / a.length + m / b.length + (m - swapped) / m) / 3
  let prefix = 0
  while (prefix < 4 && prefix < short.length && a[prefix] === b[prefix]) prefix++
  return jaro > 0.7 ? jaro + 0.1 * prefix * (1 - jaro) : jaro
}

const word = fc.string({ unit: fc.constantFrom(...'abcdé'), maxLength: 14 })

describe('similarity', () => {
  test.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
    ['abc', 'xyz', 0],
    ['', '', 0],
    ['same', 'same', 1],
  ])('%s and %s: %d', (a, b, want) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(want, 4)
  })
  test('equals the definition, is symmetric, and a bound only drops what is below it', () => {
    fc.assert(
      fc.property(word, word, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, least) => {
        const want = slowJaroWinkler(a, b)
        expect(jaroWinkler(a, b)).toBeCloseTo(want, 12)
        expect(jaroWinkler(b, a)).toBeCloseTo(want, 12)
        const bounded = jaroWinkler(a, b, least)
        expect(bounded === 0 ? want < least || want === 0 : Math.abs(bounded - want) < 1e-12).toBe(true)
      }),
    )
  })
  test('one edit apart is what one edit makes, and nothing else', () => {
    fc.assert(
      fc.property(word, fc.nat(13), fc.constantFrom(...'abc'), fc.nat(3), (text, at, letter, kind) => {
        const place = Math.min(at, text.length)
        const rest = text.slice(place)
        const edits = [
          letter + rest,
          rest.slice(1),
          letter + rest.slice(1),
          (rest[1] ?? '') + (rest[0] ?? '') + rest.slice(2),
        ]
        const edited = text.slice(0, place) + edits[kind]
        expect(isOneEditApart(text, edited)).toBe(text !== edited)
        expect(isOneEditApart(edited, text)).toBe(text !== edited)
        expect(isOneEditApart(`${text}xx`, edited)).toBe(false)
      }),
    )
  })
  test('classes do not depend on the memory and the bound before it', () => {
    const texts = [
      '',
      'jane',
      'janet',
      'jnae',
      'j',
      'bob',
      'robert',
      'katherine',
      'catherine',
      'garcia',
      'garcialopez',
      'x',
    ]
    const classOf = tokenClasses(texts, (a, b) => texts[a] === 'bob' && texts[b] === 'robert')
    const of = (a: string, b: string): number => classOf(texts.indexOf(a), texts.indexOf(b))
    const want: [string, string, number][] = [
      ['jane', 'janet', TOKENS.similar],
      ['jane', 'jnae', TOKENS.similar],
      ['jane', 'j', TOKENS.initial],
      ['jane', 'x', TOKENS.different],
      ['bob', 'robert', TOKENS.nickname],
      ['katherine', 'catherine', TOKENS.similar],
      ['garcia', 'garcialopez', TOKENS.similar],
      ['jane', 'bob', TOKENS.different],
      ['jane', '', TOKENS.missing],
    ]
    for (let round = 0; round < 2; round++)
      expect(want.map(([a, b]) => of(a, b))).toEqual(want.map(([, , found]) => found))
  })
})

describe('sound of a name', () => {
  test.each([
    ['schmidt', 'schmitt'],
    ['meyer', 'maier'],
    ['philips', 'filips'],
    ['catherine', 'katherine'],
    ['sean', 'seen'],
    ['johnson', 'jonson'],
  ])('%s sounds like %s', (a, b) => {
    expect(soundKey(a)).toBe(soundKey(b))
  })
  test.each([
    ['smith', 'jones'],
    ['brown', 'braun-schweig'],
    ['miller', 'muster'],
  ])('%s does not sound like %s', (a, b) => {
    expect(soundKey(a)).not.toBe(soundKey(b))
  })
})
