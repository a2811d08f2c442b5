import { invariant } from '#lib/errors'
import type { FilePlan, ImportMode } from '#schema/import'
import type { TableName } from '#schema/tables'
import { guarded, type Readable, statement, transaction, type Writable } from './connection.ts'
import { deleteEvents, endBulk } from './events/index.ts'
import { discardEntities, settleEntities } from './publish-entities.ts'
import { forgetSkipped } from './skipped-records.ts'

export type ImportStatus = 'staging' | 'published' | 'undone'

/**
 * One imported file. Counts are of records:
 *
 *   read = loaded + held + skipped;  loaded = added + changed + same
 *
 * `skipped` are blank records and those that count for nothing because their key comes again: in an entity table the
 * last record of a key in a file counts, the ones before it are `superseded`; an event that came further up in the file
 * with the same content is a `duplicate`. One that an import before has with the same content is `same`; one that differs
 * is added and counted in `differingCopies`. With the mode `append` a record that would change a row is skipped too, and
 * counted in `leftAlone`. Imports of events made before version 18 of the schema count among their duplicates also what
 * an import before has.
 */
export type ImportRecord = Readonly<{
  importId: number
  batchId: string
  file: string
  table: TableName
  status: ImportStatus
  plan: FilePlan
  warnings: readonly string[]
  bytes: number
  sha256: string
  read: number
  loaded: number
  held: number
  skipped: number
  superseded: number
  added: number
  changed: number
  same: number
  differingCopies: number
  duplicates: number
  mode: ImportMode
  leftAlone: number
  /** Rows that left the table, in the mode `replace`. */
  removed: number
  /** Order of publishing over all imports; null while staged. */
  publishedNo: number | null
  /** ms since epoch */
  importedAt: number
  /** ms since epoch; null where it was not taken back */
  undoneAt: number | null
}>

/** A file about to be read. All files of a batch are published together. */
export type ImportStart = Readonly<{ batchId: string; file: string; table: TableName; plan: FilePlan }>

/** What reading the file came to, as `ReadResult` has it, with the plan it was read by at last. */
export type StagingResult = Readonly<{
  bytes: number
  /** Of the bytes of the file, 64 hex digits. */
  sha256: string
  read: number
  emitted: number
  held: number
  skipped: number
  plan: FilePlan
  warnings: readonly string[]
  /** Events only: those that an import before has, those that came further up in the file, and those whose id was there with other content. */
  events?: Readonly<{ same: number; repeated: number; differingCopies: number }>
}>

const COLUMNS = `
  id AS importId, batch_id AS batchId, file, table_name AS "table", status, plan, warnings, bytes, sha256, read, loaded,
  held, skipped, superseded, added, changed, same, differing_copies AS differingCopies, duplicates, mode,
  left_alone AS leftAlone, removed, published_no AS publishedNo, imported_at AS importedAt, undone_at AS undoneAt`
const BEGIN = `
  INSERT INTO import (batch_id, file, table_name, status, plan) VALUES (?, ?, ?, 'staging', ?)`
const FINISH = `
  UPDATE import SET bytes = :bytes, sha256 = :sha256, read = :read, loaded = :loaded, added = :added, same = :same, held = :held,
    skipped = :skipped, differing_copies = :copies, duplicates = :duplicates, plan = :plan, warnings = :warnings
  WHERE id = :id AND status = 'staging'`
const BY_SHA = `
  SELECT ${COLUMNS} FROM import WHERE sha256 = ? AND status = 'published' ORDER BY id DESC LIMIT 1`
const LIST = `SELECT ${COLUMNS} FROM import WHERE status <> 'staging' ORDER BY published_no DESC`
const STAGED = `
  SELECT ${COLUMNS} FROM import WHERE batch_id = ? AND status = 'staging' AND sha256 IS NOT NULL ORDER BY id`
const BY_ID = `SELECT ${COLUMNS} FROM import WHERE id = ? AND status <> 'staging'`
const LEFTOVERS = `SELECT id, table_name AS "table" FROM import WHERE status = 'staging' ORDER BY id DESC`
const BROKEN_OFF = `
  SELECT id, table_name AS "table" FROM import
  WHERE status = 'staging' AND (sha256 IS NULL OR batch_id NOT IN (SELECT batch_id FROM import_batch)) ORDER BY id DESC`
const FORGET_BATCHES = 'DELETE FROM import_batch'
const FORGET = `DELETE FROM import WHERE id = ? AND status = 'staging'`
const RESTART = `UPDATE import SET plan = ? WHERE id = ? AND status = 'staging'`
const UNHOLD = 'DELETE FROM held_row WHERE import_id = ?'

/** Opens an import: rows may be staged into it. Nobody sees it before its batch is published. */
export function beginImport(db: Writable, { batchId, file, table, plan }: ImportStart): number {
  return transaction(db, () =>
    Number(statement(db, BEGIN).run(batchId, file, table, JSON.stringify(plan)).lastInsertRowid),
  )
}

/**
 * Closes the staging of one file with its accounts. Of records with one key the last is kept.
 *
 * @throws Error where read = emitted + held + skipped does not hold
 */
export function finishStaging(db: Writable, importId: number, result: StagingResult): void {
  const { bytes, sha256, read, emitted, held, skipped, plan, warnings } = result
  invariant(read === emitted + held + skipped, 'records read = emitted + held + skipped')
  const { same, repeated, differingCopies } = result.events ?? { same: 0, repeated: 0, differingCopies: 0 }
  const loaded = emitted - repeated
  const accounts = { read, loaded, added: loaded - same, same, held, skipped: skipped + repeated, duplicates: repeated }
  const texts = { sha256, plan: JSON.stringify(plan), warnings: JSON.stringify(warnings) }
  transaction(db, () => {
    const update = statement(db, FINISH)
    const { changes } = update.run({ id: importId, bytes, ...accounts, copies: differingCopies, ...texts })
    invariant(changes === 1, 'an open import is finished')
    if (plan.table !== null && plan.table !== 'events') settleEntities(db, importId, plan.table)
  })
}

/** Takes back what has been staged of one file, which is then read again by another plan. */
export function restartStaging(db: Writable, importId: number, plan: FilePlan): void {
  transaction(db, () => {
    const table = statement<TableName>(db, 'SELECT table_name FROM import WHERE id = ?', 'values').get(importId)
    invariant(table !== undefined, 'an open import is restarted')
    discardRows(db, importId, table)
    statement(db, RESTART).run(JSON.stringify(plan), importId)
  })
}

/** Forgets every import that was not published, and the batch they belong to. Returns how many. */
export function discardStaging(db: Writable): number {
  const count = transaction(db, () => {
    statement(db, FORGET_BATCHES).run()
    return forgetAll(db, LEFTOVERS)
  })
  guarded(() => endBulk(db)) // where a writer was broken off
  return count
}

/**
 * Forgets imports that were broken off while their file was read, or that belong to no batch which waits. What was read whole
 * is kept for its batch to go on with. Returns how many.
 */
export function discardBrokenOff(db: Writable): number {
  return transaction(db, () => forgetAll(db, BROKEN_OFF))
}

/** Forgets one import of the batch at hand: the file fed nothing into its table. */
export function dropStaged(db: Writable, importId: number): void {
  transaction(db, () => {
    const table = statement<TableName>(db, 'SELECT table_name FROM import WHERE id = ?', 'values').get(importId)
    invariant(table !== undefined, 'an open import is dropped')
    discardRows(db, importId, table)
    statement(db, FORGET).run(importId)
  })
}

/** The imports of a batch that were read whole and are not published yet, in the order they were begun. */
export function stagedImports(db: Readable, batchId: string): readonly ImportRecord[] {
  return statement<StoredImport>(db, STAGED).all(batchId).map(asRecord)
}

/** The newest published import of a file with these bytes. */
export function findPublishedBySha(db: Readable, sha256: string): ImportRecord | null {
  const found = statement<StoredImport>(db, BY_SHA).get(sha256)
  return found === undefined ? null : asRecord(found)
}

/** Every import of the project, the one published last first, those that were undone among them. */
export function listImports(db: Readable): readonly ImportRecord[] {
  return statement<StoredImport>(db, LIST).all().map(asRecord)
}

export function readImport(db: Readable, importId: number): ImportRecord | null {
  const found = statement<StoredImport>(db, BY_ID).get(importId)
  return found === undefined ? null : asRecord(found)
}

type StoredImport = Omit<ImportRecord, 'plan' | 'warnings'> & Readonly<{ plan: string; warnings: string }>

function asRecord(stored: StoredImport): ImportRecord {
  // Both were written by this file from values of these types.
  const plan = JSON.parse(stored.plan) as FilePlan
  return { ...stored, plan, warnings: JSON.parse(stored.warnings) as string[] }
}

function forgetAll(db: Writable, which: string): number {
  const leftovers = statement<{ id: number; table: TableName }>(db, which).all()
  for (const { id, table } of leftovers) {
    discardRows(db, id, table)
    statement(db, FORGET).run(id)
  }
  return leftovers.length
}

function discardRows(db: Writable, importId: number, table: TableName): void {
  if (table === 'events') deleteEvents(db, importId)
  else discardEntities(db, importId, table)
  statement(db, UNHOLD).run(importId)
  forgetSkipped(db, importId)
}
