import type { ChangedRow } from '#schema/data-health'
import type { EntityTable } from '#schema/tables'
import { type Readable, statement } from './connection.ts'

type Stored = Readonly<{ table: EntityTable; key: string; previous: string; importId: number; line: number }>

const CHANGED = `
  SELECT v.table_name AS "table", row_key AS key, previous, previous_import_id AS importId, previous_line AS line
  FROM row_version v JOIN import i ON i.id = v.import_id
  WHERE i.status = 'published' AND NOT v.is_removed ORDER BY v.table_name, row_key, v.import_id`

/** Rows that a published import changed: which columns, and where the row stood before. */
export function changedRows(db: Readable): readonly ChangedRow[] {
  return statement<Stored>(db, CHANGED)
    .all()
    .map(({ table, key, previous, importId, line }) => ({
      table,
      // Both were written by publishEntities: an array of the key's texts, an object by column.
      key: JSON.parse(key) as string[],
      columns: Object.keys(JSON.parse(previous) as object),
      importId,
      line,
    }))
}
