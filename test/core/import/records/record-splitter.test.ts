import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordBatch } from '../../../../core/import/records/record-batch.ts'
import { RecordSplitter } from '../../../../core/import/records/record-splitter.ts'

type Found = { line: number; text: string; fault: string }

function split(text: string, chunk = text.length, cap = 1 << 20, delimiter: string | null = ','): Found[] {
  const found: Found[] = []
  const onBatch = (batch: RecordBatch): void => {
    for (let i = 0; i < batch.count; i++) {
      const bytes = batch.bytes.subarray(batch.starts[i], batch.ends[i])
      found.push({ line: batch.lines[i]!, text: new TextDecoder().decode(bytes), fault: batch.faults[i]! })
    }
  }
  const bytes = new TextEncoder().encode(text)
  const options = { delimiter: delimiter === null ? null : new TextEncoder().encode(delimiter), maxRecordBytes: cap }
  const splitter = new RecordSplitter(options, onBatch)
  for (let at = 0; at < bytes.length; at += Math.max(1, chunk))
    splitter.push(bytes.subarray(at, at + Math.max(1, chunk)))
  splitter.end()
  return found
}

const ok = (line: number, text: string): Found => ({ line, text, fault: 'none' })

type Case = Readonly<{ why: string; text: string; want: readonly Found[]; cap?: number; delimiter?: string | null }>
const CASES: readonly Case[] = [
  { why: 'no bytes are no records', text: '', want: [] },
  { why: 'LF ends records', text: 'a,b\nc,d\n', want: [ok(1, 'a,b'), ok(2, 'c,d')] },
  { why: 'the last line break may be missing', text: 'a\nb', want: [ok(1, 'a'), ok(2, 'b')] },
  { why: 'CRLF is one break', text: 'a\r\nb\r\n', want: [ok(1, 'a'), ok(2, 'b')] },
  { why: 'CR alone ends records', text: 'a\rb\r', want: [ok(1, 'a'), ok(2, 'b')] },
  { why: 'one LF line in a CRLF file', text: 'a\r\nb\nc\r\n', want: [ok(1, 'a'), ok(2, 'b'), ok(3, 'c')] },
  {
    why: 'blank lines are records of their own',
    text: 'a\n\n\nb',
    want: [ok(1, 'a'), ok(2, ''), ok(3, ''), ok(4, 'b')],
  },
  {
    why: 'breaks inside quotes belong to the record and count as lines',
    text: '"a\r\nb\nc\rd",x\ny',
    want: [ok(1, '"a\r\nb\nc\rd",x'), ok(5, 'y')],
  },
  { why: 'two quotes inside quotes are one', text: '"a""\n""b"\nc', want: [ok(1, '"a""\n""b"'), ok(3, 'c')] },
  { why: 'a quote inside an unquoted field is text', text: 'a"b\nc', want: [ok(1, 'a"b'), ok(2, 'c')] },
  {
    why: 'blanks may follow a closing quote',
    text: '"a" ,b\n"c"\t\nd',
    want: [ok(1, '"a" ,b'), ok(2, '"c"\t'), ok(3, 'd')],
  },
  {
    why: 'text behind a closing quote',
    text: '"a"b,c\nd',
    want: [{ line: 1, text: '"a"b,c', fault: 'row/stray-quote' }, ok(2, 'd')],
  },
  {
    why: 'an unterminated quote costs one line',
    text: 'a\nb,"c\nd,e\nf,g',
    want: [ok(1, 'a'), { line: 2, text: 'b,"c', fault: 'row/unterminated-quote' }, ok(3, 'd,e'), ok(4, 'f,g')],
  },
  {
    why: 'a later quoted field shows that the quote was not closed',
    text: 'x,"open\ny,"fine"\nz,1',
    want: [{ line: 1, text: 'x,"open', fault: 'row/unterminated-quote' }, ok(2, 'y,"fine"'), ok(3, 'z,1')],
  },
  {
    why: 'an unterminated quote in the last line',
    text: 'a\n"b',
    want: [ok(1, 'a'), { line: 2, text: '"b', fault: 'row/unterminated-quote' }],
  },
  {
    why: 'an unterminated quote beyond the cap',
    cap: 4096,
    text: `a\n"b\n${'c,d\n'.repeat(2000)}e`,
    want: [
      ok(1, 'a'),
      { line: 2, text: '"b', fault: 'row/unterminated-quote' },
      ...Array.from({ length: 2000 }, (_, i) => ok(3 + i, 'c,d')),
      ok(2003, 'e'),
    ],
  },
  {
    why: 'a line beyond the cap keeps its beginning',
    cap: 4096,
    text: `a\n${'b'.repeat(5000)}\nc`,
    want: [ok(1, 'a'), { line: 2, text: 'b'.repeat(4096), fault: 'row/too-long' }, ok(3, 'c')],
  },
  {
    why: 'a line as long as the cap is whole',
    cap: 5000,
    text: `${'b'.repeat(5000)}\nc`,
    want: [ok(1, 'b'.repeat(5000)), ok(2, 'c')],
  },
  {
    why: 'a quote opens only behind the delimiter of the file',
    delimiter: ';',
    text: 'a,"b\nc;"d\ne"',
    want: [ok(1, 'a,"b'), ok(2, 'c;"d\ne"')],
  },
  {
    why: 'a delimiter of two bytes',
    delimiter: '\u00a6',
    text: 'a\u00a6"b\nc"\u00a6d\ne',
    want: [ok(1, 'a\u00a6"b\nc"\u00a6d'), ok(3, 'e')],
  },
  { why: 'without a delimiter quotes mean nothing', delimiter: null, text: '"a\n"b', want: [ok(1, '"a'), ok(2, '"b')] },
]

describe('records', () => {
  test.each(CASES)('$why', ({ text, want, cap, delimiter }) => {
    expect(split(text, text.length, cap, delimiter)).toEqual(want)
  })
  test.each(CASES.filter(({ text }) => text.length < 200))('$why, byte by byte', ({ text, want, cap, delimiter }) => {
    expect(split(text, 1, cap, delimiter)).toEqual(want)
  })
})

const piece = fc.constantFrom('a', 'bc', ',', '"', '""', '\n', '\r\n', '\r', ' ', 'é', '"x"', '"y\nz"', 'w'.repeat(900))
const texts = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''))

describe('records, whatever the text', () => {
  test('do not depend on the chunks', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, chunk) => {
        expect(split(text, chunk, 4096)).toEqual(split(text, text.length, 4096))
      }),
    )
  })
  test('start on the physical lines they name, in order, and cover the text', () => {
    fc.assert(
      fc.property(texts, text => {
        const lines = text.split(/\r\n|\r|\n/)
        let least = 0
        let length = 0
        for (const { line, text: record, fault } of split(text)) {
          expect(line).toBeGreaterThan(least)
          expect(lines[line - 1]).toBe(record.split(/\r\n|\r|\n/)[0])
          expect(fault).not.toBe('row/too-long')
          least = line
          length += record.length
        }
        expect(length).toBeLessThanOrEqual(text.length)
        expect(text.replace(/[\r\n]/g, '').length).toBeLessThanOrEqual(length)
      }),
    )
  })
  test('are found in linear time where quotes open and fail again and again', () => {
    const hostile = `${'x,"\n'.repeat(40_000)}"a"b\n`
    const found = split(hostile, 1 << 16)
    expect(found.at(-1)?.text.endsWith('"a"b')).toBe(true)
  })
})
