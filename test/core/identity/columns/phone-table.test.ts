import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPhoneReader } from '../../../../core/identity/columns/phone-table.ts'
import { createTextRun } from '../../../../core/identity/columns/text-table.ts'
import { readPhone } from '../../../../core/identity/normalise/phone.ts'

/** Handed on in batches of three. */
function readBatches(cells: readonly string[]): string[] {
  const reader = createPhoneReader(cells.length)
  for (let from = 0; from < cells.length; from += 3) {
    const batch = cells.slice(from, from + 3)
    const run = createTextRun(batch.length)
    for (const text of batch) run.add(text)
    reader.take(run.finish())
  }
  const { phones, phone } = reader.finish()
  return Array.from(phone, code => phones.text(code))
}

const digits = fc.stringMatching(/^\d{5,17}$/)
const madeUp = fc.constantFrom(
  '1111111',
  '222222222',
  '49333333333',
  '1234567',
  '34567890',
  '901234567',
  '01234567890',
  '98765432',
  '876543210',
  '2468024',
  '0000000',
  '00123456789',
)
const written = fc.constantFrom(
  '+49 (0)30 123 456-78',
  '030/1234567 ext. 12',
  '٠٣٠١٢٣٤٥٦٧٨',
  '030 1234567 😀',
  'n/a',
  '',
)

describe('phone numbers as they are read', () => {
  test('are those that each text reads as by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(digits, madeUp, written, fc.string()), { maxLength: 40 }), cells => {
        expect(readBatches(cells)).toEqual(cells.map(text => readPhone(text) ?? ''))
      }),
      { numRuns: 300 },
    )
  })

  test('have one code however they are written, in the order in which they come', () => {
    const reader = createPhoneReader(5)
    const run = createTextRun(5)
    for (const text of ['', '4930123456781', '+49 30 123456781', '0171 2223344', '123456781']) run.add(text)
    reader.take(run.finish())
    expect([...reader.finish().phone]).toEqual([0, 1, 1, 2, 1])
  })
})
