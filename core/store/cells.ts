import { type BuiltCells, decodeCells, type EncodedCells, encodeCells } from './cell-codec.ts'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** Sets that are kept: the present one, and those that switching back and forth (identity, as-of date) returns to. */
const KEPT = 3

const FIND = 'SELECT cells, facts, notes FROM cell_set WHERE cache_key = ?'
const SAVE = `
  INSERT INTO cell_set (cache_key, cells, facts, notes, created_at) VALUES (:key, :cells, :facts, :notes, :createdAt)`
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
    statement(db, FORGET).run(key)
    statement(db, SAVE).run({ key, ...encodeCells(built), createdAt })
    statement(db, PRUNE).run(KEPT)
  })
}

/** The cells of a key, or null where they have to be built. */
export function readCells(db: Readable, key: string): BuiltCells | null {
  const found = statement<EncodedCells>(db, FIND).get(key)
  return found === undefined ? null : decodeCells(found)
}
