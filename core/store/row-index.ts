import { type TextIndex, textIndex } from '#lib/bucket-index'
import type { Steps } from '#lib/steps'
import { ENTITY_TABLES, type EntityTable } from '#schema/tables'
import { type Readable, type SqlValue, statement } from './connection.ts'
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

/** Reads what rows are looked up by beforehand, table by table. */
export function* rowIndexSteps(db: Readable): Steps<void> {
  for (const table of ENTITY_TABLES) {
    const [first] = LOOKED_UP[table] ?? []
    if (first !== undefined) columnIndex(db, table, first)
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
  for (const value of values) for (const row of index?.find(value) ?? []) rows.add(row)
  return [...rows]
}

function columnIndex(db: Readable, table: EntityTable, column: string): TextIndex | undefined {
  const { columns } = knownFor(db)
  const name = `${table}.${column}`
  if (!columns.has(name)) readTableIndexes(db, table, columns)
  return columns.get(name)
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

/** One walk for all columns of a table. */
function readTableIndexes(db: Readable, table: EntityTable, into: Known['columns']): void {
  const names = LOOKED_UP[table] ?? []
  const entries = names.map((): [string, number][] => [])
  const sql = `SELECT rowid, ${names.join(', ')} FROM ${table}`
  for (const [row, ...values] of statement<[number, ...SqlValue[]]>(db, sql, 'arrays').iterate())
    for (const [i, value] of values.entries()) if (typeof value === 'string') entries[i]?.push([value, row])
  for (const [i, name] of names.entries()) into.set(`${table}.${name}`, textIndex(entries[i] ?? []))
}
