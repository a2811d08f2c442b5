import type { EntityTable } from '#schema/tables'
import { type Readable, type SqlValue, statement, type Writable } from './connection.ts'
import { entitySql } from './entity-sql.ts'

/** Records that are kept per import, first those that say otherwise: of more, only their number is known. */
export const MOST_SKIPPED = 10_000

/** A record of a staged file that counts for nothing, since its key comes again. */
export type SkippedRecord = Readonly<{
  skippedNo: number
  line: number
  key: readonly string[]
  /** Line of the record of the file that counts; null for an event. */
  countedLine: number | null
  /** By column: what it says, and what the record says that counts. */
  differs: Readonly<Record<string, readonly [said: SqlValue, counts: SqlValue]>>
}>

const ADD = `INSERT INTO skipped_record (import_id, line, row_key, differs) VALUES (?, ?, json_array(?), '{}')`
const PAGE = `
  SELECT skipped_no AS skippedNo, line, row_key AS "key", counted_line AS countedLine, differs FROM skipped_record
  WHERE import_id = ? AND skipped_no > ? ORDER BY skipped_no LIMIT ?`
const OVERRULED = `SELECT count(*) FROM skipped_record WHERE import_id = ? AND differs <> '{}'`
const FORGET = 'DELETE FROM skipped_record WHERE import_id = ?'

/** Keeps the staged rows of a file that a later one of the same key overrules, before they go. */
export function keepSuperseded(db: Writable, importId: number, table: EntityTable): void {
  statement(db, entitySql(table).keepSuperseded).run({ import: importId, most: MOST_SKIPPED })
}

/** Keeps an event that was there already with the same content. @param eventId empty where it came without one */
export function keepRepeatedEvent(
  db: Writable,
  importId: number,
  event: Readonly<{ line: number; eventId: string }>,
): void {
  statement(db, ADD).run(importId, event.line, event.eventId)
}

/** Records behind `after`: those that say something else than the one that counts, then the others, each in the order of the file. */
export function skippedPage(db: Readable, importId: number, after: number, limit: number): readonly SkippedRecord[] {
  type Stored = Omit<SkippedRecord, 'key' | 'differs'> & Readonly<{ key: string; differs: string }>
  return statement<Stored>(db, PAGE)
    .all(importId, after, limit)
    .map(({ key, differs, ...rest }) => ({
      ...rest,
      // Both were written by this file, from values of these types.
      key: JSON.parse(key) as string[],
      differs: JSON.parse(differs) as SkippedRecord['differs'],
    }))
}

/** How many of the records kept say something else than the one that counts. */
export function countOverruled(db: Readable, importId: number): number {
  return statement<number>(db, OVERRULED, 'values').get(importId) ?? 0
}

export function forgetSkipped(db: Writable, importId: number): void {
  statement(db, FORGET).run(importId)
}
