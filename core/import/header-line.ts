import { USUAL_DELIMITERS } from './format.ts'
import { createRecordSource, type Layout } from './records/record-source.ts'

/** A row that could be the header of a file, with what stands below it. */
export type HeaderCandidate = Readonly<{
  layout: Layout
  headers: readonly string[]
  records: readonly (readonly string[])[]
}>

type Row = Readonly<{ cells: readonly string[]; line: number }>

/** Bytes and rows looked at for a header that is not in the first line. */
const LOOKED_AT_BYTES = 1 << 16
const LOWEST_ROW = 64
/** What headers do not look like: numbers, days, times, addresses. */
const VALUE = /^[\p{Sc}+-]?\d[\d\s.,:/TZ+-]*%?$|@|^https?:/u

/**
 * Rows below the first that could be the header of a delimited file, the highest first: exports of reports begin with a
 * title, the day they were made, or comments. Such a row has two names or more, all different, and no values.
 *
 * @param layout as it was guessed by the first line, whose delimiter is tried first
 * @param head the beginning of the file as UTF-8
 * @yields each with a layout that begins at its line
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function* headersBelow(layout: Layout, head: Uint8Array): Generator<HeaderCandidate> {
  if (layout.format !== 'csv' || layout.hasSepLine) return
  const first = layout.delimiter ?? ','
  for (const delimiter of [first, ...USUAL_DELIMITERS.filter(other => other !== first)]) {
    const tried = { ...layout, delimiter }
    const rows = rowsOf(tried, head.subarray(0, LOOKED_AT_BYTES))
    for (const [at, { cells, line }] of rows.slice(0, LOWEST_ROW).entries()) {
      if (line === 1 || !isHeaderLike(cells)) continue
      const records = rows.slice(at + 1).map(row => row.cells)
      yield { layout: { ...tried, headerLine: line }, headers: cells, records }
    }
  }
}

/** Does a row have a value where a header would have a name? */
export function hasValues(cells: readonly string[]): boolean {
  return cells.some(cell => VALUE.test(cell.trim()))
}

function isHeaderLike(cells: readonly string[]): boolean {
  const names = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  return names.length >= 2 && new Set(names).size === names.length && !hasValues(names)
}

function rowsOf(layout: Layout, head: Uint8Array): readonly Row[] {
  const rows: Row[] = []
  const source = createRecordSource(layout, {
    fields: (cells, line) => void rows.push({ cells: [...cells], line }),
    object() {},
    broken() {},
    blank() {},
    encoding() {},
  })
  source.push(head)
  source.end()
  return rows
}
