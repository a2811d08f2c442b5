import { invariant } from '#lib/errors'
import { ENTITY_TABLES, type EntityTable, type Row, type Value } from '#schema/tables'
import { type Readable, type SqlValue, statement } from './connection.ts'
import { entitySql, pageSql } from './entity-sql.ts'
import { fromSql, valueText } from './entity-value.ts'

/** One published row as it is shown: every field that has a value, custom ones last, with the file and line it is from. */
export type SourceRecord = Readonly<{
  fields: readonly Readonly<{ name: string; value: string | null }>[]
  file: string
  line: number
}>

const FILE = 'SELECT file FROM import WHERE id = ?'

/** Rows read at a time. */
const PAGE = 1024
/** Distinct texts of a column up to which those that come again are held once. */
const MOST_SHARED = 1024

/**
 * The published rows of a table, sorted by key in code-point order, with the columns asked for; the key's are always there.
 * They are read page by page, anew each time they are walked, and not held.
 */
export function walkTable<T extends EntityTable, C extends keyof Row<T> & string>(
  db: Readable,
  table: T,
  columns: readonly C[],
): Iterable<Pick<Row<T>, C>> {
  return { [Symbol.iterator]: () => rowsOf<Pick<Row<T>, C>>(db, table, columns) }
}

/** All published rows of a table, sorted by key in code-point order. Texts that come again and again are held once. */
export function readTable<T extends EntityTable>(db: Readable, table: T): readonly Row<T>[] {
  const columns = entitySql(table).columns.map(([name]) => name)
  const share = sharedTexts(columns)
  const rows: Row<T>[] = []
  for (const row of rowsOf<Row<T>>(db, table, columns)) {
    share(row as Record<string, unknown>) // made here, and nobody else's yet
    rows.push(row)
  }
  return rows
}

function* rowsOf<R>(db: Readable, table: EntityTable, wanted: readonly string[]): Generator<R> {
  const { key, columns } = entitySql(table)
  const asked = new Set([...key, ...wanted])
  const translated = columns.filter(([name, type]) => asked.has(name) && (type === 'boolean' || type === 'list'))
  const page = statement<Record<string, SqlValue | Value>>(db, pageSql(table, [...asked]))
  for (let after: readonly SqlValue[] = key.map(() => ''); ; ) {
    const rows = page.all(...after, PAGE)
    for (const row of rows) {
      for (const [name, type] of translated) row[name] = fromSql(row[name] as SqlValue, type) // not translated before
      yield row as R // the statement names the columns asked for, each of its type
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = key.map(name => last[name] as SqlValue) // keys are texts
  }
}

function sharedTexts(columns: readonly string[]): (row: Record<string, unknown>) => void {
  const known = new Map(columns.map(column => [column, new Map<string, string>()]))
  return row => {
    for (const [column, texts] of known) {
      const value = row[column]
      if (typeof value !== 'string') continue
      const found = texts.get(value)
      if (found !== undefined) row[column] = found
      else if (texts.size < MOST_SHARED) texts.set(value, value)
      else known.delete(column) // a text of its own per row
    }
  }
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
