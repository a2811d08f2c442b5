import { ENTITY_TABLES, type EntityTable, TABLES } from '#schema/tables'
import { type Readable, statement } from './connection.ts'

/** Statement per table, made once: the number of rows, then of values per canonical column. */
const FILL = new Map<EntityTable, string>()

/** Rows of a table, and how many of them have a value in each canonical column, in the order of the columns. */
export type TableFill = Readonly<{ table: EntityTable; rows: number; filled: readonly (readonly [string, number])[] }>

/** How full the published tables are. One walk over each. */
export function columnFill(db: Readable): readonly TableFill[] {
  return ENTITY_TABLES.map(table => {
    const names = Object.keys(TABLES[table].columns)
    const counts = statement<readonly number[]>(db, fillSql(table, names), 'arrays').get() ?? []
    return { table, rows: counts[0] ?? 0, filled: names.map((name, i) => [name, counts[i + 1] ?? 0] as const) }
  })
}

function fillSql(table: EntityTable, names: readonly string[]): string {
  const known = FILL.get(table)
  if (known !== undefined) return known
  const sql = `SELECT count(*), ${names.map(name => `count(${name})`).join(', ')} FROM ${table}`
  FILL.set(table, sql)
  return sql
}
