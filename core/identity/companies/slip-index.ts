import { isOneEditApart } from '../compare/similarity.ts'

/** Finds the words of a list that are one slip away from a word. */
export type SlipIndex = Readonly<{ find(word: string): readonly number[] }>

const MOST_WORDS = 2 ** 22
const NONE = -1

/**
 * An index of words by what is left of them when a letter goes.
 *
 * Two words that are one letter too many, one other, or two neighbours swapped apart have something in common: the word itself, or
 * the word without one of its letters. Hashes of those are kept sorted, with the word they came from; what is found is compared.
 *
 * @param words    by code; at most 4,194,304
 * @param shortest words of fewer letters are neither kept nor looked for
 * @returns codes of the words that are one slip away, ascending; a word itself is not
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function indexSlips(words: readonly string[], shortest: number): SlipIndex {
  if (words.length > MOST_WORDS) throw new Error(`an index of ${words.length} words`)
  const keys = keysOf(words, shortest)
  return {
    find: word => {
      if (word.length < shortest) return []
      const found = new Set<number>()
      for (let without = NONE; without < word.length; without++) {
        const first = hashWithout(word, without) * MOST_WORDS
        for (let at = firstFrom(keys, first); at < keys.length && (keys[at] as number) < first + MOST_WORDS; at++)
          found.add((keys[at] as number) - first)
      }
      // codes are places in the list
      return [...found].filter(code => isOneEditApart(word, words[code] as string)).sort((a, b) => a - b)
    },
  }
}

/** hash x 4,194,304 + code for every word, whole and without each of its letters; sorted. */
function keysOf(words: readonly string[], shortest: number): Float64Array {
  const kept = words.map(word => (word.length < shortest ? 0 : word.length + 1))
  const keys = new Float64Array(kept.reduce((sum, size) => sum + size, 0))
  let at = 0
  for (const [code, word] of words.entries()) {
    if (word.length < shortest) continue
    for (let without = NONE; without < word.length; without++)
      keys[at++] = hashWithout(word, without) * MOST_WORDS + code
  }
  return keys.sort()
}

/** 31 bits of FNV-1a over the letters, one of them left out. */
function hashWithout(word: string, without: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) if (at !== without) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash >>> 1
}

/** First place whose key is at least the one wanted. */
function firstFrom(keys: Float64Array, wanted: number): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
