import { csvFile, isFormula } from '#export'
import { createHeldRecordReader, type HeldRecordReader, heldCells } from '#import'
import { invariant } from '#lib/errors'
import { countEntries, type HeldEntry, heldEntry, type ImportRecord, type Readable } from '#store'
import { entriesOf, filterOf, HeldRecords, type HeldRuleChoice } from './held-records.ts'

/** Headers that mark a file of held rows, behind the columns of the rows. */
export const ERROR_COLUMNS = [
  '_error_file',
  '_error_line',
  '_error_column',
  '_error_value',
  '_error_code',
  '_error_message',
  '_error_table',
  '_error_row',
] as const

/** Which held rows are written: those of the imports, and of a rule where one is named. */
export type HeldSelection = Readonly<{ imports: readonly ImportRecord[]; rule?: HeldRuleChoice }>
type Line = Readonly<{ cells: ReadonlyMap<string, string>; errors: readonly string[]; key: string }>

/**
 * Held rows as a file that comes back corrected: columns of the imports that have such rows side by side, each under its header once. A
 * record that is held for several tables is one line.
 */
export function heldFile(db: Readable, { imports, rule = {} }: HeldSelection): ReturnType<typeof csvFile<Line>> {
  const records = new HeldRecords(db, imports, rule)
  const own = imports.flatMap(({ importId, plan }) => {
    const filter = filterOf(importId, rule)
    const count = countEntries(db, filter)
    return count === 0 ? [] : [{ plan, filter, count }]
  })
  const headers = [...new Set(own.flatMap(({ plan }) => headersOf(plan)))]
  const length = own.reduce((sum, { count }) => sum + count, 0) - records.merged
  const rows = {
    length,
    *[Symbol.iterator]() {
      const writer = new LineWriter(imports)
      for (const { filter } of own) {
        for (const entry of entriesOf(db, filter)) {
          const [first, ...others] = records.membersOf(entry.heldId)
          if (first === entry.heldId) yield writer.lineOf([entry, ...others.flatMap(id => heldEntry(db, id) ?? [])])
        }
      }
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

type Part = Readonly<{ headers: readonly string[]; shape: string; reader: HeldRecordReader; origin: ImportRecord }>

class LineWriter {
  private readonly parts: ReadonlyMap<number, Part>

  constructor(imports: readonly ImportRecord[]) {
    this.parts = new Map(
      imports.map((origin): [number, Part] => {
        const headers = headersOf(origin.plan)
        const reader = createHeldRecordReader(origin.plan)
        return [origin.importId, { headers, shape: JSON.stringify(headers), reader, origin }]
      }),
    )
  }

  /** @param entries all rows of one record, one at least */
  lineOf(entries: readonly HeldEntry[]): Line {
    const cells = new Map<string, string>()
    const known = new Map<string, ReturnType<typeof cellsOf>>()
    const errors = entries.map(entry => this.tell(entry, cells, known))
    const texts = ERROR_COLUMNS.slice(2, -1).map((_, at) => [...new Set(errors.map(each => each[at] ?? ''))].join('; '))
    const [first] = entries
    const own = [first?.file ?? '', String(first?.line ?? ''), ...texts, String(first?.heldId ?? '')]
    return { cells, errors: own, key: `${first?.file} ${first?.line}` }
  }

  /**
   * A record that cannot be taken apart is shown as the faulty value.
   *
   * @param known what the record is by the columns it was taken apart for
   * @returns its texts of `_error_column` to `_error_table`
   */
  private tell(
    entry: HeldEntry,
    cells: Map<string, string>,
    known: Map<string, ReturnType<typeof cellsOf>>,
  ): readonly string[] {
    const part = this.parts.get(entry.importId)
    invariant(part !== undefined, 'a held row is of one of the imports')
    const { headers, shape, reader, origin } = part
    const found = known.get(shape) ?? cellsOf(origin.plan, reader, entry)
    known.set(shape, found)
    for (const [at, name] of headers.entries()) if (!cells.has(name)) cells.set(name, found.cells[at] ?? '')
    const { column, value, code, message } = entry
    return [column, found.isSound ? value : found.text, code, message, origin.table]
  }
}

/** Cells of a row as they are now. */
export function cellsOf(
  plan: ImportRecord['plan'],
  reader: HeldRecordReader,
  { line, raw, firstCode, overlay }: HeldEntry,
): ReturnType<typeof heldCells> {
  return heldCells(plan, reader, { line, raw, code: firstCode, overlay })
}
