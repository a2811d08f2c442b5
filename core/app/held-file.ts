import { csvFile, isFormula } from '#export'
import { createHeldRecordReader, type HeldRecordReader, heldCells } from '#import'
import { countEntries, type HeldEntry, type HeldFilter, heldEntries, type ImportRecord, type Readable } from '#store'

/** Headers that mark a file of held rows, behind the columns of the rows. */
export const ERROR_COLUMNS = [
  '_error_file',
  '_error_line',
  '_error_column',
  '_error_value',
  '_error_code',
  '_error_message',
] as const

/** Which held rows are written: those of the imports, and of a rule where one is named. */
export type HeldSelection = Readonly<{
  imports: readonly ImportRecord[]
  rule?: Readonly<{ code?: string | undefined; column?: string | undefined }>
}>
type Line = Readonly<{ cells: ReadonlyMap<string, string>; errors: readonly string[]; key: string }>

const PAGE = 500

/** Held rows as a file that comes back corrected: columns of several imports side by side, each under its header once. */
export function heldFile(db: Readable, selection: HeldSelection): ReturnType<typeof csvFile<Line>> {
  const { imports } = selection
  const headers = [...new Set(imports.flatMap(({ plan }) => headersOf(plan)))]
  const filters = imports.map((origin): readonly [ImportRecord, HeldFilter] => [origin, filterOf(origin, selection)])
  const length = filters.reduce((sum, [, filter]) => sum + countEntries(db, filter), 0)
  const rows = {
    length,
    *[Symbol.iterator]() {
      for (const [origin, filter] of filters) yield* linesOf(db, origin, filter)
    },
  }
  return csvFile<Line>({
    name: 'held.csv',
    rows,
    keyOf: line => line.key,
    columns: [
      ...headers.map(name => ({ name, kind: 'text' as const, read: (line: Line) => line.cells.get(name) ?? '' })),
      ...ERROR_COLUMNS.map((name, i) => ({ name, kind: 'text' as const, read: (line: Line) => line.errors[i] ?? '' })),
    ],
  })
}

/** Headers as they are written: one that comes twice gets `_2`, one without a name is `column_` and its position. */
export function headersOf({ columns }: ImportRecord['plan']): readonly string[] {
  const taken = new Set<string>(ERROR_COLUMNS)
  return columns.map(({ header }, at) => {
    const name = header.trim() === '' ? `column_${at + 1}` : header.trim()
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name}_${n}`
    taken.add(free)
    return free
  })
}

/** A cell as a file of held rows has it. */
export function harmless(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell
}

/** The inverse, of a cell that somebody may have changed. */
export function meant(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell
}

function filterOf({ importId }: ImportRecord, { rule }: HeldSelection): HeldFilter {
  const { code, column } = rule ?? {}
  return {
    importId,
    state: 'held',
    ...(code === undefined ? {} : { code }),
    ...(column === undefined ? {} : { column }),
  }
}

function* linesOf(db: Readable, { plan }: ImportRecord, filter: HeldFilter): Generator<Line> {
  const headers = headersOf(plan)
  const reader = createHeldRecordReader(plan)
  for (let after = 0; ; ) {
    const page = heldEntries(db, filter, after, PAGE)
    for (const entry of page) yield lineOf(entry, headers, cellsOf(plan, reader, entry))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.heldId
  }
}

/** A record that cannot be taken apart is shown as the faulty value. */
function lineOf(
  entry: HeldEntry,
  headers: readonly string[],
  { cells, isSound, text }: ReturnType<typeof heldCells>,
): Line {
  const { file, line, column, value, code, message } = entry
  const errors = [file, String(line), column, isSound ? value : text, code, message]
  return { cells: new Map(headers.map((name, at) => [name, cells[at] ?? ''])), errors, key: `${file} ${line}` }
}

/** Cells of a row as they are now. */
export function cellsOf(
  plan: ImportRecord['plan'],
  reader: HeldRecordReader,
  { line, raw, firstCode, overlay }: HeldEntry,
): ReturnType<typeof heldCells> {
  return heldCells(plan, reader, { line, raw, code: firstCode, overlay })
}
