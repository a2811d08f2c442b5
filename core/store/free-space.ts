import { guarded, type Writable } from './connection.ts'

/** Less than this is used again soon enough. */
const WORTH_BYTES = 16 << 20
/** What is in use is written anew: more of it takes longer than it is worth waiting for. */
const MOST_BYTES = 128 << 20

/**
 * Gives the space of what was taken out back to the disk, where it is more than what is in use and that is little enough to be
 * written anew in about a second. To be called outside transactions.
 *
 * @returns whether the file got smaller
 */
export function returnSpace(db: Writable): boolean {
  return guarded(() => {
    const [page, pages, free] = ['page_size', 'page_count', 'freelist_count'].map(name =>
      Number(db.pragma(name, { simple: true })),
    ) as [number, number, number] // three were asked for
    const used = (pages - free) * page
    if (free * page < WORTH_BYTES || free * page < used || used > MOST_BYTES) return false
    db.exec('VACUUM')
    db.pragma('wal_checkpoint(TRUNCATE)')
    return true
  })
}
