import type { EntityTable, TableName, Value } from '#schema/tables'
import { type Readable, type SqlValue, statement } from './connection.ts'
import { entitySql, hasBit } from './entity-sql.ts'
import { fromSql } from './entity-value.ts'

/** A published row with the place it was read at: imports in the order they were published, and the line. */
export type PresentRow = Readonly<{
  /** In the order of the table's columns. */
  values: readonly Value[]
  /** JSON object; null: none. */
  custom: string | null
  importId: number
  place: RowPlace
}>

/** Where a row stands in time. Of a row that was held first, the place in the file that held it. */
export type RowPlace = Readonly<{ publishedNo: number; line: number }>

/** What is known of the files that rows are from. */
export type ImportOrder = Readonly<{ publishedNo: number; columns: ReadonlySet<string> }>

const ORDER = `
  SELECT coalesce(origin.published_no, import.published_no, import.id) AS publishedNo, import.present,
    import.table_name AS "table"
  FROM import LEFT JOIN held_fix ON held_fix.import_id = import.id LEFT JOIN import AS origin ON origin.id = origin_id
  WHERE import.id = ?`

/** Place of an import among those published, and the canonical columns that its file states. */
export function importOrder(db: Readable, importId: number): ImportOrder {
  const found = statement<{ publishedNo: number; present: number; table: TableName }>(db, ORDER).get(importId)
  if (found === undefined) throw new Error(`a row names import ${importId}, which is not there`)
  const { publishedNo, present, table } = found
  const columns = table === 'events' ? [] : entitySql(table).columns
  const stated = columns.flatMap(([column], i) => (hasBit(present, i) ? column : []))
  return { publishedNo, columns: new Set(stated) }
}

/** The published row of a key, or null. `orderOf` gives what `importOrder` does. */
export function presentRow(
  db: Readable,
  table: EntityTable,
  key: readonly string[],
  orderOf: (importId: number) => ImportOrder,
): PresentRow | null {
  const { columns, record } = entitySql(table)
  const stored = statement<readonly SqlValue[]>(db, record, 'arrays').get(key)
  if (stored === undefined) return null
  const values = columns.map(([, type], i) => fromSql(stored[i] ?? null, type))
  const [custom, importId, line] = stored.slice(columns.length)
  const id = Number(importId)
  return {
    values,
    custom: typeof custom === 'string' ? custom : null,
    importId: id,
    place: { publishedNo: orderOf(id).publishedNo, line: Number(line) },
  }
}
