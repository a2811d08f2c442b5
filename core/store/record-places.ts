import { type EntityTable, TABLES } from '#schema/tables'
import { type Readable, statement } from './connection.ts'

/** File and line of a record's newest row. */
export type RecordPlace = Readonly<{ file: string; line: number }>

/** Statement per table, made once. */
const PLACE = new Map<EntityTable, string>()

/** Where the published rows of some keys were read, in the order given; null where there is no such row. */
export function recordPlaces(
  db: Readable,
  table: EntityTable,
  keys: readonly (readonly string[])[],
): readonly (RecordPlace | null)[] {
  const find = statement<RecordPlace>(db, placeSql(table))
  return keys.map(key => find.get(key) ?? null)
}

function placeSql(table: EntityTable): string {
  const known = PLACE.get(table)
  if (known !== undefined) return known
  const isKey = TABLES[table].key.map(name => `${name} = ?`).join(' AND ')
  const sql = `SELECT file, source_line AS line FROM ${table} JOIN import ON import.id = import_id WHERE ${isKey}`
  PLACE.set(table, sql)
  return sql
}
