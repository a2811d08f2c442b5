import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { guarded, statement, type Writable } from './connection.ts'

/**
 * Copies the whole project into a new file beside it, consistent and on the disk when this returns. It goes through the
 * database: a copy by the file system would miss the journal, and its closing would drop the lock.
 *
 * @returns the path of the copy: `stem.bak`, or the first of `stem-2.bak`, `stem-3.bak` ... that is free
 */
export function backUp(db: Writable, stem: string): string {
  let copy = `${stem}.bak`
  for (let number = 2; existsSync(copy); number++) copy = `${stem}-${number}.bak`
  try {
    statement(db, 'VACUUM INTO ?').run(copy)
    guarded(() => flush(copy))
    return copy
  } catch (error) {
    rmSync(copy, { force: true })
    throw error
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
