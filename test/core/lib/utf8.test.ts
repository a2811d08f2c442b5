import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUtf8, maxUtf8Length, textOfUtf8, utf8Of, writeUtf8 } from '#lib/utf8'

const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const text = fc.string({
  unit: fc.constantFrom('a', '"', 'é', '߿', 'ࠀ', '￿', '𐀀', '\u{10ffff}', '\ud800', '\udfff', '\0'),
})

describe('UTF-8 without a platform', () => {
  test('writes what the platform writes, lone surrogates too', () => {
    fc.assert(
      fc.property(text, fc.nat(5), (value, at) => {
        expect(utf8Of(value)).toEqual(encoder.encode(value))
        const target = new Uint8Array(at + maxUtf8Length(value))
        expect(writeUtf8(value, target, at)).toBe(at + encoder.encode(value).length)
      }),
    )
  })

  test('reads what the platform reads', () => {
    fc.assert(
      fc.property(text, fc.nat(3), (value, at) => {
        const bytes = encoder.encode(value)
        const shifted = Uint8Array.of(...new Array<number>(at).fill(0xff), ...bytes, 0xff)
        expect(textOfUtf8(shifted, at, at + bytes.length)).toBe(strict.decode(bytes))
      }),
    )
  })

  test('reads texts longer than one call of fromCharCode takes', () => {
    const long = 'aé𐀀'.repeat(40_000)
    expect(textOfUtf8(encoder.encode(long))).toBe(long)
  })

  test('tells valid bytes from others as the platform does', () => {
    const byte = fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xe1,
      0xec,
      0xed,
      0xee,
      0xef,
      0xf0,
      0xf1,
      0xf4,
      0xf5,
      0xff,
    )
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), list => {
        const bytes = Uint8Array.from(list)
        let isValid = true
        try {
          strict.decode(bytes)
        } catch {
          isValid = false
        }
        expect(isUtf8(bytes)).toBe(isValid)
      }),
      { numRuns: 5000 },
    )
  })

  test('whatever the bytes, reading them ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), bytes => {
        expect(typeof textOfUtf8(bytes)).toBe('string')
      }),
    )
  })
})
