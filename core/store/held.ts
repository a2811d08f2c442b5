import type { HeldCode, HeldRow } from '#schema/import'
import { type Readable, statement } from './connection.ts'

/** A held row with its place in the order of reading and the file it is from. */
export type StoredHeldRow = HeldRow & Readonly<{ heldId: number; file: string }>

/** Held rows of one file that share rule and column, with one of them as an example. */
export type HeldRule = Readonly<{ code: HeldCode; column: string; count: number; example: string; message: string }>

const COLUMNS = 'held_id AS heldId, file, line, column_name AS "column", value, code, message, raw'
const PAGE = `
  SELECT ${COLUMNS} FROM held_row JOIN import ON import.id = held_row.import_id
  WHERE held_id > ? AND status = 'published' ORDER BY held_id LIMIT ?`
const PAGE_OF_IMPORT = `
  SELECT ${COLUMNS} FROM held_row JOIN import ON import.id = held_row.import_id
  WHERE import_id = ? AND held_id > ? AND status = 'published' ORDER BY held_id LIMIT ?`
const COUNT = `SELECT count(*) FROM import JOIN held_row ON import_id = import.id WHERE status = 'published'`
const COUNT_OF_IMPORT = `
  SELECT count(*) FROM import JOIN held_row ON import_id = import.id WHERE import.id = ? AND status = 'published'`
const RULES = `
  SELECT code, column_name AS "column", count(*) AS "count", value AS example, message, min(held_id)
  FROM held_row WHERE import_id = ? GROUP BY code, column_name ORDER BY count(*) DESC, code, column_name`

/** Held rows of published imports in the order they were read. `after`: the last heldId seen, 0 at first. */
export function heldPage(db: Readable, after: number, limit: number, importId?: number): readonly StoredHeldRow[] {
  if (importId === undefined) return statement<StoredHeldRow>(db, PAGE).all(after, limit)
  return statement<StoredHeldRow>(db, PAGE_OF_IMPORT).all(importId, after, limit)
}

export function countHeld(db: Readable, importId?: number): number {
  const count =
    importId === undefined
      ? statement<number>(db, COUNT, 'values').get()
      : statement<number>(db, COUNT_OF_IMPORT, 'values').get(importId)
  return count ?? 0
}

/** What the held rows of one import break, most frequent first; the example is the first such row. */
export function heldRules(db: Readable, importId: number): readonly HeldRule[] {
  return statement<HeldRule & { 'min(held_id)': number }>(db, RULES)
    .all(importId)
    .map(({ code, column, count, example, message }) => ({ code, column, count, example, message }))
}
