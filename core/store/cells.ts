import type { Cells } from '#schema/cells'
import {
  type BuiltCells,
  decodeCellColumns,
  decodeCells,
  type EncodedCells,
  type EncodedKind,
  encodeCells,
} from './cell-codec.ts'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** Sets that are kept: the present one, and those that switching back and forth (identity, as-of date) returns to. */
const KEPT = 3

type SetRow = Readonly<{ setNo: number }> & Omit<EncodedCells, 'kinds'>
type FrameRow = Pick<SetRow, 'setNo' | 'cells'>

const FIND = 'SELECT cell_set_no AS setNo, cells, facts, notes FROM cell_set WHERE cache_key = ?'
const FIND_FRAME = 'SELECT cell_set_no AS setNo, cells FROM cell_set WHERE cache_key = ?'
const FIND_KINDS = 'SELECT kind, cells FROM cell_kind WHERE cell_set_no = ? ORDER BY kind_no'
const FIND_SOME_KINDS = `
  SELECT kind, cells FROM cell_kind
  WHERE cell_set_no = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY kind_no`
const SAVE = `
  INSERT INTO cell_set (cache_key, cells, facts, notes, created_at) VALUES (:key, :cells, :facts, :notes, :createdAt)`
const SAVE_KIND = `
  INSERT INTO cell_kind (cell_set_no, kind_no, kind, cells) VALUES (:setNo, :kindNo, :kind, :cells)`
const FORGET = 'DELETE FROM cell_set WHERE cache_key = ?'
const PRUNE = `
  DELETE FROM cell_set WHERE cell_set_no NOT IN (SELECT cell_set_no FROM cell_set ORDER BY cell_set_no DESC LIMIT ?)`

/**
 * Keeps the cells that were built for a key, instead of those kept for it before, and drops the oldest ones.
 *
 * @param key hash of all that the cells depend on
 * @param createdAt ms since epoch
 */
export function saveCells(db: Writable, key: string, built: BuiltCells, createdAt: number): void {
  transaction(db, () => {
    const { kinds, ...set } = encodeCells(built)
    statement(db, FORGET).run(key)
    const { lastInsertRowid: setNo } = statement(db, SAVE).run({ key, ...set, createdAt })
    for (const [kindNo, row] of kinds.entries()) statement(db, SAVE_KIND).run({ setNo, kindNo, ...row })
    statement(db, PRUNE).run(KEPT)
  })
}

/** The cells of a key with all that was found beside them, or null where they have to be built. */
export function readCells(db: Readable, key: string): BuiltCells | null {
  const found = statement<SetRow>(db, FIND).get(key)
  if (found === undefined) return null
  return decodeCells({ ...found, kinds: statement<EncodedKind>(db, FIND_KINDS).all(found.setNo) })
}

/**
 * The cells of some kinds alone: what a re-score needs. Nothing else is read, and nothing decoded.
 *
 * @param kinds those a model's signals name; kinds that the set does not hold are left out
 */
export function readCellsOfKinds(db: Readable, key: string, kinds: readonly string[]): Cells | null {
  const found = statement<FrameRow>(db, FIND_FRAME).get(key)
  if (found === undefined) return null
  const rows = statement<EncodedKind>(db, FIND_SOME_KINDS).all(found.setNo, JSON.stringify(kinds))
  return decodeCellColumns(found.cells, rows)
}
