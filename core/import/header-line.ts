import { mayBeInQuotes, USUAL_DELIMITERS } from './format.ts'
import { quotingOf, type ReadRecord, recut } from './records/other-quotes.ts'
import { createRecordSource, type Layout } from './records/record-source.ts'
import { lenientText } from './utf8-text.ts'

/** A row that could be the header of a file, with what stands below it. */
export type HeaderCandidate = Readonly<{
  layout: Layout
  headers: readonly string[]
  records: readonly (readonly string[])[]
}>

type Row = ReadRecord & Readonly<{ line: number }>

/** Bytes and rows looked at for a header that is not in the first line. */
const LOOKED_AT_BYTES = 1 << 16
const LOWEST_ROW = 64
/** Rows that show in which quotes they stand. */
const LOOKED_AT_ROWS = 200
/** What headers do not look like: numbers, days, times, addresses. */
const VALUE = /^[\p{Sc}+-]?\d[\d\s.,:/TZ+-]*%?$|@|^https?:/u

/**
 * Rows below the first that could be the header of a delimited file, the highest first: exports of reports begin with a
 * title, the day they were made, or comments. Such a row has two names or more, all different, and no values. Quotes that are not
 * those of CSV are taken off where the rows below it prove them.
 *
 * @param layout as it was guessed by the first line, whose delimiter is tried first
 * @param head the beginning of the file as UTF-8
 * @yields each with a layout that begins at its line
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function* headersBelow(layout: Layout, head: Uint8Array): Generator<HeaderCandidate> {
  if (layout.format !== 'csv' || layout.hasSepLine) return
  const looked = head.subarray(0, LOOKED_AT_BYTES)
  const first = layout.delimiter ?? ','
  const mayHaveQuotes = layout.escape !== 'backslash' && mayBeInQuotes(lenientText(looked))
  for (const delimiter of [first, ...USUAL_DELIMITERS.filter(other => other !== first)]) {
    const { quoting: _quoting, ...tried } = { ...layout, delimiter }
    const rows = rowsOf(tried, looked)
    for (const [at, { line }] of rows.slice(0, LOWEST_ROW).entries()) {
      const found = line === 1 ? null : candidateOf(tried, rows, at, mayHaveQuotes)
      if (found !== null) yield { ...found, layout: { ...found.layout, headerLine: line } }
    }
  }
}

function candidateOf(layout: Layout, rows: readonly Row[], at: number, mayHaveQuotes: boolean): HeaderCandidate | null {
  const quoted = mayHaveQuotes ? inOtherQuotes(layout, rows.slice(at)) : null
  const headers = quoted?.headers ?? rows[at]?.cells ?? []
  if (!isHeaderLike(headers)) return null
  return quoted ?? { layout, headers, records: rows.slice(at + 1).map(({ cells }) => cells) }
}

/** Null where the rows below stand in no other quotes; the two right below are looked at first, as there are many rows to try. */
function inOtherQuotes(layout: Layout, rows: readonly Row[]): HeaderCandidate | null {
  if (!rows.slice(1, 3).some(({ text }) => mayBeInQuotes(`\n${text}`))) return null
  const cutting = quotingOf(rows.slice(0, LOOKED_AT_ROWS), [layout.delimiter ?? ','])
  if (cutting === null) return null
  const [headers = [], ...records] = rows.flatMap(({ text, cells }) => {
    const cut = recut(text, cells, cutting)
    return typeof cut === 'string' ? [] : [cut]
  })
  return { layout: { ...layout, quoting: cutting.quoting }, headers, records }
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
    fields: (cells, line, raw, i) => void rows.push({ cells: [...cells], text: raw(i), line }),
    object() {},
    broken() {},
    blank() {},
    encoding() {},
  })
  source.push(head)
  source.end()
  return rows
}
