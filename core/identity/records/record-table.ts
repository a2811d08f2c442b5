import { codePointOrderOf } from '#lib/text'
import { addressText } from '../normalise/address-text.ts'
import { isPlaceholder } from '../placeholder.ts'
import type { RecordFields } from './record-fields.ts'

/** Cells of a table by column; all columns have one entry per row. */
export type TableColumns = ReadonlyMap<string, readonly string[]>

/** The records of a table, sorted by key, and how to read them. */
export type RecordTable = Readonly<{
  keys: readonly string[]
  /** Rows without a key, and rows whose key was there before. They are left out. */
  withoutKey: number
  repeatedKeys: number
  /** A cell, null where it is empty or the role has no column. */
  cell(record: number, column: string | undefined): string | null
  /** Cells of a role that may have several columns. */
  cells(record: number, columns: readonly string[]): readonly (string | null)[]
}>

/**
 * Sorts the rows of a table by their keys, so that no answer depends on their order.
 *
 * @param columns cells by column, those of the roles
 * @param fields roles
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function recordTable(columns: TableColumns, fields: RecordFields): RecordTable {
  const given = columns.get(fields.key) ?? []
  const rowOf = new Map<string, number>()
  let withoutKey = 0
  given.forEach((text, row) => {
    const key = text.trim()
    if (key === '') withoutKey++
    else if (!rowOf.has(key)) rowOf.set(key, row)
  })
  const keys = [...rowOf.keys()].sort(codePointOrderOf(rowOf.keys()))
  const rows = Uint32Array.from(keys, key => rowOf.get(key) ?? 0)
  const cell = (record: number, column: string | undefined): string | null => {
    if (column === undefined) return null
    const text = columns.get(column)?.[rows[record] ?? 0] ?? ''
    return text === '' ? null : text
  }
  return {
    keys,
    withoutKey,
    repeatedKeys: given.length - withoutKey - keys.length,
    cell,
    cells: (record, names) => names.map(name => cell(record, name)),
  }
}

/** Several email addresses of one cell, `a@x.com; b@y.com`, without what else stands there; a cell without any is one handle. */
export function addressesIn(cells: readonly (string | null)[]): string[] {
  return cells.flatMap(cell => {
    if (cell === null || isPlaceholder(cell)) return []
    const parts = splitCells([addressText(cell)])
    const addresses = parts.filter(part => part.includes('@'))
    if (addresses.length > 0) return addresses
    return parts.length === 1 ? parts : []
  })
}

/** Several hosts of one cell: `a.com; b.com`. */
export function splitCells(cells: readonly (string | null)[]): string[] {
  return cells.flatMap(cell =>
    cell === null || isPlaceholder(cell) ? [] : cell.split(/[;,|\s]+/).filter(part => part !== ''),
  )
}
