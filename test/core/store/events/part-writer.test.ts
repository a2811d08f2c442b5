import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeColumns } from '../../../../core/store/columns/index.ts'
import { PartWriter } from '../../../../core/store/events/part-writer.ts'
import { openRunKernel } from '../../../../core/store/events/run-kernel.ts'

const word = fc.oneof(fc.nat(3), fc.nat(300), fc.nat(70_000), fc.integer({ min: 0xffff_fff0, max: 0xffff_ffff }))
const words = fc.oneof(
  fc.array(word, { maxLength: 40 }),
  fc.array(word, { maxLength: 40 }).map(values => values.toSorted((a, b) => a - b)),
  fc.tuple(fc.nat(40), word).map(([length, value]) => new Array<number>(length).fill(value)),
)
const number = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 0, max: 2 ** 45 }),
  fc.integer({ min: 1_767_000, max: 1_768_000 }).map(seconds => 1_000_000 * seconds),
  fc.double(),
  fc.constantFrom(Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER),
)
const numbers = fc.oneof(
  fc.array(number, { maxLength: 40 }),
  fc.array(
    fc.nat(9_000_000).map(n => 1000 * n + 7),
    { maxLength: 40 },
  ),
)

test('what is laid down is read back, in the fewest bytes of one, two, four or eight', () => {
  fc.assert(
    fc.property(words, numbers, fc.uint8Array({ maxLength: 20 }), (codes, times, flags) => {
      const kernel = openRunKernel()
      const place = kernel.calls.allocate(4096)
      const writer = new PartWriter(kernel)
      writer.begin(['codes', 'times', 'flags', 'raw'])
      kernel.words.set(codes, place / 4)
      writer.add({ name: 'codes', kind: 'u32', length: codes.length, place })
      kernel.numbers.set(times, place / 8)
      writer.add({ name: 'times', kind: 'f64', length: times.length, place })
      kernel.bytes.set(flags, place)
      writer.add({ name: 'flags', kind: 'u8', length: flags.length, place })
      writer.addRaw({ name: 'raw', kind: 'u8', length: flags.length, place })
      const columns = decodeColumns(writer.end().slice())
      expect([...columns.column('codes', 'u32', codes.length)]).toEqual(codes)
      expect([...columns.column('times', 'f64', times.length)]).toEqual(times)
      expect([...columns.column('flags', 'u8', flags.length)]).toEqual([...flags])
      expect([...columns.column('raw', 'u8', flags.length)]).toEqual([...flags])
    }),
    { numRuns: 2000 },
  )
})
