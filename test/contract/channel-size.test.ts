import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLargerThan } from '#contract/channel-size'

test.each([
  { why: 'a text of the cap', value: 'x'.repeat(92), isLarger: false },
  { why: 'a text above the cap', value: 'x'.repeat(93), isLarger: true },
  { why: 'keys count', value: { ['x'.repeat(100)]: 1 }, isLarger: true },
  { why: 'many small entries', value: Array.from({ length: 20 }, () => null), isLarger: true },
  { why: 'a typed array is one value', value: new Uint8Array(1000), isLarger: false },
  { why: 'nothing at all', value: undefined, isLarger: false },
])('$why', ({ value, isLarger }) => {
  expect(isLargerThan(value, 100)).toBe(isLarger)
})

test('a value that contains itself is larger than any cap', () => {
  const loop: { self?: unknown } = {}
  loop.self = loop
  expect(isLargerThan(loop, 1e12)).toBe(true)
})

test('the count is at least a quarter of the JSON text, and grows with the value', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1') })
  const json = fc.jsonValue({ stringUnit: fc.constantFrom('a', 'b'), maxDepth: 4 } as never)
  fc.assert(
    fc.property(json, text, (value, more) => {
      const length = JSON.stringify(value).length
      expect(isLargerThan(value, Math.floor(length / 4) - 1)).toBe(true)
      const cap = sizeOf(value)
      expect(isLargerThan([value, more], cap)).toBe(true)
    }),
  )
})

/** Smallest cap the value is within. */
function sizeOf(value: unknown): number {
  let low = 0
  let high = 1 << 24
  while (low < high) {
    const middle = (low + high) >> 1
    if (isLargerThan(value, middle)) low = middle + 1
    else high = middle
  }
  return low
}
