import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRunKernel } from '../../../../core/store/events/run-kernel.ts'

test('rows are sorted by workspace, then time, and equals keep their order', () => {
  const { kernel, place } = { kernel: openRunKernel(), place: (bytes: number) => kernel.calls.allocate(bytes) }
  const [rowsAt, workspaceAt, timeAt, sortedAt] = [place(4096), place(4096), place(8192), place(4096)] as const
  const event = fc.record({ workspace: fc.nat(3), time: fc.integer({ min: -5, max: 40 }) })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 400 }), fc.func(fc.boolean()), (events, isKept) => {
      const rows = events.map((_, row) => row).filter(row => isKept(row))
      kernel.words.set(rows, rowsAt / 4)
      kernel.words.set(
        events.map(({ workspace }) => workspace),
        workspaceAt / 4,
      )
      kernel.numbers.set(
        events.map(({ time }) => time),
        timeAt / 8,
      )
      kernel.calls.sortRows(rowsAt, rows.length, workspaceAt, timeAt, sortedAt)
      const sorted = kernel.words.slice(sortedAt / 4, sortedAt / 4 + rows.length)
      const byAll = (a: number, b: number) =>
        events[a]!.workspace - events[b]!.workspace || events[a]!.time - events[b]!.time || a - b
      expect([...sorted]).toEqual(rows.toSorted(byAll))
    }),
  )
})
