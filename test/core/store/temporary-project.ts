import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EntityRow, FilePlan } from '#schema/import'
import { type EntityTable, TABLES, type TableName, type Value } from '#schema/tables'
import {
  beginImport,
  createProject,
  finishStaging,
  type ImportRecord,
  type Project,
  publishBatch,
  stageRows,
  type Writable,
} from '#store'

/** Runs `work` in a folder of its own, which goes afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pql-store-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs `work` on a new, empty project. */
export function inProject<T>(work: (db: Writable, project: Project) => T): T {
  return inFolder(folder => {
    const project = createProject(join(folder, 'p.pql'), { uuid: 'project-1', createdAt: 1_000 })
    try {
      return work(project.db, project)
    } finally {
      project.close()
    }
  })
}

/** The plan of a file that has these columns of a table, exactly. */
export function planOf(table: TableName, columns: readonly string[] = Object.keys(TABLES[table].columns)): FilePlan {
  return {
    file: `${table}.csv`,
    format: 'csv',
    delimiter: ',',
    encoding: 'utf-8',
    bomBytes: 0,
    hasSepLine: false,
    table,
    reason: 'test',
    columns: columns.map(column => ({ header: column, column, match: 'exact' })),
    readings: {},
  }
}

type Cells = Readonly<Record<string, Value>>

/** A row of a table from the cells that matter; the others are missing. */
export function rowOf(table: TableName, line: number, cells: Cells, custom: string | null = null): EntityRow {
  return { line, values: Object.keys(TABLES[table].columns).map(name => cells[name] ?? null), custom }
}

export const user = (line: number, id: string, cells: Cells = {}, custom: string | null = null): EntityRow =>
  rowOf('users', line, { user_id: id, ...cells }, custom)

export type TestFile = Readonly<{
  table: EntityTable
  rows: readonly EntityRow[]
  columns?: readonly string[]
  format?: 'csv' | 'jsonl'
  sha256?: string
  file?: string
}>

/** Imports files as one batch. */
export function importBatch(db: Writable, batchId: string, files: readonly TestFile[]): readonly ImportRecord[] {
  for (const file of files) stageFile(db, batchId, file)
  return publishBatch(db, batchId, 2_000)
}

export function stageFile(
  db: Writable,
  batchId: string,
  { table, rows, columns, format, sha256, file }: TestFile,
): number {
  const plan = { ...planOf(table, columns), ...(format === undefined ? {} : { format }) }
  const importId = beginImport(db, { batchId, file: file ?? plan.file, table, plan })
  stageRows(db, importId, table, rows)
  finishStaging(db, importId, {
    bytes: 10,
    sha256: sha256 ?? '0'.repeat(64),
    read: rows.length,
    emitted: rows.length,
    held: 0,
    skipped: 0,
    plan,
    warnings: [],
  })
  return importId
}

/** The steps of the plan of a statement. */
export function planSteps(db: Writable, sql: string, binding: Readonly<Record<string, unknown>> | unknown[]): string[] {
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(binding) as { detail: string }[]
  return steps.map(({ detail }) => detail)
}

/** Rows that wait for a publish, by table. */
export function leftovers(db: Writable): unknown[] {
  const tables = ['users_staged', 'held_row', 'skipped_record']
  const counts = tables.map(table => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()])
  const open = db.prepare(`SELECT count(*) FROM import WHERE status = 'staging'`).pluck().get()
  return [...counts, ['import', open]].filter(([, count]) => count !== 0)
}
