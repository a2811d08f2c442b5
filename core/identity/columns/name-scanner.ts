import { GENERIC_PERSON_NAMES, GROUP_NAME_ENDINGS, HONORIFICS, NAME_SUFFIXES } from '../reference/name-words.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { hashEnd, hashNext, hashStart } from './hash-text.ts'
import { type AsciiRun, TEXT_SEED } from './text-table.ts'
import { byWords, wordHashes } from './word-hashes.ts'

/** A text in bytes from a place to another, as tables of texts have it. */
export type TextInBytes = Readonly<{ bytes: Uint8Array; from: number; to: number }>

/** Scans names. */
export type NameScanner = Readonly<{
  /** Is a run two words of a-z, neither of which says anything but a name? Then they are given and family name. */
  isPlain(run: TextInBytes): boolean
  /** In small letters, of the run that was scanned last. */
  given: AsciiRun
  family: AsciiRun
}>

const LONGEST = 100
/** Two initials are no name. */
const LEAST_LETTERS = 4
const [BLANK, SMALL_A, SMALL_Z, TO_SMALL] = [32, 97, 122, 32] as const
const TELLING = wordHashes(
  HONORIFICS.values,
  NAME_SUFFIXES.values,
  GENERIC_PERSON_NAMES.values,
  GROUP_NAME_ENDINGS.values,
)
const nothingIn = byWords(({ placeholders }) => wordHashes(placeholders))

/**
 * A scanner: one pass over a name gives its words and their hashes, and no text is made.
 *
 * @param words lists that names are read by
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createNameScanner(words: Words = SHIPPED_WORDS): NameScanner {
  const nothing = nothingIn(words)
  const bytes = new Uint8Array(LONGEST)
  const given: AsciiRun = { bytes, from: 0, to: 0, hash: 0 }
  const family: AsciiRun = { bytes, from: 0, to: 0, hash: 0 }
  return {
    given,
    family,
    isPlain: run => {
      const length = run.to - run.from
      const parted = length > LONGEST || length <= LEAST_LETTERS ? -1 : lay(run, bytes)
      if (parted < 1 || parted + 1 === length) return false
      given.to = parted
      family.from = parted + 1
      family.to = length
      const joined = hashWord(family, hashWord(given, hashStart(TEXT_SEED)))
      if (nothing.mayHave(given.hash) || nothing.mayHave(hashEnd(joined))) return false
      return !TELLING.mayHave(given.hash) && !TELLING.mayHave(family.hash)
    },
  }
}

/** Gives the place of the one blank, -1 where there is none, or something else that is no letter of a-z. */
function lay({ bytes: own, from, to }: TextInBytes, bytes: Uint8Array): number {
  let parted = -1
  for (let i = 0; i < to - from; i++) {
    const unit = own[from + i] as number // below its end
    const small = unit | TO_SMALL
    if (unit === BLANK && parted === -1) parted = i
    else if (unit > SMALL_Z || small < SMALL_A || small > SMALL_Z) return -1
    bytes[i] = small
  }
  return parted
}

/** Hashes a word, and what was before it together with it. */
function hashWord(word: AsciiRun, before: number): number {
  let [own, joined] = [hashStart(TEXT_SEED), before]
  for (let i = word.from; i < word.to; i++) {
    const unit = word.bytes[i] as number // below the length
    own = hashNext(own, unit)
    joined = hashNext(joined, unit)
  }
  word.hash = hashEnd(own)
  return joined
}
