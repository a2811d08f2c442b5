import type { ColumnType } from '#schema/tables'
import type { SqlValue } from './connection.ts'
import { fromSql, valueText } from './entity-value.ts'

/** Rows by what a publish would do to them. */
export type TableDiffKind = 'new' | 'changed' | 'missing'
/** And records whose key comes again; events whose id was there with other content. */
export type DiffKind = TableDiffKind | 'repeated' | 'differingCopies'

/** One value as it is and as it would be; null: nothing. */
export type DiffCell = Readonly<{ column: string; before: string | null; after: string | null }>

export type DiffRow = Readonly<{
  key: readonly string[]
  /** Of the staged file; null where it does not have the row. */
  line: number | null
  /** Where the row as it is was read; null where there is none. */
  present: Readonly<{ file: string; line: number }> | null
  /** The import before that has an event of the same id and content; missing where it came further up in the same import. */
  earlier?: Readonly<{ importId: number; importedAt: number }>
  cells: readonly DiffCell[]
}>

/** `next`: where the page behind begins; null on the last one. */
export type DiffPage = Readonly<{ rows: readonly DiffRow[]; next: number | null }>

/** Longer values are cut in a diff: it is there to be looked at. */
const MOST_LETTERS = 1000

/** A cell by what it is stored as, before and after. */
export function cellOf(column: string, type: ColumnType, [old, now]: readonly [SqlValue, SqlValue]): DiffCell {
  return { column, before: shown(valueText(fromSql(old, type))), after: shown(valueText(fromSql(now, type))) }
}

/** The cells of two texts of custom fields that differ. */
export function customCells(before: SqlValue, after: SqlValue): readonly DiffCell[] {
  const [old, now] = [customOf(before), customOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap(column => {
    const cell = { column, before: customText(old[column]), after: customText(now[column]) }
    return cell.before === cell.after ? [] : [{ ...cell, before: shown(cell.before), after: shown(cell.after) }]
  })
}

function customOf(value: SqlValue): Readonly<Record<string, unknown>> {
  // Keys of the outside world: without a prototype, `__proto__` is one of them.
  if (typeof value !== 'string') return {}
  return Object.assign(Object.create(null) as Record<string, unknown>, JSON.parse(value) as object)
}

function customText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function shown(text: string | null): string | null {
  return text === null || text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS)}…`
}
