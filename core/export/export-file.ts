import type { Column } from './column.ts'
import { csvRecord } from './csv.ts'
import { isFormula, isHarmfulId } from './formula.ts'

/** A cell that got an apostrophe in front, so that no spreadsheet runs it. `row` is the key of its row. */
export type HarmlessCell = Readonly<{ file: string; row: string; column: string }>

/** A file of an export. Its text is made when it is asked for, in chunks, and may be asked for more than once. */
export type ExportFile = Readonly<{
  /** May hold a folder: `routing/sdr.csv`. */
  name: string
  columns: readonly string[]
  /** Records, the header aside. */
  rows: number
  /** UTF-8 text without byte order mark. `note` hears of each cell that is made harmless. */
  chunks(note?: (cell: HarmlessCell) => void): Iterable<string>
  /** The first records as they will be written, by column. */
  head(limit: number): readonly Readonly<Record<string, string>>[]
}>

/** What a file is made of: rows in the order they are written, the columns, and the key a row is known by. */
export type FileSource<R> = Readonly<{
  name: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf: (row: R) => string
}>

const CHUNK_CHARACTERS = 1 << 16

/**
 * A CSV file from rows and columns.
 *
 * @param source name, rows in order, columns, key
 * @returns the file; a file without rows still has its header
 *
 * Source: docs/methods/export.md, "Files".
 */
export function csvFile<R>(source: FileSource<R>): ExportFile {
  const { name, columns, rows } = source
  const names = columns.map(column => column.name)
  return {
    name,
    columns: names,
    rows: rows.length,
    chunks: note => textOf(source, note),
    head: limit =>
      rows.slice(0, limit).map(row => {
        const cells = cellsOf(source, row, undefined)
        return Object.fromEntries(names.map((column, i) => [column, cells[i] ?? '']))
      }),
  }
}

function* textOf<R>(source: FileSource<R>, note: ((cell: HarmlessCell) => void) | undefined): Generator<string> {
  let pending = csvRecord(source.columns.map(({ name }) => name))
  for (const row of source.rows) {
    pending += csvRecord(cellsOf(source, row, note))
    if (pending.length < CHUNK_CHARACTERS) continue
    yield pending
    pending = ''
  }
  if (pending !== '') yield pending
}

function cellsOf<R>(
  { name: file, columns, keyOf }: FileSource<R>,
  row: R,
  note: ((cell: HarmlessCell) => void) | undefined,
): string[] {
  return columns.map(({ name: column, kind, read }) => {
    const cell = read(row)
    const isHarmful = (kind === 'text' && isFormula(cell)) || (kind === 'id' && isHarmfulId(cell))
    if (isHarmful) note?.({ file, row: keyOf(row), column })
    return isHarmful ? `'${cell}` : cell
  })
}
