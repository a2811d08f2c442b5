import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { type Column, day, flag, id, instant, number, tenths, text, word } from '../../../core/export/column.ts'
import { csvRecord } from '../../../core/export/csv.ts'
import { csvFile, type ExportFile, type HarmlessCell } from '../../../core/export/export-file.ts'

const written = (file: ExportFile): string => [...file.chunks()].join('')
const parse = (csv: string): string[][] => Papa.parse(csv, { delimiter: ',', newline: '\r\n' }).data.slice(0, -1)

test('records survive a parser, whatever is in them', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', 'é', '😀', "'", ';', '\t') })
  const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(records, rows => {
      expect(parse(rows.map(csvRecord).join(''))).toEqual(rows)
    }),
  )
})

test('only what needs quotes gets them, and every record ends in CRLF', () => {
  expect(csvRecord(['a', ' b ', 'c,d', 'e"f', 'g\nh', ''])).toBe('a, b ,"c,d","e""f","g\nh",\r\n')
})

type Row = { key: string; note: string | null; value: number | null }
const columns: readonly Column<Row>[] = [
  id('key', row => row.key),
  text('note', row => row.note),
  number('value', row => row.value),
]
const file = (rows: readonly Row[]): ExportFile => csvFile({ name: 'x.csv', rows, columns, keyOf: ({ key }) => key })

describe('a file', () => {
  test('without rows is its header', () => {
    expect(written(file([]))).toBe('key,note,value\r\n')
  })
  test('comes in chunks, the same ones each time', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ key: `k${i}`, note: 'x'.repeat(40), value: i }))
    const big = file(rows)
    const chunks = [...big.chunks()]
    expect(chunks.length).toBeGreaterThan(1)
    expect([...big.chunks()]).toEqual(chunks)
    expect(parse(chunks.join('')).length).toBe(big.rows + 1)
  })
  test('numbers read back to the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), value => {
        const cell = parse(written(file([{ key: 'k', note: null, value }])))[1]?.[2]
        expect(Number(cell)).toBe(value + 0)
        expect(cell).not.toBe('-0')
      }),
    )
  })
  test('shows its head as it is written', () => {
    expect(file([{ key: 'k', note: '=1+1', value: null }]).head(1)).toEqual([{ key: 'k', note: "'=1+1", value: '' }])
  })
  test('lists what was made harmless, and touches nothing else', () => {
    const rows = [
      { key: '-K1', note: '=1+1', value: -5 },
      { key: '=1+1', note: '-Ahmad', value: -0.5 },
      { key: 'c', note: '+1 (555) 123-4567', value: null },
    ]
    const cells: HarmlessCell[] = []
    const csv = [...file(rows).chunks(cell => cells.push(cell))].join('')
    expect(parse(csv).slice(1)).toEqual([
      ['-K1', "'=1+1", '-5'],
      ["'=1+1", '-Ahmad', '-0.5'],
      ['c', '+1 (555) 123-4567', ''],
    ])
    expect(cells).toEqual([
      { file: 'x.csv', row: '-K1', column: 'note' },
      { file: 'x.csv', row: '=1+1', column: 'key' },
    ])
  })
})

test.each<{ why: string; column: Column<null>; want: string }>([
  { why: 'one decimal, also of a whole number', column: tenths('x', () => 80), want: '80.0' },
  { why: 'a day', column: day('x', () => 20_604), want: '2026-05-31' },
  { why: 'no day', column: day('x', () => null), want: '' },
  { why: 'an instant', column: instant('x', () => 0), want: '1970-01-01T00:00:00.000Z' },
  { why: 'no instant', column: instant('x', () => Number.NaN), want: '' },
  { why: 'a flag', column: flag('x', () => false), want: 'false' },
  { why: 'no flag', column: flag('x', () => null), want: '' },
  { why: 'a word', column: word('x', () => undefined), want: '' },
  { why: 'a negative zero', column: number('x', () => -0), want: '0' },
])('$why', ({ column, want }) => {
  expect(column.read(null)).toBe(want)
})
