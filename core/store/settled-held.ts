import type { HeldPoint } from '#import'
import type { HeldState } from '#schema/held'
import { type Readable, statement } from './connection.ts'
import { asHeldEntry, ENTRY, type HeldEntry, NOW, OPEN, type StoredHeldEntry } from './held.ts'
import { heldPages, OF_PAGE } from './held-pages.ts'

/** What was done about a held row. */
export type SettledAnswer = Readonly<{
  /** The import that held it. */
  importId: number
  state: Extract<HeldState, 'fixed' | 'left-out'>
  /** All that was said of the row, as JSON of a HeldOverlay; null: nothing. */
  overlay: string | null
}>

type OfRecord = Readonly<{ rowKey: string | null; raw: string }>

/** A row that was fixed or left out, at fault as it was read; and its record. */
export type SettledRow = HeldPoint & SettledAnswer & OfRecord

/** A row that waits and of which nothing was said. `rowKey`: JSON of its natural key; null where it cannot be read. */
export type WaitingRow = HeldEntry & OfRecord

/** Held rows of one import, and of a rule where one is named. */
export type RuleChoice = Readonly<{ importId: number; code?: string; column?: string }>

const SETTLED = `
  SELECT import_id AS importId, first_code AS code, first_column AS "column", first_value AS value, state, overlay,
    row_key AS rowKey, raw
  FROM ${NOW} WHERE ${OF_PAGE} AND state IN ('fixed', 'left-out')
    AND (:code IS NULL OR first_code = :code) AND (:column IS NULL OR first_column = :column) ORDER BY held_id`
const WAITING = `
  SELECT ${ENTRY}, row_key AS rowKey FROM ${OPEN} WHERE ${OF_PAGE} AND state = 'held' AND overlay IS NULL
    AND (:code IS NULL OR code = :code) AND (:column IS NULL OR column_name = :column) ORDER BY held_id`

/** Rows that were fixed or left out, in the order they were read: in pages, some of which may be empty. */
export function settledPages(db: Readable, choice: RuleChoice): Generator<readonly SettledRow[]> {
  return pagesOf(db, choice, bounds => statement<SettledRow>(db, SETTLED).all(bounds))
}

/** Rows that wait and of which nothing was said, in the order they were read: in pages, some of which may be empty. */
export function waitingPages(db: Readable, choice: RuleChoice): Generator<readonly WaitingRow[]> {
  type Stored = StoredHeldEntry & Pick<WaitingRow, 'rowKey'>
  return pagesOf(db, choice, bounds =>
    statement<Stored>(db, WAITING)
      .all(bounds)
      .map(row => ({ ...asHeldEntry(row), rowKey: row.rowKey })),
  )
}

type Bounds = Readonly<Record<string, string | number | null>>

function pagesOf<T>(db: Readable, choice: RuleChoice, take: (bounds: Bounds) => readonly T[]): Generator<readonly T[]> {
  const { importId, code, column } = choice
  return heldPages(db, importId, bounds => take({ ...bounds, code: code ?? null, column: column ?? null }))
}
