import Papa from 'papaparse'
import type { FilePlan, HeldCode } from '#schema/import'

export type Quoting = NonNullable<FilePlan['quoting']>

/** Quotes that open a field, and those that close it. */
const CLOSERS: Readonly<Record<string, string>> = { "'": "'", '“': '”', '„': '“”', '«': '»', '‘': '’', '‚': '‘’' }
/** What may stand without quotes in a file whose texts have them. */
const BARE = /^(?:|[-+]?\d[\d.,:\sTZ+-]*|null|true|false)$/i
/** Records below the header that make a proof, and the share of them that must say so: 1 in 50 may be damaged. */
const LEAST_RECORDS = 2
const LEAST_SHARE = 0.98
/** In no text. */
const NO_DELIMITER = '\u0000'

/** A record as text, and what it is by the quotes of CSV. */
export type ReadRecord = Readonly<{ text: string; cells: readonly string[] }>
type Cut = Readonly<{ cells: readonly string[]; isQuoted: readonly boolean[] }>
export type Cutting = Readonly<{ delimiter: string; quoting: Quoting }>

/**
 * The fields of a record whose quotes are not those of CSV.
 *
 * @param text of the record, one line
 * @param cells what it is by the quotes of CSV
 * @returns `row/stray-quote` where a quote is not closed
 *
 * Source: docs/methods/import.md, "Records".
 */
export function recut(text: string, cells: readonly string[], cutting: Cutting): readonly string[] | HeldCode {
  if (cutting.quoting === 'rows') return cutRow(cells, cutting.delimiter)
  return cutQuoted(text, cutting.delimiter)?.cells ?? 'row/stray-quote'
}

/**
 * In which quotes that are not those of CSV the beginning of a file stands: whole rows in one pair (`"a,b"`), or every text in
 * single or typographic ones; numbers and empty fields may have none, the header too.
 *
 * @param records the header first
 * @param delimiters those that may part the fields of a row in quotes, the one of the file first
 * @returns null where more than 1 record in 50 says otherwise
 */
export function quotingOf(records: readonly ReadRecord[], delimiters: readonly string[]): Cutting | null {
  const [delimiter = ','] = delimiters
  const [header, ...below] = records
  if (header === undefined || below.length < LEAST_RECORDS) return null
  if (areMost(below, ({ cells }) => cells.length === 1)) {
    // A header without such quotes is cut by the delimiter of the file, and so are the rows.
    const possible = header.cells.length === 1 ? delimiters : [delimiter]
    const found = possible.find(each => areWholeRows(header, below, each))
    return found === undefined ? null : { delimiter: found, quoting: 'rows' }
  }
  const texts = records.map(({ text }) => text)
  const single = areQuoted(texts, delimiter, /^\s*'/)
  if (!single && !areQuoted(texts, delimiter, /^\s*[“„«‘‚]/)) return null
  return { delimiter, quoting: single ? 'single' : 'typographic' }
}

function areWholeRows(header: ReadRecord, below: readonly ReadRecord[], delimiter: string): boolean {
  const width = cutRow(header.cells, delimiter).length
  return width > 1 && areMost(below, ({ cells: [row = ''] }) => splitRow(row, delimiter).length === width)
}

function cutRow(cells: readonly string[], delimiter: string): readonly string[] {
  return cells.length === 1 ? splitRow(cells[0] ?? '', delimiter) : cells
}

function areMost<T>(all: readonly T[], is: (one: T) => boolean): boolean {
  return all.filter(is).length >= LEAST_SHARE * all.length
}

function splitRow(text: string, delimiter: string): readonly string[] {
  const { data, errors } = Papa.parse(`${text}\n`, { delimiter, newline: '\n' })
  return errors.length === 0 && data.length === 2 ? (data[0] ?? [text]) : [text]
}

/** Is every text below the header in such quotes, each record as wide as the header? */
function areQuoted(texts: readonly string[], delimiter: string, quote: RegExp): boolean {
  const [first = '', ...below] = texts
  const width = cutQuoted(first, delimiter)?.cells.length ?? 0
  return areMost(below, text => {
    const cut = quote.test(text) ? cutQuoted(text, delimiter) : null
    if (cut === null || cut.cells.length !== width || width < 2) return false
    return cut.cells.every((cell, at) => cut.isQuoted[at] === true || BARE.test(cell.trim()))
  })
}

/**
 * A field in the quotes of CSV (the header, or what a program wrote around a text with a delimiter in it) is taken out of them first.
 *
 * @returns null where a quote that opens a field is not closed before a delimiter or the end
 */
function cutQuoted(text: string, delimiter: string): Cut | null {
  const cells: string[] = []
  const isQuoted: boolean[] = []
  for (let at = 0; ; ) {
    const start = behindBlanks(text, at)
    const closers = text.charAt(start) === '"' ? '"' : CLOSERS[text.charAt(start)]
    const field = closers === undefined ? plainField(text, at, delimiter) : quotedField(text, start, closers, delimiter)
    if (field === null) return null
    const inner = closers === '"' ? withoutQuotes(field.cell) : null
    cells.push(inner ?? field.cell)
    isQuoted.push(closers !== undefined && (closers !== '"' || inner !== null))
    if (field.end >= text.length) return { cells, isQuoted }
    at = field.end + delimiter.length
  }
}

/** The text between other quotes; null where it stands in none. */
function withoutQuotes(cell: string): string | null {
  const closers = CLOSERS[cell.charAt(0)]
  const field = closers === undefined ? null : quotedField(cell, 0, closers, NO_DELIMITER)
  return field?.end === cell.length ? field.cell : null
}

function plainField(text: string, from: number, delimiter: string): Readonly<{ cell: string; end: number }> {
  const found = text.indexOf(delimiter, from)
  const end = found < 0 ? text.length : found
  return { cell: text.slice(from, end), end }
}

/** A quote inside is doubled, or no delimiter comes behind it. */
function quotedField(
  text: string,
  start: number,
  closers: string,
  delimiter: string,
): Readonly<{ cell: string; end: number }> | null {
  let cell = ''
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    const isCloser = closers.includes(character)
    if (isCloser && text.charAt(at + 1) === character) at++
    else if (isCloser) {
      const end = behindBlanks(text, at + 1)
      if (end === text.length || text.startsWith(delimiter, end)) return { cell, end }
    }
    cell += character
  }
  return null
}

function behindBlanks(text: string, from: number): number {
  let at = from
  while (text.charAt(at) === ' ') at++
  return at
}
