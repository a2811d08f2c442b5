import type { Words } from '../words/words.ts'
import { hashText } from './hash-text.ts'
import { TEXT_SEED } from './text-table.ts'

const BITS = 1 << 15

/** Words by their hashes: another word may fall on one of them, which then is looked at in full. */
export type WordHashes = Readonly<{ mayHave(hash: number): boolean }>

/**
 * Words of reference lists, to turn away texts that are none of them.
 *
 * @param lists words; all but a-z and 0-9 is cut from each
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function wordHashes(...lists: readonly Iterable<string>[]): WordHashes {
  const places = new Uint8Array(BITS)
  for (const word of lists.flatMap(list => [...list])) {
    const plain = word.toLowerCase().replace(/[^a-z0-9]/g, '')
    if (plain !== '') places[hashText(plain, TEXT_SEED) & (BITS - 1)] = 1
  }
  return { mayHave: hash => places[hash & (BITS - 1)] === 1 }
}

/**
 * Hashes that are made once for the lists of a project.
 *
 * @param make from the lists
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function byWords(make: (words: Words) => WordHashes): (words: Words) => WordHashes {
  const known = new WeakMap<Words, WordHashes>()
  return words => {
    const found = known.get(words) ?? make(words)
    known.set(words, found)
    return found
  }
}
