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
  chunks(note?: Note): Iterable<string>
  /** The first records as they will be written, by column. */
  head(limit: number): readonly Readonly<Record<string, string>>[]
}>

/** Rows that are walked, more than once, and whose number is known: an array, or a source that holds nothing. */
export type Rows<R> = Iterable<R> & Readonly<{ length: number }>

/** What a row of a file is written by: the columns, and the key it is known by. */
export type Sheet<R> = Readonly<{ name: string; columns: readonly Column<R>[]; keyOf: (row: R) => string }>

/** What a file is made of: rows in the order they are written. */
export type FileSource<R> = Sheet<R> & Readonly<{ rows: Rows<R> }>

/** Hears of each cell that is made harmless. */
export type Note = (cell: HarmlessCell) => void

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
      [...firstOf(rows, limit)].map(row => {
        const cells = cellsOf(source, row, undefined)
        return Object.fromEntries(names.map((column, i) => [column, cells[i] ?? '']))
      }),
  }
}

function* firstOf<R>(rows: Iterable<R>, limit: number): Generator<R> {
  let left = limit
  if (left <= 0) return
  for (const row of rows) {
    yield row
    if (--left === 0) return
  }
}

/**
 * The first line of a file: the names of its columns.
 *
 * Source: docs/methods/export.md, "Files".
 */
export function headerOf<R>({ columns }: Sheet<R>): string {
  return csvRecord(columns.map(({ name }) => name))
}

/**
 * One row of a file as its line.
 *
 * @param note hears of each cell that is made harmless
 *
 * Source: docs/methods/export.md, "Files".
 */
export function lineOf<R>(sheet: Sheet<R>, row: R, note?: Note): string {
  return csvRecord(cellsOf(sheet, row, note))
}

function* textOf<R>(source: FileSource<R>, note: Note | undefined): Generator<string> {
  let pending = headerOf(source)
  for (const row of source.rows) {
    pending += lineOf(source, row, note)
    if (pending.length < CHUNK_CHARACTERS) continue
    yield pending
    pending = ''
  }
  if (pending !== '') yield pending
}

function cellsOf<R>({ name: file, columns, keyOf }: Sheet<R>, row: R, note: Note | undefined): string[] {
  return columns.map(({ name: column, kind, read }) => {
    const cell = read(row)
    const isHarmful = (kind === 'text' && isFormula(cell)) || (kind === 'id' && isHarmfulId(cell))
    if (isHarmful) note?.({ file, row: keyOf(row), column })
    return isHarmful ? `'${cell}` : cell
  })
}
