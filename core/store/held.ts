import type { HeldOverlay, HeldState } from '#schema/held'
import type { HeldCode, HeldRow } from '#schema/import'
import type { EntityTable } from '#schema/tables'
import { type Readable, statement } from './connection.ts'

/** A held row with its place in the order of reading and the file it is from. */
export type StoredHeldRow = HeldRow & Readonly<{ heldId: number; file: string }>

/** The same with all that is known of it now: `code`, `column`, `value` and `message` are those of the last judgement. */
export type HeldEntry = StoredHeldRow &
  Readonly<{
    importId: number
    state: HeldState
    /** The rule it was held by when its file was read. */
    firstCode: HeldCode
    overlay: HeldOverlay | null
  }>

/** Held rows of one file that share rule and column, with one of them as an example. */
export type HeldRule = Readonly<{ code: HeldCode; column: string; count: number; example: string; message: string }>

/** Which held rows. A member that is not there makes no choice. */
export type HeldFilter = Readonly<{
  importId: number
  state: Exclude<HeldState, 'fixed'>
  code?: string
  column?: string
}>

/** What the rows that an import held have come to: their sum is its `held`. */
export type HeldTotals = Readonly<{ held: number; leftOut: number; fixed: number; superseded: number }>

/**
 * Held rows as they are now: a step counts while its fix does, the newest one of a row first. What would be held is superseded where a newer
 * import has the record again.
 */
export const NOW = `(
  SELECT r.held_id, r.import_id, r.line, r.raw, r.row_key, r.superseded_by, r.code AS first_code,
    r.column_name AS first_column, r.value AS first_value,
    iif(coalesce(s.state, 'held') = 'held' AND r.superseded_by IS NOT NULL, 'superseded', coalesce(s.state, 'held')) AS state,
    coalesce(s.column_name, r.column_name) AS column_name, coalesce(s.value, r.value) AS value,
    coalesce(s.code, r.code) AS code, coalesce(s.message, r.message) AS message, s.overlay
  FROM held_row AS r LEFT JOIN held_step AS s ON s.held_id = r.held_id AND s.fix_id =
    (SELECT max(step.fix_id) FROM held_step AS step JOIN held_fix AS fix ON fix.fix_id = step.fix_id
      LEFT JOIN import AS loaded ON loaded.id = fix.import_id
    WHERE step.held_id = r.held_id AND fix.is_undone = 0 AND (fix.import_id IS NULL OR loaded.status = 'published'))
) AS now`
export const OPEN = `${NOW} JOIN import ON import.id = now.import_id AND import.status = 'published'`
/** Of one import that is named, also while it waits to be published. */
const KEPT = `${NOW} JOIN import ON import.id = now.import_id AND import.status IN ('published', 'staging')`
const COLUMNS = 'held_id AS heldId, file, line, column_name AS "column", value, code, message, raw'
export const ENTRY = `${COLUMNS}, now.import_id AS importId, state, first_code AS firstCode, overlay`
const PAGE = `SELECT ${COLUMNS} FROM ${OPEN} WHERE held_id > ? AND state = 'held' ORDER BY held_id LIMIT ?`
const PAGE_OF_IMPORT = `
  SELECT ${COLUMNS} FROM ${KEPT} WHERE now.import_id = ? AND held_id > ? AND state = 'held' ORDER BY held_id LIMIT ?`
const COUNT = `SELECT count(*) FROM ${OPEN} WHERE state = 'held'`
const COUNT_OF_IMPORT = `SELECT count(*) FROM ${KEPT} WHERE now.import_id = ? AND state = 'held'`
/** Imports that hold rows of a file that another import of the batch read too. */
const PARTS = `
  SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY batch_id, file, sha256) AS parts FROM import
  WHERE status = 'published' AND held > 0) WHERE parts > 1`
/** What rows of one record have in common: the file as one batch read it, and the record there as it is corrected by now. */
const RECORD = 'batch_id, file, sha256, line, raw, overlay'
const OF_PARTS = `
  ${OPEN} WHERE state = 'held' AND now.import_id IN (SELECT value FROM json_each(:parts))
    AND (:code IS NULL OR code = :code) AND (:column IS NULL OR column_name = :column)`
/** Of records that are the same, the first is the first of every table. */
const MEMBERS = `
  SELECT json_group_array(held_id ORDER BY import_id) FROM (
    SELECT held_id, now.import_id, ${RECORD},
      row_number() OVER (PARTITION BY now.import_id, ${RECORD} ORDER BY held_id) AS turn FROM ${OF_PARTS})
  GROUP BY ${RECORD}, turn HAVING count(*) > 1`
/** Rows that are told with another one. Of records that are the same, there are so many as the table with most of them holds. */
const MERGED = `
  SELECT coalesce(sum(merged), 0) FROM (
    SELECT sum(n) - max(n) AS merged FROM (
      SELECT ${RECORD}, count(*) AS n FROM ${OF_PARTS} GROUP BY now.import_id, ${RECORD})
    GROUP BY ${RECORD})`
const RULES = `
  SELECT code, column_name AS "column", count(*) AS "count", value AS example, message, min(held_id)
  FROM ${NOW} WHERE import_id = ? AND state = 'held' GROUP BY code, column_name ORDER BY count(*) DESC, code, column_name`
const CHOSEN = `now.import_id = :import AND state = :state AND (:code IS NULL OR code = :code)
    AND (:column IS NULL OR column_name = :column)`
/** Read in the order of the index, never sorted. */
export const ENTRIES = `SELECT ${ENTRY} FROM ${OPEN} WHERE held_id > :after AND ${CHOSEN} ORDER BY held_id LIMIT :limit`
const ENTRY_BY_ID = `SELECT ${ENTRY} FROM ${OPEN} WHERE held_id = ?`
const COUNT_CHOSEN = `SELECT count(*) FROM ${OPEN} WHERE ${CHOSEN}`
const VALUES = `
  SELECT value, count(*) AS "count" FROM ${OPEN} WHERE ${CHOSEN}
  GROUP BY value ORDER BY count(*) DESC, value LIMIT :limit`
const DISTINCT = `SELECT count(DISTINCT value) FROM ${OPEN} WHERE ${CHOSEN}`
const TOTALS = `SELECT state, count(*) AS "count" FROM ${NOW} WHERE import_id = ? GROUP BY state`
const OF_FILE = `
  SELECT held_id AS heldId, now.import_id AS importId, line, raw FROM ${OPEN}
  WHERE file = ? AND state IN ('held', 'superseded') ORDER BY held_id`

/** Held rows of published imports, or of one that may be staged, in the order they were read. `after`: the last heldId seen, 0 at first. */
export function heldPage(db: Readable, after: number, limit: number, importId?: number): readonly StoredHeldRow[] {
  if (importId === undefined) return statement<StoredHeldRow>(db, PAGE).all(after, limit)
  return statement<StoredHeldRow>(db, PAGE_OF_IMPORT).all(importId, after, limit)
}

/** Rows that are held now, of published imports or of one that may be staged: those fixed or left out since do not count. */
export function countHeld(db: Readable, importId?: number): number {
  const count =
    importId === undefined
      ? statement<number>(db, COUNT, 'values').get()
      : statement<number>(db, COUNT_OF_IMPORT, 'values').get(importId)
  return count ?? 0
}

/** Records that are held now, of one import or of all: a record that is held for several tables of its file counts once. */
export function countHeldRecords(db: Readable, importId?: number): number {
  const rows = countHeld(db, importId)
  if (importId !== undefined) return rows
  const parts = statement<number>(db, PARTS, 'values').all()
  if (parts.length === 0) return rows
  return rows - (statement<number>(db, MERGED, 'values').get(inParts(parts)) ?? 0)
}

/** Held rows of imports, and of a rule where one is named, that are one record: lists of two or more, that of the oldest import first. */
export function* heldRecords(
  db: Readable,
  importIds: readonly number[],
  rule: Pick<HeldFilter, 'code' | 'column'>,
): Generator<readonly number[]> {
  for (const ids of statement<string>(db, MEMBERS, 'values').iterate(inParts(importIds, rule)))
    yield JSON.parse(ids) as readonly number[] // as SQLite wrote it
}

function inParts(importIds: readonly number[], { code, column }: Pick<HeldFilter, 'code' | 'column'> = {}) {
  return { parts: JSON.stringify(importIds), code: code ?? null, column: column ?? null }
}

/** What the rows of one import that are held now break, most frequent first; the example is the first such row. */
export function heldRules(db: Readable, importId: number): readonly HeldRule[] {
  return statement<HeldRule & { 'min(held_id)': number }>(db, RULES)
    .all(importId)
    .map(({ code, column, count, example, message }) => ({ code, column, count, example, message }))
}

/** Has an import published rows that stand in its file behind a line? */
export function hasRowsBehind(db: Readable, importId: number, line: number, table: EntityTable): boolean {
  const behind = `SELECT EXISTS (SELECT 1 FROM ${table} WHERE import_id = ? AND source_line > ?)`
  return statement<number>(db, behind, 'values').get(importId, line) === 1
}

/** Rows of one import in the order they were read, with all that is known of them. */
export function heldEntries(db: Readable, filter: HeldFilter, after: number, limit: number): readonly HeldEntry[] {
  return statement<StoredHeldEntry>(db, ENTRIES)
    .all({ ...chosen(filter), after, limit })
    .map(asHeldEntry)
}

/** One row, whatever its state; null where there is none of a published import. */
export function heldEntry(db: Readable, heldId: number): HeldEntry | null {
  const found = statement<StoredHeldEntry>(db, ENTRY_BY_ID).get(heldId)
  return found === undefined ? null : asHeldEntry(found)
}

export function countEntries(db: Readable, filter: HeldFilter): number {
  return statement<number>(db, COUNT_CHOSEN, 'values').get(chosen(filter)) ?? 0
}

/** The faulty values with how often they occur, most frequent first, and how many different ones there are. */
export function heldValues(
  db: Readable,
  filter: HeldFilter,
  limit: number,
): Readonly<{ values: readonly Readonly<{ value: string; count: number }>[]; distinct: number }> {
  const values = statement<{ value: string; count: number }>(db, VALUES).all({ ...chosen(filter), limit })
  return { values, distinct: statement<number>(db, DISTINCT, 'values').get(chosen(filter)) ?? 0 }
}

export function heldTotals(db: Readable, importId: number): HeldTotals {
  const counts = new Map(
    statement<{ state: HeldState; count: number }>(db, TOTALS)
      .all(importId)
      .map(({ state, count }) => [state, count]),
  )
  const of = (state: HeldState): number => counts.get(state) ?? 0
  return { held: of('held'), leftOut: of('left-out'), fixed: of('fixed'), superseded: of('superseded') }
}

/** Where the rows of the files of a name stand that are held or superseded: what a corrected file is matched with. */
export type HeldPlace = Readonly<{ heldId: number; importId: number; line: number; raw: string }>

export function heldPlaces(db: Readable, file: string): IterableIterator<HeldPlace> {
  return statement<HeldPlace>(db, OF_FILE).iterate(file)
}

/** As the columns of ENTRY say it. */
export type StoredHeldEntry = Omit<HeldEntry, 'overlay'> & Readonly<{ overlay: string | null }>

export function asHeldEntry(stored: StoredHeldEntry): HeldEntry {
  // Written by addHeldSteps from a value of this type.
  return { ...stored, overlay: stored.overlay === null ? null : (JSON.parse(stored.overlay) as HeldOverlay) }
}

function chosen({ importId, state, code, column }: HeldFilter): Readonly<Record<string, string | number | null>> {
  return { import: importId, state, code: code ?? null, column: column ?? null }
}
