import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FileRead, readFile } from './read-file.ts'

/** The same text in UTF-16, which only the reference path reads. */
function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xfeff, true)
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i + 2, text.charCodeAt(i), true)
  return bytes
}

function outcome(read: () => FileRead): unknown {
  try {
    const { result, held, batches, passes, plan } = read()
    const { encoding: _encoding, bomBytes: _bomBytes, ...rest } = result.plan
    const column = (pick: (batch: (typeof batches)[number]) => ArrayLike<number>): number[] =>
      batches.flatMap(batch => Array.from(pick(batch)))
    return {
      result: { ...result, plan: rest },
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
      const reference = outcome(() => readFile('events.csv', utf16(text)))
      expect(outcome(() => readFile('events.csv', text, { chunk }))).toEqual(reference)
    }),
    { numRuns: 300 },
  )
})
