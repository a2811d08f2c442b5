import { AppError, invariant } from '#lib/errors'
import type { HeldOverlay, HeldState } from '#schema/held'
import { type Readable, type SqlValue, statement, transaction, type Writable } from './connection.ts'
import type { HeldEntry } from './held.ts'
import { dropStaged } from './imports.ts'

/** Something done about held rows of one import. */
export type NewHeldFix = Readonly<{
  originId: number
  /** The import that is being staged of the rows it loads; null: it loads none. */
  importId: number | null
  /** What was done, as JSON. */
  fix: unknown
  /** ms since epoch */
  fixedAt: number
}>

/** What one row came to by a fix, and where it is at fault now: of a row that is no longer held, where it was before. */
export type HeldStep = Pick<HeldEntry, 'heldId' | 'column' | 'value' | 'code' | 'message'> &
  Readonly<{ state: HeldState; overlay: HeldOverlay | null }>

const ADD_FIX = 'INSERT INTO held_fix (origin_id, import_id, fix, fixed_at, is_undone) VALUES (?, ?, ?, ?, ?)'
const ADD_STEP = `
  INSERT INTO held_step (held_id, fix_id, state, column_name, value, code, message, overlay)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const IMPORT_OF_FIX = 'SELECT import_id FROM held_fix WHERE fix_id = ?'
const SETTLE = 'UPDATE held_fix SET import_id = NULL, is_undone = 0 WHERE fix_id = ?'
const UNDO = 'UPDATE held_fix SET is_undone = 1 WHERE fix_id = ? AND import_id IS NULL AND is_undone = 0'
const DELETE_FIX = 'DELETE FROM held_fix WHERE fix_id = ?'
const ORIGIN = 'SELECT origin_id FROM held_fix WHERE import_id = ?'
const WAITING = 'SELECT count(*) FROM import_batch'

/** Notes that something is done. It counts once its import is published or, where there is none, once it is settled. */
export function beginHeldFix(db: Writable, { originId, importId, fix, fixedAt }: NewHeldFix): number {
  const isDraft = importId === null ? 1 : 0
  return transaction(db, () =>
    Number(statement(db, ADD_FIX).run(originId, importId, JSON.stringify(fix), fixedAt, isDraft).lastInsertRowid),
  )
}

/** One step per row and fix. */
export function addHeldSteps(db: Writable, fixId: number, steps: readonly HeldStep[]): void {
  const add = statement(db, ADD_STEP)
  transaction(db, () => {
    for (const { heldId, state, column, value, code, message, overlay } of steps) {
      const told: SqlValue = overlay === null ? null : JSON.stringify(overlay)
      add.run(heldId, fixId, state, column, value, code, message, told)
    }
  })
}

/** Lets the steps of a fix count that loads no row; an import that was begun for it goes. */
export function settleHeldFix(db: Writable, fixId: number): void {
  transaction(db, () => {
    const importId = statement<number | null>(db, IMPORT_OF_FIX, 'values').get(fixId)
    invariant(importId !== undefined, 'a fix that was begun is settled')
    statement(db, SETTLE).run(fixId)
    if (importId !== null) dropStaged(db, importId)
  })
}

/** Forgets a fix that does nothing. */
export function forgetHeldFix(db: Writable, fixId: number): void {
  transaction(db, () => statement(db, DELETE_FIX).run(fixId))
}

/** Takes a fix back that made no import. @returns was it in force? */
export function undoHeldFix(db: Writable, fixId: number): boolean {
  return transaction(db, () => statement(db, UNDO).run(fixId).changes) > 0
}

/** The import whose held rows an import was made of; null where it was read from a file. */
export function originOfImport(db: Readable, importId: number): number | null {
  return statement<number>(db, ORIGIN, 'values').get(importId) ?? null
}

/** @throws AppError run/busy while a batch waits to be published: rows that it has would count as being there */
export function demandNoBatch(db: Readable): void {
  if (statement<number>(db, WAITING, 'values').get() === 0) return
  throw new AppError('run/busy', 'an import waits to be published; publish or discard it, then fix held rows')
}
