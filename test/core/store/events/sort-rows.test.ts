import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortRows } from '../../../../core/store/events/sort-rows.ts'

test('sorts by workspace, then time, and keeps the order of equals', () => {
  const event = fc.record({ workspace: fc.nat(3), time: fc.integer({ min: -5, max: 40 }) })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 400 }), fc.func(fc.boolean()), (events, isKept) => {
      const workspace = Uint32Array.from(events, ({ workspace: code }) => code)
      const time = Float64Array.from(events, ({ time: at }) => at)
      const rows = events.map((_, row) => row).filter(row => isKept(row))
      const expected = rows.toSorted((a, b) => workspace[a]! - workspace[b]! || time[a]! - time[b]! || a - b)
      expect([...sortRows(Uint32Array.from(rows), workspace, time)]).toEqual(expected)
    }),
  )
})
