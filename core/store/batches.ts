import type { FilePlan, ImportMode, ImportOptions } from '#schema/import'
import type { TableName } from '#schema/tables'
import { type Readable, statement, transaction, type Writable } from './connection.ts'
import type { StoredMapping } from './mappings.ts'

/** Where a file lies, and what it was when it was first looked at: it is the same file only if all of this is. */
export type BatchSource = Readonly<{
  path: string
  name: string
  /** Path in its archive; null where it is a file of its own. */
  entry: string | null
  bytes: number
  /** Of the last change, in ns since epoch. */
  changedNs: string
  /** SHA-256 of the first bytes. */
  headSha256: string
}>

/**
 * `waiting`: to be read, or broken off; `staged`: read whole; `copy`: the same as another file of the batch; `known`: the same as
 * a file that was imported before; `dropped`: it fed nothing into its table.
 */
export type BatchFileState = 'waiting' | 'staged' | 'copy' | 'known' | 'dropped'

/** One file as one table, in a batch. A file that feeds several tables is there once per table. */
export type BatchFile = Readonly<{
  place: number
  state: BatchFileState
  /** Of a copy or known file, the one it equals. */
  importId: number | null
  table: TableName
  isOptional: boolean
  plan: FilePlan
  source: BatchSource
}>

/** What holds for all files of a batch. */
export type BatchNotes = Readonly<{
  reading: ImportOptions
  /** Remembered when the batch is published. */
  mappings: readonly Omit<StoredMapping, 'savedAt'>[]
  skipped: readonly Readonly<{ file: string; reason: string }>[]
}>

export type ImportBatch = BatchNotes &
  Readonly<{ batchId: string; mode: ImportMode; begunAt: number; files: readonly BatchFile[] }>

export type NewBatch = Omit<ImportBatch, 'files'> &
  Readonly<{ files: readonly Omit<BatchFile, 'place' | 'state' | 'importId'>[] }>

type StoredBatch = Readonly<{ batchId: string; mode: ImportMode; begunAt: number; notes: string }>
type StoredFile = Readonly<{
  place: number
  state: BatchFileState
  importId: number | null
  table: TableName
  isOptional: number
  plan: string
  source: string
}>

const ADD_BATCH = 'INSERT INTO import_batch (batch_id, mode, begun_at, notes) VALUES (?, ?, ?, ?)'
const ADD_FILE = `
  INSERT INTO batch_file (batch_id, place, state, table_name, is_optional, plan, source) VALUES (?, ?, 'waiting', ?, ?, ?, ?)`
const BATCH = 'SELECT batch_id AS batchId, mode, begun_at AS begunAt, notes FROM import_batch'
const FILES = `
  SELECT place, iif(state = 'waiting' AND i.sha256 IS NOT NULL, 'staged', state) AS state, import_id AS importId,
    f.table_name AS "table", is_optional AS isOptional, f.plan, source
  FROM batch_file f LEFT JOIN import i ON i.id = import_id WHERE f.batch_id = ? ORDER BY place`
const SETTLE = 'UPDATE batch_file SET state = ?, import_id = ? WHERE batch_id = ? AND place = ?'
const MOVE = 'UPDATE batch_file SET source = ? WHERE batch_id = ? AND place = ?'
const FORGET = 'DELETE FROM import_batch WHERE batch_id = ?'

/** Keeps what an import is about to read, so that it can go on after a crash. Only one batch is there at a time. */
export function saveBatch(db: Writable, { batchId, mode, begunAt, files, ...notes }: NewBatch): void {
  transaction(db, () => {
    statement(db, ADD_BATCH).run(batchId, mode, begunAt, JSON.stringify(notes))
    const add = statement(db, ADD_FILE)
    for (const [place, { table, isOptional, plan, source }] of files.entries())
      add.run(batchId, place, table, Number(isOptional), JSON.stringify(plan), JSON.stringify(source))
  })
}

/** The batch that waits to be published or discarded, or was broken off; null where there is none. */
export function waitingBatch(db: Readable): ImportBatch | null {
  const stored = statement<StoredBatch>(db, BATCH).get()
  if (stored === undefined) return null
  const { notes, ...batch } = stored
  // All three JSON texts were written by saveBatch.
  const files = statement<StoredFile>(db, FILES)
    .all(stored.batchId)
    .map(({ isOptional, plan, source, ...file }) => ({
      ...file,
      isOptional: isOptional === 1,
      plan: JSON.parse(plan) as FilePlan,
      source: JSON.parse(source) as BatchSource,
    }))
  return { ...batch, ...(JSON.parse(notes) as BatchNotes), files }
}

/** A file of a batch: `waiting` with the import it is read into, or what it came to. */
export function settleFile(
  db: Writable,
  { batchId, place }: Readonly<{ batchId: string; place: number }>,
  found: Readonly<{ state: Exclude<BatchFileState, 'staged'>; importId: number | null }>,
): void {
  transaction(db, () => statement(db, SETTLE).run(found.state, found.importId, batchId, place))
}

/** A file was found in another place. */
export function moveFile(
  db: Writable,
  { batchId, place }: Readonly<{ batchId: string; place: number }>,
  source: BatchSource,
): void {
  transaction(db, () => statement(db, MOVE).run(JSON.stringify(source), batchId, place))
}

/** Forgets the batch itself, once its imports are published. */
export function forgetBatch(db: Writable, batchId: string): void {
  transaction(db, () => statement(db, FORGET).run(batchId))
}
