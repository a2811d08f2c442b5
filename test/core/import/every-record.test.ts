import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, readFile } from './read-file.ts'

/** A record as it is written, and what must become of it. */
type Made = Readonly<{ text: string; fate: 'loaded' | 'held' | 'skipped' }>

const COLUMNS = ['event_name', 'timestamp', 'user_id', 'workspace_id', 'note', 'extra']
const TIME = '2026-05-01T10:00:00Z'

const odd = fc.constantFrom(
  '',
  'word',
  'é',
  '日本',
  '\u0000',
  '\ufeff',
  "'",
  '=1+1',
  '__proto__',
  '😀',
  '\u2028',
  '\u0085',
  '\u001f',
)
const broken = fc.constantFrom('', '', '', '\n', '\r\n', '\r', '\n\n', '"', '""', ',,', '\n"', '"\n')
const note = fc.tuple(odd, broken, odd).map(parts => parts.join(''))
const cells = fc.tuple(fc.constantFrom('click', ' view ', '\ufeffopen x'), note, note)
const isQuoted = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 })

function written(values: readonly string[], quoted: readonly boolean[]): string {
  return values
    .map((value, at) => (quoted[at] || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',')
}

const record: fc.Arbitrary<Made> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(cells, isQuoted, fc.constantFrom('', '', ',', ',,,'))
      .map(([[name, a, b], quoted, tail]): Made => {
        return { text: written([name, TIME, 'u1', 'w1', a, b], quoted) + tail, fate: 'loaded' }
      }),
  },
  fc.constantFrom('', '  ', ',,,,,', '\t', '""').map((text): Made => ({ text, fate: 'skipped' })),
  fc
    .tuple(cells, isQuoted, fc.constantFrom('few', 'many', 'time', 'name', 'quote'))
    .map(([[name, a, b], quoted, fault]): Made => {
      const values = [name, TIME, 'u1', 'w1', a, b]
      if (fault === 'few') return { text: written(values.slice(0, 5), quoted), fate: 'held' }
      if (fault === 'many') return { text: written([...values, 'more'], quoted), fate: 'held' }
      if (fault === 'time') return { text: written(values.with(1, '2026-02-30'), quoted), fate: 'held' }
      if (fault === 'name') return { text: written(values.with(0, ' '), quoted), fate: 'held' }
      return { text: `${written(values.with(4, '').slice(0, 5), quoted)},"a"b`, fate: 'held' }
    }),
)

type File = Readonly<{ text: string; lines: Readonly<Record<Made['fate'], readonly number[]>> }>

const breaks = fc.constantFrom('\n', '\r\n', '\r')

/** Lines are counted in what was put down, not by what reads it. */
function fileOf(records: readonly (readonly [Made, string])[], isClosed: boolean): File {
  let text = COLUMNS.join(',')
  const lines: Record<Made['fate'], number[]> = { loaded: [], held: [], skipped: [] }
  for (const [{ text: made, fate }, end] of records) {
    // A carriage return before a record that begins with a line feed would be one break with it.
    text += made.startsWith('\n') || made === '' ? '\n' : end
    lines[fate].push(1 + (text.match(/\r\n|\r|\n/g)?.length ?? 0))
    text += made
  }
  return { text: isClosed ? `${text}\n` : text, lines }
}

/** A blank last line is no record where nothing ends it. */
const file = fc
  .tuple(fc.array(fc.tuple(record, breaks), { minLength: 1, maxLength: 25 }), fc.boolean())
  .map(([records, isClosed]) => fileOf(records, isClosed || records.at(-1)?.[0].text === ''))
  // Past half, an import stops early; with more zero bytes, it is no text.
  .filter(({ text, lines }) => lines.held.length <= lines.loaded.length && text.split('\u0000').length <= 5)

function utf16(text: string, isLittle: boolean, hasMark: boolean): Uint8Array {
  const marked = hasMark ? `\ufeff${text}` : text
  const view = new DataView(new ArrayBuffer(2 * marked.length))
  for (let i = 0; i < marked.length; i++) view.setUint16(2 * i, marked.charCodeAt(i), isLittle)
  return new Uint8Array(view.buffer)
}

const encodings: readonly ((text: string) => Uint8Array)[] = [
  bytesOf,
  text => bytesOf(`\ufeff${text}`),
  text => utf16(text, true, true),
  text => utf16(text, false, true),
  text => utf16(text, true, false),
]

test('every record is loaded, held or skipped as it must be, with the line on which it starts, in any encoding and chunks', () => {
  fc.assert(
    fc.property(
      file,
      fc.constantFrom(...encodings),
      fc.constantFrom(1, 3, 64, 1 << 20),
      ({ text, lines }, encode, chunk) => {
        const { result, held, batches } = readFile('events.csv', encode(text), { chunk })
        expect({
          loaded: batches.flatMap(({ line }) => Array.from(line)),
          held: held.map(({ line }) => line),
          skipped: result.skipped,
          read: result.read,
        }).toEqual({
          loaded: lines.loaded,
          held: lines.held,
          skipped: lines.skipped.length,
          read: lines.loaded.length + lines.held.length + lines.skipped.length,
        })
      },
    ),
    { numRuns: 300 },
  )
})
