import { invariant } from '#lib/errors'
import { ENTITY_TABLES, type EntityTable, type Row, type Value } from '#schema/tables'
import { type Readable, type SqlValue, statement } from './connection.ts'
import { entitySql } from './entity-sql.ts'
import { fromSql, valueText } from './entity-value.ts'

/** One published row as it is shown: every field that has a value, custom ones last, with the file and line it is from. */
export type SourceRecord = Readonly<{
  fields: readonly Readonly<{ name: string; value: string | null }>[]
  file: string
  line: number
}>

const FILE = 'SELECT file FROM import WHERE id = ?'

/** All published rows of a table, sorted by key in code-point order. */
export function readTable<T extends EntityTable>(db: Readable, table: T): readonly Row<T>[] {
  const { columns, rows } = entitySql(table)
  const found = statement<Record<string, SqlValue | Value>>(db, rows).all()
  const translated = columns.filter(([, type]) => type === 'boolean' || type === 'list')
  for (const row of found) {
    for (const [name, type] of translated) row[name] = fromSql(row[name] as SqlValue, type) // not translated before
  }
  return found as unknown as readonly Row<T>[] // the statement names every column of the table, each of its type
}

/** Number of published rows per entity table. */
export function countRows(db: Readable): Readonly<Record<EntityTable, number>> {
  const counts = ENTITY_TABLES.map(table => [table, statement<number>(db, entitySql(table).count, 'values').get() ?? 0])
  return Object.fromEntries(counts) as Record<EntityTable, number> // one per table
}

/** The published row of a key (its parts in the order of the table's key), or null. */
export function readRecord(db: Readable, table: EntityTable, key: readonly string[]): SourceRecord | null {
  const sql = entitySql(table)
  invariant(key.length === sql.key.length, `a key of ${table} has ${sql.key.length} parts`)
  const stored = statement<readonly SqlValue[]>(db, sql.record, 'arrays').get(key)
  if (stored === undefined) return null
  const [custom, importId, line] = stored.slice(sql.columns.length)
  const fields = sql.columns.map(([name, type], i) => ({ name, value: valueText(fromSql(stored[i] ?? null, type)) }))
  const file = statement<string>(db, FILE, 'values').get(importId ?? null)
  invariant(file !== undefined && typeof line === 'number', 'a row knows its import and line')
  return { fields: [...fields, ...customFields(custom)], file, line }
}

function customFields(custom: SqlValue | undefined): SourceRecord['fields'] {
  if (typeof custom !== 'string') return []
  return Object.entries(JSON.parse(custom) as Record<string, unknown>).map(([name, value]) => ({
    name,
    value: value === null || typeof value === 'string' ? value : JSON.stringify(value),
  }))
}
