import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packUuids, uuidText } from '../../../../core/store/events/uuid-column.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const digit = fc.constantFrom(...'0123456789abcdef')
const group = (length: number) => fc.string({ unit: digit, minLength: length, maxLength: length })
const uuid = fc.tuple(group(8), group(4), group(4), group(4), group(12)).map(groups => groups.join('-'))
/** One character changed for any byte, or the length. */
const almost = fc
  .tuple(uuid, fc.nat(36), fc.nat(255))
  .map(([text, at, byte]) => text.slice(0, at) + String.fromCharCode(byte) + text.slice(at + 1))

test('lower-case UUIDs come back, and nothing else is taken for one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: uuid }, almost), { maxLength: 4 }),
      fc.nat(3),
      (texts, at) => {
        const bytes = Buffer.from(texts.join(''), 'latin1')
        const offsets = Uint32Array.from([0, ...texts.map((_, i) => texts.slice(0, i + 1).join('').length)])
        const packed = new Uint16Array(8 * (at + texts.length))
        const rows = { from: 0, to: texts.length }
        expect(packUuids({ offsets, bytes }, rows, packed, at)).toBe(texts.every(text => UUID.test(text)))
        if (!texts.every(text => UUID.test(text))) return
        const octets = new Uint8Array(packed.buffer)
        expect(texts.map((_, i) => uuidText(octets, at + i))).toEqual(texts)
      },
    ),
    { numRuns: 3000 },
  )
})
