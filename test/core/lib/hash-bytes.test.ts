import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteSource } from '#lib/byte-source'
import { hashBytes } from '#lib/hash-bytes'
import { writeUtf8 } from '#lib/utf8'

function hashOf(bytes: Uint8Array, before = 0): readonly number[] {
  const shifted = new Uint8Array(bytes.length + before + 5).fill(0xab)
  shifted.set(bytes, before)
  const out = new Uint32Array(6)
  hashBytes(byteSource(shifted).view, before, before + bytes.length, out, 1)
  return [...out.subarray(1, 5)]
}

describe('the 128-bit hash', () => {
  test('depends on the bytes alone, not on where they lie or what lies beside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(9), (bytes, before) => {
        expect(hashOf(bytes, before)).toEqual(hashOf(bytes))
      }),
    )
  })

  test('tells apart texts that differ in zeros at their end', () => {
    const hashes = Array.from({ length: 40 }, (_, length) => hashOf(new Uint8Array(length)).join(' '))
    expect(new Set(hashes).size).toBe(40)
  })

  test.each([
    { why: 'counters', id: (i: number) => String(i) },
    { why: 'counters behind a prefix', id: (i: number) => `evt_${String(i).padStart(12, '0')}` },
    {
      why: 'UUIDs that differ in their first group',
      id: (i: number) => `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    },
    {
      why: 'UUIDs that differ in their last group',
      id: (i: number) => `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`,
    },
    {
      why: 'ids that differ in two far places',
      id: (i: number) => `${i % 1000}-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-${Math.floor(i / 1000)}`,
    },
  ])('$why: of 400,000 ids no two have the same 53 bits', ({ id }) => {
    const count = 400_000
    const source = byteSource(Buffer.alloc(64))
    const out = new Uint32Array(4)
    const pairs = new Float64Array(count)
    const words = new Uint32Array(count)
    for (let i = 0; i < count; i++) {
      hashBytes(source.view, 0, writeUtf8(id(i), source.bytes, 0), out, 0)
      pairs[i] = out[0]! * 2 ** 21 + (out[1]! >>> 11)
      words[i] = out[2]!
    }
    const repeated = (sorted: Float64Array | Uint32Array) => sorted.filter((hash, i) => i > 0 && hash === sorted[i - 1])
    expect(repeated(pairs.sort())).toHaveLength(0)
    // One word alone collides as often as chance has it: n^2 / 2^33 = 19, give or take 4.
    const collisions = repeated(words.sort()).length
    expect(collisions).toBeGreaterThan(2)
    expect(collisions).toBeLessThan(45)
  })

  test('a changed bit of the input changes each bit of the output in about half of the cases', () => {
    const flips = new Uint32Array(128)
    let cases = 0
    for (let length = 1; length <= 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length * 11) & 255)
      const before = hashOf(bytes)
      for (let bit = 0; bit < 8 * length; bit++) {
        const changed = bytes.slice()
        changed[bit >> 3]! ^= 1 << (bit & 7)
        const after = hashOf(changed)
        for (let out = 0; out < 128; out++) flips[out]! += ((before[out >> 5]! ^ after[out >> 5]!) >>> (out & 31)) & 1
        cases++
      }
    }
    for (const flipped of flips) expect(Math.abs(flipped / cases - 0.5)).toBeLessThan(0.04)
  })
})
