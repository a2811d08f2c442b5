import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** What was written for a run, and where to. */
export type NewExport = Readonly<{
  runId: number
  preset: string
  /** Name of the folder or file that was written. */
  target: string
  /** JSON text of the manifest beside it. */
  manifest: string
  /** ms since epoch */
  createdAt: number
}>
export type StoredExport = NewExport & Readonly<{ exportId: number }>

const ADD = `
  INSERT INTO export_run (run_id, preset, target, manifest, created_at)
  VALUES (:runId, :preset, :target, :manifest, :createdAt)`
const LIST = `
  SELECT export_id AS exportId, run_id AS runId, preset, target, manifest, created_at AS createdAt FROM export_run
  ORDER BY export_id DESC`

/** Keeps the record of an export and returns its number. */
export function saveExport(db: Writable, written: NewExport): number {
  return transaction(db, () => Number(statement(db, ADD).run(written).lastInsertRowid))
}

/** Every export, newest first. */
export function listExports(db: Readable): readonly StoredExport[] {
  return statement<StoredExport>(db, LIST).all()
}
