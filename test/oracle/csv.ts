import type { TextRow } from './tables.ts'

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as CSV text; the columns are those of any row, in the order of their first mention. */
export function writeCsv(rows: readonly TextRow[], columns: readonly string[]): string {
  const lines = [columns, ...rows.map(row => columns.map(column => row[column] ?? ''))]
  return lines.map(cells => `${cells.map(quoted).join(',')}\n`).join('')
}

/** CSV text as rows, quotes as RFC 4180 has them; `line` of row i is at `lines[i]`. */
export function readCsv(text: string): { rows: TextRow[]; lines: number[] } {
  const records: string[][] = []
  const starts: number[] = []
  let line = 1
  const field = /"((?:[^"]|"")*)"(,|\r\n|\n|$)|([^",\r\n]*)(,|\r\n|\n|$)/y
  while (field.lastIndex < text.length) {
    const record: string[] = []
    starts.push(line)
    for (;;) {
      const match = field.exec(text)
      if (match === null) throw new Error(`not CSV at line ${line}`)
      const [whole, inQuotes, afterQuotes, bare, afterBare] = match
      record.push(inQuotes === undefined ? (bare ?? '') : inQuotes.replaceAll('""', '"'))
      line += whole.split('\n').length - 1
      if ((afterQuotes ?? afterBare) !== ',') break
    }
    records.push(record)
  }
  const header = records[0] ?? []
  const rows = records
    .slice(1)
    .map(record => Object.fromEntries(record.map((value, i) => [header[i] ?? `_${i}`, value])))
  return { rows, lines: starts.slice(1) }
}
