import type { HeldState } from '#schema/held'
import { type Readable, statement } from './connection.ts'
import { NOW } from './held.ts'

/** A held row by what tells its record: the natural key, or the bytes where that cannot be read. */
export type KeyedRow = Readonly<{
  heldId: number
  /** JSON array of the key's values. */
  key: string | null
  raw: string
  state: HeldState
  /** The newer import that has the record again, whatever the state is. */
  supersededBy: number | null
}>

const COLUMNS = 'held_id AS heldId, row_key AS "key", raw, state, superseded_by AS supersededBy'
const OF_IMPORT = `SELECT ${COLUMNS} FROM ${NOW} WHERE import_id = ? ORDER BY held_id`
const OF_ROW = `SELECT ${COLUMNS} FROM ${NOW} WHERE held_id = ?`

/** Rows that an import held, in the order they were read. */
export function keyedRows(db: Readable, importId: number): IterableIterator<KeyedRow> {
  return statement<KeyedRow>(db, OF_IMPORT).iterate(importId)
}

/** One held row; null where there is none. */
export function keyedRow(db: Readable, heldId: number): KeyedRow | null {
  return statement<KeyedRow>(db, OF_ROW).get(heldId) ?? null
}
