import { AppError, invariant } from '#lib/errors'
import { sum } from '#lib/num'
import type { ImportMode } from '#schema/import'
import type { EntityTable, TableName } from '#schema/tables'
import { statement, transaction, type Writable } from './connection.ts'
import { type ImportRecord, readImport } from './imports.ts'
import { advanceDataState } from './meta.ts'
import { publishEntities, removeMissing } from './publish-entities.ts'
import { forgetSkipped } from './skipped-records.ts'
import { type StagedEventKeys, supersedeHeld } from './superseded-held.ts'

type Staged = Readonly<{ id: number; file: string; table: TableName; loaded: number; sha256: string | null }>

/** What is to be published, and how. */
export type Publishing = Readonly<{
  batchId: string
  /** ms since epoch */
  importedAt: number
  /** How a file is laid over its table; events are appended whatever it says. */
  modeOf(importId: number): ImportMode
  /** As found before the transaction; missing, they are looked up within it. */
  eventKeys?: StagedEventKeys
  /** Told between statements; may throw to break off. */
  tell: WriteListener
}>

/** How far a change of many rows is. */
export type WriteListener = (at: Readonly<{ done: number; total: number; subject: string | null }>) => void

const BATCH = `
  SELECT id, file, table_name AS "table", loaded, sha256 FROM import WHERE batch_id = ? AND status = 'staging' ORDER BY id`
const ENTITY_COUNTS = `
  UPDATE import SET skipped = skipped + :leftAlone, loaded = loaded - :leftAlone, left_alone = :leftAlone,
    added = :added, changed = :changed, same = :same
  WHERE id = :id`
const REMOVED = 'UPDATE import SET removed = ? WHERE id = ?'
const PUBLISH = `
  UPDATE import SET status = 'published', imported_at = ?, mode = ?,
    published_no = (SELECT coalesce(max(published_no), 0) + 1 FROM import)
  WHERE id = ?`
const EVENTS_SINCE = `
  SELECT 1 FROM import WHERE table_name = 'events' AND status = 'published' AND id > ? AND batch_id <> ? LIMIT 1`

/**
 * Publishes all files of a batch, in the order in which they were begun, as one transaction: afterwards all their rows
 * are there and none in staging, or the project is as it was.
 *
 * @param importedAt ms since epoch
 * @param modeOf how a file is laid over its table; events are appended whatever it says
 * @returns the imports in that order, with their accounts
 * @throws AppError import/no-batch where events were published since they were staged: which of them are new is not known
 */
export function publishBatch(
  db: Writable,
  batchId: string,
  importedAt: number,
  modeOf: (importId: number) => ImportMode = () => 'upsert',
): readonly ImportRecord[] {
  return transaction(db, () => publishInSteps(db, { batchId, importedAt, modeOf, tell: () => undefined }))
}

/** `publishBatch` within the caller's transaction, telling how far it is. @throws AppError as that, and what `tell` throws */
export function publishInSteps(
  db: Writable,
  { batchId, importedAt, modeOf, eventKeys, tell }: Publishing,
): readonly ImportRecord[] {
  const staged = statement<Staged>(db, BATCH).all(batchId)
  for (const { id, table, sha256 } of staged) {
    invariant(sha256 !== null, 'every file of a batch is read before the batch is published')
    if (table === 'events') refuseStaleEvents(db, id, batchId)
  }
  const rowsOf = ({ table, loaded }: Staged): number => (table === 'events' ? 0 : loaded)
  const total = sum(staged.map(rowsOf))
  const keysOf = new Map(eventKeys)
  let done = 0
  tell({ done, total, subject: null })
  // Before anything is added: what a table has then is what the files are compared with.
  for (const [table, id] of replacedTables(staged, modeOf)) {
    statement(db, REMOVED).run(removeMissing(db, { batchId, table }, id), id)
    tell({ done, total, subject: null })
  }
  for (const file of staged) {
    const { id, table } = file
    const mode = table === 'events' ? 'append' : modeOf(id)
    const tellPart = (share: number): void =>
      tell({ done: done + Math.floor(rowsOf(file) * share), total, subject: file.file })
    supersedeHeld(db, { importId: id, batchId, table, mode, eventKeys: keysOf.get(id) })
    if (table !== 'events')
      statement(db, ENTITY_COUNTS).run({ id, ...publishEntities(db, id, { table, mode, tell: tellPart }) })
    statement(db, PUBLISH).run(importedAt, mode, id)
    forgetSkipped(db, id)
    done += rowsOf(file)
    tellPart(0)
  }
  return staged.map(({ id }) => published(db, id))
}

/** Tables of which a file is to be the whole, with the first such file: together the files of a batch are the whole. */
function replacedTables(
  staged: readonly Staged[],
  modeOf: (importId: number) => ImportMode,
): ReadonlyMap<EntityTable, number> {
  const found = new Map<EntityTable, number>()
  for (const { id, table } of staged)
    if (table !== 'events' && modeOf(id) === 'replace' && !found.has(table)) found.set(table, id)
  return found
}

function refuseStaleEvents(db: Writable, importId: number, batchId: string): void {
  if (statement(db, EVENTS_SINCE).get(importId, batchId) === undefined) return
  throw new AppError('import/no-batch', 'events were imported since these files were read; stage the files again', {
    importId,
  })
}

/** Moves the data state on where the import had an effect: the same rows again are no change. */
function published(db: Writable, importId: number): ImportRecord {
  const record = readImport(db, importId)
  invariant(record !== null, 'a published import is there')
  const { table, sha256, loaded, added, changed, removed } = record
  const change = ['import', table, sha256, loaded, added, changed, ...(removed === 0 ? [] : [removed])]
  if (added + changed + removed > 0) advanceDataState(db, change)
  return record
}
