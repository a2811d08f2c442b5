import { invariant } from '#lib/errors'
import type { EntityRow, HeldRow } from '#schema/import'
import type { EntityTable } from '#schema/tables'
import { type SqlValue, statement, transaction, type Writable } from './connection.ts'
import { entitySql } from './entity-sql.ts'
import { toSql } from './entity-value.ts'

const STATUS = 'SELECT status FROM import WHERE id = ? AND table_name = ?'
const HOLD = `
  INSERT INTO held_row (import_id, line, column_name, value, code, message, raw, row_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const IS_STAGING = `SELECT status = 'staging' FROM import WHERE id = ?`

/** Keeps rows of an entity table until their import is published: nobody sees them before. One transaction per call. */
export function stageRows(db: Writable, importId: number, table: EntityTable, rows: readonly EntityRow[]): void {
  invariant(statement(db, STATUS, 'values').get(importId, table) === 'staging', 'rows are staged into an open import')
  const { columns, stage } = entitySql(table)
  const insert = statement(db, stage)
  const record = new Array<SqlValue>(columns.length + 3).fill(null)
  transaction(db, () => {
    for (const { line, values, custom } of rows) {
      invariant(values.length === columns.length, `a row of ${table} has its canonical columns`)
      for (const [i, [, type]] of columns.entries()) record[i] = toSql(values[i] ?? null, type)
      record[columns.length] = custom
      record[columns.length + 1] = importId
      record[columns.length + 2] = line
      insert.run(record)
    }
  })
}

/** Keeps rows that could not be loaded. They are shown once their import is published. */
export function stageHeld(db: Writable, importId: number, rows: readonly HeldRow[]): void {
  invariant(statement(db, IS_STAGING, 'values').get(importId) === 1, 'rows are held by an open import')
  const insert = statement(db, HOLD)
  transaction(db, () => {
    for (const { line, column, value, code, message, raw, key } of rows)
      insert.run(importId, line, column, value, code, message, raw, key === undefined ? null : JSON.stringify(key))
  })
}
