import type { EntityTable, Row, Value } from '#schema/tables'
import { type Readable, type SqlValue, statement } from './connection.ts'
import { entitySql } from './entity-sql.ts'
import { fromSql } from './entity-value.ts'
import { rowNumbersBy } from './row-index.ts'

/**
 * The published rows of a table whose column has one of some values, sorted by key in code-point order.
 *
 * @param column one that holds text
 */
export function rowsBy<T extends EntityTable>(
  db: Readable,
  table: T,
  column: keyof Row<T> & string,
  values: Iterable<string>,
): readonly Row<T>[] {
  const { key, columns } = entitySql(table)
  const names = columns.map(([name]) => name).join(', ')
  const wanted = [...values]
  const numbers = wanted.length === 0 ? [] : rowNumbersBy(db, table, column, wanted)
  if (numbers?.length === 0) return []
  const order = `${column} IN (SELECT value FROM json_each(?)) ORDER BY ${key.join(', ')}`
  const sql =
    numbers === null
      ? `SELECT ${names} FROM ${table} WHERE ${order}`
      : `SELECT ${names} FROM json_each(?) AS near CROSS JOIN ${table} ON ${table}.rowid = near.value WHERE ${table}.${order}`
  const binding = numbers === null ? [] : [JSON.stringify(numbers)]
  const rows = statement<Record<string, SqlValue | Value>>(db, sql).all(...binding, JSON.stringify(wanted))
  const translated = columns.filter(([, type]) => type === 'boolean' || type === 'list')
  for (const row of rows) for (const [name, type] of translated) row[name] = fromSql(row[name] as SqlValue, type)
  return rows as unknown as readonly Row<T>[] // the statement names every column, each of its type
}

/** Keys of the published rows of a table that came from one of some imports, also where a later one has changed them since. */
export function keysReadBy(db: Readable, table: EntityTable, importIds: readonly number[]): ReadonlySet<string> {
  const [key] = entitySql(table).key
  const ids = JSON.stringify(importIds)
  const sql = `SELECT ${key} FROM ${table} WHERE import_id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT json_extract(row_key, '$[0]') FROM row_version
    WHERE table_name = :table AND previous_import_id IN (SELECT value FROM json_each(:ids))`
  return new Set(statement<string>(db, sql, 'values').all({ ids, table }))
}

/** Imports that the published row of a key came from, also where a later one has changed it since: as `keysReadBy`, of one row. */
export function importsOfRow(db: Readable, table: EntityTable, key: string): ReadonlySet<number> {
  const [name] = entitySql(table).key
  const sql = `SELECT import_id FROM ${table} WHERE ${name} = :key
    UNION ALL SELECT v.previous_import_id FROM import AS i CROSS JOIN row_version AS v ON v.import_id = i.id
    WHERE v.table_name = :table AND v.row_key = json_array(:key)`
  return new Set(statement<number>(db, sql, 'values').all({ key, table }))
}
