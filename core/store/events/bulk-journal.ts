import type { Writable } from '../connection.ts'

/**
 * Lets what follows be written once instead of twice: with a rollback journal, pages that are added go straight to their
 * place in the file, where the write-ahead log takes every page first and copies it later. A commit is as durable, and a
 * broken one is rolled back, either way. Nothing is done to a database that has no write-ahead log.
 *
 * To be called outside transactions.
 */
export function beginBulk(db: Writable): void {
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') return
  db.pragma('journal_mode = TRUNCATE')
  db.pragma(`cache_size = -${BULK_CACHE_KIB}`)
}

/** Back to the write-ahead log, in which a small change costs least. */
export function endBulk(db: Writable): void {
  if (db.pragma('journal_mode', { simple: true }) !== 'truncate') return
  db.pragma('journal_mode = WAL')
  db.pragma('cache_size = -2000')
}

/** Pages beyond this go to the file before the commit. */
const BULK_CACHE_KIB = 4096
