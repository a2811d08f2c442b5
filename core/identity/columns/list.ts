import { grownWords } from '#lib/grow'
import { sharedWords } from '#lib/shared-words'

/** A growing list of 32-bit words. */
export type WordList = Readonly<{
  /** Appends, and gives the new length. */
  push(word: number): number
  length(): number
  /** The word at a place, which is below the length. */
  at(place: number): number
  /** The words so far, as a copy. */
  words(): Uint32Array
}>

/** Small enough to lie in the heap: lists are made by the thousand for tables of a few rows, and memory beside the heap is dear to get. */
const FIRST_WORDS = 16

/** An empty list. */
export function createList(): WordList {
  let words = new Uint32Array(FIRST_WORDS)
  let length = 0
  return {
    push: word => {
      if (length === words.length) words = grownWords(words, length + 1)
      words[length] = word
      length++
      return length
    },
    length: () => length,
    at: place => words[place] as number, // below the length
    words: () => {
      const all = sharedWords(length)
      all.set(words.subarray(0, length))
      return all
    },
  }
}

/** Several codes per record: those of record i are `codes[offsets[i] .. offsets[i + 1])`. */
export type CodeLists = Readonly<{ offsets: Uint32Array; codes: Uint32Array }>

/** Collects lists record by record. */
export type CodeListsBuilder = Readonly<{
  /** Adds to the list of the record at hand; 0 and what it has already are left out. */
  add(code: number): void
  /** Ends the list of the record at hand. */
  next(): void
  finish(): CodeLists
}>

/** An empty builder, at record 0. */
export function createCodeLists(): CodeListsBuilder {
  let codes = new Uint32Array(FIRST_WORDS)
  const offsets = createList()
  /** Codes of the record at hand lie from the start on. */
  let [start, end] = [0, 0]
  offsets.push(0)
  return {
    add: code => {
      if (code === 0) return
      for (let i = start; i < end; i++) if (codes[i] === code) return
      if (end === codes.length) codes = grownWords(codes, end + 1)
      codes[end++] = code
    },
    next: () => {
      start = end
      offsets.push(end)
    },
    finish: () => {
      const all = sharedWords(start)
      all.set(codes.subarray(0, start))
      return { offsets: offsets.words(), codes: all }
    },
  }
}

/**
 * The one code of each record: nearly every record has one, and is looked at without its list.
 *
 * @param lists codes of each record
 * @returns `only` is 0 where there is none, or more; `isMany` is 1 where there are more
 */
export function soleCodes({ offsets, codes }: CodeLists): Readonly<{ only: Uint32Array; isMany: Uint8Array }> {
  const size = offsets.length - 1
  const [only, isMany] = [new Uint32Array(size), new Uint8Array(size)]
  for (let i = 0; i < size; i++) {
    const [from, to] = [offsets[i] as number, offsets[i + 1] as number] // one entry more than there are records
    if (to - from === 1) only[i] = codes[from] as number
    isMany[i] = to - from > 1 ? 1 : 0
  }
  return { only, isMany }
}

/**
 * A column of codes.
 *
 * @param size number of records
 * @param codeOf the code of a record
 */
export function codeColumn(size: number, codeOf: (record: number) => number): Uint32Array {
  const codes = sharedWords(size)
  for (let i = 0; i < size; i++) codes[i] = codeOf(i)
  return codes
}

/**
 * Has any record a code?
 *
 * @param codes one per record, 0 where missing
 */
export function isKnown(codes: Uint32Array): boolean {
  for (let i = 0; i < codes.length; i++) if (codes[i] !== 0) return true
  return false
}
