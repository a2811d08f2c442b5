import { closeSync, fsyncSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { guarded, statement, transaction, type Writable } from './connection.ts'
import type { Project } from './db.ts'

/** As long as two connections of this program take to get out of each other's way. */
const LOCK_WAIT_MS = 200
/** Longer than anybody who wants to open the project in the very instant of the change tries. */
const TURN_WAIT_MS = 1000

/**
 * Lets a second connection of this program in, that writes while this one goes on reading what was there before. To others the file
 * is as closed as ever: whoever opens a project asks for it alone, and this connection keeps its share of the lock.
 *
 * The write-ahead log needs an index in shared memory for that, where otherwise the index is the connection's own.
 *
 * To be called outside transactions.
 *
 * @returns false where the place has no shared memory (some network disks): then nothing has changed
 */
export function shareProject({ db }: Project): boolean {
  db.pragma(`busy_timeout = ${TURN_WAIT_MS}`)
  try {
    db.pragma('journal_mode = TRUNCATE')
    db.pragma('locking_mode = NORMAL')
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') throw new Error('no write-ahead log')
    touch(db) // from here on the connection has its share of the lock
    return true
  } catch {
    guarded(() => holdAlone(db))
    return false
  } finally {
    db.pragma(`busy_timeout = ${LOCK_WAIT_MS}`)
  }
}

/** Has the project alone again, where nobody else looks at it; until then it stays shared. */
export function unshareProject({ db }: Project): void {
  try {
    holdAlone(db)
  } catch {
    db.pragma('locking_mode = NORMAL') // somebody reads the file with another program; nothing rests on having it alone
  }
}

/**
 * Runs work as one transaction of a second connection to a project that is shared. Where anything fails, nothing was done.
 *
 * @param beforeCommit when all is written but the commit; may wait, or throw to take it all back
 * @param committed from here on others see it
 */
export function writeBeside(
  path: string,
  work: (db: Writable) => void,
  { beforeCommit, committed }: Readonly<{ beforeCommit(): void; committed(): void }>,
): void {
  const db = openBeside(path)
  try {
    transaction(db, () => {
      work(db)
      flushLog(path)
      beforeCommit()
    })
    committed()
    db.pragma('wal_checkpoint(PASSIVE)') // into the file itself, so that the first connection need not
  } finally {
    db.close()
  }
}

function openBeside(path: string): Writable {
  return guarded(
    () => {
      const db = new Database(path, { fileMustExist: true, timeout: LOCK_WAIT_MS })
      db.pragma('trusted_schema = OFF')
      db.pragma('cell_size_check = ON')
      db.pragma('foreign_keys = ON')
      db.pragma('synchronous = FULL')
      db.pragma('wal_autocheckpoint = 0') // not within the commit, which others wait for
      return db as Writable // made here
    },
    { path },
  )
}

/** Brings what is written so far to the disk, so that the commit has little left to bring. */
function flushLog(path: string): void {
  guarded(
    () => {
      const log = openSync(`${path}-wal`, 'r+')
      try {
        fsyncSync(log)
      } finally {
        closeSync(log)
      }
    },
    { path },
  )
}

function holdAlone(db: Writable): void {
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = TRUNCATE')
  db.exec('BEGIN EXCLUSIVE; COMMIT')
  db.pragma('journal_mode = WAL')
}

function touch(db: Writable): void {
  statement(db, 'SELECT count(*) FROM sqlite_schema').get()
}
