import type { NameCells } from '../columns/name-cells.ts'
import { createNameReader, type NamesBy, namesHere, type ReadNames } from '../columns/name-reader.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { revived } from './portable.ts'
import type { SecondThread } from './second-thread.ts'
import { freeClaims, waiter } from './shared-work.ts'

/** Names and phone numbers are read to their end in one go. */
const PATIENCE = 400

/**
 * Names and phone numbers that another thread reads while this one reads everything else. Where it is gone, or nothing is heard of it, they are read here.
 *
 * @param size number of records
 * @param second null: they are read as they come
 * @param words lists that names are read by
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function namesBy(size: number, second: SecondThread | null, words: Words = SHIPPED_WORDS): NamesBy {
  if (second === null) return namesHere(size, words)
  const all: NameCells[] = []
  const heard = freeClaims(1)
  const readHere = (): ReadNames => {
    const reader = createNameReader(size, words)
    for (const cells of all) reader.take(cells)
    return reader.finish()
  }
  const answered = (): ReadNames | null => {
    const found = second.answers().find(({ kind }) => kind === 'names')
    return found?.kind === 'names' ? (revived(found.names) as ReadNames) : null // made by pair-worker
  }
  return {
    take: (cells, isLast) => {
      all.push(cells)
      second.tell({ kind: 'names', size, changes: words.changes, cells, isLast, heard })
    },
    finish: function* () {
      const wait = waiter(heard, 0, PATIENCE)
      for (;;) {
        const found = answered()
        if (found !== null) return found
        if (second.isLost() || !wait()) return answered() ?? readHere()
        yield
      }
    },
  }
}
