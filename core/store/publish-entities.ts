import { invariant } from '#lib/errors'
import { sum } from '#lib/num'
import type { ColumnPlan, FilePlan, ImportMode } from '#schema/import'
import type { FieldSource } from '#schema/mapping'
import { type EntityTable, TABLES } from '#schema/tables'
import { statement, type Writable } from './connection.ts'
import { columnBit, entitySql, fillBit, hasBit } from './entity-sql.ts'
import { nameOutcomes } from './outcome-id.ts'
import { keepSuperseded } from './skipped-records.ts'
import { type SparedKeys, sparedKeys, type TableOfBatch } from './spared-keys.ts'

/** What the staged records of one file came to; all add up to the number of records. */
export type EntityCounts = Readonly<{ added: number; changed: number; same: number; leftAlone: number }>

const PLAN = 'SELECT plan FROM import WHERE id = ?'
const PRESENT = 'SELECT present FROM import WHERE id = ?'
/** Rows that were held state what their file did. */
const PRESENT_OF_ORIGIN = `
  SELECT origin.present FROM held_fix JOIN import AS origin ON origin.id = origin_id WHERE held_fix.import_id = ?`
/** Beside the first table of its file, or in a file of events. */
const COMES_ALONG = `
  SELECT 1 FROM batch_file AS own WHERE own.import_id = :id AND own.state = 'waiting' AND (own.is_optional OR EXISTS
    (SELECT 1 FROM batch_file AS other
    WHERE other.batch_id = own.batch_id AND other.source = own.source AND other.table_name = 'events'))`
const SETTLE = `
  UPDATE import SET present = :present, superseded = :superseded, skipped = skipped + :superseded,
    loaded = loaded - :superseded, added = added - :superseded
  WHERE id = :id`
const ADD_WARNING = `UPDATE import SET warnings = json_insert(warnings, '$[#]', ?) WHERE id = ?`

/**
 * Brings the staged records of one file, all of which are there, to at most one per key: the last one counts. Outcomes
 * without an id get theirs.
 */
export function settleEntities(db: Writable, importId: number, table: EntityTable): void {
  const sql = entitySql(table)
  if (table === 'outcomes') nameOutcomes(db, importId)
  const present = columnsOf(db, importId, table)
  const repeatedLines = statement<number>(db, sql.superseded, 'values').all({ import: importId })
  if (repeatedLines.length > 0) keepSuperseded(db, importId, table)
  const superseded = statement(db, sql.dropSuperseded).run({ import: importId }).changes
  statement(db, SETTLE).run({ id: importId, present, superseded })
  if (superseded > 0) statement(db, ADD_WARNING).run(repeatedText(table, superseded, repeatedLines), importId)
}

/**
 * Moves the staged rows of one import into their table, within the caller's transaction.
 *
 * A row that is new is added; one that differs in what the file says is changed, and kept as it was in
 * `row_version`; one that does not differ keeps the import and line it came from first.
 */
export function publishEntities(
  db: Writable,
  importId: number,
  { table, mode, tell }: Readonly<{ table: EntityTable; mode: ImportMode; tell?: (share: number) => void }>,
): EntityCounts {
  const sql = entitySql(table)
  const present = presentColumns(db, importId)
  const counts = mode === 'append' ? leaveKnown(db, importId, table) : keepChanged(db, importId, table)
  tell?.(1 / 3)
  const upserted = statement(db, sql.publish).run({ import: importId, present }).changes
  tell?.(5 / 6)
  statement(db, sql.discard).run(importId)
  return { ...counts, added: upserted - counts.changed }
}

/**
 * Takes rows that no file of the batch has out of a table, before anything of the batch is published. They are kept with the
 * import given, for an undo; rows that may be among the held ones stay.
 */
export function removeMissing(db: Writable, of: TableOfBatch, importId: number): number {
  const sql = entitySql(of.table)
  const spared = sparedKeys(db, of)
  if (spared === null) return 0
  const kept = statement(db, sql.keepMissing).run({ import: importId, ...missingBinding(of, spared) }).changes
  const removed = statement(db, sql.removeKept).run({ import: importId }).changes
  invariant(kept === removed, 'every row that leaves a table is kept')
  return removed
}

/** Takes back what has been staged. */
export function discardEntities(db: Writable, importId: number, table: EntityTable): void {
  statement(db, entitySql(table).discard).run(importId)
}

/** Mask of the columns that a file that was read whole states: a blank cell of one of them empties what is known. */
export function presentColumns(db: Writable, importId: number): number {
  const present = statement<number>(db, PRESENT, 'values').get(importId)
  invariant(present !== undefined, 'the import is there')
  return present
}

/** What the statements about missing rows are bound to. */
export function missingBinding(
  { batchId, table }: TableOfBatch,
  spared: SparedKeys,
): Readonly<{ batch: string; table: string; spared: string }> {
  return { batch: batchId, table, spared: JSON.stringify(spared ?? []) }
}

type Laid = Omit<EntityCounts, 'added'>

function keepChanged(db: Writable, importId: number, table: EntityTable): Laid {
  const sql = entitySql(table)
  const present = presentColumns(db, importId)
  const changed = statement(db, sql.keepVersions).run({ import: importId, present }).changes
  const same = statement(db, sql.dropSame).run({ import: importId, present }).changes
  return { changed, same, leftAlone: 0 }
}

function leaveKnown(db: Writable, importId: number, table: EntityTable): Laid {
  const sql = entitySql(table)
  const present = presentColumns(db, importId)
  const same = statement(db, sql.dropSame).run({ import: importId, present }).changes
  const leftAlone = statement(db, sql.dropKnown).run({ import: importId }).changes
  return { changed: 0, same, leftAlone }
}

/** Code: `note/repeated-keys`. */
function repeatedText(table: EntityTable, count: number, lines: readonly number[]): string {
  const key = TABLES[table].key.join(' and ')
  const records = count === 1 ? '1 record has' : `${count} records have`
  const more = count > lines.length ? ' and more' : ''
  return `${records} a ${key} that comes again further down, where the last one counts: line ${lines.join(', ')}${more}.`
}

/**
 * Mask of the columns that the file states: those with a header of a delimited file, and those that any of its rows fills. A key
 * or path that no record says anything at is none of them, and rows that come along with those of another table state nothing:
 * what they leave open is not known there. Columns that the file only fills are stated by none, and marked as such.
 */
function columnsOf(db: Writable, importId: number, table: EntityTable): number {
  const origin = statement<number>(db, PRESENT_OF_ORIGIN, 'values').get(importId)
  if (origin !== undefined) return origin
  const { columns, presentMask } = entitySql(table)
  const text = statement<string>(db, PLAN, 'values').get(importId)
  const filled = statement<number>(db, presentMask, 'values').get(importId)
  invariant(text !== undefined && filled !== undefined, 'the import is there')
  const plan = JSON.parse(text) as FilePlan // written by finishStaging
  const comesAlong = statement(db, COMES_ALONG).get({ id: importId }) !== undefined
  const stated = comesAlong ? new Set() : statedColumns(plan)
  const filling = new Set(fieldsOf(plan).flatMap(({ column, settings }) => (settings?.onlyFills ? (column ?? []) : [])))
  const own = columns.flatMap(([name], i) => {
    if (filling.has(name)) return [fillBit(i)]
    return stated.has(name) || (!comesAlong && hasBit(filled, i)) ? [columnBit(i)] : []
  })
  const custom = comesAlong || !hasBit(filled, columns.length) ? 0 : columnBit(columns.length)
  return sum(own) + custom
}

function fieldsOf({ columns, derived = [] }: FilePlan): readonly Pick<ColumnPlan, 'column' | 'settings'>[] {
  return [...columns, ...derived]
}

/** Columns that a header of the file is read for, whatever its cells say. Keys of JSON come and go with their values. */
function statedColumns({ format, columns, derived = [] }: FilePlan): ReadonlySet<string> {
  if (format !== 'csv') return new Set()
  const headers = new Set(columns.map(({ header }) => header))
  const isHeader = (source: FieldSource): boolean => headers.has(typeof source === 'string' ? source : source.path)
  const worked = derived.filter(({ from }) => from.some(isHeader))
  return new Set([...columns, ...worked].flatMap(({ column }) => column ?? []))
}
