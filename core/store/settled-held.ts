import type { HeldPoint } from '#import'
import type { HeldOverlay, HeldState } from '#schema/held'
import { type Readable, statement } from './connection.ts'
import { NOW } from './held.ts'

/** What was done about a held row. */
export type SettledAnswer = Readonly<{
  /** The import that held it. */
  importId: number
  state: Extract<HeldState, 'fixed' | 'left-out'>
  overlay: HeldOverlay | null
}>

/** A row that waits and of which nothing was said, with how its record begins and what was done about the same record in another import. */
export type WaitingRow = HeldPoint &
  Readonly<{ heldId: number; excerpt: string; ofRecord: (SettledAnswer & Readonly<{ isSameText: boolean }>) | null }>

const OLDER = 'import_id IN (SELECT value FROM json_each(:older))'
const SETTLED = `
  settled AS MATERIALIZED (
    SELECT held_id, import_id, first_code, first_column, first_value, state, overlay, row_key, raw
    FROM ${NOW} WHERE ${OLDER} AND state IN ('fixed', 'left-out'))`
const FIXED_VALUES = `
  WITH ${SETTLED}
  SELECT first_code AS code, first_column AS "column", first_value AS value, import_id AS importId, min(overlay) AS overlay
  FROM settled WHERE state = 'fixed' GROUP BY first_code, first_column, first_value, import_id
  HAVING count(DISTINCT overlay) = 1 AND import_id = (SELECT max(import_id) FROM settled AS newest
    WHERE state = 'fixed' AND newest.first_code = settled.first_code AND newest.first_column = settled.first_column
      AND newest.first_value = settled.first_value)
  ORDER BY code, "column", value`
/** Of the same record, the newest answer counts; among those of one import that of the last row. */
const WAITING = `
  WITH ${SETTLED},
  waiting AS MATERIALIZED (
    SELECT held_id, code, column_name, value, row_key, raw FROM ${NOW}
    WHERE import_id = :import AND state = 'held' AND overlay IS NULL),
  pairs AS (
    SELECT waiting.held_id, settled.held_id AS settled_id FROM waiting JOIN settled ON settled.row_key = waiting.row_key
      AND first_code = code AND first_column = column_name AND first_value = value
    UNION SELECT waiting.held_id, settled.held_id FROM waiting JOIN settled ON settled.raw = waiting.raw
      AND first_code = code AND first_column = column_name AND first_value = value WHERE waiting.raw <> '')
  SELECT waiting.held_id AS heldId, code, column_name AS "column", value, settled.import_id AS importId, state, overlay,
    settled.raw = waiting.raw AS isSameText, substr(waiting.raw, 1, 60) AS excerpt
  FROM waiting LEFT JOIN (SELECT held_id, max(settled_id) AS settled_id FROM pairs GROUP BY held_id) AS last
    ON last.held_id = waiting.held_id
  LEFT JOIN settled ON settled.held_id = last.settled_id ORDER BY waiting.held_id`

/**
 * Values that were fixed in other imports, as the newest of these did it; none that it fixed in several ways.
 *
 * @param older ids of the imports
 */
export function fixedValues(db: Readable, older: readonly number[]): readonly (HeldPoint & SettledAnswer)[] {
  type Stored = HeldPoint & Readonly<{ importId: number; overlay: string | null }>
  return statement<Stored>(db, FIXED_VALUES)
    .all({ older: JSON.stringify(older) })
    .map(({ overlay, ...rest }) => ({ ...rest, state: 'fixed', overlay: overlayOf(overlay) }))
}

/** Rows that an import holds and nothing was said of, in the order they were read. @param older ids of the imports that may know them */
export function* waitingRows(db: Readable, importId: number, older: readonly number[]): Generator<WaitingRow> {
  type Stored = HeldPoint &
    Readonly<{ heldId: number; excerpt: string; overlay: string | null }> &
    Readonly<{ importId: number | null; state: SettledAnswer['state']; isSameText: number | null }>
  const rows = statement<Stored>(db, WAITING).iterate({ import: importId, older: JSON.stringify(older) })
  for (const { importId: from, state, overlay, isSameText, ...rest } of rows) {
    const answer = from === null ? null : { importId: from, state, overlay: overlayOf(overlay) }
    yield { ...rest, ofRecord: answer === null ? null : { ...answer, isSameText: isSameText === 1 } }
  }
}

function overlayOf(text: string | null): HeldOverlay | null {
  return text === null ? null : (JSON.parse(text) as HeldOverlay) // written by addHeldSteps
}
