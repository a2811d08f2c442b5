import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import {
  type ColumnArray,
  decodeColumns,
  decodeSomeColumns,
  distantTexts,
  encodeColumns,
} from '../../../../core/store/columns/index.ts'
import { readHead } from '../../../../core/store/columns/layout.ts'

const kindOf = (values: ColumnArray): 'u8' | 'u16' | 'u32' | 'i32' | 'f64' => {
  if (values instanceof Uint8Array) return 'u8'
  if (values instanceof Uint16Array) return 'u16'
  if (values instanceof Uint32Array) return 'u32'
  return values instanceof Int32Array ? 'i32' : 'f64'
}
const packingOf = (values: ColumnArray): string | undefined =>
  readHead(new DataView(encodeColumns({ values }).buffer))[0]?.packing

const whole = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 1_700_000_000, max: 1_700_000_900 }).map(second => second * 1000),
  fc.maxSafeInteger(),
)
const column: fc.Arbitrary<ColumnArray> = fc.oneof(
  fc.uint8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float64Array(),
  fc.array(whole).map(values => Float64Array.from(values)),
  fc.array(fc.constantFrom(Number.NaN, 0, -0, 1)).map(values => Float64Array.from(values)),
  fc.array(fc.nat(70_000)).map(steps => {
    let sum = 0
    return Uint32Array.from(steps, step => (sum += step))
  }),
)

describe('columns in one blob', () => {
  test('come back as they were, each with its kind', () => {
    fc.assert(
      fc.property(fc.array(column, { maxLength: 6 }), columns => {
        const named = Object.fromEntries(columns.map((values, i) => [`column${i}`, values]))
        const decoded = decodeColumns(encodeColumns(named))
        expect(decoded.names).toEqual(Object.keys(named))
        for (const [name, values] of Object.entries(named)) {
          const back = decoded.column(name, kindOf(values))
          expect(back.constructor).toBe(values.constructor)
          expect([...back].every((value, i) => Object.is(value, values[i]))).toBe(true)
          expect(back.length).toBe(values.length)
        }
      }),
    )
  })

  test.each([
    { why: 'nothing to shorten', values: Uint8Array.of(0, 255), packing: 'raw' },
    { why: 'an empty column', values: new Float64Array(), packing: 'raw' },
    { why: 'one value all over, NaN too', values: new Float64Array(9).fill(Number.NaN), packing: 'same' },
    { why: 'codes of a small dictionary', values: Uint32Array.of(9, 7, 200), packing: 'narrow8' },
    { why: 'days around the epoch', values: Int32Array.of(-40, 200, -40), packing: 'narrow8' },
    { why: 'whole seconds over years', values: Float64Array.of(1.7e12, 1.6e12, 1.6e12 + 1000), packing: 'narrow32' },
    { why: 'milliseconds of a month', values: Float64Array.of(1.7e12, 1.7e12 + 2.6e9), packing: 'narrow32' },
    { why: 'milliseconds over years', values: Float64Array.of(1.7e12, 1.6e12 + 1), packing: 'raw' },
    { why: 'a fraction', values: Float64Array.of(0.5, 1), packing: 'raw' },
    { why: 'a negative zero', values: Float64Array.of(-0, 1), packing: 'raw' },
    { why: 'offsets of short texts', values: Uint32Array.of(0, 40, 80, 5000, 70_000, 70_100), packing: 'steps16' },
    { why: 'descending values far apart', values: Uint32Array.of(4_000_000_000, 5), packing: 'raw' },
  ])('$why: $packing', ({ values, packing }) => {
    expect(packingOf(values)).toBe(packing)
    expect([...decodeColumns(encodeColumns({ values })).column('values', kindOf(values))]).toEqual([...values])
  })

  test('lie at multiples of eight bytes, and equal columns give equal bytes', () => {
    const columns = { a: Uint8Array.of(1, 2, 3), longer: Float64Array.of(0.5, 2), c: Uint16Array.of(1, 65_535) }
    const blob = encodeColumns(columns)
    for (const entry of readHead(new DataView(blob.buffer))) expect(entry.at % 8).toBe(0)
    expect(encodeColumns(structuredClone(columns))).toEqual(blob)
  })

  test('are read from a blob that does not begin at a multiple of eight', () => {
    const blob = encodeColumns({ values: Float64Array.of(0.25, 3) })
    const shifted = new Uint8Array(blob.length + 3)
    shifted.set(blob, 3)
    expect([...decodeColumns(shifted.subarray(3)).column('values', 'f64')]).toEqual([0.25, 3])
  })

  test('texts are checked against their bytes', () => {
    const good = { tOffsets: Uint32Array.of(0, 1, 3), tBytes: Uint8Array.of(97, 98, 99) }
    expect(decodeColumns(encodeColumns(good)).texts('t', 2).offsets).toEqual(good.tOffsets)
    const cases = [
      { ...good, tOffsets: Uint32Array.of(0, 1, 4) },
      { ...good, tOffsets: Uint32Array.of(0, 2, 1) },
      { ...good, tOffsets: new Uint32Array() },
    ]
    for (const bad of cases) expect(() => decodeColumns(encodeColumns(bad)).texts('t')).toThrow(AppError)
  })

  test('a missing column, another kind and another length are named as damage', () => {
    const decoded = decodeColumns(encodeColumns({ a: Uint8Array.of(1) }))
    for (const ask of [
      () => decoded.column('b', 'u8'),
      () => decoded.column('a', 'u16'),
      () => decoded.column('a', 'u8', 2),
    ])
      expect(ask).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
  })
})

describe('some columns of a blob', () => {
  /** A blob elsewhere that counts the bytes that are read of it. */
  const distant = (blob: Uint8Array) => {
    const told = { bytes: 0 }
    const read = (from: number, length: number): Uint8Array => {
      told.bytes += length
      return blob.slice(from, from + length)
    }
    return { blob: { size: blob.length, read }, told }
  }

  test('are those of the whole, and others are not there', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(column, fc.boolean()), { maxLength: 40 }), columns => {
        const named = Object.fromEntries(columns.map(([values], i) => [`${'column'.repeat(1 + (i % 30))}${i}`, values]))
        const wanted = Object.keys(named).filter((_, i) => columns[i]?.[1] === true)
        const blob = encodeColumns(named)
        const some = decodeSomeColumns(distant(blob).blob, [...wanted, 'missing'])
        expect(some.names).toEqual(wanted)
        const whole = decodeColumns(blob)
        for (const [i, name] of Object.keys(named).entries()) {
          const kind = kindOf(columns[i]?.[0] as ColumnArray)
          if (wanted.includes(name)) expect(some.column(name, kind)).toEqual(whole.column(name, kind))
          else expect(() => some.column(name, kind)).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
        }
      }),
    )
  })

  test('cost their own bytes and the head, however long the others are', () => {
    const many = Float64Array.from({ length: 100_000 }, (_, i) => i / 3)
    const { blob, told } = distant(encodeColumns({ many, few: Float64Array.of(0.5), more: many }))
    expect([...decodeSomeColumns(blob, ['few']).column('few', 'f64')]).toEqual([0.5])
    expect(told.bytes).toBeLessThan(5000)
  })

  test('texts of a stretch are those of the whole, and cost where texts lie and their own bytes', () => {
    const text = fc.oneof(fc.constant(''), fc.constant('aaaa'), fc.string({ maxLength: 12 }))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), fc.nat(60), fc.nat(60), (texts, x, y) => {
        const [from, to] = [Math.min(x, y, texts.length), Math.min(Math.max(x, y), texts.length)]
        const each = texts.map(one => new TextEncoder().encode(one))
        const offsets = new Uint32Array(texts.length + 1)
        for (const [i, own] of each.entries()) offsets[i + 1] = (offsets[i] ?? 0) + own.length
        const before = Uint8Array.from({ length: 9 })
        const blob = encodeColumns({
          before,
          tOffsets: offsets,
          tBytes: Uint8Array.from(each.flatMap(own => [...own])),
        })
        const found = distantTexts(distant(blob).blob, 't', texts.length)(from, to)
        const read = Array.from({ length: to - from }, (_, i) =>
          new TextDecoder().decode(found.bytes.subarray(found.offsets[i], found.offsets[i + 1])),
        )
        expect(read).toEqual(texts.slice(from, to))
        expect(() => distantTexts(distant(blob).blob, 't', texts.length + 1)).toThrow(
          expect.objectContaining({ code: 'store/corrupt' }),
        )
      }),
    )
    const tBytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 7)
    const { blob, told } = distant(
      encodeColumns({ tOffsets: Uint32Array.from({ length: 101 }, (_, i) => i * 10_000), tBytes }),
    )
    expect(distantTexts(blob, 't', 100)(50, 51).bytes).toEqual(tBytes.slice(500_000, 510_000))
    expect(told.bytes).toBeLessThan(20_000)
  })

  test('of a blob that is cut off are refused', () => {
    const blob = encodeColumns({ a: Float64Array.of(0.5, 1), b: Float64Array.of(1.5, 2) })
    for (let length = 0; length < blob.length; length++) {
      const { read } = distant(blob.subarray(0, length)).blob
      for (const size of [length, blob.length])
        expect(() => decodeSomeColumns({ size, read }, ['b'])).toThrow(
          expect.objectContaining({ code: 'store/corrupt' }),
        )
    }
  })
})

describe('a damaged blob', () => {
  const blob = encodeColumns({
    same: new Float64Array(1000).fill(3),
    narrow: Uint32Array.from({ length: 300 }, (_, i) => 1000 + ((i * 7919) % 200)),
    raw: Float64Array.from({ length: 40 }, (_, i) => i / 3),
    tOffsets: Uint32Array.of(0, 2, 4),
    tBytes: Uint8Array.of(97, 98, 99, 100),
  })
  const readAll = (bytes: Uint8Array): void => {
    const decoded = decodeColumns(bytes)
    decoded.column('same', 'f64')
    decoded.column('narrow', 'u32')
    decoded.column('raw', 'f64')
    decoded.texts('t')
  }

  test('cut off anywhere is refused', () => {
    for (let length = 0; length < blob.length; length++) {
      expect(() => decodeColumns(blob.subarray(0, length))).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
    }
  })

  test('with any bytes changed is read or refused, and never brings anything else about', () => {
    const change = fc.tuple(fc.nat(blob.length - 1), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), changes => {
        const damaged = blob.slice()
        for (const [at, byte] of changes) damaged[at] = byte
        try {
          readAll(damaged)
        } catch (error) {
          expect(error).toMatchObject({ code: 'store/corrupt' })
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('with a head that was made up allocates nothing on its word', () => {
    const huge = blob.slice()
    const view = new DataView(huge.buffer)
    view.setUint32(16 + 4, 0xffffffff, true)
    let sum = 0x811c9dc5
    const end = readHead(new DataView(blob.buffer)).reduce(
      (least, entry) => (entry.bytes > 0 ? Math.min(least, entry.at) : least),
      blob.length,
    )
    for (let at = 0; at < end; at += 4) {
      if (at !== 12) sum = Math.imul(sum ^ view.getUint32(at, true), 0x01000193) ^ (sum >>> 15)
    }
    view.setUint32(12, sum >>> 0, true)
    expect(() => decodeColumns(huge)).toThrow('column same does not lie within it')
  })
})
