import { invariant } from '#lib/errors'
import type { TableName } from '#schema/tables'
import { statement, transaction, type Writable } from './connection.ts'
import { type ImportRecord, readImport } from './imports.ts'
import { advanceDataState } from './meta.ts'
import { type EntityCounts, publishEntities } from './publish-entities.ts'

type Staged = Readonly<{ id: number; table: TableName; sha256: string | null }>

const BATCH = `
  SELECT id, table_name AS "table", sha256 FROM import WHERE batch_id = ? AND status = 'staging' ORDER BY id`
const ENTITY_COUNTS = `
  UPDATE import SET superseded = :superseded, skipped = skipped + :superseded, loaded = loaded - :superseded,
    added = :added, changed = :changed, same = :same
  WHERE id = :id`
const PUBLISH = `UPDATE import SET status = 'published', imported_at = ? WHERE id = ?`

/**
 * Publishes all files of a batch, in the order in which they were begun, as one transaction: afterwards all their rows
 * are there and none in staging, or the project is as it was.
 *
 * @param importedAt ms since epoch
 * @returns the imports in that order, with their accounts
 */
export function publishBatch(db: Writable, batchId: string, importedAt: number): readonly ImportRecord[] {
  return transaction(db, () => {
    const staged = statement<Staged>(db, BATCH).all(batchId)
    for (const { id, table, sha256 } of staged) {
      invariant(sha256 !== null, 'every file of a batch is read before the batch is published')
      if (table !== 'events') {
        const counts: EntityCounts = publishEntities(db, id, table)
        statement(db, ENTITY_COUNTS).run({ id, ...counts })
      }
      statement(db, PUBLISH).run(importedAt, id)
    }
    return staged.map(({ id }) => published(db, id))
  })
}

/** Moves the data state on where the import had an effect: the same rows again are no change. */
function published(db: Writable, importId: number): ImportRecord {
  const record = readImport(db, importId)
  invariant(record !== null, 'a published import is there')
  const { table, sha256, loaded, added, changed } = record
  if (added + changed > 0) advanceDataState(db, ['import', table, sha256, loaded, added, changed])
  return record
}
