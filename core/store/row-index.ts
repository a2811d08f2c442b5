import { type TextIndex, textIndex } from '#lib/bucket-index'
import type { Steps } from '#lib/steps'
import { ENTITY_TABLES, type EntityTable } from '#schema/tables'
import { type Readable, statement } from './connection.ts'
import { recordState } from './meta.ts'

/**
 * Columns by which rows are looked up, and which no index of the file begins with: that would cost every import, while few sessions
 * ask. They are read once for the data as they are, and held in 8 bytes a row.
 */
const LOOKED_UP: Readonly<Partial<Record<EntityTable, readonly string[]>>> = {
  users: ['workspace_id'],
  workspaces: ['owner_user_id'],
  memberships: ['workspace_id'],
  subscriptions: ['workspace_id', 'account_id'],
  contacts: ['account_id', 'user_id', 'email'],
  deals: ['account_id', 'contact_id'],
}

type Known = Readonly<{ key: string; columns: Map<string, TextIndex> }>
const known = new WeakMap<Readable, Known>()

/** Reads what rows are looked up by beforehand, column by column. */
export function* rowIndexSteps(db: Readable): Steps<void> {
  for (const table of ENTITY_TABLES)
    for (const column of LOOKED_UP[table] ?? []) {
      columnIndex(db, table, column)
      yield
    }
}

/** Row numbers among which those lie whose column has one of some values; null where the file has an index of its own, or should. */
export function rowNumbersBy(
  db: Readable,
  table: EntityTable,
  column: string,
  values: Iterable<string>,
): readonly number[] | null {
  if (LOOKED_UP[table]?.includes(column) !== true) return null
  const index = columnIndex(db, table, column)
  const rows = new Set<number>()
  for (const value of values) for (const row of index.find(value)) rows.add(row)
  return [...rows]
}

function columnIndex(db: Readable, table: EntityTable, column: string): TextIndex {
  const { columns } = knownFor(db)
  const name = `${table}.${column}`
  const index = columns.get(name) ?? textIndex(textsOf(db, table, column))
  columns.set(name, index)
  return index
}

/** Numbers of rows last until data are published or undone, or the file is written anew, which raises its version. */
function knownFor(db: Readable): Known {
  const version = statement<number>(db, 'PRAGMA schema_version', 'values').get()
  const key = `${recordState(db)} ${version}`
  const before = known.get(db)
  if (before?.key === key) return before
  const empty: Known = { key, columns: new Map() }
  known.set(db, empty)
  return empty
}

function textsOf(db: Readable, table: EntityTable, column: string): Iterable<[text: string, row: number]> {
  const sql = `SELECT ${column}, rowid FROM ${table} WHERE ${column} IS NOT NULL`
  return statement<[string, number]>(db, sql, 'arrays').iterate() // columns of ids and addresses are texts
}
