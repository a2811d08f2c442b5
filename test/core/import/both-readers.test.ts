import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byReference, utf16, withoutHeaderLine } from './events/by-reference.ts'
import { type FileRead, readFile } from './read-file.ts'

function outcome(reading: () => FileRead): unknown {
  try {
    const { result, held, batches, passes, plan } = reading()
    const { plan: read, ...others } = withoutHeaderLine(result)
    const { encoding: _encoding, bomBytes: _bomBytes, ...rest } = read
    const column = (pick: (batch: (typeof batches)[number]) => ArrayLike<number>): number[] =>
      batches.flatMap(batch => Array.from(pick(batch)))
    return {
      result: { ...others, plan: rest },
      held,
      passes,
      readings: plan.readings,
      contentHash: column(batch => batch.contentHash),
      idHash: column(batch => batch.idHash),
      timestamp: column(batch => batch.timestamp),
      line: column(batch => batch.line),
    }
  } catch (error) {
    return { code: (error as { code?: string }).code, context: (error as { context?: unknown }).context }
  }
}

const time = fc.constantFrom(
  '2026-05-31T12:00:00Z',
  '2026-05-31 12:00:00.5',
  '2026-05-31T12:00:00+02:00',
  '2026-05-31',
  '1748692800',
  '1748692800123',
  '03/04/2026',
  '25/03/2026',
  '05/31/2026 10:00',
  '31 May 2026',
  '2026-02-30',
  '45800',
  '',
  'soon',
)
const weight = fc.constantFrom('', '1', '1.5', '"1,5"', '"1,234"', '1.234', 'x', '-')
const name = fc.constantFrom('a', 'b', ' c ', '"d""e"', '"f\ng"', '', 'é', '"open', 'null')
const row = fc.tuple(name, time, weight).map(cells => cells.join(','))
// Most files have times of one form; a few mix them.
const sameTime = time.chain(one =>
  fc.array(
    fc.tuple(name, weight).map(([a, b]) => `${a},${one},${b}`),
    { maxLength: 30 },
  ),
)
const rows = fc.oneof(fc.array(row, { maxLength: 30 }), sameTime)

test('events read from their bytes come to the same as through the reference, with the same proof', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 200 }), fc.constantFrom('\n', '\r\n'), (lines, chunk, end) => {
      const text = ['event_name,timestamp,event_weight', ...lines].join(end)
      const reference = outcome(() => readFile('events.csv', text, { amend: byReference }))
      expect(outcome(() => readFile('events.csv', text, { chunk }))).toEqual(reference)
      expect(outcome(() => readFile('events.csv', utf16(text), { chunk }))).toEqual(reference)
    }),
    { numRuns: 300 },
  )
})
