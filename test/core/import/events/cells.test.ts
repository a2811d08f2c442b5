import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TimeCells } from '../../../../core/import/events/time-cells.ts'
import { readObjectText } from '../../../../core/import/values/cell-reader.ts'
import type { FaultSlot } from '../../../../core/import/values/fault.ts'
import { type MomentForm, momentReader } from '../../../../core/import/values/moment-reader.ts'
import { CELLS } from './any-file.ts'
import { readFast, sourceOf } from './reading.ts'

const UTC = { isUtc: true, wallClock: (wall: number) => wall }

describe('a time read from bytes', () => {
  const almost = fc
    .tuple(
      fc.date({ noInvalidDate: true, min: new Date(-1e12), max: new Date('2201-01-01') }),
      fc.nat(23),
      fc.constantFrom(...'0129:-+TZ. x'),
      fc.boolean(),
    )
    .map(([date, at, letter, isChanged]) => {
      const text = date.toISOString()
      return isChanged ? text.slice(0, at) + letter + text.slice(at + 1) : text
    })
  const form = fc.constantFrom<MomentForm>('iso', 'dmy', 'epoch_s', 'epoch_ms', 'epoch_us')

  test('is the instant that the column reader reads, and counted as it counts it', () => {
    fc.assert(
      fc.property(fc.oneof(almost, CELLS['timestamp']!), form, (cell, as) => {
        const text = cell.trim()
        const { bytes } = sourceOf(text)
        const times = new TimeCells(as, 'UTC')
        const instant = times.read(bytes, 0, bytes.length)
        if (Number.isNaN(instant)) return
        const slot: FaultSlot = { code: null }
        const reader = momentReader(as, UTC)
        expect({ instant: reader.readTime(text, slot), ...slot }).toEqual({ instant, code: null })
        expect(reader.tally).toMatchObject({ [times.kind]: 1, ...(times.kind === 'zoneless' && { iso: 1 }) })
      }),
      { numRuns: 5000 },
    )
  })

  test.each([
    { text: '2026-05-01T12:00:00Z', form: 'iso' as const },
    { text: '2026-05-01 12:00:00.123456', form: 'dmy' as const },
    { text: '2026-05-01T12:00:00.5-07:00', form: 'iso' as const },
    { text: '1777636800', form: 'epoch_s' as const },
    { text: '1777636800123', form: 'epoch_ms' as const },
    { text: '1777636800123456', form: 'epoch_us' as const },
  ])('$text is one', ({ text, form: as }) => {
    const { bytes } = sourceOf(text)
    expect(new TimeCells(as, 'UTC').read(bytes, 0, bytes.length)).toBeGreaterThan(Date.UTC(2026, 3, 30))
  })
})

describe('an object read from bytes', () => {
  const header = ['event_name', 'timestamp', 'event_properties']
  /** What the kernel makes of a cell; null where it leaves it to the reference. */
  const copy = (text: string): string | null => {
    const line = `login,2026-05-01T12:00:00Z,"${text.replaceAll('"', '""')}"\n`
    const { rows, fastRows } = readFast({ header }, [new TextEncoder().encode(`${header.join(',')}\n${line}`)])
    return fastRows === 0 ? null : (rows[0]?.properties ?? null)
  }

  test('is the text that the column reader reads', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue()).map(value => JSON.stringify(value, null, 2))
    const changed = fc
      .tuple(objects, fc.nat(), fc.constantFrom(...'{}[],:"\\0e.- \ntfnu'))
      .map(([text, at, letter]) => {
        const place = at % text.length
        return text.slice(0, place) + letter + text.slice(place + 1)
      })
    fc.assert(
      fc.property(fc.oneof(objects, changed, CELLS['event_properties']!), text => {
        const slot: FaultSlot = { code: null }
        const expected = readObjectText(text.trim(), slot)
        const copied = copy(text)
        if (copied !== null && copied !== '') expect({ text: copied, ...slot }).toEqual({ text: expected, code: null })
      }),
      { numRuns: 5000 },
    )
  })

  test('every object of plain depth is one', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), value => {
        expect(copy(JSON.stringify(value))).toBe(JSON.stringify(value))
        expect(copy(JSON.stringify(value, null, 3))).toBe(JSON.stringify(value))
      }),
    )
  })
})
