import { AppError, invariant } from '#lib/errors'
import type { EntityTable, TableName } from '#schema/tables'
import { type Readable, statement, transaction, type Writable } from './connection.ts'
import { deleteEvents } from './events/index.ts'
import { NOW } from './held.ts'
import { type ImportRecord, readImport } from './imports.ts'
import { advanceDataState } from './meta.ts'
import type { WriteListener } from './publish.ts'
import { bringHeldBack } from './superseded-held.ts'
import { undoSql } from './undo-sql.ts'

/** What taking back an import does, in rows: nothing else depends on it, since the last one of a table goes first. */
export type Undoing = Readonly<{
  /** Rows that it added and that go. */
  takenOut: number
  /** Rows that it changed and that are as they were before. */
  changedBack: number
  /** Rows that it took away and that are there again. */
  broughtBack: number
  events: number
  /** Held rows that go with it. */
  held: number
  /** Rows of other imports that are held again: it loaded them, fixed, or had their records again. */
  heldAgain: number
}>

const LATER = `
  SELECT id, file FROM import
  WHERE status = 'published' AND table_name = :table AND published_no > :no ORDER BY published_no DESC LIMIT 1`
const FIXED_BY = `
  SELECT count(*) FROM held_fix JOIN held_step USING (fix_id) JOIN held_row USING (held_id)
  WHERE held_fix.import_id = ? AND state = 'fixed' AND superseded_by IS NULL`
const SUPERSEDED_BY = `SELECT count(*) FROM ${NOW} WHERE superseded_by = ? AND state = 'superseded'`
const IS_WAITING = 'SELECT 1 FROM import_batch LIMIT 1'
const FORGET_VERSIONS = 'DELETE FROM row_version WHERE import_id = ?'
const FORGET_HELD = 'DELETE FROM held_row WHERE import_id = ?'
const UNDONE = `UPDATE import SET status = 'undone', undone_at = ? WHERE id = ? AND status = 'published'`

/**
 * Why an import cannot be taken back now, in a sentence; null: it can. Last in, first out per table: what a later import found
 * the same or skipped rests on the earlier one.
 */
export function undoRefusal(db: Readable, { table, publishedNo, status }: ImportRecord): string | null {
  if (status === 'undone') return 'it has been undone already'
  const later = statement<{ id: number; file: string }>(db, LATER).get({ table, no: publishedNo })
  if (later !== undefined)
    return `${later.file} (import ${later.id}) was imported into ${table} later; undo that one first`
  if (statement(db, IS_WAITING).get() !== undefined)
    return 'another import waits to be published and was compared with this one; publish or discard that one first'
  return null
}

/** What `undoImport` would do. @throws AppError import/not-undoable */
export function undoingOf(db: Readable, importId: number): Undoing {
  const { table, added, changed, removed, held } = undoable(db, importId)
  const isEvents = table === 'events'
  return {
    takenOut: isEvents ? 0 : added,
    changedBack: changed,
    broughtBack: removed,
    events: isEvents ? added : 0,
    held,
    heldAgain: countBy(db, FIXED_BY, importId) + countBy(db, SUPERSEDED_BY, importId),
  }
}

function countBy(db: Readable, sql: string, importId: number): number {
  return statement<number>(db, sql, 'values').get(importId) ?? 0
}

/**
 * Takes a published import back, as one transaction: rows are as they were before it, with the import and line they came from
 * then; its events and held rows go. The data state moves on where anything changed, so that scores show as stale.
 *
 * Afterwards event keys have to be forgotten.
 *
 * @param undoneAt ms since epoch
 * @throws AppError import/not-undoable
 */
export function undoImport(db: Writable, importId: number, undoneAt: number): Undoing {
  return transaction(db, () => undoInSteps(db, { importId, undoneAt, tell: () => undefined }))
}

/** `undoImport` within the caller's transaction, telling how far it is. @throws AppError as that, and what `tell` throws */
export function undoInSteps(
  db: Writable,
  { importId, undoneAt, tell }: Readonly<{ importId: number; undoneAt: number; tell: WriteListener }>,
): Undoing {
  const undoing = undoingOf(db, importId)
  const { file, table, sha256 } = undoable(db, importId)
  const { takenOut, changedBack, broughtBack, events } = undoing
  const total = takenOut + changedBack + broughtBack + events
  const tellDone = (done: number): void => tell({ done, total, subject: file })
  tellDone(0)
  if (table === 'events') deleteEvents(db, importId)
  else restoreRows(db, importId, { table, expected: undoing, tell: tellDone })
  statement(db, FORGET_VERSIONS).run(importId)
  statement(db, FORGET_HELD).run(importId)
  bringHeldBack(db, importId)
  invariant(statement(db, UNDONE).run(undoneAt, importId).changes === 1, 'a published import is undone')
  if (total > 0) advanceDataState(db, ['undo', table, sha256, takenOut, changedBack, broughtBack, events])
  tellDone(total)
  return undoing
}

function undoable(db: Readable, importId: number): ImportRecord {
  const record = readImport(db, importId)
  const context = { importId }
  if (record === null) throw new AppError('import/not-undoable', `the project has no import ${importId}`, context)
  const refusal = undoRefusal(db, record)
  if (refusal !== null)
    throw new AppError(
      'import/not-undoable',
      `import ${importId} of ${record.file} cannot be undone: ${refusal}`,
      context,
    )
  return record
}

type Restoring = Readonly<{ table: TableName & EntityTable; expected: Undoing; tell(done: number): void }>

function restoreRows(db: Writable, importId: number, { table, expected, tell }: Restoring): void {
  const { takeOut, changeBack, bringBack } = undoSql(table)
  let done = 0
  const found = [takeOut, changeBack, bringBack].map(sql => {
    const { changes } = statement(db, sql).run({ import: importId })
    done += changes
    tell(done)
    return changes
  })
  const { takenOut, changedBack, broughtBack } = expected
  invariant(
    found.join() === [takenOut, changedBack, broughtBack].join(),
    'an undo finds every row that its import added, changed or took away',
  )
}
